// Every error code, end to end: one sw-error, a message, the fallback link. Each test ends with a second click, which
// succeeds or fails in the same way.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page, Route } from 'playwright';
import { TOKEN_SCENARIOS } from '../../demo/platform/scenarios/token-scenarios.js';
import { ERRORS, type ErrorCode } from '../../src/errors.js';
import { chosenEngine } from '../browser/engine.mjs';
import { Stage, type PageOptions, type TestPage } from './stage.js';

/** What each token of the platform leads to; undefined where the call works. */
const CODE_OF_TOKEN: Readonly<Record<string, ErrorCode | undefined>> = {
  c2c_demo: undefined,
  c2c_jwt: undefined,
  c2c_short: undefined,
  c2c_expires_in: undefined,
  c2c_created_200: undefined,
  c2c_slow: undefined,
  c2c_refused_once: undefined,
  c2c_400: 'token-invalid-request',
  c2c_401: 'token-unauthorized',
  c2c_403: 'token-forbidden',
  c2c_404: 'token-not-found',
  c2c_422: 'token-invalid-request',
  c2c_429: 'token-rate-limited',
  c2c_500: 'token-server-error',
  c2c_hang: 'token-timeout',
  c2c_drop: 'token-network',
  c2c_garbage: 'token-bad-response',
  c2c_wrong_shape: 'token-bad-response',
  c2c_refused: 'connect-unauthorized',
  c2c_silent_gateway: 'connect-timeout',
  c2c_no_gateway: 'connect-failed',
};

/** Tokens that fail by a time limit of 10 s and more, and when that limit is running: the tests move the clock then. */
const WAITS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  c2c_hang: (page) => page.waitForRequest('**/embeds/tokens'),
  c2c_silent_gateway: (page) => page.waitForEvent('websocket'),
};

/** Invalid attributes, and their codes. */
const CODE_OF_MARKUP: readonly (readonly [Record<string, string>, ErrorCode])[] = [
  [{ token: '' }, 'config-token-missing'],
  [{ token: 'hello' }, 'config-token-invalid'],
  [{ token: 'PT0123456789abcdef0123456789abcdef0123456789abcdef' }, 'config-token-secret'],
  [{ destination: '' }, 'config-destination-missing'],
  [{ host: 'http://example.com' }, 'config-endpoint-invalid'],
  [{ 'proxy-url': 'http://example.com/token' }, 'config-endpoint-invalid'],
  [{ 'user-variables': '{"plan":' }, 'config-variables-invalid'],
];

const CODE_OF_DESTINATION: readonly (readonly [string, ErrorCode, string])[] = [
  ['/public/busy', 'call-busy', 'busy'],
  ['/public/rejected', 'call-rejected', 'rejected'],
  ['/public/no-answer', 'call-no-answer', 'no-answer'],
  ['/public/nobody-here', 'call-not-found', 'failed'],
  ['/public/unknown-404', 'call-not-found', 'failed'],
  ['/public/unknown-error', 'call-not-found', 'failed'],
  ['/public/no-media', 'call-failed', 'failed'],
];

