// The connection to the token endpoint, opened ahead of the click: on a phone its handshakes take longer than the exchange.
// Promise: nothing is sent over it, and nothing stays in the document. Must not know: tokens, who asks for it.

/** For so long a connection that was opened is taken to be there. Browsers keep an unused one for at least that. */
const KEPT_MS = 10_000;

/** Origin → when its connection was last asked for. A page has one or two. */
const asked = new Map<string, number>();

/**
 * Opens a connection to the server of a URL without cookies, the way the exchange will use it. A browser that leaves it
 * unused closes it by itself.
 * @param nowMs of a clock that never goes back.
 */
export function preconnect(url: string, nowMs = performance.now()): void {
  const { origin } = new URL(url);
  // To the page's own server there is one already.
  if (origin === location.origin || nowMs - (asked.get(origin) ?? -Infinity) < KEPT_MS) return;
  const link = document.createElement('link');
  link.rel = 'preconnect';
  link.crossOrigin = 'anonymous';
  link.href = origin;
  document.head.append(link);
  // It has begun: https://html.spec.whatwg.org/multipage/links.html#link-type-preconnect
  link.remove();
  asked.set(origin, nowMs);
}
