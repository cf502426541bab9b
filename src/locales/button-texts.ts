// The texts that the button needs before any other text is loaded.

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

/** What the visitor reads when the code that has all other texts did not arrive. */
export const LOAD_FAILED = 'The call could not be started. Check your connection, or reload the page.';

/** The default label in a language (a BCP 47 tag), English where it is not known. */
export function callLabel(language: string): string {
  const primary = language.toLowerCase().split('-', 1)[0]!;
  return CALL[Object.hasOwn(CALL, primary) ? primary : 'en']!;
}
