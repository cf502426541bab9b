// The keypad: tones for menus at the far end. Sent as they are pressed, and shown as they were sent.
import type { Strings } from '../../locales/en.js';
import { html, type TemplateResult } from './template.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Whether a key of the keyboard is one of the keypad, and no shortcut of the browser. */
export function isKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return KEYS.includes(key) && !ctrlKey && !metaKey && !altKey;
}

/** The twelve keys and what was sent so far. */
export function keypad(digits: string, words: Strings, send: (digit: string) => void): TemplateResult {
  return html`<div part="keypad" role="group" aria-label=${words.keypad} dir="ltr">
    <p class="digits">${digits || '\u00a0'}</p>
    ${KEYS.map(
      (key) =>
        html`<button
          part="control"
          type="button"
          aria-label=${words.keypadKey(key)}
          @click=${() => send(key)}
        >
          ${key}
        </button>`,
    )}
  </div>`;
}
