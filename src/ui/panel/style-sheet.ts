// Style sheets of the call interface, adopted by the shadow root because a strict style-src forbids style elements.
// Lit's css tag is not used here: it would be downloaded a second time.

/** Marks a text as CSS, for editors and for the build, which minifies it. */
export const css = String.raw;

const sheets = new Map<string, CSSStyleSheet>();

/** Adds styles to a shadow root, once; roots share the parsed sheet. */
export function adoptStyles(root: ShadowRoot, texts: readonly string[]): void {
  for (const text of texts) {
    let sheet = sheets.get(text);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(text, sheet);
    }
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }
}
