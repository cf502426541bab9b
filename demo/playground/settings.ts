// The element's settings in the playground, and which of them differ from the defaults. Names and defaults come from
// the element itself.
import { defaults, properties, type AttributeName } from '../../src/element/attributes.js';
import type { SwClickToCall } from '../../src/element/sw-click-to-call.js';

type Attributes = Pick<SwClickToCall, AttributeName>;

/** All settings by property name, except functions. `lang` is HTML's own attribute, which the element respects. */
export type Settings = Omit<Attributes, 'tokenProvider' | 'callUi'> & { lang: string };

/** A setting that differs from its default. */
export interface ChangedSetting {
  readonly property: keyof Settings;
  /** Undefined if the property has no attribute. */
  readonly attribute: string | undefined;
  readonly value: Settings[keyof Settings];
}

export function defaultSettings(): Settings {
  const settings = defaults() as Partial<Attributes>;
  delete settings.tokenProvider;
  delete settings.callUi;
  return { ...(settings as Omit<Attributes, 'tokenProvider' | 'callUi'>), lang: '' };
}

/** The attribute of a property; undefined if it has none. */
export function attributeOf(property: keyof Settings): string | undefined {
  const declared = properties[property as AttributeName]?.attribute;
  if (declared === false) return undefined;
  return typeof declared === 'string' ? declared : property.toLowerCase();
}

/** The settings that differ from the defaults, in the order in which the element declares them. */
export function changedSettings(settings: Settings): readonly ChangedSetting[] {
  const initial = defaultSettings();
  return (Object.keys(initial) as (keyof Settings)[])
    .filter((property) => JSON.stringify(settings[property]) !== JSON.stringify(initial[property]))
    .map((property) => ({ property, attribute: attributeOf(property), value: settings[property] }));
}
