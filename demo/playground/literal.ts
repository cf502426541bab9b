// Writes a JSON value as a JavaScript literal, in the style of handwritten code. The result is valid in a module, in
// JSX, inside <script> and, with double quotes escaped, in an attribute.

/** For example `{ plan: 'gold', seats: 3 }`. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${literalKey(key)}: ${literal(member)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}

/** A string in single quotes. `<` is escaped, because `</script>` would end the script around it. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

function literalKey(key: string): string {
  // As a plain key it would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
