// How many exchanges run at once (`Gate`), and whether the upstream is asked at all while it is down (`Breaker`).
import { waitFor, type StopSignal } from '../wait.js';

/** How long a caller waits for a place. */
const MAX_WAIT_MS = 1000;

/** A fixed number of places, and a queue of the same length in front of them. */
export class Gate {
  readonly #places: number;
  readonly #queue = new Set<() => void>();
  #taken = 0;

  constructor(places: number) {
    this.#places = places;
  }

  /**
   * Takes a place. Resolves to the function that gives it back, to be called once; or to undefined when the queue is
   * full, no place came free within a second, or the signal aborted.
   */
  async enter(signal: StopSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#taken < this.#places) {
      this.#taken++;
      return this.#leave;
    }
    if (this.#queue.size >= this.#places) return undefined;
    let admit = () => {};
    const admitted = new Promise<void>((resolve) => (admit = resolve));
    this.#queue.add(admit);
    const isIn = await waitFor(admitted, { ms: MAX_WAIT_MS, signal }).then(
      () => true,
      () => false,
    );
    if (isIn) return this.#leave;
    // When the place came in the same moment as the abort, the next in the queue gets it.
    if (!this.#queue.delete(admit)) this.#leave();
    return undefined;
  }

  /** Hands the place to the first in the queue, so that no newcomer can take it in between. */
  readonly #leave = (): void => {
    const [next] = this.#queue;
    if (!next) {
      this.#taken--;
      return;
    }
    this.#queue.delete(next);
    next();
  };
}

/** This many failures in a row mean that the upstream is down. */
const MAX_FAILURES = 10;
/** How long the upstream is left alone then. */
const REST_MS = 5000;

/** Stops asking an upstream that is down. Every `pass` that returns 0 is followed by one `report`. */
export class Breaker {
  readonly #now: () => number;
  #failures = 0;
  #restsUntilMs = 0;
  #isTrying = false;

  /** @param now a monotonic clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Seconds to wait before asking; 0 when the upstream may be asked now. After a rest, one request is let through as a trial. */
  pass(): number {
    if (this.#failures < MAX_FAILURES) return 0;
    const restMs = this.#restsUntilMs - this.#now();
    if (restMs > 0) return Math.ceil(restMs / 1000);
    if (this.#isTrying) return 1;
    this.#isTrying = true;
    return 0;
  }

  /** Records how the request ended; `unknown` when the client left before the upstream answered. */
  report(outcome: 'alive' | 'down' | 'unknown'): void {
    this.#isTrying = false;
    if (outcome === 'unknown') return;
    this.#failures = outcome === 'alive' ? 0 : this.#failures + 1;
    if (this.#failures >= MAX_FAILURES) this.#restsUntilMs = this.#now() + REST_MS;
  }
}
