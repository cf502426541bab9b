// Which pages may ask: the list of origins, and the judgement of one request.
// Promise: exact comparison of serialized origins, closed on every doubt: missing, `null`, unusual spelling, an empty
// list. A star stands for exactly one whole label. Must not know: what is asked for, answers.
import { withoutTokens } from '../token/wire.js';

/** Judges requests by where they come from. */
export interface Origins {
  /** The request's origin when it may ask. */
  admit(headers: Pick<Headers, 'get'>): string | undefined;
}

/**
 * Reads the list.
 * @throws Error when it is empty or holds something that is not an origin.
 */
export function createOrigins(list: readonly string[]): Origins {
  if (!Array.isArray(list) || list.length === 0)
    throw new Error('allowedOrigins is empty: name the origins of the pages that may ask.');
  const exact = new Set(list.filter((entry) => !isPattern(entry)).map(checkedOrigin));
  const patterns = list.filter(isPattern).map(patternOf);
  const byPattern = (origin = '') =>
    patterns.some(({ scheme, rest }) => {
      if (!origin.startsWith(scheme) || !origin.endsWith(rest)) return false;
      return /^[a-z0-9-]+$/.test(origin.slice(scheme.length, -rest.length));
    })
      ? origin
      : undefined;
  return {
    admit(headers) {
      const sent = headers.get('origin');
      const origin = sent !== null && exact.has(sent) ? sent : byPattern(serializedOrigin(sent));
      return isScripted(headers) ? origin : undefined;
    },
  };
}

/** An `Origin` header spelled as browsers spell it; undefined for everything else, `null` included. */
export function serializedOrigin(value: string | null): string | undefined {
  // The URL parser takes a star for a letter of a host name.
  if (!value || value.length > 300 || value.includes('*')) return undefined;
  try {
    const { origin, protocol } = new URL(value);
    return origin === value && /^https?:$/.test(protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a script sent it, by the word of browsers that say so: no navigation, no form, no image. */
function isScripted(headers: Pick<Headers, 'get'>): boolean {
  const mode = headers.get('sec-fetch-mode') ?? 'cors';
  return headers.get('sec-fetch-site') !== 'none' && (mode === 'cors' || mode === 'same-origin');
}

function checkedOrigin(value: unknown): string {
  if (value === '*') throw new Error('allowedOrigins holds "*": any page could call at your expense.');
  if (typeof value !== 'string') throw new Error('allowedOrigins holds something that is not a string.');
  const origin = serializedOrigin(value);
  if (origin !== undefined) return origin;
  throw new Error(
    `allowedOrigins: ${shown(value)} is not an origin as browsers write it; an example is "https://example.com".`,
  );
}

/** An entry for an error: quoted only when it can hold nothing but a host, for people paste keys into the wrong line. */
function shown(entry: string): string {
  return /^https?:\/\/[\w.*-]{1,100}(?::\d+)?\/?$/.test(entry) && withoutTokens(entry) === entry
    ? JSON.stringify(entry)
    : 'an entry';
}

function isPattern(entry: unknown): boolean {
  return typeof entry === 'string' && /^https?:\/\/\*\./.test(entry);
}

/** `https://*.example.com` as what stands before and behind the star. At least two labels stand behind it. */
function patternOf(entry: string): { readonly scheme: string; readonly rest: string } {
  const [scheme = '', domain = ''] = entry.split('*.');
  const rest = checkedOrigin(scheme + domain).slice(scheme.length);
  if (/^[^.:]+\.[^.:]+/.test(rest) && !/^[\d.:]+$/.test(rest)) return { scheme, rest: `.${rest}` };
  throw new Error(`allowedOrigins: ${shown(entry)} is too wide; at least two labels follow the star.`);
}
