// Tells the causes of a failed token exchange apart: CSP, network, rate limit.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from './stage.js';

describe('a failed token exchange', { timeout: 300_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const click = (test: TestPage) => test.page.getByRole('button', { name: 'Call support' }).click();

  /** Writes down what the page's policy stopped. */
  const WATCH = `window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.disposition);
    });`;
  const violations = (test: TestPage) => test.page.evaluate(() => window.violations);

  /** A page that allows nothing but what this element needs. */
  const policy = (connect: string) =>
    `default-src 'none'; script-src ${stage.origin}; img-src data:; media-src blob: mediastream:; connect-src ${connect}`;
  const gateway = () => stage.origin.replace('http', 'ws');

  it("token-blocked: the page's CSP does not list the endpoint", async () => {
    const headers = { 'content-security-policy': policy(gateway()) };
    const test = await stage.page({ body: stage.tag(), headers, before: WATCH });
    const exchanges = stage.platform.exchanges;
    const clicked = Date.now();
    await click(test);
    const { detail } = await test.event('sw-error');
    assert.equal(detail.code, 'token-blocked');
    assert.equal(detail.retryable, false);
    assert.match(String(detail.remediation), /connect-src/);
    assert.equal(stage.platform.exchanges, exchanges);
    assert.equal((await violations(test)).length, 1, 'tried once');
    assert.ok(Date.now() - clicked < 10_000);
    await test.close();
  });

  it('debug: the log has the code and the remediation, and no token', async () => {
    const headers = { 'content-security-policy': policy(gateway()) };
    const test = await stage.page({ body: stage.tag({ token: 'c2c_demo', debug: true }), headers });
    const printed: string[] = [];
    test.page.on('console', (message) => printed.push(message.text()));
    const logged = test.page.waitForEvent('console', (message) => message.text().includes('token-blocked'));
    await click(test);
    await logged;
    const log = printed.filter((line) => line.startsWith('[sw-click-to-call]')).join('\n');
    assert.match(log, /"code":"token-blocked".*connect-src/);
    assert.doesNotMatch(log, /c2c_demo/);
    await test.close();
  });

  it('token-blocked: also with default-src only', async () => {
    const headers = { 'content-security-policy': `default-src 'none'; script-src ${stage.origin}` };
    const test = await stage.page({ body: stage.tag(), headers });
    await click(test);
    assert.equal((await test.event('sw-error')).detail.code, 'token-blocked');
    await test.close();
  });

  it('calls without a violation when the CSP lists the endpoint and the gateway', async () => {
    const headers = { 'content-security-policy': policy(`${stage.origin} ${gateway()}`) };
    const test = await stage.page({ body: stage.tag(), headers, before: WATCH });
    await click(test);
    await test.state('active');
    await test.untilHeard();
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    assert.deepEqual(await violations(test), []);
    await test.close();
  });

  it('ignores report-only violations and violations of other requests', async () => {
    const body = stage.tag({ token: 'c2c_drop' });
    const headers = {
      'content-security-policy': `connect-src ${stage.origin}/cdn/ ${stage.origin}/api/`,
      'content-security-policy-report-only': `connect-src 'none'`,
    };
    const test = await stage.page({ body, headers, before: WATCH });
    await click(test);
    await test.page.evaluate(() => fetch('/elsewhere').catch(() => {}));
    assert.equal((await test.event('sw-error')).detail.code, 'token-network');
    const seen = (await violations(test)).join('\n');
    assert.match(seen, /\/elsewhere enforce/);
    assert.match(seen, /\/api\/fabric\/embeds\/tokens report/);
    await test.close();
  });

  it('token-network: tries three times, and says whether the browser is offline', async () => {
    for (const offline of [true, false]) {
      const test = await stage.page({ body: stage.tag() });
      let tries = 0;
      await test.page.route('**/api/fabric/embeds/tokens', async (route) => {
        tries += 1;
        // The network goes away after the click: before, it is preflight-offline.
        if (offline) await test.context.setOffline(true);
        await route.abort();
      });
      await click(test);
      const { detail } = await test.event('sw-error');
      assert.equal(detail.code, 'token-network');
      assert.equal(/offline/.test(String(detail.message)), offline);
      assert.equal(tries, 3);
      await test.close();
    }
  });

  it('retries silently when the first tries fail', async () => {
    const test = await stage.page({ body: stage.tag() });
    let tries = 0;
    await test.page.route('**/api/fabric/embeds/tokens', async (route) => {
      tries += 1;
      if (tries === 1) return route.abort();
      if (tries === 2) return route.fulfill({ status: 503, headers: { 'retry-after': '1' } });
      return route.continue();
    });
    await click(test);
    await test.state('active');
    assert.equal(tries, 3);
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started']);
    await test.close();
  });

  it('token-rate-limited: fails at once when Retry-After is beyond the time budget', async () => {
    const test = await stage.page({ body: stage.tag({ token: 'c2c_429' }) });
    const told = await test.page.evaluateHandle(() => {
      const at = new Promise<number>((resolve) =>
        document.addEventListener('sw-error', ({ timeStamp }) => resolve(timeStamp), { once: true }),
      );
      return { at };
    });
    await click(test);
    const { detail } = await test.event('sw-error');
    assert.equal(detail.code, 'token-rate-limited');
    // From the answer on: how long a busy machine takes to get there is not the question.
    const waitedMs = await told.evaluate(async ({ at }) => {
      const answers = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/tokens'));
      return (await at) - (answers.at(-1) as PerformanceResourceTiming).responseEnd;
    });
    assert.ok(waitedMs < 5_000, `${waitedMs} ms`);
    assert.equal(detail.retryAfterMs, 7_000);
    assert.equal(stage.platform.exchangesOf('c2c_429'), 1);
    await test.close();
  });
});