describe('a call that fails', { timeout: 850_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const click = (test: TestPage) => test.page.getByRole('button', { name: 'Call support' }).click();

  /** Codes that a test has reproduced. */
  const reproduced = new Set<string>();

  /** Clicks and checks all that every failure promises. */
  async function failsWith(
    code: ErrorCode,
    options: Partial<PageOptions> = {},
    more?: (test: TestPage) => unknown,
    timeout = 30_000,
  ) {
    const test = await stage.page({ body: stage.tag(), ...options });
    await more?.(test);
    await click(test);
    const error = await test.event('sw-error', timeout);
    assert.equal(error.detail.code, code);
    reproduced.add(code);
    assert.equal(error.detail.phase, code.split('-')[0]);
    assert.ok(error.detail.message && error.detail.remediation);
    assert.equal(typeof error.detail.retryable, 'boolean');
    assert.equal(error.state, 'failed');
    const status = test.page.locator('sw-click-to-call').getByRole('status');
    await status.filter({ hasText: /\w+ .*\./ }).waitFor({ state: 'attached' });
    await test.page.getByRole('link', { name: '+1 555 0100' }).waitFor();
    assert.equal((await test.outcome()).filter((type) => type === 'sw-error').length, 1);
    await test.page.waitForFunction(() => !window.tracks.some(({ readyState }) => readyState === 'live'));
    return { test, error };
  }

  /** Moves the page's clock forward until the call fails, from the moment that `from` has settled. */
  async function hurry(test: TestPage, from: Promise<unknown> | undefined) {
    await from;
    while (!(await test.outcome()).includes('sw-error')) await test.page.clock.fastForward(10_000);
  }

  /** Repairs what made the call fail, and calls with the same button. */
  async function worksAgain(test: TestPage, repair: (element: Element) => void) {
    await test.page.locator('sw-click-to-call').evaluate(repair);
    await click(test);
    await test.state('active');
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    await test.close();
  }

  /** What cannot be mended in this document is said a second time as well. */
  async function failsAgain(test: TestPage) {
    await click(test);
    await test.page.waitForFunction(() => {
      const { seen } = window;
      return seen.filter(({ type }) => type === 'sw-error').length === 2;
    });
    await test.close();
  }

  it('has a code for every token scenario of the platform', () => {
    assert.deepEqual(Object.keys(CODE_OF_TOKEN).sort(), TOKEN_SCENARIOS.map(({ token }) => token).sort());
  });

  for (const { token, response } of TOKEN_SCENARIOS) {
    const code = CODE_OF_TOKEN[token];
    if (!code) continue;
    it(`${code}: ${token}`, async () => {
      let hurrying: Promise<void> | undefined;
      const { test, error } = await failsWith(code, { body: stage.tag({ token }) }, async (test) => {
        const waited = WAITS[token]?.(test.page);
        if (!waited) return;
        await test.page.clock.install();
        hurrying = hurry(test, waited);
      });
      await hurrying;
      if (response.kind === 'error') assert.equal(error.detail.status, response.status);
      if (token === 'c2c_422')
        assert.equal((error.detail.errors as { attribute: string }[])[0]?.attribute, 'token');
      if (token === 'c2c_refused') assert.equal(stage.platform.exchangesOf(token), 2);
      if (token === 'c2c_429') assert.equal(error.detail.retryAfterMs, 7000);
      assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-error']);
      assert.doesNotMatch(JSON.stringify(await test.events()), new RegExp(`${token}|eyJ`));
      await worksAgain(test, (element) => element.setAttribute('token', 'c2c_demo'));
    });
  }

  it('exchanges once more when the gateway refuses the guest token', async () => {
    const test = await stage.page({ body: stage.tag({ token: 'c2c_refused_once' }) });
    await click(test);
    await test.state('active');
    assert.equal(stage.platform.exchangesOf('c2c_refused_once'), 2);
    await test.close();
  });

  it('token-network: an endpoint that is not there', async () => {
    const { test } = await failsWith('token-network', { body: stage.tag({ host: 'http://localhost:9' }) });
    await worksAgain(test, (element) => element.setAttribute('host', location.origin));
  });

  for (const [attributes, code] of CODE_OF_MARKUP) {
    it(`${code}: ${JSON.stringify(attributes)}, and nothing is sent`, async () => {
      const exchanges = stage.platform.exchanges;
      const { test } = await failsWith(code, { body: stage.tag(attributes) });
      assert.equal(stage.platform.exchanges, exchanges);
      assert.equal(await test.page.evaluate(() => window.prompts), 0);
      const [value] = Object.values(attributes);
      if (code === 'config-token-secret') assert.ok(!JSON.stringify(await test.events()).includes(value!));
      await worksAgain(test, (element) => {
        element.setAttribute('token', 'c2c_demo');
        element.setAttribute('destination', '/public/echo');
        element.setAttribute('host', location.origin);
        for (const name of ['proxy-url', 'user-variables']) element.removeAttribute(name);
      });
    });
  }

  for (const [destination, code, reason] of CODE_OF_DESTINATION) {
    it(`${code}: ${destination}`, async () => {
      const { test } = await failsWith(code, { body: stage.tag({ destination }) });
      const ended = await test.event('sw-call-ended');
      assert.deepEqual(ended.detail, { status: 'failed', reason, durationMs: 0 });
      assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-error', 'sw-call-ended']);
      await worksAgain(test, (element) => element.setAttribute('destination', '/public/echo'));
    });
  }

  it('call-dropped: the line is lost after the answer', async () => {
    const { test } = await failsWith(
      'call-dropped',
      { body: stage.tag({ destination: '/public/drops' }) },
      undefined,
      60_000,
    );
    const ended = await test.event('sw-call-ended');
    assert.equal(ended.detail.reason, 'dropped');
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started', 'sw-error', 'sw-call-ended']);
    await worksAgain(test, (element) => element.setAttribute('destination', '/public/echo'));
  });

  it('media-denied: the visitor refuses the microphone', async () => {
    const { test } = await failsWith('media-denied', { permissions: [] });
    // A Firefox has one answer for good; the visitor's second thought is for Chromium.
    if (chosenEngine() === 'firefox') return test.close();
    await test.context.grantPermissions(['microphone']);
    await worksAgain(test, () => {});
  });

  for (const [name, code] of [
    ['NotFoundError', 'media-not-found'],
    ['NotReadableError', 'media-in-use'],
    ['TypeError', 'media-failed'],
  ] as const) {
    it(`${code}: the browser says ${name}, until it does not`, async () => {
      const { test } = await failsWith(code, {
        before: `const { getUserMedia } = navigator.mediaDevices;
          navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '${name}'); };
          window.plugIn = () => { navigator.mediaDevices.getUserMedia = getUserMedia; };`,
      });
      await worksAgain(test, () => window.plugIn());
    });
  }

  it('token-blocked: the page does not allow the endpoint', async () => {
    const headers = { 'content-security-policy': "connect-src 'self' ws:" };
    const body = stage.tag({ host: stage.origin.replace('localhost', '127.0.0.1') });
    const { test } = await failsWith('token-blocked', { body, headers });
    await worksAgain(test, (element) => element.setAttribute('host', location.origin));
  });

  it("token-provider: the page's own provider fails", async () => {
    const { test } = await failsWith('token-provider', {}, (test) =>
      test.page.evaluate(() => {
        document.querySelector('sw-click-to-call')!.tokenProvider = () => Promise.reject(new Error('no'));
      }),
    );
    await worksAgain(test, (element) => Object.assign(element, { tokenProvider: null }));
  });

  it('preflight-insecure-context: the browser does not trust the page', async () => {
    const { test } = await failsWith('preflight-insecure-context', {
      before: `Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });`,
    });
    await worksAgain(test, () => Object.defineProperty(window, 'isSecureContext', { value: true }));
  });

  it('internal: the page has broken a browser API', async () => {
    const { test } = await failsWith('internal', {
      before: `const { getVideoTracks } = MediaStream.prototype;
        MediaStream.prototype.getVideoTracks = () => { throw new Error('broken by the page'); };
        window.mend = () => { MediaStream.prototype.getVideoTracks = getVideoTracks; };`,
    });
    await worksAgain(test, () => window.mend());
  });

  it('preflight-offline: there is no network', async () => {
    // Not at a loopback endpoint, which needs none.
    const body = stage.tag({ host: 'embeds.signalwire.com' });
    const { test } = await failsWith('preflight-offline', { body }, async (test) => {
      await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.preloadCode());
      await test.context.setOffline(true);
    });
    await test.context.setOffline(false);
    await worksAgain(test, (element) => element.setAttribute('host', location.origin));
  });

  it('preflight-offline: there is no network, and there was none for the code', async () => {
    const { test } = await failsWith('preflight-offline', {}, (test) => test.context.setOffline(true));
    await test.context.setOffline(false);
    // Firefox remembers for as long as the page lives that a module did not arrive.
    if (chosenEngine() === 'firefox') return test.close();
    await worksAgain(test, () => {});
  });

  it('connect-failed: the policy of the page names the token endpoint only', async () => {
    const headers = { 'content-security-policy': `connect-src ${stage.origin}` };
    const { test, error } = await failsWith('connect-failed', { headers });
    assert.match(String(error.detail.remediation), /connect-src/);
    await failsAgain(test);
  });

  it('preflight-policy: the microphone is switched off for the document', async (context) => {
    if (chosenEngine() === 'firefox') return context.skip('Firefox knows no such header');
    const headers = { 'permissions-policy': 'microphone=()' };
    const { test } = await failsWith('preflight-policy', { headers });
    assert.equal(await test.page.evaluate(() => window.prompts), 0);
    await failsAgain(test);
  });

  it('preflight-unsupported: the browser has no WebRTC', async () => {
    const { test } = await failsWith('preflight-unsupported', {
      before: 'delete window.RTCPeerConnection;',
    });
    await failsAgain(test);
  });

  it('preflight-in-call: another element of the page is calling', async () => {
    const test = await stage.page({ body: stage.tag({}, 'First') + stage.tag({}, 'Second') });
    await test.page.getByRole('button', { name: 'First' }).click();
    await test.state('active');
    await test.page.getByRole('button', { name: 'Second' }).click();
    const error = await test.event('sw-error');
    assert.equal(error.detail.code, 'preflight-in-call');
    reproduced.add('preflight-in-call');
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    await test.page.getByRole('button', { name: 'Second' }).click();
    await test.page.locator('sw-click-to-call[data-state="active"]').waitFor();
    await test.close();
  });

  it('ui-load-failed: the code does not arrive', async () => {
    let blocked = true;
    const { test } = await failsWith('ui-load-failed', {}, (test) =>
      test.page.route('**/chunks/**', (route) => (blocked ? route.abort() : route.continue())),
    );
    blocked = false;
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-error']);
    // Firefox remembers for as long as the page lives that a module did not arrive.
    if (chosenEngine() === 'firefox') return test.close();
    await worksAgain(test, () => {});
  });

  for (const file of ['place', 'built-in', 'gateway']) {
    it(`ui-load-failed: ${file} hangs, and arrives before the second click`, async () => {
      const held: Route[] = [];
      let hurrying: Promise<void> | undefined;
      const { test } = await failsWith('ui-load-failed', {}, async (test) => {
        await test.page.route(`**/chunks/${file}-*`, (route) => void held.push(route));
        await test.page.clock.install();
        // Waits for the exchange first, which has a limit of its own. Without the chunk `place` there is none.
        hurrying = hurry(test, file === 'place' ? undefined : test.page.waitForResponse('**/embeds/tokens'));
      });
      await hurrying;
      for (const route of held) await route.continue();
      await worksAgain(test, () => {});
    });
  }

  it('shows no message of its own when the page prevents sw-error', async () => {
    const test = await stage.page({ body: stage.tag({ token: 'c2c_401' }) });
    await test.page.evaluate(() => document.addEventListener('sw-error', (event) => event.preventDefault()));
    await click(test);
    await test.event('sw-error');
    assert.equal(await test.page.locator('sw-click-to-call').getByRole('status').textContent(), '');
    await test.close();
  });

  // Last: it looks back at the others.
  it('reproduces every code of the table', (context) => {
    if (chosenEngine() === 'firefox')
      return context.skip('Firefox cannot be forbidden the microphone by a header');
    assert.deepEqual([...reproduced].sort(), Object.keys(ERRORS).sort());
  });
});
