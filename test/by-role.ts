// Finds what a person would find: by role and accessible name. Shadow roots are entered by whoever asks, with their root.

/** The buttons that can be seen, by their names. */
export function buttonNames(root: ParentNode): string[] {
  return [...root.querySelectorAll('button')].filter(isVisible).map(nameOf);
}

/** The visible button of that name. */
export function buttonNamed(root: ParentNode, name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find(
    (button) => isVisible(button) && nameOf(button) === name,
  );
  if (!found)
    throw new Error(`There is no button "${name}", but: ${buttonNames(root).join(', ') || 'none'}.`);
  return found;
}

/** The element that shows that part. */
export function part(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[part~="${name}"]`);
  if (!found) throw new Error(`There is no part "${name}".`);
  return found;
}

/** Whether it takes room on the page. */
export function isVisible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** The field whose label begins with that text. */
export function fieldNamed<Field extends HTMLInputElement | HTMLSelectElement>(
  root: ParentNode,
  name: string,
): Field {
  const found = [...root.querySelectorAll<Field>('input, select')].find((field) =>
    [...(field.labels ?? [])].some((label) => label.innerText.trim().startsWith(name)),
  );
  if (!found) throw new Error(`There is no field "${name}".`);
  return found;
}

function nameOf(button: HTMLButtonElement): string {
  const label = button.getAttribute('aria-label');
  if (label) return label;
  const slots = [...button.querySelectorAll('slot:not([name])')] as HTMLSlotElement[];
  const slotted = slots.flatMap((slot) => slot.assignedNodes().map(({ textContent }) => textContent));
  return (slotted.join('').trim() || button.textContent).trim();
}
