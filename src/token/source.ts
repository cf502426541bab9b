// Which guest token to hand out now: cache, single flight, renewal behind the caller's back, short memory of failures.
// Promise: one request at a time whoever asks, with its retries; a failure is never kept as if it were a token; memory only.
// Must not know: the DOM, the element, what the token is used for.
import { ClickToCallError } from '../errors.js';
import { exchangeToken, type WatchRequest } from './exchange.js';
import { DEFAULT_TTL_SEC, DEVICE_CLOCK, GuestToken, type Clock } from './guest-token.js';
import { provideToken, type TokenProvider, type TokenReason } from './provider.js';
import { withRetries } from './retry.js';
import { TIMERS, waitFor, type Timers } from '../wait.js';
import { publicToken, tokenEndpoint, type TokenReply } from './wire.js';

export type { ProvidedToken, TokenProvider, TokenProviderContext, TokenReason } from './provider.js';

/** Where guest tokens come from. */
export interface GuestTokenSourceOptions {
  /** URL of the exchange; https, the page's own origin, or loopback; may be relative to the page. Default: SignalWire's. */
  readonly endpoint?: string | undefined;
  /** Public token, alias, '' (the proxy holds it), or a guest token that needs no exchange. Ignored with a provider. */
  readonly token?: string | undefined;
  /** Replaces the exchange. */
  readonly tokenProvider?: TokenProvider | undefined;
  /** Seconds to trust a guest token that does not state its own end. Default 900; 0 means never keep it. */
  readonly tokenTtlSec?: number | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Default: the device's clocks. */
  readonly clock?: Clock | undefined;
  /** Default: the global timers. */
  readonly timers?: Timers | undefined;
  /** Spreads retries; from 0 to 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Tells refusals of the page's own policy, and being offline, from other network faults. Default: nobody does. */
  readonly watch?: WatchRequest | undefined;
}

/** How a token is asked for. */
export interface GetOptions {
  /** Gives up waiting; `get` then rejects with its reason. Others who wait are not disturbed. */
  readonly signal?: AbortSignal | undefined;
  /** Default `dial`. */
  readonly reason?: TokenReason | undefined;
  /** Whether a visitor asked: then a failure of a moment ago does not stand in the way. Default false. */
  readonly userInitiated?: boolean | undefined;
  /** Whether the cache is passed over. Default false. */
  readonly fresh?: boolean | undefined;
}

/** How long a renewal that nobody waits for may take before whoever needs a token asks anew, in milliseconds. */
const RENEWAL_PATIENCE_MS = 8_000;

/** How long a failure answers for itself, in milliseconds. */
const FAILURE_MEMORY_MS = 2_000;

/** One request under way and those who wait for it. */
interface Flight {
  readonly reason: TokenReason;
  readonly stop: AbortController;
  readonly startedMs: number;
  waiters: number;
  over: boolean;
  token: Promise<GuestToken>;
}

/** Hands out guest tokens: from memory while they are good, else from one shared request. */
export class GuestTokenSource {
  readonly #options: GuestTokenSourceOptions;
  readonly #endpoint: string;
  readonly #token: string;
  readonly #clock: Clock;
  readonly #given: GuestToken | undefined;
  #ttlSec: number;
  #kept: GuestToken | undefined;
  /** The request whose answer counts. A request that is no longer this one changes nothing any more. */
  #flight: Flight | undefined;
  #failure: { readonly error: unknown; readonly untilMonotonicMs: number } | undefined;

  /**
   * Asks nothing of anybody yet.
   * @throws ClickToCallError `config-token-missing`, `config-token-invalid`, `config-token-secret`,
   *   `config-endpoint-invalid`.
   */
  constructor(options: GuestTokenSourceOptions = {}) {
    const { endpoint, token = '', tokenProvider, tokenTtlSec, clock = DEVICE_CLOCK } = options;
    const checked = tokenProvider ? undefined : publicToken(token, { proxied: !!endpoint?.trim() });
    this.#options = options;
    // Workers have a location too; Node has none.
    this.#endpoint = tokenEndpoint({ proxyUrl: endpoint, pageUrl: globalThis.location?.href });
    this.#token = checked?.value ?? '';
    this.#clock = clock;
    this.#ttlSec = isTtl(tokenTtlSec) ? tokenTtlSec : DEFAULT_TTL_SEC;
    if (checked?.kind === 'guest') this.#given = new GuestToken(checked.value, { clock });
  }

