// Code that loads when it is first needed. Part of what a page loads before any click, so it does not use wait.ts.

/** A connection that takes longer than this for code could not carry a voice. */
const LIMIT_MS = 30_000;

/**
 * Loads a module once. A failed load is forgotten, so the next call tries again; a load that takes too long goes on, and
 * serves the next call.
 * @returns the module; rejects with what `load` rejects with, or an error after 30 s.
 */
export function lazy<Module>(load: () => Promise<Module>, limitMs = LIMIT_MS): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    const limit = new Promise<never>((_, reject) => setTimeout(reject, limitMs, new Error('Too slow')));
    return Promise.race([loading, limit]);
  };
}
