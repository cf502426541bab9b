// Whether another tab of the site is in a call, by a Web Lock, which the browser releases when a tab dies.
// Source: https://w3c.github.io/web-locks/. A browser without locks reports no other tab.

const NAME = 'sw-click-to-call';

/**
 * Holds the site's lock during a call. A call in another tab is reported, and does not prevent this one.
 * @param tell called with true when another tab holds the lock, and with false when that tab releases it.
 * @returns releases the lock, or stops waiting for it.
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
