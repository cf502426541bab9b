// A button that copies the text of an element. Without access to the clipboard it selects the text, so that the
// keyboard can copy it.

const CONFIRMATION_MS = 2000;

/** Sets up a button; `source` returns the element whose text is copied. */
export function startCopyButton(button: HTMLButtonElement, source: () => HTMLElement): void {
  const label = button.textContent;
  let reset = 0;
  // The confirmation replaces the button's label, so screen readers have to announce the change.
  button.setAttribute('aria-live', 'polite');
  const confirm = (text: string) => {
    button.textContent = text;
    button.dataset.done = '';
    clearTimeout(reset);
    reset = window.setTimeout(() => {
      button.textContent = label;
      delete button.dataset.done;
    }, CONFIRMATION_MS);
  };
  button.addEventListener('click', () => {
    const element = source();
    const copied =
      navigator.clipboard?.writeText(element.textContent) ?? Promise.reject(new Error('No clipboard.'));
    copied.then(
      () => confirm('Copied'),
      () => {
        getSelection()?.selectAllChildren(element);
        confirm('Press Ctrl+C');
      },
    );
  });
}
