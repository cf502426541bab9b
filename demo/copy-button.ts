// A button that copies a text and says so, to the eye and to a screen reader.
// Promise: without the clipboard the text is selected, so that the keyboard can copy it.

const SAID_FOR_MS = 2000;

/** Takes a button into use; `source` is the element whose text is copied. */
export function startCopying(button: HTMLButtonElement, source: () => HTMLElement): void {
  const rest = button.textContent;
  let back = 0;
  // The button's own text changes: told politely, without moving the focus.
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', () => {
    const element = source();
    const copied = navigator.clipboard?.writeText(element.textContent) ?? Promise.reject(new Error('none'));
    void copied
      .then(
        () => 'Copied',
        () => {
          getSelection()?.selectAllChildren(element);
          return 'Press Ctrl+C';
        },
      )
      .then((said) => {
        button.textContent = said;
        button.dataset.done = '';
        clearTimeout(back);
        back = window.setTimeout(() => {
          button.textContent = rest;
          delete button.dataset.done;
        }, SAID_FOR_MS);
      });
  });
}
