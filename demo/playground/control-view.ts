// One control of the playground as form elements: label, field, hint.
// Promise: what makes no sense is said at the field and not passed on. Must not know what a setting does.
import type { Control, ControlKind } from './controls.js';

/** A control on the page. */
export interface ControlView {
  readonly element: HTMLElement;
  /** Shows a value that was set elsewhere. */
  show(value: unknown): void;
  /** Takes the control out of use, where something else decides. */
  enable(on: boolean): void;
}

/** Builds a control; `onChange` is told every value that makes sense. */
export function controlView(
  name: string,
  { as, hint }: Control,
  onChange: (value: unknown) => void,
): ControlView {
  const id = `control-${name}`;
  if (as.kind === 'choice') return choice(id, name, as.of, hint, onChange);
  const field = fieldOf(as);
  const input = field.input;
  input.id = id;
  input.name = name;
  const about = document.createElement('p');
  about.id = `${id}-hint`;
  about.className = 'hint';
  about.textContent = hint;
  input.setAttribute('aria-describedby', about.id);
  const label = document.createElement('label');
  label.htmlFor = id;
  const code = document.createElement('code');
  code.textContent = name;
  label.append(code);
  if (as.kind === 'switch' && 'label' in as) label.append(` ${as.label}`);

  const tell = () => {
    const value = field.read();
    const wrong = value === undefined;
    input.setAttribute('aria-invalid', String(wrong));
    about.textContent = wrong
      ? 'This is not a JSON object; the last one that was counts.'
      : explained(as, value, hint);
    about.classList.toggle('wrong', wrong);
    if (!wrong) onChange(value);
  };
  input.addEventListener('input', tell);
  const element = document.createElement('div');
  element.className = as.kind === 'switch' ? 'control switch' : 'control';
  if (as.kind === 'switch') element.append(input, label, about);
  else element.append(label, input, about);
  return {
    element,
    show(value) {
      field.write(value);
      about.textContent = explained(as, value, hint);
    },
    enable: (on) => void (input.disabled = !on),
  };
}

/** The chosen option's own words, where it has some. */
function explained(as: ControlKind, value: unknown, hint: string): string {
  return (as.kind === 'list' && as.of.find((option) => option.value === value)?.what) || hint;
}

interface Field {
  readonly input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  /** Undefined when what stands there makes no sense. */
  read(): unknown;
  write(value: unknown): void;
}

function fieldOf(as: Exclude<ControlKind, { kind: 'choice' }>): Field {
  switch (as.kind) {
    case 'list': {
      const input = document.createElement('select');
      for (const { value, title } of as.of)
        input.append(new Option(value && value !== title ? `${title} · ${value}` : title, value));
      return { input, read: () => input.value, write: (value) => void (input.value = String(value)) };
    }
    case 'switch': {
      const input = document.createElement('input');
      input.type = 'checkbox';
      const on = 'value' in as ? as.value : true;
      const off = 'value' in as ? '' : false;
      return {
        input,
        read: () => (input.checked ? on : off),
        write: (value) => void (input.checked = value === on),
      };
    }
    case 'json': {
      const input = document.createElement('textarea');
      Object.assign(input, { rows: 2, spellcheck: false, placeholder: as.example });
      return {
        input,
        read: () => readObject(input.value),
        write(value) {
          input.value =
            JSON.stringify(value) === '{}' ? '' : JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
        },
      };
    }
    case 'number': {
      const input = document.createElement('input');
      Object.assign(input, { type: 'number', min: String(as.min), inputMode: 'numeric' });
      return {
        input,
        read: () => (input.value === '' ? 0 : input.valueAsNumber),
        write: (value) => void (input.value = String(value)),
      };
    }
    case 'text': {
      const input = document.createElement('input');
      Object.assign(input, { type: 'text', placeholder: as.placeholder ?? '', spellcheck: false });
      input.autocapitalize = 'off';
      return { input, read: () => input.value.trim(), write: (value) => void (input.value = String(value)) };
    }
  }
}

/** A JSON object, `{}` for nothing at all, undefined for anything else. */
function readObject(text: string): object | undefined {
  if (!text.trim()) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function choice(
  id: string,
  name: string,
  of: readonly string[],
  hint: string,
  onChange: (value: unknown) => void,
): ControlView {
  const element = document.createElement('fieldset');
  element.className = 'control segments';
  element.setAttribute('aria-describedby', `${id}-hint`);
  const legend = document.createElement('legend');
  const code = document.createElement('code');
  code.textContent = name;
  legend.append(code);
  const row = document.createElement('div');
  for (const value of of) {
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name, value });
    radio.addEventListener('change', () => onChange(value));
    const label = document.createElement('label');
    label.append(radio, value);
    row.append(label);
  }
  const about = document.createElement('p');
  about.id = `${id}-hint`;
  about.className = 'hint';
  about.textContent = hint;
  element.append(legend, row, about);
  return {
    element,
    show(value) {
      for (const radio of row.querySelectorAll('input')) radio.checked = radio.value === value;
    },
    enable: (on) => void (element.disabled = !on),
  };
}
