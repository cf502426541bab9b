// Renders a template into a box on the page, as the panel does. clearRendered() removes the boxes after the test.
import { render, type TemplateResult } from '../../../src/ui/panel/template.js';

const boxes: HTMLElement[] = [];

/** @param box the box of an earlier call, to render the next state of the same template. */
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
