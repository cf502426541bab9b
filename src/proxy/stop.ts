// An abort signal without the cost of an EventTarget: the proxy makes two for every request. Listeners see the same as with
// an AbortSignal, and the reason is always a `StopReason`.
import type { StopSignal } from '../wait.js';

/** `late`: the time is up. `gone`: the client disconnected. */
export type StopReason = 'late' | 'gone';

/** A signal and the method that aborts it. */
export class Stop implements StopSignal {
  reason: StopReason | undefined;
  #listeners: (() => void)[] = [];

  get aborted(): boolean {
    return this.reason !== undefined;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at >= 0) this.#listeners.splice(at, 1);
  }

  /** Aborts the signal. Later calls have no effect. */
  stop(reason: StopReason): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
