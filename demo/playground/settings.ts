// The element's settings as the playground holds them: what the page's author would write, and nothing that is default.
// Names and defaults come from the element itself. Must not know how a setting is chosen or shown.
import { defaults, properties, type Attributes } from '../../src/element/attributes.js';

/** Every setting but the page's own code, by property name; `lang` is HTML's own attribute, which the element honours. */
export type Settings = Omit<Attributes, 'tokenProvider' | 'callUi'> & { lang: string };

/** A setting as it is written down. */
export interface Written {
  readonly property: keyof Settings;
  /** Undefined for what has no attribute. */
  readonly attribute: string | undefined;
  readonly value: Settings[keyof Settings];
}

/** What holds when nothing is written. */
export function initialSettings(): Settings {
  const settings: Partial<Attributes> = defaults();
  delete settings.tokenProvider;
  delete settings.callUi;
  return { ...(settings as Omit<Attributes, 'tokenProvider' | 'callUi'>), lang: '' };
}

/** The attribute of a property, as the element declares it. */
export function attributeOf(property: keyof Settings): string | undefined {
  const declared = properties[property]?.attribute;
  if (declared === false) return undefined;
  return typeof declared === 'string' ? declared : property.toLowerCase();
}

/** What differs from the defaults, in the order in which the element declares it. */
export function writtenOf(settings: Settings): readonly Written[] {
  const initial = initialSettings();
  return (Object.keys(initial) as (keyof Settings)[])
    .filter((property) => JSON.stringify(settings[property]) !== JSON.stringify(initial[property]))
    .map((property) => ({ property, attribute: attributeOf(property), value: settings[property] }));
}
