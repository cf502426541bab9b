// Both clocks and the timers of a device, set by the test.
import type { Timers } from '../../src/wait.js';
import type { Clock } from '../../src/token/guest-token.js';

export class HandClock implements Clock, Timers {
  wallMs = Date.UTC(2026, 0, 1);
  monotonicMs = 5_000;
  readonly #timers = new Map<number, { run: () => void; atMs: number }>();
  #lastTimer = 0;

  now = () => this.wallMs;
  monotonic = () => this.monotonicMs;

  setTimeout = (run: () => void, delayMs: number) => {
    this.#timers.set(++this.#lastTimer, { run, atMs: this.monotonicMs + delayMs });
    return this.#lastTimer;
  };
  clearTimeout = (timer: unknown) => void this.#timers.delete(timer as number);

  /** Number of timers that are set and have not been cleared or run. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Milliseconds until the next timer is due. */
  get nextTimerMs(): number | undefined {
    const due = [...this.#timers.values()].map(({ atMs }) => Math.max(0, atMs - this.monotonicMs));
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  /** Lets time pass on a device that is awake: both clocks advance, and timers run. */
  pass(ms: number): void {
    this.wallMs += ms;
    this.monotonicMs += ms;
    for (const [timer, { run, atMs }] of this.#timers) {
      if (atMs > this.monotonicMs) continue;
      this.#timers.delete(timer);
      run();
    }
  }
}
