// Public token -> guest token, one request.
// Promise: settles within `timeoutMs`, body included; fails with one of the table's codes or with the caller's own
// abort reason; leaves no timer and no listener behind. Must not know: caching, retries, the DOM.
import { asClickToCallError, ClickToCallError } from '../errors.js';
import { DEVICE_CLOCK, type Clock } from './guest-token.js';
import { untilAborted } from './until-aborted.js';
import { readReply, requestBody, type TokenReply } from './wire.js';

/** The part of the global timers that is used, so that tests can turn them by hand. */
export interface Timers {
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** One exchange. */
export interface Exchange {
  /** Absolute URL, as `tokenEndpoint` gives it. */
  readonly endpoint: string;
  /** Public token or alias; '' when the proxy holds the token. */
  readonly token: string;
  /** Stops the request; its reason is rethrown untouched. */
  readonly signal?: AbortSignal | undefined;
  /** For headers and body together. Default 8000. */
  readonly timeoutMs?: number | undefined;
  /** Default: the global `fetch` at the time of the call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Default: the device's clocks. */
  readonly clock?: Clock | undefined;
  /** Default: the global timers. */
  readonly timers?: Timers | undefined;
}

const GLOBAL_TIMERS: Timers = {
  setTimeout: (run, delayMs) => globalThis.setTimeout(run, delayMs),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
};

/** What is said of every request. No credentials and no redirects: the token goes to the configured address only. */
const REQUEST = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  mode: 'cors',
  credentials: 'omit',
  redirect: 'error',
  cache: 'no-store',
  referrerPolicy: 'strict-origin-when-cross-origin',
} as const satisfies RequestInit;

/**
 * Exchanges a public token, once.
 * @throws ClickToCallError `token-timeout`, `token-network`, or what `readReply` finds in the answer.
 * @throws the reason of `signal` when that aborts.
 */
export async function exchangeToken(exchange: Exchange): Promise<TokenReply> {
  const {
    endpoint,
    token,
    signal,
    timeoutMs = 8000,
    clock = DEVICE_CLOCK,
    timers = GLOBAL_TIMERS,
  } = exchange;
  // Taken out of its object: the browser's own fetch refuses to be called as somebody's method.
  const send = exchange.fetch ?? globalThis.fetch;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer = timers.setTimeout(() => stop.abort(), timeoutMs);
  try {
    const request = send(endpoint, { ...REQUEST, body: requestBody(token), signal: stop.signal });
    const response = await untilAborted(request, stop.signal);
    return await readReply(response, { nowMs: clock.now(), signal: stop.signal });
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason;
    if (stop.signal.aborted) throw new ClickToCallError('token-timeout');
    // What is neither an answer nor ours never reached the endpoint; fetch does not tell why.
    throw asClickToCallError(thrown, 'token-network');
  } finally {
    timers.clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
