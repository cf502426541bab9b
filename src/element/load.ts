// The only way from the button into the code that makes calls. What that code loads in turn: load-later.ts, load-locale.ts.
// Promise: one fetch however often it is asked; a failed one is forgotten, so that the next click tries again, and one
// that stands still is waited for no longer than a visitor would.

/**
 * The path of a call: settings, preflight, token, outcome.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadStart = remembered(() => import('../call/place.js'));

/**
 * The built-in call interface; not fetched when the page has its own.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadCallUi = remembered(() => import('../call/built-in.js'));

/**
 * The adapter with the SDK in it; by far the largest file.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadSignalWire = remembered(() => import('../sdk/gateway.js'));

/** Loads once; a failure is forgotten. */
export function remembered<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

/** How long a click waits for code, in milliseconds. A line on which that takes longer could not carry a voice. */
const PATIENCE_MS = 30_000;

/**
 * The code, unless it takes too long. The fetch goes on: what arrives late is there for the next click.
 * @throws what the loading rejects with; an error that says so when time is up.
 */
export function inTime<Module>(loading: Promise<Module>): Promise<Module> {
  return Promise.race([
    loading,
    new Promise<never>((_, reject) => setTimeout(reject, PATIENCE_MS, new Error('No answer in 30 s'))),
  ]);
}