  /** Whether no request is under way. */
  get isIdle(): boolean {
    return this.#flight === undefined;
  }

  /** Whether a guest token is at hand that `get` would hand out without asking anybody first. */
  get isReady(): boolean {
    return !!this.#given || (!!this.#kept && this.#kept.freshness() !== 'stale');
  }

  /**
   * A guest token that is good for a call now. At once while the kept one is good; else when the shared request answers.
   * @throws ClickToCallError of the `token-…` codes; `connect-unauthorized` when a ready guest token is at its end.
   * @throws the reason of `signal` when that aborts.
   */
  async get(options: GetOptions = {}): Promise<string> {
    const { signal, reason = 'dial', userInitiated = false, fresh = false } = options;
    signal?.throwIfAborted();
    if (this.#given) return revealGiven(this.#given, reason);
    const kept = fresh ? undefined : this.#usable();
    if (kept) return kept.reveal();
    const failure = userInitiated ? undefined : this.#recentFailure();
    if (failure && !this.#flight) throw failure.error;
    return (await this.#join(this.#flightFor(reason), signal)).reveal();
  }

  /** Forgets `token` if it is still the kept one, and with it any request that began before. */
  invalidate(token: string): void {
    if (this.#kept?.reveal() !== token) return;
    this.#kept = undefined;
    this.#abandonFlight();
  }

  /** Takes in the true end of `token`, in wall-clock milliseconds, if it is still the kept one. Only ever shortens. */
  noteExpiry(token: string, expiresAtMs: number): void {
    const held = this.#given ?? this.#kept;
    if (held?.reveal() === token) held.endBy(expiresAtMs);
  }

  /** Trusts tokens that state no end for `tokenTtlSec` seconds at most, the kept one too. Only ever shortens. */
  limitTtl(tokenTtlSec: number): void {
    if (!isTtl(tokenTtlSec) || tokenTtlSec >= this.#ttlSec) return;
    this.#ttlSec = tokenTtlSec;
    this.#kept?.limitTrust(tokenTtlSec);
  }

  /** The kept token while it may be handed out; in its last quarter it is renewed behind. */
  #usable(): GuestToken | undefined {
    const freshness = this.#kept?.freshness();
    if (freshness === 'stale') this.#kept = undefined;
    // A renewal that fails is nobody's business: the kept token serves until its hard limit.
    if (freshness === 'aging' && !this.#flight && !this.#recentFailure()) this.#takeOff('dial');
    return this.#kept;
  }

  #recentFailure() {
    const failure = this.#failure;
    return failure && this.#clock.monotonic() < failure.untilMonotonicMs ? failure : undefined;
  }

  /**
   * The running request, unless it was begun without knowing that its predecessor's token had been refused, or got stuck
   * behind everybody's back.
   */
  #flightFor(reason: TokenReason): Flight {
    const flight = this.#flight;
    if (flight && reason === 'refused' && flight.reason !== 'refused') this.#abandonFlight();
    const isOld = flight && this.#clock.monotonic() - flight.startedMs > RENEWAL_PATIENCE_MS;
    if (isOld && flight.waiters === 0) this.#abandonFlight();
    return this.#flight ?? this.#takeOff(reason);
  }

  #takeOff(reason: TokenReason): Flight {
    // Known as the running one before it runs: whatever it calls in the same tick finds it.
    const flight = {
      reason,
      stop: new AbortController(),
      startedMs: this.#clock.monotonic(),
      waiters: 0,
      over: false,
    } as Flight;
    this.#flight = flight;
    flight.token = this.#fly(flight);
    // Those who wait see the failure; without anybody it must not show as unhandled.
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

  /** From now on its answer is for those who wait for it already, and for nobody else. */
  #abandonFlight(): void {
    const flight = this.#flight;
    this.#flight = undefined;
    if (flight?.waiters === 0) flight.stop.abort();
  }
}

function isTtl(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && Number.isFinite(value);
}

/** A ready token cannot be renewed, so it is handed out for as long as nothing is known against it. */
function revealGiven(given: GuestToken, reason: TokenReason): string {
  if (reason === 'dial' && !given.hasEnded()) return given.reveal();
  throw new ClickToCallError('connect-unauthorized', {
    message: 'The given guest token has ended or was refused, and there is nothing to exchange for another.',
  });
}
