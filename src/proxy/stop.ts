// A signal to stop, without the weight of an EventTarget: two are made for every request.
// Promise: what an AbortSignal promises to those who wait by it, and a reason that is always a `StopReason`. Must not
// know: who stops what.
import type { StopSignal } from '../wait.js';

/** Why something is stopped: it took too long, or nobody waits for it. */
export type StopReason = 'late' | 'gone';

/** Something that can be stopped, by whoever made it. */
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

  /** Stops, once; the first reason stands. */
  stop(reason: StopReason): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
