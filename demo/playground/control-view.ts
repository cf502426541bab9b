// Renders the control of one setting: label, input and hint. An invalid value is reported at the input and not passed
// on.
import { controlInput } from './control-input.js';
import type { ControlInput, SettingControl } from './setting-controls.js';

export interface ControlView {
  readonly element: HTMLElement;
  /** Shows a value that was set elsewhere. */
  show(value: unknown): void;
  setEnabled(enabled: boolean): void;
}

/** `onChange` receives valid values only. */
export function controlView(
  name: string,
  { input, hint }: SettingControl,
  onChange: (value: unknown) => void,
): ControlView {
  return input.kind === 'radios'
    ? radioView(name, input.values, hint, onChange)
    : inputView(name, input, hint, onChange);
}

function inputView(
  name: string,
  kind: Exclude<ControlInput, { kind: 'radios' }>,
  hintText: string,
  onChange: (value: unknown) => void,
): ControlView {
  const { input, read, write } = controlInput(kind);
  input.id = `control-${name}`;
  input.name = name;
  const hint = hintElement(name, hintText);
  input.setAttribute('aria-describedby', hint.id);
  const label = document.createElement('label');
  label.htmlFor = input.id;
  label.append(codeElement(name));
  if (kind.kind === 'switch' && 'label' in kind) label.append(` ${kind.label}`);

  const update = () => {
    const value = read();
    const isInvalid = value === undefined;
    input.setAttribute('aria-invalid', String(isInvalid));
    hint.textContent = isInvalid
      ? 'This is not a JSON object. The last valid value still applies.'
      : hintFor(kind, value, hintText);
    hint.classList.toggle('invalid', isInvalid);
    if (!isInvalid) onChange(value);
  };
  input.addEventListener('input', update);

  const element = document.createElement('div');
  const isSwitch = kind.kind === 'switch';
  element.className = isSwitch ? 'control switch' : 'control';
  element.append(...(isSwitch ? [input, label] : [label, input]), hint);
  return {
    element,
    show(value) {
      write(value);
      hint.textContent = hintFor(kind, value, hintText);
    },
    setEnabled: (enabled) => void (input.disabled = !enabled),
  };
}

function radioView(
  name: string,
  values: readonly string[],
  hintText: string,
  onChange: (value: unknown) => void,
): ControlView {
  const element = document.createElement('fieldset');
  element.className = 'control segments';
  const hint = hintElement(name, hintText);
  element.setAttribute('aria-describedby', hint.id);
  const legend = document.createElement('legend');
  legend.append(codeElement(name));
  const row = document.createElement('div');
  for (const value of values) {
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name, value });
    radio.addEventListener('change', () => onChange(value));
    const label = document.createElement('label');
    label.append(radio, value);
    row.append(label);
  }
  element.append(legend, row, hint);
  return {
    element,
    show(value) {
      for (const radio of row.querySelectorAll('input')) radio.checked = radio.value === value;
    },
    setEnabled: (enabled) => void (element.disabled = !enabled),
  };
}

/** The description of the selected option, if it has one, or else the hint of the setting. */
function hintFor(kind: ControlInput, value: unknown, hint: string): string {
  if (kind.kind !== 'select') return hint;
  return kind.options.find((option) => option.value === value)?.description || hint;
}

function hintElement(name: string, text: string): HTMLElement {
  const hint = document.createElement('p');
  hint.id = `control-${name}-hint`;
  hint.className = 'hint';
  hint.textContent = text;
  return hint;
}

function codeElement(text: string): HTMLElement {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}
