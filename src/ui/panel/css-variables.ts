// Numbers for style sheets, as custom properties of an element. Through the object model, because a strict style-src
// forbids style attributes.
import { Directive, directive, nothing, type ElementPart } from './template.js';

class CssVariables extends Directive {
  override render() {
    return nothing;
  }

  override update({ element }: ElementPart, [variables]: [Readonly<Record<string, number>>]) {
    for (const [name, value] of Object.entries(variables)) {
      (element as HTMLElement).style.setProperty(`--${name}`, String(value));
    }
    return nothing;
  }
}

/** Written into a template: `<div ${cssVariables({ level })}>` sets `--level`. */
export const cssVariables: (variables: Readonly<Record<string, number>>) => unknown = directive(CssVariables);
