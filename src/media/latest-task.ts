// Runs one task per key; a newer task aborts the older one. After stop() no task starts.

/** Must not reject. The signal aborts when a newer task of the same key starts, or on stop(). */
export type Task = (signal: AbortSignal) => Promise<void>;

export class LatestTask<Key> {
  readonly #stopped = new AbortController();
  readonly #running = new Map<Key, { abort(): void; done: Promise<void> }>();
  readonly #queues = new Map<Key, Promise<void>>();

  /** Aborts on stop(). */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  isRunning(key: Key): boolean {
    return this.#running.has(key);
  }

  /** Aborts the running task of that key and starts this one. Resolves when this one has settled. */
  run(key: Key, task: Task): Promise<void> {
    if (this.stopped.aborted) return Promise.resolve();
    this.#running.get(key)?.abort();
    const controller = new AbortController();
    const running = { abort: () => controller.abort(), done: Promise.resolve() };
    this.#running.set(key, running);
    running.done = task(controller.signal).finally(() => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    });
    return running.done;
  }

  /** Resolves when no task of that key is running. */
  async idle(key: Key): Promise<void> {
    for (let running; (running = this.#running.get(key));) await running.done;
  }

  /** Runs the steps of one key one after the other: for steps that cannot be aborted. Settles as `step` does. */
  enqueue(key: Key, step: () => Promise<void>): Promise<void> {
    const result = (this.#queues.get(key) ?? Promise.resolve()).then(step);
    const settled = result.catch(() => {});
    this.#queues.set(key, settled);
    return result;
  }

  stop(): void {
    this.#stopped.abort();
    for (const running of this.#running.values()) running.abort();
  }
}
