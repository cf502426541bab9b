// Opens the connection to the token endpoint before the click: on a phone its handshakes take longer than the exchange.
// Sends no request, and leaves nothing in the document.

/** How long an open connection is assumed to exist. Browsers keep an unused one for at least this long. */
const KEPT_MS = 10_000;

/** Origin → when its connection was last opened. A page has one or two. */
const openedAtMs = new Map<string, number>();

/**
 * Opens a connection to the server of a URL, without cookies, as the exchange needs it. The browser closes it when it
 * stays unused.
 * @param nowMs time of a monotonic clock.
 */
export function preconnect(url: string, nowMs = performance.now()): void {
  const { origin } = new URL(url);
  // The page has a connection to its own server already.
  if (origin === location.origin || nowMs - (openedAtMs.get(origin) ?? -Infinity) < KEPT_MS) return;
  const link = document.createElement('link');
  link.rel = 'preconnect';
  link.crossOrigin = 'anonymous';
  link.href = origin;
  document.head.append(link);
  // Appending has started the connection: https://html.spec.whatwg.org/multipage/links.html#link-type-preconnect
  link.remove();
  openedAtMs.set(origin, nowMs);
}
