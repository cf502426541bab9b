// What the playground asks for each setting: which kind of control, in which group, with what to say about it.
// The compiler misses none, because the table is keyed by the settings themselves. Data only.
import { DESTINATION_STORIES, TOKEN_STORIES } from '../platform/stories.js';
import type { Settings } from './settings.js';

/** One setting's control. */
export interface Control {
  readonly group: 'The call' | 'The exchange' | 'How it behaves' | 'How it looks and speaks';
  readonly hint: string;
  readonly as: ControlKind;
}

export type ControlKind =
  | { readonly kind: 'text'; readonly placeholder?: string }
  | { readonly kind: 'number'; readonly min: number }
  | { readonly kind: 'switch' }
  /** A switch whose value is a text. */
  | { readonly kind: 'switch'; readonly value: string; readonly label: string }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'list'; readonly of: readonly Option[] }
  | { readonly kind: 'json'; readonly example: string };

export interface Option {
  readonly value: string;
  readonly title: string;
  /** What it does; shown when it is chosen. */
  readonly what?: string;
}

/** Id of the page's own button in the playground. */
export const OWN_BUTTON_ID = 'my-button';

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

export const CONTROLS: Readonly<Record<keyof Settings, Control>> = {
  destination: {
    group: 'The call',
    hint: 'Who is called. Each of these addresses of the stand-in behaves differently.',
    as: {
      kind: 'list',
      of: DESTINATION_STORIES.map(({ destination, title, what }) => ({ value: destination, title, what })),
    },
  },
  video: { group: 'The call', hint: 'Send and receive video.', as: { kind: 'switch' } },
  transcript: {
    group: 'The call',
    hint: 'Captions of an AI agent’s call; choose the agent as destination.',
    as: { kind: 'switch' },
  },
  userVariables: {
    group: 'The call',
    hint: 'A JSON object that goes along with the call.',
    as: { kind: 'json', example: '{ "plan": "gold" }' },
  },
  pageContext: {
    group: 'The call',
    hint: 'Add the page’s address, title and referrer to them.',
    as: { kind: 'switch' },
  },
  token: {
    group: 'The exchange',
    hint: 'The public token. Each of the stand-in’s tokens is answered differently.',
    as: {
      kind: 'list',
      of: TOKEN_STORIES.map(({ token, title, what }) => ({ value: token, title, what })),
    },
  },
  proxyUrl: {
    group: 'The exchange',
    hint: 'Exchange there instead of at the host.',
    as: { kind: 'text', placeholder: '/token' },
  },
  host: {
    group: 'The exchange',
    hint: 'A space’s name or a full host.',
    as: { kind: 'text', placeholder: 'embeds.signalwire.com' },
  },
  tokenTtl: {
    group: 'The exchange',
    hint: 'Seconds to trust a guest token that does not say when it ends.',
    as: { kind: 'number', min: 0 },
  },
  preload: {
    group: 'How it behaves',
    hint: 'What hovering already fetches: nothing, code and a connection, or code and guest token.',
    as: { kind: 'choice', of: ['none', 'intent', 'eager'] },
  },
  htmlFor: {
    group: 'How it behaves',
    hint: 'Id of your own button; the element then hides its own.',
    as: { kind: 'switch', value: OWN_BUTTON_ID, label: 'start from a button of mine' },
  },
  disabled: { group: 'How it behaves', hint: 'No calls.', as: { kind: 'switch' } },
  debug: {
    group: 'How it behaves',
    hint: 'Log to the browser’s console, secrets redacted.',
    as: { kind: 'switch' },
  },
  label: {
    group: 'How it looks and speaks',
    hint: 'The button’s text; “Call” in the page’s language without it.',
    as: { kind: 'text', placeholder: 'Call' },
  },
  display: {
    group: 'How it looks and speaks',
    hint: 'Above the page, or in its flow.',
    as: { kind: 'choice', of: ['dialog', 'inline'] },
  },
  theme: {
    group: 'How it looks and speaks',
    hint: 'Colours of the call interface.',
    as: { kind: 'choice', of: ['auto', 'light', 'dark'] },
  },
  lang: {
    group: 'How it looks and speaks',
    hint: 'Language of the interface.',
    as: { kind: 'list', of: Object.entries(LANGUAGES).map(([value, title]) => ({ value, title })) },
  },
  strings: {
    group: 'How it looks and speaks',
    hint: 'A property: texts of the interface that you replace, as a JSON object.',
    as: { kind: 'json', example: '{ "hangUp": "Say goodbye" }' },
  },
};
