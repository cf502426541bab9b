// How often a client and a token may ask, counted by rate-limiter-flexible, the one library of this folder.
// Promise: memory is bounded; a shared store that fails or hangs never stops the proxy, it then counts by itself; no
// token reaches a store. Must not know: requests, answers, how an address was found.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import { createDigest } from './digest.js';
import type { Limiter, LimiterOptions, Rate, RateLimitOptions } from './options.js';

/** How long a shared store may take. */
const STORE_TIMEOUT_MS = 500;
/** Clients or tokens counted in memory at once; beyond it the one not seen for longest is forgotten. */
const MAX_KEYS = 10_000;

export const DEFAULT_RATES = {
  perClient: { requests: 60, seconds: 60 },
  perToken: { requests: 600, seconds: 60 },
} as const satisfies Record<string, Rate>;

/** Counts one request; answers how many seconds to wait, 0 when it may pass. */
export interface RateLimits {
  client(key: string): Promise<number>;
  token(token: string): Promise<number>;
}

const UNLIMITED = () => Promise.resolve(0);

/** Makes the two limits of a proxy. */
export function createRateLimits(options: false | RateLimitOptions): RateLimits {
  if (options === false) return { client: UNLIMITED, token: UNLIMITED };
  const { perClient = DEFAULT_RATES.perClient, perToken = DEFAULT_RATES.perToken, store } = options;
  const digest = createDigest({ keyed: false });
  const countToken = createCounter('sw-c2c-token', perToken, store);
  return {
    client: createCounter('sw-c2c-client', perClient, store),
    token: async (token) => countToken(await digest(token)),
  };
}

function createCounter(keyPrefix: string, rate: Rate | false, store: RateLimitOptions['store']) {
  if (rate === false) return UNLIMITED;
  const options: LimiterOptions = { keyPrefix, points: rate.requests, duration: rate.seconds };
  const memory = new BoundedMemory(options);
  const shared = store?.(options);
  return async function secondsToWait(key: string): Promise<number> {
    try {
      await (shared ? inTime(shared.consume(key)) : memory.consume(key));
      return 0;
    } catch (thrown) {
      if (isRefusal(thrown)) return waitOf(thrown);
    }
    // The store is down, not the client over its limit.
    return memory.consume(key).then(() => 0, waitOf);
  };
}

/** The library's memory limiter, which keeps every key for the whole duration, with an upper bound on its keys. */
class BoundedMemory implements Limiter {
  readonly #limiter: InstanceType<typeof RateLimiterMemory>;
  /** In the order in which they were last seen. */
  readonly #keys = new Set<string>();

  constructor(options: LimiterOptions) {
    this.#limiter = new RateLimiterMemory(options);
  }

  async consume(key: string): Promise<unknown> {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size > MAX_KEYS) {
      const [oldest = ''] = this.#keys;
      this.#keys.delete(oldest);
      await this.#limiter.delete(oldest);
    }
    return this.#limiter.consume(key);
  }
}

function isRefusal(thrown: unknown): thrown is { readonly msBeforeNext: number } {
  return typeof (thrown as { msBeforeNext?: unknown } | null)?.msBeforeNext === 'number';
}

function waitOf(thrown: unknown): number {
  return isRefusal(thrown) ? Math.max(1, Math.ceil(thrown.msBeforeNext / 1000)) : 1;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The store is silent.')), STORE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
