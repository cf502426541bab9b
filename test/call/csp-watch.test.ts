// Why a request failed: blocked by the page's policy, or offline. The tests dispatch violation events as browsers do: early,
// late, or with the origin only.
import { expect } from 'chai';
import { watchPage } from '../../src/call/csp-watch.js';

const ENDPOINT = 'https://example.signalwire.com/api/fabric/embeds/tokens';
const violate = (blockedURI: string, disposition: SecurityPolicyViolationEventDisposition = 'enforce') =>
  document.dispatchEvent(
    new SecurityPolicyViolationEvent('securitypolicyviolation', {
      blockedURI,
      disposition,
      documentURI: location.href,
      effectiveDirective: 'connect-src',
      violatedDirective: 'connect-src',
      originalPolicy: "connect-src 'none'",
      statusCode: 200,
      bubbles: true,
      composed: true,
    }),
  );

/** The verdict after these violations. */
async function verdictAfter(...violations: Parameters<typeof violate>[]) {
  const watch = watchPage(ENDPOINT);
  for (const violation of violations) violate(...violation);
  const verdict = await watch.verdict();
  watch.stop();
  return verdict;
}

describe('watching a request', () => {
  it('reports a blocked request, also when the browser names only the origin', async () => {
    for (const uri of [ENDPOINT, 'https://example.signalwire.com', 'https://example.signalwire.com/']) {
      expect(await verdictAfter([uri]), uri).to.equal('blocked');
    }
  });

  it('ignores other blocked requests and report-only violations', async () => {
    const other = ['https://example.signalwire.com/other', 'https://example.org', 'https', 'inline', ''];
    expect(await verdictAfter(...other.map((uri): [string] => [uri]), [ENDPOINT, 'report'])).to.equal(
      undefined,
    );
  });

  it('sees a violation event that comes after fetch has failed', async () => {
    const watch = watchPage(ENDPOINT);
    const verdict = watch.verdict();
    violate(ENDPOINT);
    expect(await verdict).to.equal('blocked');
    watch.stop();
  });

  it('ignores violations before it starts and after it is stopped', async () => {
    violate(ENDPOINT);
    const watch = watchPage(ENDPOINT);
    watch.stop();
    violate(ENDPOINT);
    expect(await watch.verdict()).to.equal(undefined);
  });

  it('reports that the browser is offline, unless the policy blocked the request', async () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    try {
      expect(await verdictAfter()).to.equal('offline');
      expect(await verdictAfter([ENDPOINT])).to.equal('blocked');
    } finally {
      delete (navigator as { onLine?: boolean }).onLine;
    }
    expect(await verdictAfter()).to.equal(undefined);
  });
});
