// Tabs that follow the ARIA pattern: arrow keys, Home and End select a tab.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

/** Adds a tab for each title and selects the first one. All tabs share one panel. */
export function startTabs<Id extends string>(
  list: HTMLElement,
  panel: HTMLElement,
  tabs: readonly { readonly id: Id; readonly title: string }[],
  onSelect: (id: Id) => void,
): void {
  const buttons = tabs.map(({ id, title }) => {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', id: `tab-${id}`, textContent: title });
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', panel.id);
    return button;
  });
  const select = (selected: number, focus: boolean) => {
    buttons.forEach((button, index) => {
      button.setAttribute('aria-selected', String(index === selected));
      button.tabIndex = index === selected ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', buttons[selected]!.id);
    if (focus) buttons[selected]!.focus();
    onSelect(tabs[selected]!.id);
  };
  list.addEventListener('keydown', (event) => {
    const current = buttons.indexOf(event.target as HTMLButtonElement);
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: buttons.length - 1 }[
      event.key
    ];
    if (current < 0 || next === undefined) return;
    event.preventDefault();
    select((next + buttons.length) % buttons.length, true);
  });
  buttons.forEach((button, index) => button.addEventListener('click', () => select(index, false)));
  list.append(...buttons);
  select(0, false);
}
