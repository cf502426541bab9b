// Leaks: 200 calls through the real SDK in one page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from '../journey/stage.js';
import { HeldByPage, isBack } from './held-by-page.js';

type Element = HTMLElementTagNameMap['sw-click-to-call'];

/** Who ends the calls, over and over: both sides in turn, and one in ten is never answered. */
const DESTINATIONS = [
  ...Array.from({ length: 9 }, (_, nth) => (nth % 2 ? '/public/hangs-up-1' : '/public/echo')),
  '/public/busy',
];
const WARM_UP = 10;
const CALLS = 200;

/** Makes calls inside the page, one after the other and over all its elements in turn; tells how each one ended. */
function makeCalls(test: TestPage, count: number): Promise<string[]> {
  return test.page.evaluate(
    async ({ destinations, count }) => {
      const reasons: string[] = [];
      const elements = [...document.querySelectorAll<Element>('sw-click-to-call')];
      for (let nth = 0; nth < count; nth++) {
        const element = elements[nth % elements.length]!;
        element.destination = destinations[nth % destinations.length]!;
        const ended = new Promise<string>((resolve) =>
          element.addEventListener('sw-call-ended', ({ detail }) => resolve(detail.reason), { once: true }),
        );
        const answered = new AbortController();
        if (element.destination === '/public/echo') {
          element.addEventListener('sw-call-started', () => void element.hangup(), {
            once: true,
            signal: answered.signal,
          });
        }
        await element.dial();
        reasons.push(await ended);
        answered.abort();
        await element.hangup();
      }
      return reasons;
    },
    { destinations: DESTINATIONS, count },
  );
}

/** How often each outcome was. */
const tally = (outcomes: string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].sort().map((it) => [it, outcomes.filter((other) => other === it).length]),
  );

describe('a page after 200 calls', { timeout: 850_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ pace: 0.1 });
  });
  after(() => stage.close());

  it('holds no more peers, tracks, sockets, listeners, nodes and heap than after ten', async (t) => {
    const test = await stage.page({ body: stage.tag() });
    const page = await HeldByPage.of(test);
    await makeCalls(test, WARM_UP);
    // The element remembers its last call.
    const baseline = await page.whenSettled(({ RTCPeerConnection: peers }) => peers <= 1);
    assert.ok(baseline.RTCPeerConnection <= 1, JSON.stringify(baseline));

    const reasons = await makeCalls(test, CALLS);
    assert.deepEqual(tally(reasons), { busy: 20, hangup: 100, remote: 80 });
    assert.deepEqual(await test.held(), { tracks: 0, peers: 0 });
    await stage.untilNobodyConnected();
    const held = await page.whenSettled((now) => isBack(now, baseline));
    t.diagnostic(`before ${JSON.stringify(baseline)}`);
    t.diagnostic(`after ${JSON.stringify(held)}`);
    assert.ok(isBack(held, baseline), `${JSON.stringify(baseline)} became ${JSON.stringify(held)}`);
    await test.close();
  });

  it('has made one exchange per token when two elements take turns', async () => {
    const body = stage.tag({ token: 'c2c_demo' }) + stage.tag({ token: 'c2c_jwt' });
    const exchanged = () => ['c2c_demo', 'c2c_jwt'].map((token) => stage.platform.exchangesOf(token));
    const before = exchanged();
    const test = await stage.page({ body });
    const reasons = await makeCalls(test, 20);
    assert.deepEqual(tally(reasons), { busy: 2, hangup: 10, remote: 8 });
    assert.deepEqual(
      exchanged(),
      before.map((count) => count + 1),
    );
    assert.deepEqual(await test.held(), { tracks: 0, peers: 0 });
    await stage.untilNobodyConnected();
    await test.close();
  });
});
