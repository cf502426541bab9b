// The texts that the button needs before the texts of a language are loaded.

/** The default label, by primary language subtag. */
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

/** Shown when the code with all other texts does not load. */
export const LOAD_FAILED = 'The call could not be started. Check your connection, or reload the page.';

/** The default label for a BCP 47 tag; English for an unknown language. */
export function callLabel(language: string): string {
  const primary = language.toLowerCase().split('-', 1)[0]!;
  return CALL[Object.hasOwn(CALL, primary) ? primary : 'en']!;
}
