// Whether another tab of the site is in a call: told by a Web Lock, which the browser takes back when a tab dies.
// Source: https://w3c.github.io/web-locks/. Where there are no locks, there are no other tabs to know of.

const NAME = 'sw-click-to-call';

/**
 * Takes the site's lock for the time of a call. A call is not refused for another tab's sake; it is said.
 * @param taken called when another tab holds the lock already.
 * @returns gives the lock back.
 */
export function holdSiteLock(
  taken: () => void,
  locks: LockManager | undefined = navigator.locks,
): () => void {
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  locks
    ?.request(NAME, { ifAvailable: true }, (lock) => {
      if (lock) return held;
      taken();
      return undefined;
    })
    .catch(() => {
      // Refused to sandboxed and detached documents.
    });
  return release;
}
