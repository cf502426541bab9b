// Finds what a person would find: by role and text. Shadow roots are entered by whoever asks, with their root.

/** The buttons that can be seen, by their text. */
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

function nameOf(button: HTMLButtonElement): string {
  const slots = [...button.querySelectorAll('slot:not([name])')] as HTMLSlotElement[];
  const slotted = slots.flatMap((slot) => slot.assignedNodes().map(({ textContent }) => textContent));
  return (slotted.join('').trim() || button.textContent).trim();
}
