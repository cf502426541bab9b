// The button's nodes: static DOM, built by hand, so that no template library is downloaded before a click.

/** The nodes that the element updates. */
export interface ButtonParts {
  readonly button: HTMLButtonElement;
  /** The text that shows when the page slotted none. */
  readonly label: HTMLElement;
  /** The one polite live region of the element. */
  readonly status: HTMLElement;
  readonly fallback: HTMLSlotElement;
  /** Where a call interface renders. */
  readonly container: HTMLElement;
}

const HANDSET = 'M6 2 3 5c0 9 7 16 16 16l3-3-5-4-3 2c-3-1-5-3-6-6l2-3z';

/** Builds the shadow tree of an idle button. */
export function buildButton(): ButtonParts {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', HANDSET);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('fill', 'currentColor');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  const slot = make('slot', {});
  const label = make('span', {});
  // Not the slot's own content: line breaks around a slotted fallback are text to a slot, and would leave the button blank.
  slot.addEventListener('slotchange', () => {
    label.hidden = slot.assignedNodes().some((node) => node instanceof Element || node.textContent?.trim());
  });
  const button = make(
    'button',
    { part: 'button', type: 'button' },
    make('span', { part: 'icon' }, make('slot', { name: 'icon' }, svg)),
    make('span', { part: 'label' }, slot, label),
  );
  return {
    button,
    label,
    status: make('div', { part: 'status', role: 'status', class: 'quiet' }),
    fallback: make('slot', { name: 'fallback', hidden: '' }),
    container: make('div', {}),
  };
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  element.append(...children);
  return element;
}
