// What the page knows about a request that fetch only calls failed: stopped by the page's own policy, or offline.
// Promise: hears of this endpoint only, and of nothing once it is stopped. Must not know tokens.
import type { RequestWatch } from '../token/exchange.js';

/** How long after fetch a violation may be told. Chromium does so in the very next task; nobody promises it. */
const LATE_MS = 50;

/** Watches a request to an absolute URL, from before it is sent. */
export function watchPage(endpoint: string, page: Window = window): RequestWatch {
  const { origin } = new URL(endpoint);
  let blocked = false;
  const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    // A policy that only reports stops nothing. Some browsers name no more than the origin.
    blocked ||= disposition !== 'report' && [endpoint, origin, `${origin}/`].includes(blockedURI);
  };
  page.addEventListener('securitypolicyviolation', onViolation);
  return {
    async verdict() {
      if (!blocked) await new Promise((resolve) => page.setTimeout(resolve, LATE_MS));
      if (blocked) return 'blocked';
      return page.navigator.onLine ? undefined : 'offline';
    },
    stop: () => page.removeEventListener('securitypolicyviolation', onViolation),
  };
}
