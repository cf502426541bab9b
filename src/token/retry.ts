// Retries a failed exchange: at most three tries within 15 s, with random delays, while a retry may help. An abort ends it
// at once, also between two tries. Throws the error of the last try.
import { ClickToCallError } from '../errors.js';
import type { Clock } from './guest-token.js';
import { pause, type Timers } from '../wait.js';

const MAX_TRIES = 3;
/** For all tries and the delays between them. */
const BUDGET_MS = 15_000;
const TRY_MS = 8_000;
/** A try is not started with less time than this. */
const MIN_TRY_MS = 1_000;
/** Doubles with every try. */
const BASE_DELAY_MS = 300;

/** Statuses that may go away without any change. */
const TRANSIENT: readonly (number | undefined)[] = [408, 425, 429, 500, 502, 503, 504];

/** What retrying depends on. */
export interface RetryTools {
  /** Ends the retries. Its reason is rethrown. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 to 1, like `Math.random`. */
  readonly random: () => number;
}

/**
 * Returns the result of the first try that succeeds, or throws the error of the last one.
 * @param attempt makes one try, which must end within `timeoutMs`.
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
      if (tries === MAX_TRIES || !isTransient(error)) throw error;
      const delayMs = delayAfter(error, tries, leftMs(), random());
      if (delayMs === undefined) throw error;
      await pause(delayMs, { signal, timers });
      // In a background page, timers fire late.
      if (leftMs() < MIN_TRY_MS) throw error;
    }
  }
}

/** Whether a retry may help: there was no answer, or one with a transient status. */
function isTransient(error: unknown): error is ClickToCallError {
  if (!(error instanceof ClickToCallError)) return false;
  return error.code === 'token-network' || error.code === 'token-timeout' || TRANSIENT.includes(error.status);
}

/**
 * The delay before the next try, or undefined when it does not fit into the time left. `Retry-After` is a minimum and
 * fits only if a whole try fits after it. So it never makes a visitor wait for 7 s or more: the failure, and with it the
 * fallback slot, is shown at once instead.
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
