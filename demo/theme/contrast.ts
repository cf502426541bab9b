// The contrast ratio of two colours. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

/** From 1 (the same colour) to 21 (black on white); colours as `#rgb` or `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** `#rgb` in its long form, as a colour field takes it. */
export function longHex(colour: string): string {
  return colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = longHex(colour)
    .match(/[0-9a-f]{2}/gi)!
    .map((pair) => parseInt(pair, 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
