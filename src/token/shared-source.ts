// The page's registry of sources: all elements with the same endpoint and token share one cache and one request.
// Compares whole values, never digests. Keeps a bounded number of sources, in memory only.
import { GuestTokenSource, type GuestTokenSourceOptions, type TokenProvider } from './source.js';

/** What identifies a source, and the settings of a new one. */
export type SharedSourceConfig = Pick<
  GuestTokenSourceOptions,
  'endpoint' | 'token' | 'tokenProvider' | 'tokenTtlSec' | 'watch'
>;

/** Finds or makes the source for a configuration. */
export type SharedSource = (config: SharedSourceConfig) => GuestTokenSource;

/**
 * Makes a registry. Sources are shared per endpoint and token; with a provider, per provider function, for as long as
 * the page keeps that function. If `tokenTtlSec` differs, the smallest applies to everyone who shares the source.
 * @param make makes a source.
 * @param capacity how many sources are kept. Beyond that, the least recently used one is dropped first, unless it has a
 *   request under way. Whoever still has a dropped source can go on using it.
 */
export function createSharedSource(
  make: (config: SharedSourceConfig) => GuestTokenSource = (config) => new GuestTokenSource(config),
  capacity = 32,
): SharedSource {
  const byValue = new Map<string, GuestTokenSource>();
  const byProvider = new WeakMap<TokenProvider, GuestTokenSource>();

  return (config) => {
    const { tokenProvider, tokenTtlSec } = config;
    const key = JSON.stringify([config.endpoint, config.token?.trim() ?? '']);
    const known = tokenProvider ? byProvider.get(tokenProvider) : byValue.get(key);
    const source = known ?? make(config);
    if (known && tokenTtlSec !== undefined) known.limitTtl(tokenTtlSec);
    if (tokenProvider) byProvider.set(tokenProvider, source);
    else keepAsLatest(byValue, key, source, capacity);
    return source;
  };
}

/** The map's order is the order of use, least recent first. */
function keepAsLatest(
  sources: Map<string, GuestTokenSource>,
  key: string,
  source: GuestTokenSource,
  capacity: number,
): void {
  sources.delete(key);
  sources.set(key, source);
  for (const [otherKey, other] of sources) {
    if (sources.size <= capacity) return;
    if (other !== source && other.isIdle) sources.delete(otherKey);
  }
}

/**
 * The source that all elements of this page share for a configuration.
 * @throws ClickToCallError like the constructor of `GuestTokenSource`.
 */
export const sharedSource: SharedSource = createSharedSource();
