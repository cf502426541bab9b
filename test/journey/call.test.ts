// Whole calls through the real SDK, with media both ways, against the local platform.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from './stage.js';

const STRAIGHT = ['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended'];

describe('a call from one tag', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const click = (test: TestPage) => test.page.getByRole('button', { name: 'Call support' }).click();
  const hangUp = (test: TestPage) => test.page.getByRole('button', { name: 'Hang up' }).click();

  it('is heard by both sides', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag() });
    await click(test);
    await test.state('active');
    const { packets, energy } = await test.untilHeard();
    assert.ok(packets > 0 && energy > 0);
    const call = await incoming;
    await call.untilLoudness((loudness) => loudness > 1e-3);
    await hangUp(test);
    const ended = await test.event('sw-call-ended');
    assert.equal(ended.detail.reason, 'hangup');
    assert.equal(ended.detail.status, 'disconnected');
    assert.ok((ended.detail.durationMs as number) > 0);
    assert.deepEqual(await test.outcome(), STRAIGHT);
    await call.until(({ state, endedBy }) => state === 'ended' && endedBy === 'caller');
    await test.close();
  });

  it('releases microphone, peer connection and socket', async () => {
    const test = await stage.page({ body: stage.tag() });
    await click(test);
    await test.state('active');
    assert.deepEqual(await test.held(), { tracks: 1, peers: 1 });
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    assert.deepEqual(await test.held(), { tracks: 0, peers: 0 });
    await stage.untilNobodyConnected();
    await test.close();
  });

  it('stores nothing', async () => {
    const test = await stage.page({ body: stage.tag() });
    await click(test);
    await test.state('active');
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    const stored = await test.page.evaluate(() => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      document.cookie,
    ]);
    assert.deepEqual(stored.filter(Boolean), []);
    await test.close();
  });

  it('asks for the microphone once', async () => {
    const test = await stage.page({ body: stage.tag() });
    await click(test);
    await test.untilHeard();
    assert.equal(await test.page.evaluate(() => window.prompts), 1);
    await test.close();
  });

  it('plays the far end through one audio element only', async () => {
    const test = await stage.page({
      body: stage.tag(),
      before: `window.players = []; const Native = Audio; window.Audio = class extends Native { constructor(...a) { super(...a); players.push(this); } };`,
    });
    await click(test);
    await test.untilHeard();
    const playing = await test.page.waitForFunction(
      () =>
        window.players.filter(
          ({ paused, muted, srcObject }) =>
            !paused && !muted && (srcObject as MediaStream)?.getTracks().length,
        ).length,
    );
    assert.equal(await playing.jsonValue(), 1);
    await test.close();
  });

  for (const token of ['c2c_demo', 'c2c_jwt', 'c2c_created_200', 'c2c_expires_in']) {
    it(`dials twice with one exchange (${token})`, async () => {
      const before = stage.platform.exchangesOf(token);
      const test = await stage.page({ body: stage.tag({ token }) });
      for (const round of [1, 2]) {
        await test.page.evaluate(() => void document.querySelector('sw-click-to-call')!.dial());
        await test.state('active');
        await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
        assert.equal(stage.platform.exchangesOf(token) - before, 1, `after call ${round}`);
      }
      await test.close();
    });
  }

  it('exchanges again when the guest token has expired', async () => {
    const test = await stage.page({ body: stage.tag({ token: 'c2c_short' }) });
    const before = stage.platform.exchangesOf('c2c_short');
    await test.page.clock.install();
    await test.page.evaluate(() => void document.querySelector('sw-click-to-call')!.dial());
    await test.state('active');
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    await test.page.clock.fastForward(29_000);
    await test.page.evaluate(() => void document.querySelector('sw-click-to-call')!.dial());
    await test.state('active');
    assert.equal(stage.platform.exchangesOf('c2c_short') - before, 2);
    await test.close();
  });

  it('sends the user variables, the page context and the variables added in sw-dial', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({
      body: stage.tag({ 'user-variables': '{"plan":"gold","cart":{"items":2}}', 'page-context': true }),
    });
    await test.page.evaluate(() =>
      document
        .querySelector('sw-click-to-call')!
        .addEventListener('sw-dial', (event) => event.detail.setUserVariables({ plan: 'silver' })),
    );
    await click(test);
    const { userVariables } = await incoming;
    assert.deepEqual(userVariables, {
      plan: 'silver',
      cart: { items: 2 },
      page_url: test.page.url(),
      page_title: 'A page',
      referrer: '',
    });
    await test.close();
  });

  it('ends when the far end hangs up', async () => {
    const test = await stage.page({ body: stage.tag({ destination: '/public/hangs-up-1' }) });
    await click(test);
    const ended = await test.event('sw-call-ended');
    assert.equal(ended.detail.reason, 'remote');
    assert.equal(ended.state, 'ended');
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started', 'sw-call-ended']);
    await test.close();
  });

  it('reports ringing, also with early media', async () => {
    for (const destination of ['/public/support', '/public/early-media']) {
      const test = await stage.page({ body: stage.tag({ destination }) });
      await click(test);
      await test.state('active');
      const states = (await test.events())
        .filter(({ type }) => type === 'sw-call-state')
        .map(({ state }) => state);
      assert.deepEqual(states, ['preparing', 'connecting', 'ringing', 'active'], destination);
      await test.close();
    }
  });

  it("rings for longer than the SDK's own limit", async () => {
    const test = await stage.page({ body: stage.tag({ destination: '/public/ringing' }) });
    await click(test);
    await test.event('sw-call-started', 90_000);
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started']);
    await test.untilHeard();
    await test.close();
  });

  it('is active even when the gateway never sends call.joined', async () => {
    const test = await stage.page({ body: stage.tag({ destination: '/public/answer-no-join' }) });
    await click(test);
    await test.event('sw-call-started');
    await hangUp(test);
    await test.event('sw-call-ended');
    await test.close();
  });

  it('sends DTMF, and silence while muted', async () => {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag() });
    await click(test);
    await test.state('active');
    const call = await incoming;
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.sendDigits('12#'));
    await call.until(({ dtmf }) => dtmf === '12#');
    await call.untilLoudness((loudness) => loudness > 1e-3);
    await test.page.getByRole('button', { name: 'Mute' }).click();
    await call.untilLoudness((loudness) => loudness < 1e-4);
    await test.page.getByRole('button', { name: 'Mute', pressed: true }).click();
    await call.untilLoudness((loudness) => loudness > 1e-3);
    await test.close();
  });

  it('dispatches the transcript and content of an AI agent', async () => {
    const test = await stage.page({ body: stage.tag({ destination: '/public/agent' }) });
    await click(test);
    await test.event('sw-user-event', 60_000);
    const events = await test.events();
    const speakers = events
      .filter(({ type }) => type === 'sw-transcript')
      .map(({ detail }) => detail.speaker);
    assert.ok(speakers.includes('agent') && speakers.includes('caller'));
    assert.ok(events.some(({ type }) => type === 'sw-display-content'));
    await test.close();
  });
});
