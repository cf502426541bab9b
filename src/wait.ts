// The one way to wait with a limit: a deadline, a signal, or both.
// Callers can rely on this: giving up leaves the work itself alone, keeps no timer or listener, and causes no unhandled
// rejection. It knows nothing about the work.

/** The part of an `AbortSignal` that is used here. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The part of the global timers that is used, so that tests can turn the clock by hand. */
export interface Timers {
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** The timers of this page or process. */
export const TIMERS: Timers = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as number),
};

/** When to stop waiting. */
export interface WaitLimits {
  /** Default: no deadline. */
  readonly ms?: number | undefined;
  /** Makes the error for a missed deadline. Default: a `TimeoutError`. */
  readonly timeUp?: (() => unknown) | undefined;
  /** Called when `work` resolves after a missed deadline, for work that cannot be undone. */
  readonly onLate?: (() => void) | undefined;
  readonly signal?: StopSignal | undefined;
  /** Default: the global timers. */
  readonly timers?: Timers | undefined;
}

/**
 * Settles as `work` does, unless the deadline passes or the signal aborts first. The work itself goes on: whoever
 * started it stops it.
 * @throws what `work` rejects with, the error of `timeUp`, or the signal's reason.
 */
export function waitFor<T>(
  work: Promise<T>,
  { ms, timeUp = timeoutError, onLate, signal, timers = TIMERS }: WaitLimits,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const done = () => {
      timers.clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    const giveUp = (reason: unknown) => {
      done();
      reject(reason);
    };
    const stop = () => giveUp(signal!.reason);
    const expire = () => {
      giveUp(timeUp());
      if (onLate) work.then(onLate, () => {});
    };
    const timer = ms === undefined ? undefined : timers.setTimeout(expire, ms);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    // Always listened to, so that a failure after giving up does not show as unhandled.
    work.then(resolve, reject).finally(done);
  });
}

/** Resolves when `work` has settled either way, or after `ms`: for clean-up that must go on. */
export async function settled(work: Promise<unknown>, ms: number, timers?: Timers): Promise<void> {
  await waitFor(work, { ms, timers }).catch(() => {});
}

/**
 * Resolves after `ms`.
 * @throws the signal's reason.
 */
export function pause(
  ms: number,
  { signal, timers = TIMERS }: Pick<WaitLimits, 'signal' | 'timers'>,
): Promise<void> {
  let timer: unknown;
  const over = new Promise<void>((resolve) => (timer = timers.setTimeout(resolve, ms)));
  return waitFor(over, { signal }).finally(() => timers.clearTimeout(timer));
}

function timeoutError(): DOMException {
  return new DOMException('No answer in time', 'TimeoutError');
}
