// A guest token as a value: the secret, kept out of sight, and what can be known of its end.
// Promise: nothing but `reveal()` gives the token away, and no token is trusted longer than somebody vouched for it.
// The only file that knows jwt-decode. Must not know: the network, the cache, the DOM.
import { jwtDecode } from 'jwt-decode';

/** Both clocks of a device, in milliseconds. Neither is enough: one jumps when set, the other halts in sleep. */
export interface Clock {
  /** Wall clock, since the epoch. */
  now(): number;
  /** A clock that never goes back. */
  monotonic(): number;
}

/** The clocks of this device. */
export const DEVICE_CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Seconds to trust a token that does not state its own end. */
export const DEFAULT_TTL_SEC = 900;

/** A life shorter than this is too short to be worth keeping, in milliseconds. */
const MIN_KEPT_LIFE_MS = 5_000;
const MAX_MARGIN_MS = 60_000;
const WALL_JITTER_MS = 1_000;

/**
 * Who vouched for the life: the reply, the readable payload of a JWS, the header of a JWE, nobody (`token-ttl`), or
 * the gateway, which shortened it later.
 */
export type LifeSource = 'expires_in' | 'payload' | 'header' | 'token-ttl' | 'gateway';

/** `fresh`: hand out. `aging`: hand out and renew behind. `stale`: too near its end, or past it. */
export type Freshness = 'fresh' | 'aging' | 'stale';

/** What is known beside the token itself. */
export interface LifeFacts {
  /** Remaining life in seconds, as the reply stated it. */
  readonly expiresInSec?: number | undefined;
  /** Seconds to trust a token that states nothing. Default 900; 0 means never keep it. */
  readonly ttlSec?: number | undefined;
  /** How old it may be already, in milliseconds. Default 0. */
  readonly ageMs?: number | undefined;
  /** Default: the device's clocks. */
  readonly clock?: Clock | undefined;
}

/** One guest token, born `ageMs` before it is constructed. Expects a well-formed token; an unreadable one counts as silent about its end. */
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
    const stated = expiresInSec !== undefined && expiresInSec > 0 && Number.isFinite(expiresInSec);
    const read = stated ? undefined : readLife(token, this.#bornAtMs);
    this.#source = stated ? 'expires_in' : (read?.source ?? 'token-ttl');
    this.#lifeMs = stated ? expiresInSec * 1000 : (read?.lifeMs ?? ttlSec * 1000);
  }

  /** Who vouched for the life. */
  get source(): LifeSource {
    return this.#source;
  }

  /** Trusted life in milliseconds, counted from its birth. */
  get lifeMs(): number {
    return this.#lifeMs;
  }

  /** The token itself. Not a property, so that no serializer comes across it. */
  reveal(): string {
    return this.#token;
  }

  /**
   * Whether it may be handed out now: renewed behind from 75 % of its life, not at all in the last `min(60 s, 10 %)`,
   * and never when the whole life is under 5 s or the wall clock has gone back.
   */
  freshness(): Freshness {
    const lifeMs = this.#lifeMs;
    const ageMs = this.#ageMs();
    const hardLimitMs = lifeMs - Math.min(MAX_MARGIN_MS, lifeMs * 0.1);
    if (ageMs === undefined || lifeMs < MIN_KEPT_LIFE_MS || ageMs >= hardLimitMs) return 'stale';
    return ageMs >= lifeMs * 0.75 ? 'aging' : 'fresh';
  }

  /** Whether an end that somebody stated has passed. False while the end is only guessed. */
  hasEnded(): boolean {
    const ageMs = this.#ageMs();
    return ageMs !== undefined && this.#source !== 'token-ttl' && ageMs >= this.#lifeMs;
  }

  /** Takes in a true end learnt later, in wall-clock milliseconds. Only ever shortens the life. */
  endBy(expiresAtMs: number): void {
    this.#shorten(expiresAtMs - this.#bornAtMs, 'gateway');
  }

  /** Trusts a token that states no end for `ttlSec` seconds at most. Only ever shortens the life. */
  limitTrust(ttlSec: number): void {
    if (this.#source === 'token-ttl') this.#shorten(ttlSec * 1000, 'token-ttl');
  }

  #shorten(lifeMs: number, source: LifeSource): void {
    // NaN is not less than anything.
    if (!(lifeMs < this.#lifeMs)) return;
    this.#lifeMs = Math.max(0, lifeMs);
    this.#source = source;
  }

  /** The larger of both clocks' elapsed times; undefined for good once the wall clock went back: it may hide a sleep. */
  #ageMs(): number | undefined {
    const wallMs = this.#clock.now();
    if (wallMs < this.#latestWallMs - WALL_JITTER_MS) this.#clockWentBack = true;
    if (this.#clockWentBack) return undefined;
    this.#latestWallMs = Math.max(this.#latestWallMs, wallMs);
    return Math.max(wallMs - this.#bornAtMs, this.#clock.monotonic() - this.#bornMonotonicMs);
  }
}

/** The life that a token states itself, in its payload (JWS) or its header (JWE). */
function readLife(token: string, nowMs: number): { lifeMs: number; source: LifeSource } | undefined {
  const encrypted = token.split('.').length === 5;
  let claims: { exp?: unknown; iat?: unknown } | null;
  try {
    claims = jwtDecode(token, { header: encrypted });
  } catch {
    return undefined; // Not passed on: what it throws may quote the token.
  }
  const exp = claims?.exp;
  const iat = claims?.iat;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return undefined;
  // As a duration where possible: then it does not matter how wrong the visitor's clock is.
  const lifeMs = typeof iat === 'number' && iat < exp ? (exp - iat) * 1000 : Math.max(0, exp * 1000 - nowMs);
  return { lifeMs, source: encrypted ? 'header' : 'payload' };
}
