// One object of facts that others subscribe to. Listeners get no arguments: they read the latest snapshot, so a listener
// that changes the store again cannot hand the others an outdated one.

export class Store<Snapshot extends object> {
  #snapshot: Snapshot;
  readonly #listeners = new Set<() => void>();

  constructor(first: Snapshot) {
    this.#snapshot = first;
  }

  /** The facts now; another object after each change. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Calls `listener` after each change. @returns unsubscribes. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  protected change(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // One listener must not keep the others, or whoever made the change, from going on.
        reportError(error);
      }
    }
  }
}
