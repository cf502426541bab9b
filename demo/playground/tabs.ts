// Tabs as the ARIA pattern has them: arrow keys, Home and End move, the chosen panel follows.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ Must not know what is shown.

/** Builds a tab for each title; one panel shows whatever is chosen. Tells the chosen one at once. */
export function startTabs<Id extends string>(
  list: HTMLElement,
  panel: HTMLElement,
  tabs: readonly { readonly id: Id; readonly title: string }[],
  onChoose: (id: Id) => void,
): void {
  const buttons = tabs.map(({ id, title }) => {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', id: `tab-${id}`, textContent: title });
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', panel.id);
    return button;
  });
  const choose = (at: number, focus: boolean) => {
    buttons.forEach((button, index) => {
      button.setAttribute('aria-selected', String(index === at));
      button.tabIndex = index === at ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', buttons[at]!.id);
    if (focus) buttons[at]!.focus();
    onChoose(tabs[at]!.id);
  };
  list.addEventListener('keydown', (event) => {
    const now = buttons.indexOf(event.target as HTMLButtonElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (now < 0 || next === undefined) return;
    event.preventDefault();
    choose((next + buttons.length) % buttons.length, true);
  });
  buttons.forEach((button, index) => button.addEventListener('click', () => choose(index, false)));
  list.append(...buttons);
  choose(0, false);
}
