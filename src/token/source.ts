// Provides guest tokens: caches the latest, shares one request between all callers, renews in the background, and
// remembers failures for a moment. Everything stays in memory. Knows nothing about: the DOM, what the token is used for.
import { ClickToCallError } from '../errors.js';
import { exchangeToken, type WatchRequest } from './exchange.js';
import { DEFAULT_TTL_SEC, DEVICE_CLOCK, GuestToken, type Clock } from './guest-token.js';
import { provideToken, type TokenProvider, type TokenReason } from './provider.js';
import { withRetries } from './retry.js';
import { TIMERS, waitFor, type Timers } from '../wait.js';
import { publicToken, type PublicToken } from './token-form.js';
import { tokenEndpoint, type TokenReply } from './wire.js';

export type { ProvidedToken, TokenProvider, TokenProviderContext, TokenReason } from './provider.js';

/** Where guest tokens come from. */
export interface GuestTokenSourceOptions {
  /** URL of the exchange: https, same-origin, or loopback; may be relative to the page. Default: SignalWire's. */
  readonly endpoint?: string | undefined;
  /** Public token, alias, '' (the proxy has the token), or a guest token, which needs no exchange. Ignored with a provider. */
  readonly token?: string | undefined;
  /** Replaces the exchange. */
  readonly tokenProvider?: TokenProvider | undefined;
  /** Seconds to trust a guest token that states no expiry. Default 900; 0 means never keep it. */
  readonly tokenTtlSec?: number | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Default: the device's clocks. */
  readonly clock?: Clock | undefined;
  /** Default: the global timers. */
  readonly timers?: Timers | undefined;
  /** Randomizes the delay before a retry; from 0 to 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Tells requests that the page's policy blocked, and being offline, from other network failures. Default: no watch. */
  readonly watch?: WatchRequest | undefined;
}

/** Options of `get`. */
export interface GetOptions {
  /** Stops waiting: `get` rejects with its reason. Other callers go on waiting. */
  readonly signal?: AbortSignal | undefined;
  /** Default `dial`. */
  readonly reason?: TokenReason | undefined;
  /** Whether a visitor asked. Then a recent failure does not prevent a new request. Default false. */
  readonly userInitiated?: boolean | undefined;
  /** Whether to ignore the cache. Default false. */
  readonly fresh?: boolean | undefined;
}

/** A background renewal that takes longer is replaced when a caller needs a token. In milliseconds. */
const MAX_RENEWAL_MS = 8_000;

/** How long a failure is returned without a new request, in milliseconds. */
const FAILURE_MEMORY_MS = 2_000;

/** One request under way, with its retries, and the number of callers that wait for it. */
interface Flight {
  readonly reason: TokenReason;
  readonly stop: AbortController;
  readonly startedMs: number;
  waiters: number;
  over: boolean;
  token: Promise<GuestToken>;
}

/** Provides guest tokens, from memory while they are valid, else from one shared request. */
export class GuestTokenSource {
  readonly #options: GuestTokenSourceOptions;
  readonly #endpoint: string;
  readonly #token: string;
  readonly #clock: Clock;
  readonly #given: GuestToken | undefined;
  #ttlSec: number;
  #kept: GuestToken | undefined;
  /** The current request. An older request still answers its callers, but changes nothing else. */
  #flight: Flight | undefined;
  #failure: { readonly error: unknown; readonly untilMonotonicMs: number } | undefined;

  /**
   * Sends no request yet.
   * @throws ClickToCallError `config-token-missing`, `config-token-invalid`, `config-token-secret`,
   *   `config-endpoint-invalid`.
   */
  constructor(options: GuestTokenSourceOptions = {}) {
    const { endpoint, tokenTtlSec, clock = DEVICE_CLOCK } = options;
    const { kind, value } = checkedToken(options);
    this.#options = options;
    // Workers have a location too; Node has none.
    this.#endpoint = tokenEndpoint({ proxyUrl: endpoint, pageUrl: globalThis.location?.href });
    this.#token = value;
    this.#clock = clock;
    this.#ttlSec = isTtl(tokenTtlSec) ? tokenTtlSec : DEFAULT_TTL_SEC;
    if (kind === 'guest') this.#given = new GuestToken(value, { clock });
  }

  /** False while a request is under way. */
  get isIdle(): boolean {
    return this.#flight === undefined;
  }

  /** Whether `get` would resolve without waiting for a request. */
  get isReady(): boolean {
    return !!this.#given || (!!this.#kept && this.#kept.freshness() !== 'stale');
  }

