// A guest token as a value: the secret and what is known about its expiry. Only `reveal()` returns the secret.
// The only file that imports jwt-decode. Knows nothing about: the network, the cache, the DOM.
import { jwtDecode } from 'jwt-decode';

/** Both clocks of a device, in milliseconds. Neither is enough: the wall clock jumps when set, the other stops in sleep. */
export interface Clock {
  /** Wall clock, since the epoch. */
  now(): number;
  /** Never goes back. */
  monotonic(): number;
}

/** The clocks of this device. */
export const DEVICE_CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Seconds to trust a token that states no expiry. */
export const DEFAULT_TTL_SEC = 900;

/** A token with a shorter lifetime is not kept. In milliseconds. */
const MIN_KEPT_LIFE_MS = 5_000;
const MAX_MARGIN_MS = 60_000;
const WALL_JITTER_MS = 1_000;

/**
 * Where the lifetime comes from: the reply, the payload of a JWS, the header of a JWE, the page's assumption
 * (`token-ttl`), or the gateway, which shortened it later.
 */
export type LifeSource = 'expires_in' | 'payload' | 'header' | 'token-ttl' | 'gateway';

/** `fresh`: use. `aging`: use, and renew in the background. `stale`: expired or about to expire. */
export type Freshness = 'fresh' | 'aging' | 'stale';

interface Life {
  readonly lifeMs: number;
  readonly source: LifeSource;
}

/** What is known about a token's lifetime besides the token itself. */
export interface LifeFacts {
  /** Remaining lifetime in seconds, as the reply stated it. */
  readonly expiresInSec?: number | undefined;
  /** Seconds to trust a token that states no expiry. Default 900; 0 means never keep it. */
  readonly ttlSec?: number | undefined;
  /** How old the token may be already, in milliseconds. Default 0. */
  readonly ageMs?: number | undefined;
  /** Default: the device's clocks. */
  readonly clock?: Clock | undefined;
}

/** A guest token, created `ageMs` before its construction. Expects a well-formed token; an unreadable one states no expiry. */
export class GuestToken {
  readonly #token: string;
  readonly #clock: Clock;
  readonly #bornAtMs: number;
  readonly #bornMonotonicMs: number;
  #latestWallMs: number;
  #clockWentBack = false;
  #lifeMs: number;
  #source: LifeSource;

  constructor(
    token: string,
    { expiresInSec, ttlSec = DEFAULT_TTL_SEC, ageMs = 0, clock = DEVICE_CLOCK }: LifeFacts = {},
  ) {
    this.#token = token;
    this.#clock = clock;
    this.#latestWallMs = clock.now();
    this.#bornAtMs = this.#latestWallMs - ageMs;
    this.#bornMonotonicMs = clock.monotonic() - ageMs;
    const { lifeMs, source } = statedLife(expiresInSec) ??
      readLife(token, this.#bornAtMs) ?? { lifeMs: ttlSec * 1000, source: 'token-ttl' };
    this.#lifeMs = lifeMs;
    this.#source = source;
  }

  /** Where the lifetime comes from. */
  get source(): LifeSource {
    return this.#source;
  }

  /** Trusted lifetime in milliseconds, counted from the token's creation. */
  get lifeMs(): number {
    return this.#lifeMs;
  }

  /** The secret. Not a property, so that no serializer finds it. */
  reveal(): string {
    return this.#token;
  }

  /**
   * Whether the token may be used now: `aging` from 75 % of its lifetime, `stale` in the last `min(60 s, 10 %)`. Always
   * `stale` with a lifetime under 5 s, and once the wall clock has gone back.
   */
  freshness(): Freshness {
    const lifeMs = this.#lifeMs;
    const ageMs = this.#ageMs();
    const hardLimitMs = lifeMs - Math.min(MAX_MARGIN_MS, lifeMs * 0.1);
    if (ageMs === undefined || lifeMs < MIN_KEPT_LIFE_MS || ageMs >= hardLimitMs) return 'stale';
    return ageMs >= lifeMs * 0.75 ? 'aging' : 'fresh';
  }

  /** Whether a stated expiry has passed. False while the expiry is only assumed. */
  hasEnded(): boolean {
    const ageMs = this.#ageMs();
    return ageMs !== undefined && this.#source !== 'token-ttl' && ageMs >= this.#lifeMs;
  }

  /** Applies an expiry that became known later, in wall-clock milliseconds. Only ever shortens the lifetime. */
  endBy(expiresAtMs: number): void {
    this.#shorten(expiresAtMs - this.#bornAtMs, 'gateway');
  }

  /** Limits a token without a stated expiry to `ttlSec` seconds. Only ever shortens the lifetime. */
  limitTrust(ttlSec: number): void {
    if (this.#source === 'token-ttl') this.#shorten(ttlSec * 1000, 'token-ttl');
  }

  #shorten(lifeMs: number, source: LifeSource): void {
    // Also false for NaN.
    if (!(lifeMs < this.#lifeMs)) return;
    this.#lifeMs = Math.max(0, lifeMs);
    this.#source = source;
  }

  /** The larger elapsed time of both clocks. Undefined for good once the wall clock went back: that may hide a sleep. */
  #ageMs(): number | undefined {
    const wallMs = this.#clock.now();
    if (wallMs < this.#latestWallMs - WALL_JITTER_MS) this.#clockWentBack = true;
    if (this.#clockWentBack) return undefined;
    this.#latestWallMs = Math.max(this.#latestWallMs, wallMs);
    return Math.max(wallMs - this.#bornAtMs, this.#clock.monotonic() - this.#bornMonotonicMs);
  }
}

/** The lifetime that a reply states, if it is valid. */
function statedLife(expiresInSec: number | undefined): Life | undefined {
  if (expiresInSec === undefined || !(expiresInSec > 0) || !Number.isFinite(expiresInSec)) return undefined;
  return { lifeMs: expiresInSec * 1000, source: 'expires_in' };
}

/** The lifetime that a token states itself, in its payload (JWS) or its header (JWE). */
function readLife(token: string, nowMs: number): Life | undefined {
  const encrypted = token.split('.').length === 5;
  let claims: { exp?: unknown; iat?: unknown } | null;
  try {
    claims = jwtDecode(token, { header: encrypted });
  } catch {
    return undefined; // The error is dropped because it may quote the token.
  }
  const exp = claims?.exp;
  const iat = claims?.iat;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return undefined;
  // A duration if possible, because it does not depend on the visitor's clock.
  const lifeMs = typeof iat === 'number' && iat < exp ? (exp - iat) * 1000 : Math.max(0, exp * 1000 - nowMs);
  return { lifeMs, source: encrypted ? 'header' : 'payload' };
}
