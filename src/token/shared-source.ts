// The page's sources: all elements that ask the same question share one cache and one request.
// Promise: whole values are compared, never digests; the number of remembered sources is bounded; memory only.
import { GuestTokenSource, type GuestTokenSourceOptions, type TokenProvider } from './source.js';

/** What tells sources apart, how long to trust a silent token, and who watches the requests of a new source. */
export type SharedSourceConfig = Pick<
  GuestTokenSourceOptions,
  'endpoint' | 'token' | 'tokenProvider' | 'tokenTtlSec' | 'watch'
>;

/** Finds or makes the source of a configuration. */
export type SharedSource = (config: SharedSourceConfig) => GuestTokenSource;

/**
 * Makes a registry of its own. Sources are shared per endpoint and token; a provider's per provider function, for as
 * long as the page keeps that function. Where `tokenTtlSec` differs, the smaller one counts for all who share.
 * @param make how a source is made.
 * @param capacity how many sources are remembered; beyond it the one longest unused goes first, unless a request is
 *   under way. Whoever holds a forgotten source may go on using it.
 */
export function createSharedSource(
  make: (config: SharedSourceConfig) => GuestTokenSource = (config) => new GuestTokenSource(config),
  capacity = 32,
): SharedSource {
  const byValue = new Map<string, GuestTokenSource>();
  const byProvider = new WeakMap<TokenProvider, GuestTokenSource>();

  return (config) => {
    const { endpoint, token = '', tokenProvider, tokenTtlSec } = config;
    const key = JSON.stringify([endpoint, token.trim()]);
    const known = tokenProvider ? byProvider.get(tokenProvider) : byValue.get(key);
    const source = known ?? make(config);
    if (known && tokenTtlSec !== undefined) known.limitTtl(tokenTtlSec);
    if (tokenProvider) {
      byProvider.set(tokenProvider, source);
      return source;
    }
    // Taken out and put in again, so that the map's order is the order of use.
    byValue.delete(key);
    byValue.set(key, source);
    for (const [otherKey, other] of byValue) {
      if (byValue.size <= capacity) break;
      if (other !== source && other.isIdle) byValue.delete(otherKey);
    }
    return source;
  };
}

/**
 * The source that all elements of this page share for a configuration.
 * @throws ClickToCallError as the constructor of `GuestTokenSource`.
 */
export const sharedSource: SharedSource = createSharedSource();
