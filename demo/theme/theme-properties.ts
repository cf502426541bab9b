// The custom properties that the theme editor offers, with the defaults that the element documents (a test compares
// them), and the presets. Plain data.

export interface ThemeProperty {
  readonly name: `--sw-c2c-${string}`;
  readonly title: string;
  readonly initial: string;
  readonly kind: 'colour' | 'rem' | 'text';
  /** The largest size, in rem. */
  readonly max?: number;
  /** The part of the element that it styles. */
  readonly part: 'button' | 'panel';
}

export const THEME_PROPERTIES: readonly ThemeProperty[] = [
  { name: '--sw-c2c-accent', title: 'Accent', initial: '#0a7048', kind: 'colour', part: 'button' },
  { name: '--sw-c2c-on-accent', title: 'Text on accent', initial: '#fff', kind: 'colour', part: 'button' },
  { name: '--sw-c2c-focus', title: 'Focus ring', initial: '#2f6fed', kind: 'colour', part: 'button' },
  { name: '--sw-c2c-radius', title: 'Corner radius', initial: '1.5rem', kind: 'rem', max: 2, part: 'button' },
  { name: '--sw-c2c-padding', title: 'Padding', initial: '0.5em 1.25em', kind: 'text', part: 'button' },
  { name: '--sw-c2c-font', title: 'Font shorthand', initial: '', kind: 'text', part: 'button' },
  { name: '--sw-c2c-surface', title: 'Surface', initial: '#ffffff', kind: 'colour', part: 'panel' },
  { name: '--sw-c2c-text', title: 'Text', initial: '#171b20', kind: 'colour', part: 'panel' },
  { name: '--sw-c2c-quiet', title: 'Quiet text', initial: '#55606b', kind: 'colour', part: 'panel' },
  { name: '--sw-c2c-control', title: 'Controls', initial: '#eceff3', kind: 'colour', part: 'panel' },
  { name: '--sw-c2c-line', title: 'Lines', initial: '#dde2e8', kind: 'colour', part: 'panel' },
  { name: '--sw-c2c-danger', title: 'Hang-up button', initial: '#c62828', kind: 'colour', part: 'panel' },
  {
    name: '--sw-c2c-panel-radius',
    title: 'Corner radius',
    initial: '1.5rem',
    kind: 'rem',
    max: 2.5,
    part: 'panel',
  },
];

export interface Preset {
  readonly title: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** What differs from the defaults. */
  readonly values: Readonly<Record<string, string>>;
}

export const PRESETS: readonly Preset[] = [
  { title: 'Default', theme: 'auto', values: {} },
  {
    title: 'Ink',
    theme: 'light',
    values: {
      '--sw-c2c-accent': '#111111',
      '--sw-c2c-radius': '0.25rem',
      '--sw-c2c-panel-radius': '0.5rem',
      '--sw-c2c-control': '#f2f2f2',
    },
  },
  {
    title: 'Harbour',
    theme: 'dark',
    values: {
      '--sw-c2c-accent': '#3b82f6',
      '--sw-c2c-on-accent': '#04101f',
      '--sw-c2c-radius': '0.75rem',
      '--sw-c2c-surface': '#0b1626',
      '--sw-c2c-text': '#e9f1fb',
      '--sw-c2c-quiet': '#9db2ca',
      '--sw-c2c-control': '#1b2b42',
      '--sw-c2c-line': '#24374f',
      '--sw-c2c-panel-radius': '1rem',
    },
  },
  {
    title: 'Clay',
    theme: 'light',
    values: {
      '--sw-c2c-accent': '#a8441f',
      '--sw-c2c-surface': '#fdf6f0',
      '--sw-c2c-text': '#33211a',
      '--sw-c2c-quiet': '#75594c',
      '--sw-c2c-control': '#f3e4d8',
      '--sw-c2c-line': '#ead6c7',
      '--sw-c2c-panel-radius': '2rem',
    },
  },
];
