// A call on a phone: every step by finger, on the narrowest screens that are still sold.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chosenEngine } from '../browser/engine.mjs';
import { Stage, type TestPage } from './stage.js';

const SCREENS = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
];
/** CSS pixels; a fingertip. */
const FINGER = 44;

const skip = chosenEngine() === 'chromium' ? false : 'only Chromium can be made to think that it is a phone';

for (const viewport of SCREENS) {
  describe(`a call by touch, ${viewport.width} x ${viewport.height}`, { skip, timeout: 600_000 }, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.open();
    });
    after(() => stage.close());

    const button = (test: TestPage, name: string) => test.page.getByRole('button', { name, exact: true });
    const tap = (test: TestPage, name: string) => button(test, name).tap();

    async function phone(attributes: Record<string, string | true> = {}) {
      const context = { viewport, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
      const incoming = stage.platform.nextCall();
      const body = `${stage.tag(attributes)}<p style="height: 200vh">The page</p>`;
      const test = await stage.page({ body, context });
      assert.ok(await test.page.evaluate(() => matchMedia('(pointer: coarse)').matches));
      await tap(test, 'Call support');
      await test.state('active');
      return { test, far: await incoming };
    }

    /** What of the call's interface is off the screen or too small for a finger, and how far the page moves sideways. */
    function layout(test: TestPage) {
      return test.page.evaluate((finger) => {
        const root = document.querySelector('sw-click-to-call')!.shadowRoot!;
        const panel = root.querySelector('[part="dialog"]')!;
        const { left, top, right, bottom } = panel.getBoundingClientRect();
        const targets = [...panel.querySelectorAll('button, select, input, [role="button"]')].filter(
          (target) => target.getBoundingClientRect().width > 0,
        );
        const small = targets
          .filter((target) => {
            const { width, height } = target.getBoundingClientRect();
            return width < finger || height < finger;
          })
          .map((target) => {
            const { width, height } = target.getBoundingClientRect();
            return `${target.getAttribute('aria-label') ?? target.localName} ${width} x ${height}`;
          });
        return {
          count: targets.length,
          small,
          inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
          sideways:
            panel.scrollWidth > panel.clientWidth || document.documentElement.scrollWidth > innerWidth,
        };
      }, FINGER);
    }
    async function assertFits(test: TestPage, sheet: string) {
      const { count, small, inside, sideways } = await layout(test);
      assert.ok(count > 0, `${sheet}: there is something to touch`);
      assert.deepEqual(small, [], `${sheet}: too small for a finger`);
      assert.ok(inside, `${sheet}: all of it is on the screen`);
      assert.equal(sideways, false, `${sheet}: nothing moves sideways`);
    }

    it('can be made, muted and ended', async () => {
      const { test, far } = await phone();
      await test.untilHeard();
      await far.untilLoudness((loudness) => loudness > 1e-3);
      await tap(test, 'Mute microphone');
      await far.untilLoudness((loudness) => loudness < 1e-4);
      await tap(test, 'Hang up');
      assert.equal((await test.event('sw-call-ended')).detail.reason, 'hangup');
      await test.untilNothingHeld();
      await test.close();
    });

    it('types digits on the keypad', async () => {
      const { test, far } = await phone();
      await tap(test, 'Keypad');
      for (const digit of ['1', '5', '#']) await tap(test, `Key ${digit}`);
      await far.until(({ dtmf }) => dtmf === '15#');
      await test.close();
    });

    it('fits the screen with 44 px targets, with each sheet open', async () => {
      const { test } = await phone();
      await assertFits(test, 'no sheet');
      for (const sheet of ['Keypad', 'Sound and devices']) {
        await tap(test, sheet);
        await assertFits(test, sheet);
        await tap(test, sheet);
      }
      await test.close();
    });

    it('fits the screen with 44 px targets, with video', async () => {
      const { test } = await phone({ video: true });
      await assertFits(test, 'video');
      await test.close();
    });

    it('goes on while the visitor taps and scrolls the page', async () => {
      const { test } = await phone();
      await test.page.touchscreen.tap(5, 5);
      await test.page.mouse.wheel(0, 300);
      await test.page.waitForFunction(() => scrollY > 0);
      const { packets } = await test.untilHeard();
      assert.equal((await test.outcome()).includes('sw-call-ended'), false);
      await test.page.waitForFunction(async (before) => {
        let now = 0;
        for (const peer of window.peers) {
          (await peer.getStats()).forEach((entry: Record<string, unknown>) => {
            if (entry.type === 'inbound-rtp') now += Number(entry.packetsReceived);
          });
        }
        return now > before;
      }, packets);
      await tap(test, 'Hang up');
      await test.event('sw-call-ended');
      await test.close();
    });
  });
}
