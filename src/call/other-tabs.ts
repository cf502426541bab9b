// Whether another tab of the site is in a call: told by a Web Lock, which the browser takes back when a tab dies.
// Source: https://w3c.github.io/web-locks/. Where there are no locks, there are no other tabs to know of.

const NAME = 'sw-click-to-call';

/**
 * Takes the site's lock for the time of a call. A call is not refused for another tab's sake; it is said.
 * @param tell called with true when another tab holds the lock already, and with false when that one is done.
 * @returns gives the lock back, or no longer waits for it.
 */
export function holdSiteLock(
  tell: (taken: boolean) => void,
  locks: LockManager | undefined = navigator.locks,
): () => void {
  const over = new AbortController();
  const { signal } = over;
  const held = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  const wait = async () => {
    const free = await locks?.request(NAME, { ifAvailable: true }, (lock) => lock && held);
    if (free !== null || signal.aborted) return;
    tell(true);
    await locks?.request(NAME, { signal }, () => {
      tell(false);
      return held;
    });
  };
  // Refused to sandboxed and detached documents; and rejected when the call is over before the other one.
  wait().catch(() => {});
  return () => over.abort();
}
