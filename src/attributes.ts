// The element's attributes and properties: how markup becomes a value, and what holds where markup says nothing.
// Promise: nothing here throws; a value that makes no sense is kept as it is and judged when a call is made.
import type { PropertyDeclarations } from '@lit/reactive-element';
import type { CallUi } from './call/port.js';
import type { UserVariables } from './events.js';
import type { StringOverrides } from './strings.js';
import type { TokenProvider } from './token/source.js';

/** The public properties that Lit observes. */
export interface Attributes {
  token: string;
  destination: string;
  host: string;
  proxyUrl: string;
  tokenTtl: number;
  label: string;
  video: boolean;
  userVariables: UserVariables;
  pageContext: boolean;
  preload: 'none' | 'intent' | 'eager';
  display: 'dialog' | 'inline';
  transcript: boolean;
  theme: 'auto' | 'light' | 'dark';
  disabled: boolean;
  htmlFor: string;
  debug: boolean;
  /** Texts of the interface that the page replaces. */
  strings: StringOverrides;
  tokenProvider: TokenProvider | null;
  callUi: CallUi | null;
}

/** What holds without an attribute. */
export const defaults = (): Attributes => ({
  token: '',
  destination: '',
  host: 'embeds.signalwire.com',
  proxyUrl: '',
  tokenTtl: 900,
  label: '',
  video: false,
  userVariables: {},
  pageContext: false,
  preload: 'intent',
  display: 'dialog',
  transcript: false,
  theme: 'auto',
  disabled: false,
  htmlFor: '',
  debug: false,
  strings: {},
  tokenProvider: null,
  callUi: null,
});

/** An attribute that means its default again when it is removed. */
const text = (name: keyof Attributes, attribute?: string, read: (text: string) => unknown = String) => ({
  ...(attribute && { attribute }),
  converter: { fromAttribute: (value: string | null) => (value === null ? defaults()[name] : read(value)) },
});

/** JSON when it is; else the text itself. */
const readVariables = (value: string): unknown => {
  try {
    return JSON.parse(value || '{}');
  } catch {
    return value;
  }
};

/** Property by property, as Lit takes them. */
export const properties: PropertyDeclarations = {
  token: text('token'),
  destination: text('destination'),
  host: text('host'),
  proxyUrl: text('proxyUrl', 'proxy-url'),
  tokenTtl: text('tokenTtl', 'token-ttl', Number),
  label: text('label'),
  video: { type: Boolean },
  userVariables: text('userVariables', 'user-variables', readVariables),
  pageContext: { attribute: 'page-context', type: Boolean },
  preload: text('preload'),
  // Reflected where it says something, for the host's own box.
  display: {
    reflect: true,
    converter: {
      fromAttribute: (value: string | null) => value ?? 'dialog',
      toAttribute: (value: unknown) => (value === 'inline' ? 'inline' : null),
    },
  },
  transcript: { type: Boolean },
  theme: text('theme'),
  disabled: { type: Boolean, reflect: true },
  htmlFor: text('htmlFor', 'for'),
  debug: { type: Boolean },
  strings: { attribute: false },
  // Here, so that they are accessors of the class: frameworks look for those to tell a property from an attribute, and
  // what a page set before the upgrade is kept.
  tokenProvider: { attribute: false },
  callUi: { attribute: false },
};
