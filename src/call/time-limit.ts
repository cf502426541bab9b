// Waiting with an end: the SDK has promises that never settle, and so nothing here waits for one alone.
// Must not know what is waited for.

/** The part of `window` that counts time; a test hands in a clock that it turns itself. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(id: number | undefined): void;
}

/** The page's own timers. */
export const pageTimers: Timers = {
  setTimeout: (callback, ms) => window.setTimeout(callback, ms),
  clearTimeout: (id) => window.clearTimeout(id),
};

export interface Limit {
  readonly ms: number;
  /** Makes the error that is thrown when time is up. */
  readonly timeUp: () => unknown;
  readonly signal?: AbortSignal;
  readonly timers?: Timers;
}

/**
 * The promise's outcome, unless time is up or the signal aborts first.
 * What the promise does afterwards is its own affair: a late rejection is not reported as unhandled.
 * @throws what `timeUp` makes, the signal's reason, or what the promise rejects with.
 */
export function within<T>(
  promise: Promise<T>,
  { ms, timeUp, signal, timers = pageTimers }: Limit,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    // A promise that never settles must not keep a timer or a listener once nobody waits for it.
    const over = () => {
      timers.clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    const stop = () => {
      over();
      reject(signal!.reason);
    };
    const expire = () => {
      over();
      reject(timeUp());
    };
    const timer = timers.setTimeout(expire, ms);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(over);
  });
}

/** Resolves when the promise settled, however, or after `ms`: for clean-up that must go on. */
export async function atMost(ms: number, promise: Promise<unknown>, timers?: Timers): Promise<void> {
  await within(promise, { ms, timeUp: () => undefined, timers }).catch(() => {});
}
