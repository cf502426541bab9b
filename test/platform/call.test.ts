// Calls of the unmodified SDK in Chromium to the local platform, with audio in both directions.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCaller, type Caller } from './caller.js';

describe('a call through the SDK', { timeout: 600_000 }, () => {
  let caller: Caller;
  before(async () => {
    caller = await createCaller({ pace: 0.3, resumeMs: 8000 });
  });
  after(() => caller.close());

  it('echo: answers at once, sends and receives audio, receives digits, and ends when the caller hangs up', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/echo?channel=audio', {
      userVariables: { plan: { name: 'gold' } },
    });
    assert.equal(await client.startOutcome(), 'joined');
    assert.equal(call.destination, '/public/echo');
    assert.deepEqual(call.userVariables, { plan: { name: 'gold' } });
    assert.equal(call.video, false);
    await call.untilLoudness((loudness) => loudness > 0.01);
    await client.untilInbound('audio', 'totalAudioEnergy', 0.001);
    await client.invoke('sendDigits', '12#');
    await call.until(({ dtmf }) => dtmf === '12#');
    await client.invoke('hangup');
    await call.until(({ state }) => state === 'ended');
    assert.equal(call.endedBy, 'caller');
  });

  it('echo with video: sends the caller’s frames back', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/echo?channel=video', { video: true });
    assert.equal(await client.startOutcome(), 'joined');
    assert.equal(call.video, true);
    await call.until(({ received }) => received.videoFrames > 5);
    await client.untilInbound('video', 'framesDecoded', 5);
    await client.untilInbound('audio', 'totalAudioEnergy', 0.001);
    await client.invoke('hangup');
  });

  it('support: rings, answers, greets, then echoes', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/support', { token: 'c2c_jwt' });
    assert.equal((await client.event('call.state', 1)).call_state, 'ringing');
    assert.equal((await client.event('call.state', 2)).call_state, 'answered');
    assert.equal(await client.startOutcome(), 'joined');
    await client.untilInbound('audio', 'totalAudioEnergy', 0.01);
    await call.until(({ received }) => received.audioPackets > 10);
    await client.invoke('hangup');
  });

  it('tone: plays continuously', async () => {
    const client = await caller.open();
    await client.dial('/public/tone');
    assert.equal(await client.startOutcome(), 'joined');
    await client.untilInbound('audio', 'packetsReceived', 150);
    await client.untilInbound('audio', 'audioLevel', 0.1);
    await client.untilInbound('audio', 'totalAudioEnergy', 0.05);
    await client.invoke('hangup');
  });

  it('muting: sends member.updated, and the caller becomes silent', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/tone');
    assert.equal(await client.startOutcome(), 'joined');
    await call.untilLoudness((loudness) => loudness > 0.01);
    await client.invoke('audioMute');
    const updated = await client.event('member.updated.audioMuted');
    assert.equal((updated.member as { audio_muted: boolean }).audio_muted, true);
    assert.equal(call.muted.audio, true);
    await call.untilLoudness((loudness) => loudness === 0, 500);
    await client.invoke('audioUnmute');
    await call.until(({ muted }) => !muted.audio);
    await call.untilLoudness((loudness) => loudness > 0.01);
    await client.invoke('hangup');
  });

  it('early media: plays audio before the answer, and the answer does not interrupt it', async (context) => {
    // Rings for six seconds, because on a busy machine the audio takes time to start.
    const slow = await createCaller({ pace: 2 });
    context.after(() => slow.close());
    const client = await slow.open();
    const call = await client.dial('/public/early-media');
    await call.until(({ mediaUp, state }) => mediaUp && state === 'ringing');
    assert.equal(await client.startOutcome(), 'joined');
    await client.untilInbound('audio', 'totalAudioEnergy', 0.01);
    await client.invoke('hangup');
  });

  for (const [destination, code, message] of [
    ['/public/busy', '17', 'USER_BUSY'],
    ['/public/rejected', '21', 'CALL_REJECTED'],
    ['/public/no-answer', '19', 'NO_ANSWER'],
    ['/public/not-in-the-list', '1', 'UNALLOCATED_NUMBER'],
    ['/public/unknown-404', '404', 'Address not found'],
    ['/public/unknown-error', -32602, 'Address not found'],
  ] as const) {
    it(`${destination} is refused with ${code}`, async () => {
      const client = await caller.open();
      const call = await client.dial(destination);
      assert.deepEqual(await client.startOutcome(), { code, message });
      await client.event('destroy');
      await call.until(({ state }) => state === 'ended');
    });
  }

  it('silent: rings until the caller hangs up', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/silent');
    assert.equal((await client.event('call.state', 1)).call_state, 'ringing');
    await client.invoke('hangup');
    await call.until(({ endedBy }) => endedBy === 'caller');
    assert.equal(call.joined, false);
  });

  it('hangs-up: the far end ends an answered call', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/hangs-up-2');
    assert.equal(await client.startOutcome(), 'joined');
    await client.event('destroy');
    assert.equal(call.endedBy, 'far-end');
    assert.equal(await client.page.evaluate(() => String(window.call.cause)), 'NORMAL_CLEARING');
  });

  it('drops: the call ends without notice to the caller', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/drops');
    assert.equal(await client.startOutcome(), 'joined');
    await call.until(({ state }) => state === 'ended');
    assert.equal(call.cause, 'DROPPED');
  });

  it('answer-no-join: media flows, but call.joined never arrives', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/answer-no-join');
    await client.event('active');
    await client.untilInbound('audio', 'totalAudioEnergy', 0.01);
    assert.equal(call.joined, false);
    assert.equal(
      (await client.page.evaluate(() => window.sdkEvents)).filter(({ name }) => name === 'call.joined')
        .length,
      0,
    );
    await client.invoke('hangup');
  });

  it('bye-before-join: the far end ends the call before it is joined', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/bye-before-join');
    await client.event('destroy');
    assert.equal(call.joined, false);
    assert.equal(call.endedBy, 'far-end');
  });

  it('no-media: the call is joined, but media never connects', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/no-media');
    assert.equal(await client.startOutcome(), 'joined');
    await client.event('destroy');
    assert.equal(call.mediaUp, false);
    assert.equal(call.received.audioPackets, 0);
  });

  it('agent: talks, transcribes, is interrupted and sends four kinds of content', async () => {
    const client = await caller.open();
    await client.dial('/public/agent');
    assert.equal(await client.startOutcome(), 'joined');
    await client.untilInbound('audio', 'totalAudioEnergy', 0.01);
    await client.event('ai.transparent_barge');
    const events = await client.page.evaluate(() => window.sdkEvents);
    const content = events.filter(({ name }) => name === 'user_event').map(({ payload }) => payload);
    assert.deepEqual(
      content.map(({ type, format }) => format ?? type),
      ['text', 'markdown', 'code', 'html', 'order_ready'],
    );
    assert.ok(events.some(({ name, payload }) => name === 'ai.completion' && payload.type === 'barged'));
    assert.ok(events.some(({ name, payload }) => name === 'ai.partial_result' && payload.barged === true));
    assert.match(String((await client.event('ai.speech_detect')).text), /confidence=/);
    await client.invoke('hangup');
  });

  it('a client that reconnects receives the events that it missed', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/hangs-up-3');
    assert.equal(await client.startOutcome(), 'joined');
    await call.until(({ mediaUp }) => mediaUp);
    caller.platform.dropSockets();
    await client.event('destroy');
    assert.equal(call.endedBy, 'far-end');
  });

  it('a call ends when its page is closed', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/tone');
    assert.equal(await client.startOutcome(), 'joined');
    await client.page.close();
    await call.until(({ state }) => state === 'ended', 40_000);
    assert.equal(call.endedBy, 'gateway');
  });

  it('a call can be held and resumed', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/tone');
    assert.equal(await client.startOutcome(), 'joined');
    await client.invoke('hold');
    await call.until(({ held }) => held);
    await client.invoke('unhold');
    await call.until(({ held }) => !held);
    await client.invoke('hangup');
  });

  it('a call continues after a reload of its page', async () => {
    const client = await caller.open();
    const call = await client.dial('/public/tone');
    assert.equal(await client.startOutcome(), 'joined');
    await client.reload();
    assert.equal(await client.startOutcome(), 'joined');
    await client.untilInbound('audio', 'totalAudioEnergy', 0.01);
    assert.equal(call.state, 'answered');
    assert.equal(caller.platform.calls.at(-1), call);
    await client.invoke('hangup');
    await call.until(({ endedBy }) => endedBy === 'caller');
  });
});
