// What happens to a call when its page is hidden, frozen, left, reloaded, closed or crashes.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { chosenEngine } from '../browser/engine.mjs';
import { CallInProgress, click } from './call-in-progress.js';
import { Stage } from './stage.js';

// What Firefox does when a visitor leaves is told in docs/browsers.md.
const skip =
  chosenEngine() === 'chromium' ? false : 'freezing, the back/forward cache and crashes are acted out by CDP';

describe('the page of a call', { timeout: 850_000, skip }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ resumeMs: 2_000 });
  });
  afterEach(() => stage.closePages());
  after(() => stage.close());

  const callUp = (attributes?: Record<string, string>) => CallInProgress.open(stage, attributes);

  it('is hidden and shown again: the call goes on', async () => {
    const up = await callUp();
    const visibility = (hidden: boolean) =>
      up.test.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        Object.defineProperty(document, 'visibilityState', {
          value: hidden ? 'hidden' : 'visible',
          configurable: true,
        });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await visibility(true);
    await up.hearsOn();
    await visibility(false);
    await up.survives(['active']);
  });

  it('is frozen and resumed: the call goes on', async () => {
    const up = await callUp();
    const session = await up.test.context.newCDPSession(up.test.page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const there = up.call.received.audioPackets;
    // The far end cannot tell: the browser goes on to send.
    await up.call.until(({ received }) => received.audioPackets > there + 50);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await up.survives(['active']);
  });

  it('hangs up on entering the back/forward cache, and can call again afterwards', async () => {
    const up = await callUp();
    const hide = (persisted: boolean) =>
      up.test.page.evaluate((persisted) => {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
      }, persisted);
    await hide(true);
    const ended = await up.test.event('sw-call-ended');
    assert.equal(ended.detail.reason, 'hangup');
    await up.call.until(({ endedBy }) => endedBy === 'caller');
    await up.test.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await up.callsAgain();
  });

  it('can call after it was restored from the back/forward cache', async () => {
    const test = await stage.page({ body: stage.tag() });
    await test.page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => persisted && document.body.classList.add('restored'));
    });
    await test.page.goto('about:blank');
    const incoming = stage.platform.nextCall();
    await test.page.goBack({ waitUntil: 'commit' });
    await test.page.locator('body.restored').waitFor();
    await click(test);
    await test.state('active');
    await new CallInProgress(stage, test, await incoming).survives(['active']);
  });

  it('places no call after it was left during the microphone prompt', async () => {
    const test = await stage.page({
      body: stage.tag(),
      before: `
        addEventListener('pageshow', ({ persisted }) => persisted && document.body.classList.add('restored'));
        const devices = navigator.mediaDevices;
        const native = devices.getUserMedia.bind(devices);
        const allowed = new Promise((resolve) => (window.allow = resolve));
        devices.getUserMedia = async (constraints) => (await allowed, native(constraints));`,
    });
    await click(test);
    await test.state('preparing');
    await test.page.goto('about:blank');
    await test.page.goBack({ waitUntil: 'commit' });
    await test.page.locator('body.restored').waitFor();
    await test.state('ended');
    const { length } = stage.platform.calls;
    await test.page.evaluate(() => window.allow());
    await test.untilNothingHeld();
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-hangup', 'sw-call-ended']);
    assert.equal(stage.platform.calls.length, length);
    await test.close();
  });

  it('can call again after it was left during a call', async () => {
    const up = await callUp();
    await up.test.page.goto('about:blank');
    await up.call.until(({ endedBy }) => endedBy === 'caller');
    await up.test.page.goBack();
    await up.callsAgain();
  });

  it('hangs up when it is reloaded, and is idle afterwards', async () => {
    const up = await callUp();
    await up.test.page.reload();
    await up.call.until(({ endedBy }) => endedBy === 'caller');
    await up.test.state('idle');
    assert.equal(await up.test.page.evaluate(() => sessionStorage.length), 0);
    await up.callsAgain();
  });

  it('hangs up when it is closed', async () => {
    const up = await callUp();
    await up.test.page.close();
    await up.call.until(({ endedBy }) => endedBy === 'caller');
  });

  it('hangs up when it is closed while ringing', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag({ destination: '/public/silent' }) });
    await click(test);
    await test.state('ringing');
    const call = await incoming;
    await test.page.close();
    await call.until(({ endedBy }) => endedBy === 'caller');
  });

  it('crashes: the gateway ends the call', async () => {
    const up = await callUp();
    const session = await up.test.context.newCDPSession(up.test.page);
    void session.send('Page.crash').catch(() => {});
    await up.call.until(({ endedBy }) => endedBy === 'gateway');
  });
});