  /**
   * Resolves to a guest token that is valid for a call now: at once from the cache, else when the shared request answers.
   * @throws ClickToCallError of the `token-…` codes; `connect-unauthorized` when the given guest token has expired.
   * @throws the reason of `signal` when it aborts.
   */
  async get(options: GetOptions = {}): Promise<string> {
    const { signal, reason = 'dial' } = options;
    signal?.throwIfAborted();
    if (this.#given) return revealGiven(this.#given, reason);
    const kept = options.fresh ? undefined : this.#usable();
    if (kept) return kept.reveal();
    const failure = options.userInitiated ? undefined : this.#recentFailure();
    if (failure && !this.#flight) throw failure.error;
    return (await this.#join(this.#flightFor(reason), signal)).reveal();
  }

  /** Drops `token` if it is still the cached one, and with it any request that started earlier. */
  invalidate(token: string): void {
    if (this.#kept?.reveal() !== token) return;
    this.#kept = undefined;
    this.#abandonFlight();
  }

  /** Applies the true expiry of `token`, in wall-clock milliseconds, if it is still the cached one. Only ever shortens. */
  noteExpiry(token: string, expiresAtMs: number): void {
    const held = this.#given ?? this.#kept;
    if (held?.reveal() === token) held.endBy(expiresAtMs);
  }

  /** Limits tokens without a stated expiry to `tokenTtlSec` seconds, including the cached one. Only ever shortens. */
  limitTtl(tokenTtlSec: number): void {
    if (!isTtl(tokenTtlSec) || tokenTtlSec >= this.#ttlSec) return;
    this.#ttlSec = tokenTtlSec;
    this.#kept?.limitTrust(tokenTtlSec);
  }

  /** The cached token while it is valid. In its last quarter this starts a renewal in the background. */
  #usable(): GuestToken | undefined {
    const freshness = this.#kept?.freshness();
    if (freshness === 'stale') this.#kept = undefined;
    // The cached token stays in use until its hard limit, even if the renewal fails.
    if (freshness === 'aging' && !this.#flight && !this.#recentFailure()) this.#takeOff('dial');
    return this.#kept;
  }

  #recentFailure() {
    const failure = this.#failure;
    return failure && this.#clock.monotonic() < failure.untilMonotonicMs ? failure : undefined;
  }

  /**
   * The request to wait for. A new one, if the current one started before the gateway refused its predecessor's token, or
   * is a background renewal that got stuck.
   */
  #flightFor(reason: TokenReason): Flight {
    const flight = this.#flight;
    if (flight && reason === 'refused' && flight.reason !== 'refused') this.#abandonFlight();
    const isOld = flight && this.#clock.monotonic() - flight.startedMs > MAX_RENEWAL_MS;
    if (isOld && flight.waiters === 0) this.#abandonFlight();
    return this.#flight ?? this.#takeOff(reason);
  }

  #takeOff(reason: TokenReason): Flight {
    // Set before the request starts, so that code that it calls in the same tick finds it.
    const flight = {
      reason,
      stop: new AbortController(),
      startedMs: this.#clock.monotonic(),
      waiters: 0,
      over: false,
    } as Flight;
    this.#flight = flight;
    flight.token = this.#fly(flight);
    // Callers see the failure; without callers it must not be reported as unhandled.
    flight.token.catch(() => undefined);
    return flight;
  }

  async #fly(flight: Flight): Promise<GuestToken> {
    try {
      const { token, ...facts } = await this.#obtain(flight);
      const guest = new GuestToken(token, { ...facts, ttlSec: this.#ttlSec, clock: this.#clock });
      if (this.#flight === flight) {
        this.#failure = undefined;
        if (guest.freshness() !== 'stale') this.#kept = guest;
      }
      return guest;
    } catch (error) {
      if (this.#flight === flight) {
        this.#failure = { error, untilMonotonicMs: this.#clock.monotonic() + FAILURE_MEMORY_MS };
      }
      throw error;
    } finally {
      flight.over = true;
      if (this.#flight === flight) this.#flight = undefined;
    }
  }

  async #obtain({ reason, stop: { signal } }: Flight): Promise<TokenReply & { ageMs?: number }> {
    const { tokenProvider, fetch, timers = TIMERS, random = Math.random, watch } = this.#options;
    if (tokenProvider) return provideToken(tokenProvider, { signal, reason });
    const [endpoint, token, clock] = [this.#endpoint, this.#token, this.#clock];
    return withRetries(
      (timeoutMs) => exchangeToken({ endpoint, token, signal, timeoutMs, fetch, clock, timers, watch }),
      { signal, clock, timers, random },
    );
  }

  async #join(flight: Flight, signal: AbortSignal | undefined): Promise<GuestToken> {
    flight.waiters += 1;
    try {
      return await waitFor(flight.token, { signal });
    } finally {
      flight.waiters -= 1;
      if (flight.waiters === 0 && !flight.over) {
        if (this.#flight === flight) this.#flight = undefined;
        flight.stop.abort();
      }
    }
  }

  /** From now on the request answers only the callers that already wait for it. */
  #abandonFlight(): void {
    const flight = this.#flight;
    this.#flight = undefined;
    if (flight?.waiters === 0) flight.stop.abort();
  }
}

/** The token to exchange. With a provider the `token` option is not even checked. */
function checkedToken({ endpoint, token, tokenProvider }: GuestTokenSourceOptions): PublicToken {
  if (tokenProvider) return { kind: 'none', value: '' };
  return publicToken(token, { proxied: !!endpoint?.trim() });
}

function isTtl(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && Number.isFinite(value);
}

/** A given token cannot be renewed, so it is used until it is known to be expired or refused. */
function revealGiven(given: GuestToken, reason: TokenReason): string {
  if (reason === 'dial' && !given.hasEnded()) return given.reveal();
  throw new ClickToCallError('connect-unauthorized', {
    message:
      'The given guest token has expired or was refused, and there is no public token to exchange for a new one.',
  });
}
