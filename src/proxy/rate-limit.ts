// Limits how often a client and a token may ask, with rate-limiter-flexible. Memory is bounded, no token reaches a shared
// store, and while a shared store fails or hangs the proxy counts in its own memory.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import { waitFor } from '../wait.js';
import { createDigest } from './digest.js';
import type { Limiter, LimiterOptions, Rate, RateLimitOptions } from './options.js';

/** How long a shared store may take to answer. */
const STORE_TIMEOUT_MS = 500;
/** How many clients or tokens are counted in memory. Beyond that, the least recently seen is dropped. */
const MAX_KEYS = 10_000;

const DEFAULT_RATES = {
  perClient: { requests: 60, seconds: 60 },
  perToken: { requests: 600, seconds: 60 },
} as const satisfies Record<string, Rate>;

/** Each method counts one request and resolves to the seconds to wait; 0 when it may pass. */
export interface RateLimits {
  client(key: string): Promise<number>;
  token(token: string): Promise<number>;
}

const UNLIMITED = () => Promise.resolve(0);

/** Makes the limit per client and the limit per token. */
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
      await (shared ? waitFor(shared.consume(key), { ms: STORE_TIMEOUT_MS }) : memory.consume(key));
      return 0;
    } catch (thrown) {
      if (isRefusal(thrown)) return waitOf(thrown);
    }
    // The store failed; that says nothing about the client.
    return memory.consume(key).then(() => 0, waitOf);
  };
}

/** The library's memory limiter keeps every key for the whole duration; this one bounds their number. */
class BoundedMemory implements Limiter {
  readonly #limiter: InstanceType<typeof RateLimiterMemory>;
  /** Least recently seen first. */
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
