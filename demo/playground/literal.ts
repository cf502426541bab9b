// A JSON value as a person would write it in JavaScript.
// Promise: valid in a module, in JSX, inside <script> and, with double quotes escaped, in an attribute.

/** `{ plan: 'gold', seats: 3 }` */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${keyed(key)}: ${literal(member)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}

/** In single quotes; a `<` could end the script around it. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

function keyed(key: string): string {
  // "__proto__" as a plain key would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
