// The theme editor: custom properties with fields, a living element that wears them, and the CSS to copy.
// Promise: the CSS holds what differs from the defaults, and warns where a text could not be read.
import { byId } from '../by-id.js';
import { startCopying } from '../copy-button.js';
import { showCode } from '../highlight.js';
import { onSpace } from '../space.js';
import { contrast, longHex } from './contrast.js';
import { PRESETS, THEME_PROPERTIES, type Preset, type ThemeProperty } from './properties.js';

/** What text stands on what, in words. */
const READ = [
  ['--sw-c2c-on-accent', '--sw-c2c-accent', 'Button'],
  ['--sw-c2c-text', '--sw-c2c-surface', 'Text'],
  ['--sw-c2c-quiet', '--sw-c2c-surface', 'Quiet text'],
] as const;
/** https://www.w3.org/TR/WCAG22/#contrast-minimum */
const ENOUGH = 4.5;

/** Sets it up. */
export function startTheme(standIn: boolean): void {
  const values = new Map<string, string>();
  const call = byId('theme-call', HTMLElement) as HTMLElementTagNameMap['sw-click-to-call'];
  const css = byId('theme-css', HTMLElement);
  const fields = new Map<string, (value: string) => void>();

  const refresh = () => {
    for (const { name } of THEME_PROPERTIES) {
      const value = values.get(name);
      if (value) call.style.setProperty(name, value);
      else call.style.removeProperty(name);
    }
    showCode(css, cssOf(values));
    showContrast(values);
  };
  for (const property of THEME_PROPERTIES) {
    const { element, show } = fieldOf(property, (value) => {
      if (value && value !== property.initial) values.set(property.name, value);
      else values.delete(property.name);
      refresh();
    });
    byId(`theme-${property.of}`, HTMLElement).append(element);
    fields.set(property.name, show);
  }
  const wear = ({ theme, values: own }: Preset) => {
    values.clear();
    for (const [name, value] of Object.entries(own)) values.set(name, value);
    for (const { name, initial } of THEME_PROPERTIES) fields.get(name)!(own[name] ?? initial);
    setTheme(theme);
    refresh();
  };
  const setTheme = (theme: Preset['theme']) => {
    call.theme = theme;
    byId(`theme-${theme}`, HTMLInputElement).checked = true;
  };
  for (const theme of ['auto', 'light', 'dark'] as const)
    byId(`theme-${theme}`, HTMLInputElement).addEventListener('change', () => setTheme(theme));
  for (const preset of PRESETS) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: preset.title });
    button.addEventListener('click', () => wear(preset));
    byId('theme-presets', HTMLElement).append(button);
  }
  byId('theme-form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  startCopying(byId('copy-theme', HTMLButtonElement), () => css);
  onSpace((space) => {
    call.host = space?.host ?? location.origin;
    call.token = space?.token ?? 'c2c_demo';
    call.destination = space?.destination ?? '/public/support';
    // Without anybody to answer, the interface can still be looked at: it waits for a guest token that never comes.
    call.tokenProvider = space || standIn ? null : ({ signal }) => untilAborted(signal);
  });
  wear(PRESETS[0]!);
}

function fieldOf(
  { name, title, initial, as, max }: ThemeProperty,
  onChange: (value: string) => void,
): { element: HTMLElement; show: (value: string) => void } {
  const input = document.createElement('input');
  const output = document.createElement('output');
  const label = document.createElement('label');
  label.className = `theme-field ${as}`;
  const text = document.createElement('span');
  text.textContent = title;
  const code = document.createElement('code');
  code.textContent = name;
  if (as === 'colour') input.type = 'color';
  else if (as === 'rem') Object.assign(input, { type: 'range', min: '0', max: String(max), step: '0.125' });
  else
    Object.assign(input, {
      type: 'text',
      placeholder: initial || '500 1rem/1.25 system-ui',
      spellcheck: false,
    });
  label.append(text, code, input, ...(as === 'text' ? [] : [output]));
  const valueOf = () => (as === 'rem' ? `${input.value}rem` : input.value.trim());
  const show = (value: string) => {
    input.value = as === 'colour' ? longHex(value) : as === 'rem' ? String(parseFloat(value)) : value;
    output.value = valueOf();
  };
  input.addEventListener('input', () => {
    output.value = valueOf();
    onChange(as === 'colour' && input.value === longHex(initial) ? initial : valueOf());
  });
  return { element: label, show };
}

function cssOf(values: ReadonlyMap<string, string>): string {
  const lines = THEME_PROPERTIES.flatMap(({ name }) => {
    const value = values.get(name);
    return value ? [`  ${name}: ${value};`] : [];
  });
  if (lines.length === 0) return '/* Change something: what differs from the defaults stands here. */\n';
  return `sw-click-to-call {\n${lines.join('\n')}\n}\n`;
}

function showContrast(values: ReadonlyMap<string, string>): void {
  const colour = (name: string) =>
    values.get(name) ?? THEME_PROPERTIES.find((property) => property.name === name)!.initial;
  const rows = READ.map(([text, ground, title]) => {
    const ratio = contrast(colour(text), colour(ground));
    const item = document.createElement('li');
    item.dataset.enough = String(ratio >= ENOUGH);
    item.textContent = `${title} ${ratio.toFixed(1)}:1, ${ratio >= ENOUGH ? 'readable' : 'too faint'}`;
    return item;
  });
  byId('theme-contrast', HTMLElement).replaceChildren(...rows);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}
