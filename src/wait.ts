// Waiting that can be given up: the one way in which this house ties a promise to an AbortSignal.
// Promise: giving up leaves the work itself alone and leaks neither a listener nor an unhandled rejection.

/** The part of an `AbortSignal` that is used. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Settles as `work` does, or rejects with the signal's own reason as soon as it aborts, whichever comes first.
 * The work goes on; whoever started it stops it.
 */
export function untilAborted<T>(work: Promise<T>, signal: StopSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    // The work is listened to in any case: a failure after giving up must not show as unhandled.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
