// Radio buttons for the exchange modes, with a description of the chosen one.
import { EXCHANGE_MODES, type ExchangeMode } from './exchange-modes.js';

/** Adds the radio buttons to a fieldset. The first mode is checked; `onChange` is called for later choices only. */
export function startExchangePicker(
  fieldset: HTMLFieldSetElement,
  description: HTMLElement,
  onChange: (mode: ExchangeMode) => void,
): void {
  const describe = (mode: ExchangeMode) => {
    const visible = document.createElement('strong');
    visible.textContent = `The page contains ${mode.visibleInPage}.`;
    description.replaceChildren(`${mode.description} `, visible);
  };
  const [first] = EXCHANGE_MODES;
  const row = document.createElement('div');
  for (const mode of EXCHANGE_MODES) {
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name: 'exchange', value: mode.id, checked: mode === first });
    radio.addEventListener('change', () => {
      describe(mode);
      onChange(mode);
    });
    const label = document.createElement('label');
    label.append(radio, mode.title);
    row.append(label);
  }
  fieldset.append(row);
  describe(first!);
}
