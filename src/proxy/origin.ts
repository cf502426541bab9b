// Which pages may use the proxy: checks the list of origins, and each request against it.
// Compares serialized origins exactly. A missing, `null` or unusually spelled origin is refused.
import { withoutTokens } from '../token/wire.js';
import { OptionError } from './option-error.js';

/** Admits requests by their origin. */
export interface Origins {
  /** The request's origin if it is allowed, else undefined. */
  admit(headers: Pick<Headers, 'get'>): string | undefined;
}

/**
 * Checks the list once, for many requests.
 * @throws OptionError when the list is empty or has an entry that is not an origin.
 */
export function createOrigins(list: readonly string[]): Origins {
  if (!Array.isArray(list) || list.length === 0)
    throw invalid('is empty: list the origins of the pages that may use the proxy.');
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

/** An `Origin` header in the spelling of browsers; undefined for anything else, including `null`. */
export function serializedOrigin(value: string | null): string | undefined {
  // The URL parser accepts a star in a host name.
  if (!value || value.length > 300 || value.includes('*')) return undefined;
  try {
    const { origin, protocol } = new URL(value);
    return origin === value && /^https?:$/.test(protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a script sent the request: not a navigation, a form or an image. Older browsers do not say; they pass. */
function isScripted(headers: Pick<Headers, 'get'>): boolean {
  const mode = headers.get('sec-fetch-mode') ?? 'cors';
  return headers.get('sec-fetch-site') !== 'none' && (mode === 'cors' || mode === 'same-origin');
}

function checkedOrigin(value: unknown): string {
  if (value === '*') throw invalid('contains "*", so that any page could call at your expense.');
  if (typeof value !== 'string') throw invalid('contains an entry that is not a string.');
  const origin = serializedOrigin(value);
  if (origin !== undefined) return origin;
  throw invalid(
    `contains ${shown(value)}, which is not an origin as browsers send it, such as "https://example.com".`,
  );
}

function invalid(problem: string): OptionError {
  return new OptionError('allowedOrigins', problem);
}

/** An entry as an error shows it: quoted only when it is surely a host, because people paste secrets into the wrong line. */
function shown(entry: string): string {
  return /^https?:\/\/[\w.*-]{1,100}(?::\d+)?\/?$/.test(entry) && withoutTokens(entry) === entry
    ? JSON.stringify(entry)
    : 'an entry';
}

function isPattern(entry: unknown): boolean {
  return typeof entry === 'string' && /^https?:\/\/\*\./.test(entry);
}

/** The parts of `https://*.example.com` around the star. At least two labels must follow the star. */
function patternOf(entry: string): { readonly scheme: string; readonly rest: string } {
  const [scheme = '', domain = ''] = entry.split('*.');
  const rest = checkedOrigin(scheme + domain).slice(scheme.length);
  if (/^[^.:]+\.[^.:]+/.test(rest) && !/^[\d.:]+$/.test(rest)) return { scheme, rest: `.${rest}` };
  throw invalid(`contains ${shown(entry)}, which is too wide: at least two labels must follow the star.`);
}
