// The choice of how tokens are exchanged: one radio for each mode, and what it means.
// Must not know what is done with the choice.
import { EXCHANGE_MODES, type ExchangeMode } from './modes.js';

/** Builds the choice into a fieldset; tells every change, and gives the first one. */
export function startExchangePicker(
  place: HTMLFieldSetElement,
  what: HTMLElement,
  onChange: (mode: ExchangeMode) => void,
): ExchangeMode {
  const explain = ({ what: sentence, inPage }: ExchangeMode) => {
    const holds = document.createElement('strong');
    holds.textContent = `The page holds ${inPage}.`;
    what.replaceChildren(`${sentence} `, holds);
  };
  const [first] = EXCHANGE_MODES;
  const row = document.createElement('div');
  for (const mode of EXCHANGE_MODES) {
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name: 'exchange', value: mode.id, checked: mode === first });
    radio.addEventListener('change', () => {
      explain(mode);
      onChange(mode);
    });
    const label = document.createElement('label');
    label.append(radio, mode.title);
    row.append(label);
  }
  place.append(row);
  explain(first!);
  return first!;
}
