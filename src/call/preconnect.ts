// The connection to the token endpoint, opened ahead of the click: on a phone its handshakes take longer than the exchange.
// Promise: nothing is sent over it, and nothing stays in the document. Must not know: tokens, who asks for it.

/**
 * Opens a connection to the server of a URL without cookies, the way the exchange will use it. A browser that leaves it
 * unused closes it by itself.
 * @param page the document to do it in, or a test's.
 */
export function preconnect(url: string, page: Document = document): void {
  const { origin } = new URL(url);
  // To the page's own server there is one already.
  if (origin === page.location.origin) return;
  const link = page.createElement('link');
  link.rel = 'preconnect';
  link.crossOrigin = 'anonymous';
  link.href = origin;
  page.head.append(link);
  // It has begun: https://html.spec.whatwg.org/multipage/links.html#link-type-preconnect
  link.remove();
}
