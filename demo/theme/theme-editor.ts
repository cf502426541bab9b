// The theme editor: an input for each custom property, a live element, the CSS to copy, and a contrast check.
import { byId } from '../by-id.js';
import { startCopyButton } from '../copy-button.js';
import { DEFAULT_DESTINATION, DEFAULT_TOKEN } from '../default-call.js';
import { showCode } from '../highlight.js';
import { onSpace } from '../own-space.js';
import { untilAborted } from '../until-aborted.js';
import { contrast } from './contrast.js';
import { propertyInput } from './property-input.js';
import { PRESETS, THEME_PROPERTIES, type Preset } from './theme-properties.js';

type CallElement = HTMLElementTagNameMap['sw-click-to-call'];
/** Changed values by property name. */
type Values = Map<string, string>;

/** Text colour, background colour, and what they belong to. */
const CONTRAST_PAIRS = [
  ['--sw-c2c-on-accent', '--sw-c2c-accent', 'Button'],
  ['--sw-c2c-text', '--sw-c2c-surface', 'Text'],
  ['--sw-c2c-quiet', '--sw-c2c-surface', 'Quiet text'],
] as const;
/** https://www.w3.org/TR/WCAG22/#contrast-minimum */
const MIN_CONTRAST = 4.5;

export function startThemeEditor(hasPlatform: boolean): void {
  const values: Values = new Map();
  const call = byId('theme-call', HTMLElement) as CallElement;
  const css = byId('theme-css', HTMLElement);
  const update = () => {
    applyValues(call, values);
    showCode(css, cssOf(values));
    showContrast(values);
  };
  const showValue = addPropertyInputs(values, update);
  const setTheme = addThemeRadios(call);
  const applyPreset = ({ theme, values: changed }: Preset) => {
    values.clear();
    for (const [name, value] of Object.entries(changed)) values.set(name, value);
    for (const { name, initial } of THEME_PROPERTIES) showValue(name, changed[name] ?? initial);
    setTheme(theme);
    update();
  };
  addPresetButtons(applyPreset);
  byId('theme-form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  startCopyButton(byId('copy-theme', HTMLButtonElement), () => css);
  configureCall(call, hasPlatform);
  applyPreset(PRESETS[0]!);
}

/** Returns a function that shows a value in the input of its property. */
function addPropertyInputs(values: Values, onChange: () => void): (name: string, value: string) => void {
  const inputs = new Map<string, (value: string) => void>();
  for (const property of THEME_PROPERTIES) {
    const { element, show } = propertyInput(property, (value) => {
      if (value && value !== property.initial) values.set(property.name, value);
      else values.delete(property.name);
      onChange();
    });
    byId(`theme-${property.part}`, HTMLElement).append(element);
    inputs.set(property.name, show);
  }
  return (name, value) => inputs.get(name)!(value);
}

/** Returns a function that chooses a theme. */
function addThemeRadios(call: CallElement): (theme: Preset['theme']) => void {
  const setTheme = (theme: Preset['theme']) => {
    call.theme = theme;
    byId(`theme-${theme}`, HTMLInputElement).checked = true;
  };
  for (const theme of ['auto', 'light', 'dark'] as const)
    byId(`theme-${theme}`, HTMLInputElement).addEventListener('change', () => setTheme(theme));
  return setTheme;
}

function addPresetButtons(onChoose: (preset: Preset) => void): void {
  for (const preset of PRESETS) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: preset.title });
    button.addEventListener('click', () => onChoose(preset));
    byId('theme-presets', HTMLElement).append(button);
  }
}

function configureCall(call: CallElement, hasPlatform: boolean): void {
  onSpace((space) => {
    call.host = space?.host ?? location.origin;
    call.token = space?.token ?? DEFAULT_TOKEN;
    call.destination = space?.destination ?? DEFAULT_DESTINATION;
    // With nothing to call, the call interface can still be shown: it waits for a guest token that never arrives.
    call.tokenProvider = space || hasPlatform ? null : ({ signal }) => untilAborted(signal);
  });
}

function applyValues(call: CallElement, values: Values): void {
  for (const { name } of THEME_PROPERTIES) {
    const value = values.get(name);
    if (value) call.style.setProperty(name, value);
    else call.style.removeProperty(name);
  }
}

function cssOf(values: Values): string {
  const lines = THEME_PROPERTIES.flatMap(({ name }) => {
    const value = values.get(name);
    return value ? [`  ${name}: ${value};`] : [];
  });
  if (lines.length === 0) return '/* Properties that you change appear here. */\n';
  return `sw-click-to-call {\n${lines.join('\n')}\n}\n`;
}

function showContrast(values: Values): void {
  const colour = (name: string) =>
    values.get(name) ?? THEME_PROPERTIES.find((property) => property.name === name)!.initial;
  const items = CONTRAST_PAIRS.map(([text, background, title]) => {
    const ratio = contrast(colour(text), colour(background));
    const isReadable = ratio >= MIN_CONTRAST;
    const item = document.createElement('li');
    item.dataset.readable = String(isReadable);
    item.textContent = `${title} ${ratio.toFixed(1)}:1, ${isReadable ? 'readable' : 'too low'}`;
    return item;
  });
  byId('theme-contrast', HTMLElement).replaceChildren(...items);
}
