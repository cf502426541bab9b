// The form input of a control, which reads and writes values of the setting's own type.
import type { ControlInput } from './setting-controls.js';

export interface InputBinding {
  readonly input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  /** Returns undefined for an invalid value. */
  read(): unknown;
  write(value: unknown): void;
}

type InputOf<Kind extends ControlInput['kind']> = Extract<ControlInput, { kind: Kind }>;

export function controlInput(kind: Exclude<ControlInput, { kind: 'radios' }>): InputBinding {
  switch (kind.kind) {
    case 'select':
      return selectInput(kind);
    case 'switch':
      return switchInput(kind);
    case 'json':
      return jsonInput(kind);
    case 'number':
      return numberInput(kind);
    case 'text':
      return textInput(kind);
  }
}

function selectInput({ options }: InputOf<'select'>): InputBinding {
  const input = document.createElement('select');
  for (const { value, title } of options)
    input.append(new Option(value && value !== title ? `${title} · ${value}` : title, value));
  return { input, read: () => input.value, write: (value) => void (input.value = String(value)) };
}

function switchInput(kind: InputOf<'switch'>): InputBinding {
  const input = document.createElement('input');
  input.type = 'checkbox';
  const [on, off] = 'value' in kind ? [kind.value, ''] : [true, false];
  return {
    input,
    read: () => (input.checked ? on : off),
    write: (value) => void (input.checked = value === on),
  };
}

function jsonInput({ example }: InputOf<'json'>): InputBinding {
  const input = document.createElement('textarea');
  Object.assign(input, { rows: 2, spellcheck: false, placeholder: example });
  return {
    input,
    read: () => parseObject(input.value),
    write(value) {
      const json = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
      input.value = json === '{}' ? '' : json;
    },
  };
}

function numberInput({ min }: InputOf<'number'>): InputBinding {
  const input = document.createElement('input');
  Object.assign(input, { type: 'number', min: String(min), inputMode: 'numeric' });
  return {
    input,
    read: () => (input.value === '' ? 0 : input.valueAsNumber),
    write: (value) => void (input.value = String(value)),
  };
}

function textInput({ placeholder = '' }: InputOf<'text'>): InputBinding {
  const input = document.createElement('input');
  Object.assign(input, { type: 'text', placeholder, spellcheck: false });
  input.autocapitalize = 'off';
  return { input, read: () => input.value.trim(), write: (value) => void (input.value = String(value)) };
}

/** Returns `{}` for an empty text, and undefined for anything that is not a JSON object. */
function parseObject(text: string): object | undefined {
  if (!text.trim()) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
