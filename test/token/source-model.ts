// A second, plain implementation of the guest token source: sequential, without promises. The source must agree with it
// after every step (source.property.test.ts).
import type { HandClock } from './hand-clock.js';

/** How the endpoint may answer a request. `life`: what is known about the token's expiry. */
export type Reply =
  | { readonly kind: 'token'; readonly text: string; readonly life: Life }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSec?: number }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'network' };

export type Life =
  | { readonly by: 'nobody' }
  | { readonly by: 'reply' | 'duration'; readonly sec: number }
  | { readonly by: 'end'; readonly atSec: number };

/** A caller of `get`. Its outcome is a token, a code, or `gave up`. */
export interface Waiter {
  expected?: string;
  actual?: string;
  readonly abort: AbortController;
}

/** The cached token. */
interface Kept {
  readonly text: string;
  readonly bornMs: number;
  readonly bornMonotonicMs: number;
  readonly guessed: boolean;
  lifeMs: number;
  latestWallMs: number;
  wentBack: boolean;
}

/** A request with its retries. */
export interface Flight {
  readonly reason: 'dial' | 'refused';
  readonly startedMs: number;
  readonly endsMs: number;
  readonly waiters: Set<Waiter>;
  tries: number;
  /** While a try is under way: the number of its request. */
  request?: number | undefined;
  sentMs: number;
  sentMonotonicMs: number;
  timeoutMs: number;
  /** When the try times out, or the delay after it ends. */
  timerMs: number;
  timerSerial: number;
  /** Code of the latest failed try. */
  code: string;
}

const CODES: Record<number, string> = {
  401: 'token-unauthorized',
  403: 'token-forbidden',
  404: 'token-not-found',
  429: 'token-rate-limited',
};
const codeOf = (status: number) =>
  CODES[status] ?? (status >= 500 ? 'token-server-error' : 'token-invalid-request');
const PASSING = [408, 425, 429, 500, 502, 503, 504];

export class SourceModel {
  kept: Kept | undefined;
  /** The current request. */
  flight: Flight | undefined;
  /** All requests under way, including abandoned ones that callers still wait for. */
  readonly flights = new Set<Flight>();
  failure: { code: string; untilMs: number } | undefined;
  /** Number of requests sent. */
  sent = 0;
  readonly #clock: HandClock;
  readonly #chance: number;
  #ttlSec = 900;
  #timers = 0;

  constructor(clock: HandClock, chance: number) {
    this.#clock = clock;
    this.#chance = chance;
  }

