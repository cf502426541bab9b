// Finds out why a request failed, which `fetch` does not say: blocked by the page's Content-Security-Policy, or offline.
import type { RequestWatch } from '../token/exchange.js';
import { pause } from '../wait.js';

/** How long to wait for a violation event after `fetch` failed. Chromium sends it in the next task; no spec says when. */
const LATE_MS = 50;

/** Watches a request to an absolute URL. Start it before the request is sent. */
export function watchPage(endpoint: string, page: Window = window): RequestWatch {
  const { origin } = new URL(endpoint);
  let blocked = false;
  const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    // A report-only policy blocks nothing. Some browsers name only the origin.
    blocked ||= disposition !== 'report' && [endpoint, origin, `${origin}/`].includes(blockedURI);
  };
  page.addEventListener('securitypolicyviolation', onViolation);
  return {
    async verdict() {
      if (!blocked) await pause(LATE_MS, {});
      if (blocked) return 'blocked';
      return page.navigator.onLine ? undefined : 'offline';
    },
    stop: () => page.removeEventListener('securitypolicyviolation', onViolation),
  };
}
