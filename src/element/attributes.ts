// The element's attributes and properties: how markup becomes a value, and what holds where markup says nothing.
// Promise: nothing here throws; a value that makes no sense is kept as it is and judged when a call is made.
import type { PropertyDeclaration, PropertyDeclarations } from '@lit/reactive-element';
import type { CallUi } from '../call/port.js';
import type { UserVariables } from '../events.js';
import type { StringOverrides } from '../locales/en.js';
import type { TokenProvider } from '../token/source.js';

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

/** What the constructor set holds again when the attribute is removed, or says nothing. */
const text: PropertyDeclaration = { useDefault: true };

/** The same of an attribute with another name, or read as something else than text. */
const as = (
  attribute: string,
  converter?: (text: string | null) => unknown,
): PropertyDeclaration<unknown, unknown> => ({
  useDefault: true,
  attribute,
  ...(converter && { converter }),
});

/** One of a few words, the first of them by default, however it is written. */
const word = (attribute: string, ...words: string[]) =>
  as(attribute, (value) => words.find((known) => known === value?.toLowerCase()) ?? words[0]);

/** As HTML reads numbers; what is none, or is below zero, is the default. */
const readSeconds = (value: string | null) => {
  const seconds = parseFloat(value!);
  return seconds >= 0 ? seconds : null;
};

/** JSON when it is; else the text itself. */
const readVariables = (value: string | null): unknown => {
  try {
    return JSON.parse(value || '{}');
  } catch {
    return value;
  }
};

/** Property by property, as Lit takes them. */
export const properties: PropertyDeclarations = {
  token: text,
  destination: text,
  host: text,
  proxyUrl: as('proxy-url'),
  tokenTtl: as('token-ttl', readSeconds),
  label: text,
  video: { type: Boolean },
  userVariables: as('user-variables', readVariables),
  pageContext: { attribute: 'page-context', type: Boolean },
  preload: word('preload', 'intent', 'none', 'eager'),
  // Reflected for the host's own box; not before it was set, for a new element has no attributes.
  display: { ...word('display', 'dialog', 'inline'), reflect: true },
  transcript: { type: Boolean },
  theme: word('theme', 'auto', 'light', 'dark'),
  disabled: { type: Boolean, reflect: true },
  htmlFor: as('for'),
  debug: { type: Boolean },
  strings: { attribute: false },
  // Here, so that they are accessors of the class: frameworks look for those to tell a property from an attribute, and
  // what a page set before the upgrade is kept.
  tokenProvider: { attribute: false },
  callUi: { attribute: false },
};