  get(waiter: Waiter, how: { fresh: boolean; userInitiated: boolean; reason: 'dial' | 'refused' }): void {
    if (!how.fresh && this.kept) {
      const freshness = this.#freshness(this.kept);
      if (freshness === 'aging' && !this.flight && !this.#remembersFailure()) this.#takeOff('dial');
      if (freshness !== 'stale') {
        waiter.expected = this.kept.text;
        return;
      }
      this.kept = undefined;
    }
    if (!how.userInitiated && !this.flight && this.#remembersFailure()) {
      waiter.expected = this.failure!.code;
      return;
    }
    if (this.flight && how.reason === 'refused' && this.flight.reason === 'dial') this.#abandon();
    if (this.flight?.waiters.size === 0 && this.#clock.monotonicMs > this.flight.startedMs + 8_000)
      this.#abandon();
    (this.flight ?? this.#takeOff(how.reason)).waiters.add(waiter);
  }

  giveUp(waiter: Waiter): void {
    if (waiter.expected === undefined) waiter.expected = 'gave up';
    for (const flight of this.flights) {
      if (flight.waiters.delete(waiter) && flight.waiters.size === 0) this.#over(flight);
    }
  }

  answer(flight: Flight, reply: Reply): void {
    if (reply.kind === 'network') return this.#failed(flight, 'token-network', true);
    if (reply.kind === 'garbage') return this.#failed(flight, 'token-bad-response', false);
    if (reply.kind === 'status') {
      const { status, retryAfterSec = 0 } = reply;
      return this.#failed(flight, codeOf(status), PASSING.includes(status), retryAfterSec * 1000);
    }
    const [nowMs, monotonicMs] = [this.#clock.wallMs, this.#clock.monotonicMs];
    const ageMs = Math.max(nowMs - flight.sentMs, monotonicMs - flight.sentMonotonicMs);
    if (ageMs > flight.timeoutMs) return this.#failed(flight, 'token-timeout', true);
    const { text, life } = reply;
    const bornMs = nowMs - ageMs;
    let lifeMs = this.#ttlSec * 1000;
    if (life.by === 'end') lifeMs = Math.max(0, life.atSec * 1000 - bornMs);
    else if (life.by !== 'nobody') lifeMs = life.sec * 1000;
    const token: Kept = {
      ...{ text, bornMs, bornMonotonicMs: monotonicMs - ageMs, lifeMs },
      ...{ guessed: life.by === 'nobody', latestWallMs: nowMs, wentBack: false },
    };
    if (this.flight === flight) {
      this.failure = undefined;
      if (this.#freshness(token) !== 'stale') this.kept = token;
    }
    this.#settle(flight, text);
  }

  /** Runs every timer that is due, in the order in which they were set. */
  runTimers(): void {
    const due = [...this.flights].filter(({ timerMs }) => timerMs <= this.#clock.monotonicMs);
    for (const flight of due.sort((one, other) => one.timerSerial - other.timerSerial)) {
      if (flight.request !== undefined) this.#failed(flight, 'token-timeout', true);
      else if (flight.endsMs - this.#clock.monotonicMs < 1_000) this.#fail(flight);
      else this.#try(flight);
    }
  }

  invalidate(text: string): void {
    if (this.kept?.text !== text) return;
    this.kept = undefined;
    this.#abandon();
  }

  noteExpiry(text: string, atMs: number): void {
    if (this.kept?.text === text) this.#shorten(this.kept, atMs - this.kept.bornMs, false);
  }

  limitTtl(sec: number): void {
    if (sec >= this.#ttlSec) return;
    this.#ttlSec = sec;
    if (this.kept?.guessed) this.#shorten(this.kept, sec * 1000, true);
  }

  #shorten(kept: Kept, lifeMs: number, guessed: boolean): void {
    if (lifeMs < kept.lifeMs) this.kept = { ...kept, lifeMs: Math.max(0, lifeMs), guessed };
  }

  #freshness(token: Kept): 'fresh' | 'aging' | 'stale' {
    const { wallMs, monotonicMs } = this.#clock;
    token.wentBack ||= wallMs < token.latestWallMs - 1_000;
    token.latestWallMs = Math.max(token.latestWallMs, wallMs);
    const ageMs = Math.max(wallMs - token.bornMs, monotonicMs - token.bornMonotonicMs);
    const limitMs = token.lifeMs - Math.min(60_000, token.lifeMs * 0.1);
    if (token.wentBack || token.lifeMs < 5_000 || ageMs >= limitMs) return 'stale';
    return ageMs >= token.lifeMs * 0.75 ? 'aging' : 'fresh';
  }

  #remembersFailure(): boolean {
    return this.failure !== undefined && this.#clock.monotonicMs < this.failure.untilMs;
  }

  #takeOff(reason: 'dial' | 'refused'): Flight {
    const startedMs = this.#clock.monotonicMs;
    const endsMs = startedMs + 15_000;
    const none = { tries: 0, sentMs: 0, sentMonotonicMs: 0, timeoutMs: 0, timerMs: 0, timerSerial: 0 };
    const flight: Flight = { reason, startedMs, endsMs, waiters: new Set(), code: '', ...none };
    this.flights.add(flight);
    this.flight = flight;
    this.#try(flight);
    return flight;
  }

  #try(flight: Flight): void {
    flight.tries += 1;
    flight.request = this.sent++;
    flight.sentMs = this.#clock.wallMs;
    flight.sentMonotonicMs = this.#clock.monotonicMs;
    flight.timeoutMs = Math.min(8_000, flight.endsMs - this.#clock.monotonicMs);
    this.#setTimer(flight, flight.timeoutMs);
  }

  #setTimer(flight: Flight, ms: number): void {
    flight.timerMs = this.#clock.monotonicMs + ms;
    flight.timerSerial = ++this.#timers;
  }

  #failed(flight: Flight, code: string, passing: boolean, retryAfterMs = 0): void {
    flight.code = code;
    flight.request = undefined;
    const leftMs = flight.endsMs - this.#clock.monotonicMs;
    const delayMs = retryAfterMs + this.#chance * 300 * 2 ** (flight.tries - 1);
    const fits = delayMs + (retryAfterMs > 0 ? 8_000 : 1_000) <= leftMs;
    if (passing && flight.tries < 3 && fits) this.#setTimer(flight, delayMs);
    else this.#fail(flight);
  }

  #fail(flight: Flight): void {
    const { code } = flight;
    if (this.flight === flight) this.failure = { code, untilMs: this.#clock.monotonicMs + 2_000 };
    this.#settle(flight, code);
  }

  #settle(flight: Flight, outcome: string): void {
    for (const waiter of flight.waiters) waiter.expected = outcome;
    this.#over(flight);
  }

  #abandon(): void {
    const { flight } = this;
    this.flight = undefined;
    if (flight?.waiters.size === 0) this.#over(flight);
  }

  #over(flight: Flight): void {
    this.flights.delete(flight);
    if (this.flight === flight) this.flight = undefined;
  }
}
