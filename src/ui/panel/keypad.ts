// The keypad, for menus at the far end. Each digit is sent when it is pressed.
import type { Strings } from '../../locales/en.js';
import { html, type TemplateResult } from './template.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Whether a keyboard event types a key of the keypad and is not a shortcut of the browser. */
export function isKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return KEYS.includes(key) && !ctrlKey && !metaKey && !altKey;
}

/** The twelve keys, and the digits sent so far. */
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
