// Public token -> guest token, one request.
// Promise: settles within `timeoutMs`, body included; fails with one of the table's codes or with the caller's own
// abort reason; leaves no timer and no listener behind. Must not know: caching, retries, the DOM (see RequestWatch).
import { asClickToCallError, ClickToCallError } from '../errors.js';
import { DEVICE_CLOCK, type Clock } from './guest-token.js';
import { TIMERS, waitFor, type Timers } from '../wait.js';
import { readReply, requestBody, type TokenReply } from './wire.js';

/** The page's view of a request: fetch itself does not tell why it failed. */
export interface RequestWatch {
  /** Asked when no answer came: stopped by the page's policy, no network at all, or not known. */
  verdict(): Promise<'blocked' | 'offline' | undefined>;
  /** Ends the watch. */
  stop(): void;
}

/** Begins to watch a request to an endpoint. */
export type WatchRequest = (endpoint: string) => RequestWatch;

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
  /** Tells refusals of the page and missing networks from other faults. Default: nobody does. */
  readonly watch?: WatchRequest | undefined;
}

/** A checked answer and how old it is. */
export interface ExchangedToken extends TokenReply {
  /** Milliseconds since the request was sent: the token was made at some moment since. */
  readonly ageMs: number;
}

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
 * Exchanges a public token, once. An answer that comes after `timeoutMs` by either clock, as after a sleep, is too late.
 * @throws ClickToCallError `token-timeout`, `token-network`, `token-blocked`, or what `readReply` finds in the answer.
 * @throws the reason of `signal` when that aborts.
 */
export async function exchangeToken(exchange: Exchange): Promise<ExchangedToken> {
  const { endpoint, token, signal, timeoutMs = 8000 } = exchange;
  const { clock = DEVICE_CLOCK, timers = TIMERS } = exchange;
  // Taken out of its object: the browser's own fetch refuses to be called as somebody's method.
  const send = exchange.fetch ?? globalThis.fetch;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer = timers.setTimeout(() => stop.abort(), timeoutMs);
  const watch = exchange.watch?.(endpoint);
  const [sentMs, sentMonotonicMs] = [clock.now(), clock.monotonic()];
  try {
    const request = send(endpoint, { ...REQUEST, body: requestBody(token), signal: stop.signal });
    const response = await waitFor(request, { signal: stop.signal });
    const reply = await readReply(response, { nowMs: clock.now(), signal: stop.signal });
    const ageMs = Math.max(clock.now() - sentMs, clock.monotonic() - sentMonotonicMs);
    if (ageMs > timeoutMs) stop.abort();
    stop.signal.throwIfAborted();
    return { ...reply, ageMs };
  } catch (thrown) {
    const error = stop.signal.aborted ? new ClickToCallError('token-timeout') : await explain(thrown, watch);
    throw signal?.aborted ? signal.reason : error;
  } finally {
    watch?.stop();
    timers.clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** What is neither an answer nor ours never reached the endpoint. Only the page may know why. */
async function explain(thrown: unknown, watch: RequestWatch | undefined): Promise<ClickToCallError> {
  const error = asClickToCallError(thrown, 'token-network');
  if (error.code !== 'token-network') return error;
  const verdict = await watch?.verdict();
  if (verdict === 'blocked') return new ClickToCallError('token-blocked', { cause: thrown });
  return verdict === 'offline'
    ? new ClickToCallError('token-network', { cause: thrown, message: OFFLINE })
    : error;
}

const OFFLINE = 'The token endpoint could not be reached: the browser says that it is offline.';
