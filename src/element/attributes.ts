// The element's attributes and properties in one table: what holds without them, and how markup becomes a value.
// Nothing here throws: a value that makes no sense is kept, and validated when a call is made (call/settings.ts).
import type { PropertyDeclaration } from '@lit/reactive-element';

/** What Lit takes, with the value that holds without the attribute. */
export interface Attribute extends PropertyDeclaration<unknown, unknown> {
  readonly initial: unknown;
}

/** A text, or what `converter` makes of it; the initial value when the attribute is removed or makes no sense. */
const text = (
  attribute?: string,
  initial: unknown = '',
  converter?: (value: string | null) => unknown,
): Attribute => ({
  useDefault: true,
  attribute,
  initial,
  converter,
});

/** One of a few words, in any case; the first one by default. */
const word = (...words: string[]) =>
  text(undefined, words[0], (value) => words.find((known) => known === value?.toLowerCase()) ?? words[0]);

/** A boolean as HTML has it. */
const flag = (attribute?: string): Attribute => ({ type: Boolean, attribute, initial: false });

/** No attribute. Declared all the same, because frameworks look for accessors to tell properties from attributes. */
const property = (initial: unknown): Attribute => ({ attribute: false, initial });

/** A number as HTML reads it; nothing for what is no number or below zero. */
const readSeconds = (value: string | null) => {
  const seconds = parseFloat(value!);
  return seconds >= 0 ? seconds : null;
};

/** JSON, or the text itself where it is none. */
const readJson = (value: string | null): unknown => {
  try {
    return JSON.parse(value || '{}');
  } catch {
    return value;
  }
};

/** Property by property. Types and documentation are the element's. */
export const properties = {
  token: text(),
  destination: text(),
  host: text(undefined, 'embeds.signalwire.com'),
  proxyUrl: text('proxy-url'),
  tokenTtl: text('token-ttl', 900, readSeconds),
  label: text(),
  video: flag(),
  userVariables: text('user-variables', {}, readJson),
  pageContext: flag('page-context'),
  preload: word('intent', 'none', 'eager'),
  // Reflected for the host's own box, but not before it is set: a new element has no attributes.
  display: { ...word('dialog', 'inline'), reflect: true },
  transcript: flag(),
  theme: word('auto', 'light', 'dark'),
  disabled: { ...flag(), reflect: true },
  htmlFor: text('for'),
  debug: flag(),
  strings: property({}),
  tokenProvider: property(null),
  callUi: property(null),
};

/** The names of the public properties. */
export type AttributeName = keyof typeof properties;

/** What holds without attributes; objects are the caller's own. */
export function defaults(): Record<AttributeName, unknown> {
  const values: Record<string, unknown> = {};
  for (const name in properties) values[name] = structuredClone(properties[name as AttributeName].initial);
  return values;
}
