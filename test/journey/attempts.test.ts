// Clicks, hang-ups, moves and removals at every stage of a call.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page, Route } from 'playwright';
import { chosenEngine } from '../browser/engine.mjs';
import { Stage, type TestPage } from './stage.js';

describe('a call attempt', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const button = (test: TestPage) => test.page.getByRole('button', { name: 'Call support' });
  const hangup = (test: TestPage) =>
    test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
  const nothingHeld = async (test: TestPage) => {
    assert.deepEqual(await test.held(), { tracks: 0, peers: 0 });
    await stage.untilNobodyConnected();
  };

  it('places one call for five clicks', async () => {
    const test = await stage.page({ body: stage.tag() });
    const calls = stage.platform.calls.length;
    await button(test).evaluate((element: HTMLElement) => {
      for (let click = 0; click < 5; click++) element.click();
    });
    await test.state('active');
    await button(test).click();
    await hangup(test);
    assert.equal(stage.platform.calls.length - calls, 1);
    assert.equal((await test.outcome()).filter((type) => type === 'sw-dial').length, 1);
    await test.close();
  });

  for (const state of ['preparing', 'connecting', 'ringing', 'active']) {
    it(`can be hung up while ${state}, and releases everything`, async () => {
      const test = await stage.page({ body: stage.tag({ destination: '/public/support' }) });
      await test.page.evaluate((wanted) => {
        document.addEventListener('sw-call-state', (event) => {
          const element = event.target as HTMLElement & { state: string; hangup(): Promise<void> };
          if (element.state === wanted)
            void element.hangup().then(() => document.body.classList.add('released'));
        });
      }, state);
      await button(test).click();
      await test.page.locator('body.released').waitFor();
      const outcome = await test.outcome();
      assert.deepEqual(
        outcome.filter((type) => type !== 'sw-call-started'),
        ['sw-dial', 'sw-call-hangup', 'sw-call-ended'],
      );
      const ended = await test.event('sw-call-ended');
      assert.equal(ended.detail.reason, 'hangup');
      assert.equal(ended.state, 'ended');
      await nothingHeld(test);
      // And the next one gets through.
      await test.page.evaluate(() => {
        document.body.className = '';
        window.addEventListener('sw-call-state', (event) => event.stopImmediatePropagation(), true);
      });
      await button(test).click();
      await test.state('active');
      await test.close();
    });
  }

  it('stops a microphone that is granted after the hang-up', async () => {
    const test = await stage.page({
      body: stage.tag(),
      before: `const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        const allowed = new Promise((resolve) => { window.allow = resolve; });
        window.asked = new Promise((resolve) => {
          navigator.mediaDevices.getUserMedia = async (constraints) => {
            resolve();
            await allowed;
            return native(constraints);
          };
        });`,
    });
    await button(test).click();
    // Hung up any earlier, the visitor is not asked at all.
    await test.page.evaluate(() => window.asked);
    await hangup(test);
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-hangup', 'sw-call-ended']);
    await test.page.evaluate(() => window.allow());
    await test.page.waitForFunction(() => {
      const { tracks } = window;
      return tracks.length === 1 && tracks[0]!.readyState === 'ended';
    });
    await test.close();
  });

  /** Refuses the microphone once. */
  const REFUSED_ONCE = `
    const devices = navigator.mediaDevices;
    const native = devices.getUserMedia.bind(devices);
    let asked = 0;
    devices.getUserMedia = async (constraints) => {
      if (asked++) return native(constraints);
      throw new DOMException('no', 'NotAllowedError');
    };`;
  const SLOW: [what: string, slowDown: (page: Page) => Promise<() => Promise<void>>][] = [
    [
      'the SDK is still loading',
      async (page) => {
        const held: Route[] = [];
        await page.route('**/chunks/gateway-*', (route) => void held.push(route));
        return async () => {
          for (const route of held) await route.continue();
        };
      },
    ],
    [
      'the gateway has not answered yet',
      async (page) => {
        let open!: () => void;
        const opened = new Promise<void>((resolve) => (open = resolve));
        await page.routeWebSocket(/./, async (socket) => {
          await opened;
          const server = socket.connectToServer();
          socket.onMessage((message) => server.send(message));
          server.onMessage((message) => socket.send(message));
        });
        return async () => open();
      },
    ],
  ];
  for (const [what, slowDown] of SLOW) {
    it(`succeeds on retry after the microphone was refused while ${what}`, async () => {
      const test = await stage.page({ body: stage.tag(), before: REFUSED_ONCE });
      const goOn = await slowDown(test.page);
      await button(test).click();
      assert.equal((await test.event('sw-error')).detail.code, 'media-denied');
      const again = test.page.getByRole('button', { name: 'Try again' });
      await again.click();
      await again.waitFor({ state: 'detached' });
      await goOn();
      await test.state('active');
      await test.untilHeard();
      await hangup(test);
      await test.untilNothingHeld();
      await test.close();
    });
  }

  it('survives being moved in the document', async () => {
    const test = await stage.page({ body: `${stage.tag()}<section id="elsewhere"></section>` });
    await test.page.evaluate(() => {
      const element = document.querySelector('sw-click-to-call')!;
      const elsewhere = document.querySelector('#elsewhere')!;
      // In the page, because these states pass while a test still looks.
      element.addEventListener('sw-call-state', ({ detail: { state } }) => {
        if (state === 'preparing' || state === 'active') setTimeout(() => elsewhere.append(element));
      });
    });
    await button(test).click();
    await test.state('active');
    await test.untilHeard();
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await test.event('sw-call-ended')).detail.status, 'disconnected');
    await test.close();
  });

  it('ends silently when the element is removed while preparing', async () => {
    const test = await stage.page({ body: stage.tag() });
    const state = await test.page.evaluate(async () => {
      const element = document.querySelector('sw-click-to-call')!;
      const dialling = element.dial();
      element.remove();
      await dialling;
      await element.hangup();
      return element.state;
    });
    assert.equal(state, 'idle');
    assert.deepEqual(await test.outcome(), ['sw-dial']);
    await nothingHeld(test);
    await test.close();
  });

  it('hangs up when the element is removed during a call', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag() });
    await button(test).click();
    await test.state('active');
    const ended = await test.page.evaluate(async () => {
      const element = document.querySelector('sw-click-to-call')!;
      const end = new Promise<CustomEvent>((resolve) => {
        element.addEventListener('sw-call-ended', (event) => resolve(event), { once: true });
      });
      element.remove();
      return (await end).detail as unknown;
    });
    assert.equal((ended as { status: string }).status, 'destroyed');
    await (await incoming).until(({ endedBy }) => endedBy === 'caller');
    await test.page.evaluate(() => Promise.resolve());
    await test.close();
  });

  it('hangs up when the page is left', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag() });
    await button(test).click();
    await test.state('active');
    await test.page.goto('about:blank');
    // Firefox closes a page's sockets before it tells the page, so that only the closing itself is seen.
    const endedBy = chosenEngine() === 'firefox' ? 'gateway' : 'caller';
    await (await incoming).until((call) => call.endedBy === endedBy, 20_000);
    await test.close();
  });

  it("starts from the page's own button, even when that is added later", async () => {
    const test = await stage.page({ body: stage.tag({ for: 'own' }) });
    assert.equal(await button(test).count(), 0);
    await test.page.evaluate(() => {
      const own = document.createElement('button');
      own.id = 'own';
      own.textContent = 'Talk to us';
      document.body.append(own);
    });
    await test.page.getByRole('button', { name: 'Talk to us' }).click();
    await test.state('active');
    await test.close();
  });

  it("hands the guest token to the page's own call UI, and loads no SDK and no microphone for it", async () => {
    const test = await stage.page({ body: stage.tag() });
    const requests: string[] = [];
    test.page.on('request', (request) => requests.push(request.url()));
    const handed = await test.page.evaluate(async () => {
      const element = document.querySelector('sw-click-to-call')!;
      let token = '';
      element.callUi = async (call) => {
        token = await call.guestToken();
        call.report({ state: 'active' });
        return { hangup() {}, mute() {}, sendDigits() {}, ended: new Promise(() => {}) };
      };
      await element.dial();
      return { header: JSON.parse(atob(token.split('.')[0]!.replaceAll('-', '+'))), state: element.state };
    });
    assert.equal(handed.header.typ, 'SAT');
    assert.equal(handed.state, 'active');
    assert.ok(!requests.some((url) => url.includes('gateway-')), 'the SDK was not fetched');
    assert.equal(await test.page.evaluate(() => window.prompts), 0);
    await test.close();
  });
});
