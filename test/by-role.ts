// Finds elements by role and accessible name, as a person would. To search a shadow tree, pass its root.

/** The names of the visible buttons. */
export function buttonNames(root: ParentNode): string[] {
  return [...root.querySelectorAll('button')].filter(isVisible).map(nameOf);
}

/** The visible button with that name. @throws when there is none. */
export function buttonNamed(root: ParentNode, name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find(
    (button) => isVisible(button) && nameOf(button) === name,
  );
  if (!found) throw new Error(`No button "${name}". Found: ${buttonNames(root).join(', ') || 'none'}.`);
  return found;
}

/** The element with that part. @throws when there is none. */
export function part(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[part~="${name}"]`);
  if (!found) throw new Error(`No part "${name}".`);
  return found;
}

/** Whether the element is rendered. */
export function isVisible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** The field whose label starts with that text. @throws when there is none. */
export function fieldNamed<Field extends HTMLInputElement | HTMLSelectElement>(
  root: ParentNode,
  name: string,
): Field {
  const found = [...root.querySelectorAll<Field>('input, select')].find((field) =>
    [...(field.labels ?? [])].some((label) => label.innerText.trim().startsWith(name)),
  );
  if (!found) throw new Error(`No field "${name}".`);
  return found;
}

function nameOf(button: HTMLButtonElement): string {
  const label = button.getAttribute('aria-label');
  if (label) return label;
  const slots = [...button.querySelectorAll('slot:not([name])')] as HTMLSlotElement[];
  const slotted = slots.flatMap((slot) => slot.assignedNodes().map(({ textContent }) => textContent));
  return (slotted.join('').trim() || button.textContent).trim();
}
