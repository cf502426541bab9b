// Real calls: the unmodified SDK in Chromium, the platform on the other side, sound in both directions.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCaller, type Caller } from './caller.js';

describe('a call through the SDK', { timeout: 600_000 }, () => {
  let caller: Caller;
  before(async () => {
    caller = await createCaller({ pace: 0.3, resumeMs: 8000 });
  });
  after(() => caller.close());

  it('echo: answers at once, is heard, hears, takes digits, and is over when the caller hangs up', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/echo?channel=audio', {
      userVariables: { plan: { name: 'gold' } },
    });
    assert.equal(await phone.started(), 'joined');
    assert.equal(call.destination, '/public/echo');
    assert.deepEqual(call.userVariables, { plan: { name: 'gold' } });
    assert.equal(call.video, false);
    await call.untilLoudness((loudness) => loudness > 0.01);
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.001);
    await phone.tell('sendDigits', '12#');
    await call.until(({ dtmf }) => dtmf === '12#');
    await phone.tell('hangup');
    await call.until(({ state }) => state === 'ended');
    assert.equal(call.endedBy, 'caller');
  });

  it('echo with video: sends the frames of the caller back', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/echo?channel=video', { video: true });
    assert.equal(await phone.started(), 'joined');
    assert.equal(call.video, true);
    await call.until(({ heard }) => heard.videoFrames > 5);
    await phone.untilInbound('video', 'framesDecoded', 5);
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.001);
    await phone.tell('hangup');
  });

  it('support: rings, answers, greets, then echoes', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/support', { token: 'c2c_jwt' });
    assert.equal((await phone.heard('call.state', 1)).call_state, 'ringing');
    assert.equal((await phone.heard('call.state', 2)).call_state, 'answered');
    assert.equal(await phone.started(), 'joined');
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.01);
    await call.until(({ heard }) => heard.audioPackets > 10);
    await phone.tell('hangup');
  });

  it('tone: is heard for as long as it plays, without lost packets', async () => {
    const phone = await caller.open();
    await phone.dial('/public/tone');
    assert.equal(await phone.started(), 'joined');
    await phone.untilInbound('audio', 'packetsReceived', 150);
    await phone.untilInbound('audio', 'audioLevel', 0.1);
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.05);
    await phone.tell('hangup');
  });

  it('a muted caller is told so, and falls silent', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/tone');
    assert.equal(await phone.started(), 'joined');
    await call.untilLoudness((loudness) => loudness > 0.01);
    await phone.tell('audioMute');
    const updated = await phone.heard('member.updated.audioMuted');
    assert.equal((updated.member as { audio_muted: boolean }).audio_muted, true);
    assert.equal(call.muted.audio, true);
    await call.untilLoudness((loudness) => loudness === 0, 500);
    await phone.tell('audioUnmute');
    await call.until(({ muted }) => !muted.audio);
    await call.untilLoudness((loudness) => loudness > 0.01);
    await phone.tell('hangup');
  });

  it('early media: sound before the answer, and an answer that does not break it', async (context) => {
    // It rings for six seconds: a busy machine needs some of them to get the sound through.
    const unhurried = await createCaller({ pace: 2 });
    context.after(() => unhurried.close());
    const phone = await unhurried.open();
    const call = await phone.dial('/public/early-media');
    await call.until(({ mediaUp, state }) => mediaUp && state === 'ringing');
    assert.equal(await phone.started(), 'joined');
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.01);
    await phone.tell('hangup');
  });

  for (const [destination, code, message] of [
    ['/public/busy', '17', 'USER_BUSY'],
    ['/public/rejected', '21', 'CALL_REJECTED'],
    ['/public/no-answer', '19', 'NO_ANSWER'],
    ['/public/nobody-knows-this', '1', 'UNALLOCATED_NUMBER'],
    ['/public/unknown-404', '404', 'Address not found'],
    ['/public/unknown-error', -32602, 'Address not found'],
  ] as const) {
    it(`${destination} is refused with ${code}`, async () => {
      const phone = await caller.open();
      const call = await phone.dial(destination);
      assert.deepEqual(await phone.started(), { code, message });
      await phone.heard('destroy');
      await call.until(({ state }) => state === 'ended');
    });
  }

  it('silent: rings until the caller gives up', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/silent');
    assert.equal((await phone.heard('call.state', 1)).call_state, 'ringing');
    await phone.tell('hangup');
    await call.until(({ endedBy }) => endedBy === 'caller');
    assert.equal(call.joined, false);
  });

  it('hangs up: the far end ends an answered call', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/hangs-up-2');
    assert.equal(await phone.started(), 'joined');
    await phone.heard('destroy');
    assert.equal(call.endedBy, 'far-end');
    assert.equal(await phone.page.evaluate(() => String(window.call.cause)), 'NORMAL_CLEARING');
  });

  it('drops: socket and media are gone, and nothing is said', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/drops');
    assert.equal(await phone.started(), 'joined');
    await call.until(({ state }) => state === 'ended');
    assert.equal(call.cause, 'DROPPED');
  });

  it('answered but never joined: media flows, the SDK goes on waiting', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/answer-no-join');
    await phone.heard('active');
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.01);
    assert.equal(call.joined, false);
    assert.equal(
      (await phone.page.evaluate(() => window.heard)).filter(({ name }) => name === 'call.joined').length,
      0,
    );
    await phone.tell('hangup');
  });

  it('ended before it was joined', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/bye-before-join');
    await phone.heard('destroy');
    assert.equal(call.joined, false);
    assert.equal(call.endedBy, 'far-end');
  });

  it('no media: joined, but never connected', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/no-media');
    assert.equal(await phone.started(), 'joined');
    await phone.heard('destroy');
    assert.equal(call.mediaUp, false);
    assert.equal(call.heard.audioPackets, 0);
  });

  it('agent: speaks, listens, is interrupted and shows four kinds of content', async () => {
    const phone = await caller.open();
    await phone.dial('/public/agent');
    assert.equal(await phone.started(), 'joined');
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.01);
    await phone.heard('ai.transparent_barge');
    const heard = await phone.page.evaluate(() => window.heard);
    const shown = heard.filter(({ name }) => name === 'user_event').map(({ payload }) => payload);
    assert.deepEqual(
      shown.map(({ type, format }) => format ?? type),
      ['text', 'markdown', 'code', 'html', 'order_ready'],
    );
    assert.ok(heard.some(({ name, payload }) => name === 'ai.completion' && payload.type === 'barged'));
    assert.ok(heard.some(({ name, payload }) => name === 'ai.partial_result' && payload.barged === true));
    assert.match(String((await phone.heard('ai.speech_detect')).text), /confidence=/);
    await phone.tell('hangup');
  });

  it('a lost connection is taken up again, and what happened meanwhile is told', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/hangs-up-3');
    assert.equal(await phone.started(), 'joined');
    await call.until(({ mediaUp }) => mediaUp);
    caller.platform.dropSockets();
    await phone.heard('destroy');
    assert.equal(call.endedBy, 'far-end');
  });

  it('a call whose caller vanished is ended', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/tone');
    assert.equal(await phone.started(), 'joined');
    await phone.page.close();
    await call.until(({ state }) => state === 'ended', 40_000);
    assert.equal(call.endedBy, 'gone');
  });

  it('can be held, and taken up again', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/tone');
    assert.equal(await phone.started(), 'joined');
    await phone.tell('hold');
    await call.until(({ held }) => held);
    await phone.tell('unhold');
    await call.until(({ held }) => !held);
    await phone.tell('hangup');
  });

  it('survives a reload of its page', async () => {
    const phone = await caller.open();
    const call = await phone.dial('/public/tone');
    assert.equal(await phone.started(), 'joined');
    await phone.reload();
    assert.equal(await phone.started(), 'joined');
    await phone.untilInbound('audio', 'totalAudioEnergy', 0.01);
    assert.equal(call.state, 'answered');
    assert.equal(caller.platform.calls.at(-1), call);
    await phone.tell('hangup');
    await call.until(({ endedBy }) => endedBy === 'caller');
  });
});
