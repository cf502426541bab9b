// The only way from the button into the code that makes calls. What that code loads in turn: load-later.ts, load-locale.ts.
// Promise: one fetch however often it is asked; a failed one is forgotten, so that the next click tries again.

/**
 * The path of a call: settings, preflight, token, outcome.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadStart = remembered(() => import('./start.js'));

/**
 * The built-in call interface; not fetched when the page has its own.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadCallUi = remembered(() => import('./call-ui.js'));

/**
 * The adapter with the SDK in it; by far the largest file.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadSignalWire = remembered(() => import('./signalwire.js'));

/** Loads once; a failure is forgotten. */
export function remembered<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
