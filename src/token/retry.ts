// When a failed exchange is tried again: at most three tries within 15 s, spread at random, as long as that may help.
// Promise: an abort ends it at once, also between two tries; what is thrown in the end is what the last try threw.
// Pure: clock, timers and chance are passed in. Must not know: tokens, the cache, the DOM.
import { ClickToCallError } from '../errors.js';
import type { Clock } from './guest-token.js';
import { pause, type Timers } from '../wait.js';

const MAX_TRIES = 3;
/** For all tries and the waits between them. */
const BUDGET_MS = 15_000;
const TRY_MS = 8_000;
/** What is left for a try when it is not worth beginning. */
const MIN_TRY_MS = 1_000;
/** Doubled with every try. */
const BASE_DELAY_MS = 300;

/** Statuses by which a server says "not now" rather than "no". */
const NOT_NOW: readonly (number | undefined)[] = [408, 425, 429, 500, 502, 503, 504];

/** What trying again needs from outside. */
export interface RetryTools {
  /** Ends it; its reason is rethrown. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number;
}

/**
 * The outcome of the first try that succeeds, else of the last one.
 * @param attempt one try, which has to end within `timeoutMs`.
 */
export async function withRetries<T>(
  attempt: (timeoutMs: number) => Promise<T>,
  { signal, clock, timers, random }: RetryTools,
): Promise<T> {
  const endMs = clock.monotonic() + BUDGET_MS;
  const leftMs = () => endMs - clock.monotonic();
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(Math.min(TRY_MS, leftMs()));
    } catch (error) {
      if (tries === MAX_TRIES || !mayPass(error)) throw error;
      const delayMs = delayAfter(error, tries, leftMs(), random());
      if (delayMs === undefined) throw error;
      await pause(delayMs, { signal, timers });
      // Timers of a page in the background come late.
      if (leftMs() < MIN_TRY_MS) throw error;
    }
  }
}

/** Whether a failure may be gone in a moment: nobody answered, or a server that said "not now". */
function mayPass(error: unknown): error is ClickToCallError {
  if (!(error instanceof ClickToCallError)) return false;
  return error.code === 'token-network' || error.code === 'token-timeout' || NOT_NOW.includes(error.status);
}

/**
 * How long to wait, or undefined when that does not fit. The server's own wish counts as a minimum and fits only if a
 * whole try fits behind it: so a visitor looks at "Getting ready…" for less than 7 s because of it, and else is told
 * at once, with the other way out at hand.
 */
function delayAfter(
  { retryAfterMs = 0 }: ClickToCallError,
  tries: number,
  leftMs: number,
  chance: number,
): number | undefined {
  const delayMs = retryAfterMs + chance * BASE_DELAY_MS * 2 ** (tries - 1);
  return delayMs + (retryAfterMs > 0 ? TRY_MS : MIN_TRY_MS) <= leftMs ? delayMs : undefined;
}
