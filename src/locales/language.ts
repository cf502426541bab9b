// Which language an element is in.

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
