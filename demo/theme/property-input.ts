// The labelled input for one custom property: a colour, a size, or text.
import { longHex } from './contrast.js';
import type { ThemeProperty } from './theme-properties.js';

export interface PropertyInput {
  readonly element: HTMLElement;
  show(value: string): void;
}

export function propertyInput(property: ThemeProperty, onChange: (value: string) => void): PropertyInput {
  const { name, title, initial, kind } = property;
  const input = inputFor(property);
  const output = document.createElement('output');
  const label = document.createElement('label');
  label.className = `theme-property ${kind}`;
  const text = document.createElement('span');
  text.textContent = title;
  const code = document.createElement('code');
  code.textContent = name;
  label.append(text, code, input, ...(kind === 'text' ? [] : [output]));

  const read = () => (kind === 'rem' ? `${input.value}rem` : input.value.trim());
  input.addEventListener('input', () => {
    output.value = read();
    // A colour input always has six digits, and the default may have three.
    onChange(kind === 'colour' && input.value === longHex(initial) ? initial : read());
  });
  return {
    element: label,
    show(value) {
      if (kind === 'colour') input.value = longHex(value);
      else input.value = kind === 'rem' ? String(parseFloat(value)) : value;
      output.value = read();
    },
  };
}

function inputFor({ kind, max, initial }: ThemeProperty): HTMLInputElement {
  const input = document.createElement('input');
  switch (kind) {
    case 'colour':
      return Object.assign(input, { type: 'color' });
    case 'rem':
      return Object.assign(input, { type: 'range', min: '0', max: String(max), step: '0.125' });
    case 'text':
      return Object.assign(input, {
        type: 'text',
        placeholder: initial || '500 1rem/1.25 system-ui',
        spellcheck: false,
      });
  }
}
