// The playground's control for each setting: its kind, group and hint. Plain data, keyed by setting, so that the
// compiler reports a missing one.
import { DESTINATION_SCENARIOS } from '../platform/scenarios/destination-scenarios.js';
import { TOKEN_SCENARIOS } from '../platform/scenarios/token-scenarios.js';
import type { Settings } from './settings.js';

export interface SettingControl {
  readonly group: 'Call' | 'Token exchange' | 'Behaviour' | 'Appearance and language';
  readonly hint: string;
  readonly input: ControlInput;
}

export type ControlInput =
  | { readonly kind: 'text'; readonly placeholder?: string }
  | { readonly kind: 'number'; readonly min: number }
  | { readonly kind: 'switch' }
  /** A switch between a string and the empty string. */
  | { readonly kind: 'switch'; readonly value: string; readonly label: string }
  /** Radio buttons. */
  | { readonly kind: 'radios'; readonly values: readonly string[] }
  | { readonly kind: 'select'; readonly options: readonly SelectOption[] }
  | { readonly kind: 'json'; readonly example: string };

export interface SelectOption {
  readonly value: string;
  readonly title: string;
  /** Shown instead of the hint while the option is selected. */
  readonly description?: string;
}

/** The id of the page's own call button in the playground. */
export const PAGE_BUTTON_ID = 'my-button';

const LANGUAGES = {
  '': 'inherited from the page',
  ar: 'العربية',
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  ja: '日本語',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  zh: '中文',
};

export const SETTING_CONTROLS: Readonly<Record<keyof Settings, SettingControl>> = {
  destination: {
    group: 'Call',
    hint: 'The address to call. Each address of the local platform behaves differently.',
    input: {
      kind: 'select',
      options: DESTINATION_SCENARIOS.map(({ destination, title, description }) => ({
        value: destination,
        title,
        description,
      })),
    },
  },
  video: { group: 'Call', hint: 'Send and receive video.', input: { kind: 'switch' } },
  transcript: {
    group: 'Call',
    hint: 'Show captions in a call with an AI agent. Choose the agent as destination.',
    input: { kind: 'switch' },
  },
  userVariables: {
    group: 'Call',
    hint: 'A JSON object that is sent with the call.',
    input: { kind: 'json', example: '{ "plan": "gold" }' },
  },
  pageContext: {
    group: 'Call',
    hint: 'Add the page’s URL, title and referrer to the variables.',
    input: { kind: 'switch' },
  },
  token: {
    group: 'Token exchange',
    hint: 'The public token. The local platform responds to each token differently.',
    input: {
      kind: 'select',
      options: TOKEN_SCENARIOS.map(({ token, title, description }) => ({ value: token, title, description })),
    },
  },
  proxyUrl: {
    group: 'Token exchange',
    hint: 'Exchange the token at this URL instead of at the host.',
    input: { kind: 'text', placeholder: '/token' },
  },
  host: {
    group: 'Token exchange',
    hint: 'The name of a space, or a full host.',
    input: { kind: 'text', placeholder: 'embeds.signalwire.com' },
  },
  tokenTtl: {
    group: 'Token exchange',
    hint: 'How many seconds to use a guest token whose expiry is unknown.',
    input: { kind: 'number', min: 0 },
  },
  preload: {
    group: 'Behaviour',
    hint: 'What to load before the click: nothing; code and a connection on hover; or code and guest token.',
    input: { kind: 'radios', values: ['none', 'intent', 'eager'] },
  },
  htmlFor: {
    group: 'Behaviour',
    hint: 'The id of your own button. The element then hides its built-in button.',
    input: { kind: 'switch', value: PAGE_BUTTON_ID, label: 'use my own button' },
  },
  disabled: { group: 'Behaviour', hint: 'Disable the button.', input: { kind: 'switch' } },
  debug: {
    group: 'Behaviour',
    hint: 'Log to the console, with secrets redacted.',
    input: { kind: 'switch' },
  },
  label: {
    group: 'Appearance and language',
    hint: 'The text of the button. Default: “Call” in the page’s language.',
    input: { kind: 'text', placeholder: 'Call' },
  },
  display: {
    group: 'Appearance and language',
    hint: 'Show the call interface in a dialog above the page, or inline.',
    input: { kind: 'radios', values: ['dialog', 'inline'] },
  },
  theme: {
    group: 'Appearance and language',
    hint: 'The colour scheme of the call interface.',
    input: { kind: 'radios', values: ['auto', 'light', 'dark'] },
  },
  lang: {
    group: 'Appearance and language',
    hint: 'The language of the button and the call interface.',
    input: { kind: 'select', options: Object.entries(LANGUAGES).map(([value, title]) => ({ value, title })) },
  },
  strings: {
    group: 'Appearance and language',
    hint: 'A property: a JSON object of texts to replace in the call interface.',
    input: { kind: 'json', example: '{ "hangUp": "End call" }' },
  },
};
