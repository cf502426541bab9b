// The texts of one call: the element's language, with the texts that the page overrides, and durations in that language.
import { en, type StringOverrides, type Strings } from './en.js';
import { lazy } from '../lazy.js';
import { waitFor, type Timers } from '../wait.js';

/** One file per language, by primary subtag. English is always loaded. */
const LOCALES: Readonly<Record<string, () => Promise<Strings>>> = {
  ar: lazy(async () => (await import('./ar.js')).ar),
  de: lazy(async () => (await import('./de.js')).de),
  es: lazy(async () => (await import('./es.js')).es),
  fr: lazy(async () => (await import('./fr.js')).fr),
  it: lazy(async () => (await import('./it.js')).it),
  ja: lazy(async () => (await import('./ja.js')).ja),
  nl: lazy(async () => (await import('./nl.js')).nl),
  pl: lazy(async () => (await import('./pl.js')).pl),
  pt: lazy(async () => (await import('./pt.js')).pt),
  zh: lazy(async () => (await import('./zh.js')).zh),
};

/** The texts of a language by its primary subtag; undefined for an unknown language. */
export function loadLocale(primary: string): Promise<Strings> | undefined {
  return Object.hasOwn(LOCALES, primary) ? LOCALES[primary]!() : undefined;
}

/** Texts and their language. */
export interface Words {
  readonly words: Strings;
  /** BCP 47 tag. Keeps the region of the element's own tag, for number formats. */
  readonly language: string;
}

/** How long a call waits for its texts before it uses English. */
const LOAD_LIMIT_MS = 2_000;

/** English with the page's overrides, without loading anything. */
export function englishWith(overrides: StringOverrides | null | undefined): Words {
  return { words: withOverrides(en, overrides), language: 'en' };
}

/** The texts of a language; English for an unknown language or when its file does not load in time. Never rejects. */
export async function loadWords(
  language: string,
  overrides: StringOverrides | null | undefined,
  load: typeof loadLocale = loadLocale,
  timers?: Timers,
): Promise<Words> {
  const loading = load(language.toLowerCase().split('-', 1)[0]!);
  if (!loading) return englishWith(overrides);
  try {
    const words = await waitFor(loading, { ms: LOAD_LIMIT_MS, timers });
    // Throws for an invalid tag, which must not reach Intl later.
    return { words: withOverrides(words, overrides), language: Intl.getCanonicalLocales(language)[0]! };
  } catch {
    return englishWith(overrides);
  }
}

/**
 * Replaces texts with the page's overrides. Overrides of the wrong type are ignored, so that a mistake does not end a
 * call; so is undefined, which frameworks pass for values that are not set.
 */
function withOverrides(words: Strings, overrides: StringOverrides | null | undefined): Strings {
  const given = Object.entries(overrides ?? {}).flatMap(([name, text]: [string, unknown]) => {
    const own: unknown = words[name as keyof Strings];
    if (typeof text !== typeof own) return [];
    return [[name, typeof own === 'function' ? withFallback(text as Phrase, own as Phrase) : text]];
  });
  return { ...words, ...(Object.fromEntries(given) as StringOverrides) };
}

type Phrase = (...parts: never[]) => string;

/** The page's function, or ours when it throws. */
function withFallback(phrase: Phrase, own: Phrase): Phrase {
  return (...parts) => {
    try {
      return String(phrase(...parts));
    } catch {
      return own(...parts);
    }
  };
}

/** 75 000 ms as "1:15". */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** 75 000 ms as "1 minute, 15 seconds", with the plural forms of the language. */
export function spokenTime(ms: number, language: string): string {
  const seconds = Math.round(ms / 1000);
  const units = [
    ['hour', Math.floor(seconds / 3600)],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', seconds % 60],
  ] as const;
  const shown = units.filter(([unit, count]) => count > 0 || (unit === 'second' && seconds < 60));
  const parts = shown.map(([unit, count]) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
  );
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts);
}
