// The few texts that are needed before any click: the button's own. All others come with the call code (locales/).
import type { Strings } from './locales/en.js';

/** The button's default text, by primary language subtag. */
const CALL: Readonly<Record<string, string>> = {
  en: 'Call',
  de: 'Anrufen',
  es: 'Llamar',
  fr: 'Appeler',
  it: 'Chiama',
  pt: 'Ligar',
  nl: 'Bellen',
  pl: 'Zadzwoń',
  ja: '電話する',
  zh: '呼叫',
  ar: 'اتصال',
};

/** What the visitor reads when the code that has all other texts did not arrive. */
export const LOAD_FAILED = 'The call could not be started. Check your connection, or reload the page.';

/** Texts that a page replaces; what is left out stays as the language has it. */
export type StringOverrides = Partial<Strings>;

/** The default label in a language (a BCP 47 tag), English where it is not known. */
export function callLabel(language: string): string {
  const primary = language.toLowerCase().split('-', 1)[0]!;
  return CALL[Object.hasOwn(CALL, primary) ? primary : 'en']!;
}

/** What stands in a property for text: frameworks and pages put values of every kind there, and some are no text at all. */
export function textOf(value: unknown): string {
  try {
    return String(value ?? '').trim();
  } catch {
    return '';
  }
}

/**
 * The language that an element is in: its own `lang` or the nearest one around it, through shadow roots; else ''.
 * Source: https://html.spec.whatwg.org/multipage/dom.html#language
 */
export function languageOf(element: Element): string {
  for (let at: Node | null = element; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) {
    const lang = (at as Partial<Element>).getAttribute?.('lang');
    if (lang) return lang;
  }
  return '';
}
