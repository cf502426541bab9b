// The log of a call (attribute `debug`). Before a line reaches the console, guest tokens, credentials and all but the last
// four characters of public tokens are removed.

/** Logs one step of a call with its details. */
export type DebugLog = (step: string, ...facts: unknown[]) => void;

/** JWS and JWE in compact form: base64url of '{"' or '{ "', and more parts. At least three parts make a token. */
const TOKEN_LIKE = /ey[JA][\w-]*(?:\.[\w-]*)*/g;
const GUEST = '[guest token]';

/** None of these patterns backtracks: the far end writes parts of the log and could make a backtracking pattern hang. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(c2[ct]_)[\w-]*([\w-]{4})/g, '$1…$2'],
  [/(ice-(?:pwd|ufrag)|fingerprint|crypto|inline):[^\r\n"\\]*/g, '$1:[redacted]'],
  [/("(?:authorization_state|jwt_token|credential|password)\\*"\s*:\s*\\*")[^"\\]*/g, '$1[redacted]'],
];

/** Replaces tokens and credentials in a text. */
export function redact(text: string): string {
  const withoutGuests = text.replace(TOKEN_LIKE, (found) => (found.split('.').length > 2 ? GUEST : found));
  return SECRETS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), withoutGuests);
}

/**
 * Makes a log that writes to the console, or one that does nothing.
 * @param write receives each line. Default: `console.debug`.
 */
export function createDebugLog(
  enabled: boolean,
  // eslint-disable-next-line no-console -- the only place where `debug` writes
  write: (line: string) => void = (line) => console.debug(line),
): DebugLog {
  if (!enabled) return () => {};
  return (step, ...facts) => write(redact(['[sw-click-to-call]', step, ...facts.map(readable)].join(' ')));
}

function readable(fact: unknown): string {
  if (fact instanceof Error) return `${fact.name}: ${fact.message}`;
  if (typeof fact !== 'object' || fact === null) return String(fact);
  try {
    return JSON.stringify(fact);
  } catch {
    // Circular: the SDK logs whole peer and session objects.
    return Object.prototype.toString.call(fact);
  }
}
