// The texts of a language, loaded when a call is made in it.
// Not in load.ts, because that is downloaded before any click, and each of these names costs bytes there.
import type { Strings } from './en.js';
import { remembered } from '../element/load.js';

/** One file per language, by primary subtag; English is always there. */
const LOCALES: Readonly<Record<string, () => Promise<Strings>>> = {
  ar: remembered(async () => (await import('./ar.js')).ar),
  de: remembered(async () => (await import('./de.js')).de),
  es: remembered(async () => (await import('./es.js')).es),
  fr: remembered(async () => (await import('./fr.js')).fr),
  it: remembered(async () => (await import('./it.js')).it),
  ja: remembered(async () => (await import('./ja.js')).ja),
  nl: remembered(async () => (await import('./nl.js')).nl),
  pl: remembered(async () => (await import('./pl.js')).pl),
  pt: remembered(async () => (await import('./pt.js')).pt),
  zh: remembered(async () => (await import('./zh.js')).zh),
};

/** The texts of a language by its primary subtag; undefined where there is no table for it. */
export function loadLocale(primary: string): Promise<Strings> | undefined {
  return Object.hasOwn(LOCALES, primary) ? LOCALES[primary]!() : undefined;
}
