// How long the browser may take to send another track or to play on another loudspeaker: not for ever.
// Promise: what is waited for settles; what is done all the same, after that, is told.
// Must not know which device is meant.
import { waitFor, type Timers } from '../wait.js';

/** In milliseconds; a headset that has to wake up takes two seconds. */
export const CHANGE_MS = 5_000;

/**
 * Waits for a change that cannot be withdrawn.
 * @param onLate told when it happens after it was given up, also when the signal has aborted by then.
 * @throws a `TimeoutError` after `CHANGE_MS`, the signal's reason, or what the change rejects with.
 */
export function changed(
  change: Promise<void>,
  onLate: () => unknown,
  signal: AbortSignal,
  timers: Timers | undefined,
): Promise<void> {
  const timeUp = () => {
    change.then(onLate, () => {});
    return new DOMException('slow', 'TimeoutError');
  };
  return waitFor(change, { ms: CHANGE_MS, timeUp, signal, timers });
}
