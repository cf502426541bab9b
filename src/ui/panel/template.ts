// The one wall by which lit-html enters: every file of the call interface takes its templates from here.
// Names and nothing else, so that it is seen here what of the library is downloaded with the interface.
export { html, nothing, render, type TemplateResult } from 'lit/html.js';
export { Directive, directive, type ElementPart } from 'lit/directive.js';
