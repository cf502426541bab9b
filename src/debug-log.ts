// The readable log of a call (attribute `debug`), with everything secret taken out before it reaches the console.
// Promise: no guest token, no public token beyond its last four characters, no ICE or DTLS credentials.

/** Takes one step of a call, and what belongs to it. */
export type DebugLog = (step: string, ...facts: unknown[]) => void;

/** JWS and JWE in compact form: base64url of '{"' or '{ "', and at least two more parts. */
const TOKEN_LIKE = /ey[JA][\w-]*(?:\.[\w-]*)*/g;
const GUEST = '[guest token]';

/** Each finds its end whatever follows: an expression that goes back for another try would hang on what a far end wrote. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(c2[ct]_)[\w-]*([\w-]{4})/g, '$1…$2'],
  [/(ice-(?:pwd|ufrag)|fingerprint|crypto|inline):[^\r\n"\\]*/g, '$1:[redacted]'],
  [/("(?:authorization_state|jwt_token|credential|password)\\*"\s*:\s*\\*")[^"\\]*/g, '$1[redacted]'],
];

/** A text with the secrets of this product replaced. */
export function redact(text: string): string {
  const withoutGuests = text.replace(TOKEN_LIKE, (found) => (found.split('.').length > 2 ? GUEST : found));
  return SECRETS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), withoutGuests);
}

/**
 * A log that writes to the console, or one that does nothing.
 * @param write where lines go; `console.debug` unless a test listens.
 */
export function createDebugLog(
  enabled: boolean,
  // eslint-disable-next-line no-console -- the one place that `debug` writes to
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
    // Circular: the SDK logs whole peers and sessions.
    return Object.prototype.toString.call(fact);
  }
}
