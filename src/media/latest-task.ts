// Wishes that overtake each other: of those of one kind, the last one wins.
// Promise: an earlier wish is told by its signal and settles on its own; after stop() none is tried any more.
// Must not know what is wished for.

/** Tries to fulfil a wish. It must not reject; the signal aborts when a later one takes its place. */
export type Attempt = (signal: AbortSignal) => Promise<void>;

export class Wishes<Kind> {
  readonly #stopped = new AbortController();
  readonly #current = new Map<Kind, { abort(): void; over: Promise<void> }>();
  readonly #turns = new Map<Kind, Promise<void>>();

  /** Aborted by stop(). */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Whether something is being tried. */
  has(kind: Kind): boolean {
    return this.#current.has(kind);
  }

  /** Tries something, in place of what was being tried. Resolves when the attempt is over. */
  make(kind: Kind, attempt: Attempt): Promise<void> {
    if (this.stopped.aborted) return Promise.resolve();
    this.#current.get(kind)?.abort();
    const given = new AbortController();
    const wish = { abort: () => given.abort(), over: Promise.resolve() };
    this.#current.set(kind, wish);
    wish.over = attempt(given.signal).finally(() => {
      if (this.#current.get(kind) === wish) this.#current.delete(kind);
    });
    return wish.over;
  }

  /** Resolves when nothing is being tried. */
  async over(kind: Kind): Promise<void> {
    for (let wish; (wish = this.#current.get(kind));) await wish.over;
  }

  /** For what cannot be withdrawn half way: one job after the other. Settles as the job does. */
  inTurn(kind: Kind, job: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(kind) ?? Promise.resolve()).then(job);
    const done = turn.catch(() => {});
    this.#turns.set(kind, done);
    return turn;
  }

  stop(): void {
    this.#stopped.abort();
    for (const wish of this.#current.values()) wish.abort();
  }
}
