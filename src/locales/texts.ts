// The words of one call: the language of the element, what the page replaced in it, and durations as people say them.
import { en, type StringOverrides, type Strings } from './en.js';
import { lazy } from '../lazy.js';
import { waitFor, type Timers } from '../wait.js';

/** One file per language, by primary subtag; English is always there. */
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

/** The texts of a language by its primary subtag; undefined where there is no table for it. */
export function loadLocale(primary: string): Promise<Strings> | undefined {
  return Object.hasOwn(LOCALES, primary) ? LOCALES[primary]!() : undefined;
}

/** Words and the language they are in. */
export interface Words {
  readonly words: Strings;
  /** BCP 47 tag: the element's own where there is a table for it, so that numbers follow the region. */
  readonly language: string;
}

/** How long a slow network may hold up a call for the sake of its words, in milliseconds. */
const PATIENCE_MS = 2_000;

/** English with what the page replaced, at once. */
export function englishWith(overrides: StringOverrides | null | undefined): Words {
  return { words: replaced(en, overrides), language: 'en' };
}

/** The words of a language; English where there is no table for it, or where it does not arrive in time. */
export async function loadWords(
  language: string,
  overrides: StringOverrides | null | undefined,
  load: typeof loadLocale = loadLocale,
  timers?: Timers,
): Promise<Words> {
  const loading = load(language.toLowerCase().split('-', 1)[0]!);
  if (!loading) return englishWith(overrides);
  try {
    const words = await waitFor(loading, { ms: PATIENCE_MS, timeUp: () => new Error('slow'), timers });
    // As Intl wants it; what is no tag is not passed on, for Intl would throw.
    return { words: replaced(words, overrides), language: Intl.getCanonicalLocales(language)[0]! };
  } catch {
    return englishWith(overrides);
  }
}

/**
 * The page's own texts in the place of ours. Frameworks pass undefined for what they leave alone; what is no text where
 * one is wanted, or a text where a function is, is left alone too: a text must not end a call.
 */
function replaced(words: Strings, overrides: StringOverrides | null | undefined): Strings {
  const given = Object.entries(overrides ?? {}).flatMap(([name, text]: [string, unknown]) => {
    const own: unknown = words[name as keyof Strings];
    if (typeof text !== typeof own) return [];
    return [[name, typeof own === 'function' ? careful(text as Phrase, own as Phrase) : text]];
  });
  return { ...words, ...(Object.fromEntries(given) as StringOverrides) };
}

type Phrase = (...parts: never[]) => string;

/** The page's function; ours for what it fails at. */
function careful(phrase: Phrase, own: Phrase): Phrase {
  return (...parts) => {
    try {
      return String(phrase(...parts));
    } catch {
      return own(...parts);
    }
  };
}

/** 75 000 ms as "1:15", as a clock shows it. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** 75 000 ms as "1 minute 15 seconds", in the words and plurals of a language. */
export function spokenTime(ms: number, language: string): string {
  const seconds = Math.round(ms / 1000);
  const units = [
    ['hour', Math.floor(seconds / 3600)],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', seconds % 60],
  ] as const;
  const said = units.filter(([unit, count]) => count > 0 || (unit === 'second' && seconds < 60));
  const parts = said.map(([unit, count]) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
  );
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts);
}
