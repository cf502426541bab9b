// How much is asked of the upstream at once, and whether it is asked at all while it is down.
// Promise: a fixed number of places, a short queue for as many again, no waiter left behind; after failures in a row
// the upstream gets a rest, then one trial. Must not know: what is done in a place, HTTP.
import type { StopSignal } from '../wait.js';

/** How long one waits for a place. */
const MAX_WAIT_MS = 1000;

/** Places for work, and a short queue before them. */
export class Gate {
  readonly #places: number;
  readonly #queue = new Set<() => void>();
  #taken = 0;

  constructor(places: number) {
    this.#places = places;
  }

  /**
   * Takes a place. Answers the function that gives it back, to be called once, or undefined when the queue is full, the
   * wait was too long, or the signal aborted.
   */
  async enter(signal: StopSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#taken < this.#places) {
      this.#taken++;
      return this.#leave;
    }
    if (this.#queue.size >= this.#places) return undefined;
    return new Promise((resolve) => {
      const settle = (place: (() => void) | undefined) => {
        this.#queue.delete(admit);
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        resolve(place);
      };
      const admit = () => settle(this.#leave);
      const giveUp = () => settle(undefined);
      const timer = setTimeout(giveUp, MAX_WAIT_MS);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queue.add(admit);
    });
  }

  /** A place that is given back goes to the first in the queue without becoming free in between. */
  readonly #leave = (): void => {
    const [next] = this.#queue;
    if (next) next();
    else this.#taken--;
  };
}

/** So many failures in a row mean that the upstream is down. */
const MAX_FAILURES = 10;
/** How long it rests. */
const REST_MS = 5000;

/** Spares an upstream that is down. Every `pass` that answers 0 is followed by one `report`. */
export class Breaker {
  readonly #now: () => number;
  #failures = 0;
  #restsUntilMs = 0;
  #isTrying = false;

  /** @param now a clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Seconds to wait before asking; 0 when the upstream may be asked now. */
  pass(): number {
    if (this.#failures < MAX_FAILURES) return 0;
    const restMs = this.#restsUntilMs - this.#now();
    if (restMs > 0) return Math.ceil(restMs / 1000);
    if (this.#isTrying) return 1;
    this.#isTrying = true;
    return 0;
  }

  /** What came of it; `unknown` when the client left before the upstream had answered. */
  report(outcome: 'alive' | 'down' | 'unknown'): void {
    this.#isTrying = false;
    if (outcome === 'unknown') return;
    this.#failures = outcome === 'alive' ? 0 : this.#failures + 1;
    if (this.#failures >= MAX_FAILURES) this.#restsUntilMs = this.#now() + REST_MS;
  }
}
