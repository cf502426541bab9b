/**
 * The language of an element: its own `lang` or that of the closest ancestor, across shadow roots; else ''.
 * Source: https://html.spec.whatwg.org/multipage/dom.html#language
 */
export function languageOf(element: Element): string {
  for (let at: Node | null = element; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) {
    const lang = (at as Partial<Element>).getAttribute?.('lang');
    if (lang) return lang;
  }
  return '';
}
