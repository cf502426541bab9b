// The gateway connection fails during a call, or frames arrive late, twice or out of order. The media goes on.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { CallInProgress, click, EVERYTHING_ENDS } from './call-in-progress.js';
import { Stage, type TestPage } from './stage.js';

/** What a frame of the gateway is about: the event, or the Verto method inside it. */
function subject(frame: string): string {
  const { params } = JSON.parse(frame) as { params?: { event_type?: string; params?: { method?: string } } };
  return params?.params?.method ?? params?.event_type ?? 'answer';
}

describe('a call whose gateway fails', { timeout: 850_000 }, () => {
  let stage: Stage;
  /** The clock that guest tokens live by. */
  let hourLater = false;
  before(async () => {
    stage = await Stage.open({
      resumeMs: 60_000,
      pace: 3,
      now: () => Date.now() + (hourLater ? 3_600_000 : 0),
    });
  });
  afterEach(() => {
    hourLater = false;
    stage.platform.setReachable(true);
    stage.platform.tap((frame, send) => send(frame));
    return stage.closePages();
  });
  after(() => stage.close());

  const callUp = (attributes?: Record<string, string>) => CallInProgress.open(stage, attributes);
  const digits = (test: TestPage, keys: string) =>
    test.page.evaluate((keys) => void document.querySelector('sw-click-to-call')!.sendDigits(keys), keys);

  it('goes on when the connection is cut, and sends digits on the new one', async () => {
    const up = await callUp();
    stage.platform.dropSockets();
    for (const key of '58#') await digits(up.test, key);
    await up.hearsOn();
    await up.call.until(({ dtmf }) => dtmf === '58#', 20_000);
    await up.survives(['active']);
  });

  it('reconnects with an expired guest token', async () => {
    const up = await callUp({ token: 'c2c_expires_in' });
    hourLater = true;
    stage.platform.dropSockets();
    await digits(up.test, '6');
    await up.call.until(({ dtmf }) => dtmf === '6', 20_000);
    hourLater = false;
    await up.survives(['active']);
  });

  it('is answered after the connection was cut while ringing', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag({ destination: '/public/early-media' }) });
    await click(test);
    await test.state('ringing');
    stage.platform.dropSockets();
    await test.state('active');
    await test.untilHeard();
    const up = new CallInProgress(stage, test, await incoming);
    await up.survives(['active']);
  });

  it('ends as dropped when the far end vanishes', async () => {
    const up = await callUp({ destination: '/public/drops' });
    const since = performance.now();
    await up.drops();
    assert.ok(performance.now() - since < EVERYTHING_ENDS.callGoneMs, 'in time');
    await up.callsAgain();
  });

  it('learns after a reconnect that the far end has hung up', async () => {
    const up = await callUp({ destination: '/public/hangs-up-2' });
    stage.platform.dropSockets();
    const ended = await up.test.event('sw-call-ended');
    assert.equal(ended.detail.reason, 'remote');
    await up.callsAgain();
  });

  for (const [what, told, expected] of [
    ['during the call', ['verto.answer', 'call.joined', 'call.state'], 1],
    ['at its end', ['verto.bye', 'call.left'], 2],
  ] as const) {
    it(`tolerates frames that arrive twice, ${what}: ${told.join(', ')}`, async () => {
      stage.platform.tap((frame, send) => {
        send(frame);
        if ((told as readonly string[]).includes(subject(frame))) send(frame);
      });
      const up = await callUp({ destination: expected === 1 ? '/public/tone' : '/public/hangs-up-2' });
      if (expected === 1) return up.survives(['active']);
      assert.equal((await up.test.event('sw-call-ended')).detail.reason, 'remote');
      assert.deepEqual(await up.test.outcome(), ['sw-dial', 'sw-call-started', 'sw-call-ended']);
      await up.callsAgain();
    });
  }

  it('tolerates call.joined before verto.answer', async () => {
    const held: (() => void)[] = [];
    stage.platform.tap((frame, send) => {
      if (subject(frame) === 'verto.answer') return void held.push(() => send(frame));
      send(frame);
      if (subject(frame) === 'call.joined') for (const late of held.splice(0)) late();
    });
    const up = await callUp();
    await up.survives(['active']);
  });

  it("tolerates the invite's reply after the far end's answer", async () => {
    const held: (() => void)[] = [];
    stage.platform.tap((frame, send) => {
      if (frame.includes('CALL CREATED')) return void held.push(() => send(frame));
      send(frame);
      if (subject(frame) === 'call.joined') for (const late of held.splice(0)) late();
    });
    const up = await callUp();
    await up.survives(['active']);
  });

  it('ignores an answer that arrives after the hang-up', async () => {
    const held: (() => void)[] = [];
    stage.platform.tap((frame, send) => {
      if (['verto.answer', 'call.joined'].includes(subject(frame))) return void held.push(() => send(frame));
      send(frame);
    });
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag() });
    await click(test);
    const call = await incoming;
    await call.until(({ state }) => state === 'answered');
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    for (const late of held.splice(0)) late();
    assert.equal((await test.event('sw-call-ended')).detail.reason, 'hangup');
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-hangup', 'sw-call-ended']);
    await call.until(({ endedBy }) => endedBy === 'caller');
    stage.platform.tap((frame, send) => send(frame));
    await new CallInProgress(stage, test, call).callsAgain();
  });

  it('hangs up in time when the gateway does not reply', async () => {
    const up = await callUp();
    stage.platform.tap((frame, send) => (subject(frame) === 'answer' ? undefined : send(frame)));
    await up.test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await up.test.event('sw-call-ended', 10_000)).detail.reason, 'hangup');
    await up.test.untilNothingHeld();
    stage.platform.tap((frame, send) => send(frame));
    await up.callsAgain();
  });
});
