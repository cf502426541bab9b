// Exchanges a public token for a guest token with one request. Settles within `timeoutMs`, body included, and leaves no
// timer and no listener behind. Knows nothing about: caching, retries, the DOM (see `RequestWatch`).
import { asClickToCallError, ClickToCallError } from '../errors.js';
import { waitFor, type Timers } from '../wait.js';
import { DEVICE_CLOCK, type Clock } from './guest-token.js';
import { readReply, requestBody, type TokenReply } from './wire.js';

/** The page's view of one request: a failed `fetch` does not say why it failed. */
export interface RequestWatch {
  /** Called when no answer came: blocked by the page's policy, no network, or unknown. */
  verdict(): Promise<'blocked' | 'offline' | undefined>;
  /** Ends the watch. */
  stop(): void;
}

/** Starts to watch a request to an endpoint. */
export type WatchRequest = (endpoint: string) => RequestWatch;

/** One exchange. */
export interface Exchange {
  /** Absolute URL, as `tokenEndpoint` returns it. */
  readonly endpoint: string;
  /** Public token or alias; '' when the proxy has the token. */
  readonly token: string;
  /** Stops the request. Its reason is rethrown unchanged. */
  readonly signal?: AbortSignal | undefined;
  /** Time limit for headers and body together. Default 8000. */
  readonly timeoutMs?: number | undefined;
  /** Default: the global `fetch` at the time of the call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Default: the device's clocks. */
  readonly clock?: Clock | undefined;
  /** Default: the global timers. */
  readonly timers?: Timers | undefined;
  /** Tells requests that the page's policy blocked, and being offline, from other network failures. Default: no watch. */
  readonly watch?: WatchRequest | undefined;
}

/** A checked answer and its age. */
export interface ExchangedToken extends TokenReply {
  /** Milliseconds since the request was sent. The token may be younger, but not older. */
  readonly ageMs: number;
}

/** The same for every request. No credentials and no redirects: the token goes to the configured address only. */
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
 * Exchanges a public token once. An answer that is older than `timeoutMs` by either clock, as after a sleep, is too late.
 * @throws ClickToCallError `token-timeout`, `token-network`, `token-blocked`, or what `readReply` throws.
 * @throws the reason of `signal` when it aborts.
 */
export async function exchangeToken(exchange: Exchange): Promise<ExchangedToken> {
  const { endpoint, signal, timeoutMs = 8000, timers } = exchange;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const watch = exchange.watch?.(endpoint);
  try {
    const request = sendAndRead(exchange, timeoutMs, stop.signal);
    const explained = request.catch(async (thrown: unknown) => {
      throw stop.signal.aborted ? thrown : await explain(thrown, watch);
    });
    return await waitFor(explained, { ms: timeoutMs, timeUp, signal, timers });
  } catch (thrown) {
    // Ends the request if it is still under way. Never after an answer: the page may still be reading a clone of it.
    stop.abort();
    throw thrown;
  } finally {
    watch?.stop();
  }
}

async function sendAndRead(
  { endpoint, token, clock = DEVICE_CLOCK, ...exchange }: Exchange,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ExchangedToken> {
  // Not called as a method: the browser's fetch throws when `this` is another object.
  const send = exchange.fetch ?? globalThis.fetch;
  const [sentMs, sentMonotonicMs] = [clock.now(), clock.monotonic()];
  const response = await send(endpoint, { ...REQUEST, body: requestBody(token), signal });
  const reply = await readReply(response, { nowMs: clock.now(), signal });
  const ageMs = Math.max(clock.now() - sentMs, clock.monotonic() - sentMonotonicMs);
  if (ageMs > timeoutMs) throw timeUp();
  return { ...reply, ageMs };
}

function timeUp(): ClickToCallError {
  return new ClickToCallError('token-timeout');
}

/** An error without a code means that the request never reached the endpoint. Only the page may know why. */
async function explain(thrown: unknown, watch: RequestWatch | undefined): Promise<ClickToCallError> {
  const error = asClickToCallError(thrown, 'token-network');
  if (error.code !== 'token-network') return error;
  const verdict = await watch?.verdict();
  if (verdict === 'blocked') return new ClickToCallError('token-blocked', { cause: thrown });
  return verdict === 'offline'
    ? new ClickToCallError('token-network', { cause: thrown, message: OFFLINE })
    : error;
}

const OFFLINE = 'The token endpoint could not be reached: the browser reports that it is offline.';
