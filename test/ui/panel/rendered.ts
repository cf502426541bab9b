// A template in a box of the page, as the panel would render it; taken away again by clearRendered().
import { render, type TemplateResult } from '../../../src/ui/panel/template.js';

const boxes: HTMLElement[] = [];

/** Renders into a box on the page; the same box again for the next state of the same thing. */
export function rendered(
  template: TemplateResult,
  box: HTMLElement = document.createElement('div'),
): HTMLElement {
  document.body.append(box);
  boxes.push(box);
  render(template, box);
  return box;
}

export function clearRendered(): void {
  for (const box of boxes.splice(0)) box.remove();
}
