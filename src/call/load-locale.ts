// The texts of a language, loaded when a call is made in it.
// Not in load.ts, because that is downloaded before any click, and each of these names costs bytes there.
import type { Strings } from '../locales/en.js';
import { remembered } from './load.js';

/** One file per language, by primary subtag; English is always there. */
const LOCALES: Readonly<Record<string, () => Promise<Strings>>> = {
  ar: remembered(async () => (await import('../locales/ar.js')).ar),
  de: remembered(async () => (await import('../locales/de.js')).de),
  es: remembered(async () => (await import('../locales/es.js')).es),
  fr: remembered(async () => (await import('../locales/fr.js')).fr),
  it: remembered(async () => (await import('../locales/it.js')).it),
  ja: remembered(async () => (await import('../locales/ja.js')).ja),
  nl: remembered(async () => (await import('../locales/nl.js')).nl),
  pl: remembered(async () => (await import('../locales/pl.js')).pl),
  pt: remembered(async () => (await import('../locales/pt.js')).pt),
  zh: remembered(async () => (await import('../locales/zh.js')).zh),
};

/** The texts of a language by its primary subtag; undefined where there is no table for it. */
export function loadLocale(primary: string): Promise<Strings> | undefined {
  return Object.hasOwn(LOCALES, primary) ? LOCALES[primary]!() : undefined;
}
