// The only file that imports lit-html. Named exports, because everything listed here is downloaded with the call interface.
export { html, nothing, render, type TemplateResult } from 'lit/html.js';
export { Directive, directive, type ElementPart } from 'lit/directive.js';
