// One call of the SDK, from its start until everything is given back, once. The call is turned by hand and forgets what the
// SDK forgets; so are the timers. The captured stream is a real one.
import { expect } from 'chai';
import { LIMITS, PlacedCall } from '../../src/sdk/call.js';
import { CallGone, type Signalling } from '../../src/sdk/recovery.js';
import { listenersOf } from '../listeners.js';
import { reasonOf, rejects } from '../rejects.js';
import { HandClock } from '../token/hand-clock.js';
import { FakeSdkCall } from './fake-sdk-call.js';
import { later } from '../later.js';

const placedCalls: PlacedCall[] = [];

async function place(call = new FakeSdkCall(), signalling?: Signalling) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const timers = new HandClock();
  const states: string[] = [];
  const tracks: MediaStreamTrack[] = [];
  let closed = 0;
  const placedCall = new PlacedCall({
    call,
    stream,
    timers,
    ...(signalling && { signalling }),
    log: () => {},
    report: (news) => void ('track' in news ? tracks.push(news.track) : states.push(news.state)),
    closeSession: () => {
      closed += 1;
      return Promise.resolve();
    },
  });
  placedCalls.push(placedCall);
  return { call, stream, timers, states, tracks, placedCall, closed: () => closed };
}

/** Everything was given back, once. */
async function expectReleased({ call, stream, closed }: Awaited<ReturnType<typeof place>>) {
  await later();
  expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
  expect(call.connection.signalingState).to.equal('closed');
  expect(closed()).to.equal(1);
}

afterEach(async () => {
  // Timers are turned by hand, so nobody waits here.
  for (const placedCall of placedCalls.splice(0)) void placedCall.hangup();
  await later();
});

describe('a placedCall', () => {
  it('hands the SDK the stream that is there, and silences its own loudspeaker', async () => {
    const { call, stream, states } = await place();
    expect(call.options.localStream).to.equal(stream);
    expect(call.audioEl!.muted).to.equal(true);
    expect(states).to.deep.equal(['connecting']);
  });

  it('is up when the far end answered and its media flows', async () => {
    const { call, states } = await place();
    call.emit('trying');
    call.emit('call.state', { call_state: 'ringing' });
    call.emit('active');
    expect(states).to.deep.equal(['connecting', 'ringing']);
    call.emit('media.connected');
    expect(states).to.deep.equal(['connecting', 'ringing', 'active']);
  });

  for (const [what, tell] of [
    ['active', (call: FakeSdkCall) => call.emit('active')],
    ['call.joined', (call: FakeSdkCall) => call.emit('call.joined', {})],
    ['call.state answered', (call: FakeSdkCall) => call.emit('call.state', { call_state: 'answered' })],
  ] as const) {
    it(`takes ${what} alone for an answer, also after the media`, async () => {
      const { call, states } = await place();
      call.emit('media.connected');
      expect(states).to.deep.equal(['connecting']);
      tell(call);
      expect(states).to.deep.equal(['connecting', 'active']);
    });
  }

  it('is not up when its media was lost again before the answer', async () => {
    const placed = await place();
    placed.call.emit('media.connected');
    placed.call.emit('media.disconnected');
    placed.call.emit('active');
    expect(placed.states).to.deep.equal(['connecting']);
    placed.timers.pass(LIMITS.mediaMs);
    await rejects(placed.placedCall.ended, 'call-failed');
  });

  it('is content with less of an SDK than we know', async () => {
    const call = new FakeSdkCall();
    call.audioEl = undefined;
    call.hasPeer = false;
    const { placedCall, states, closed } = await place(call);
    expect(placedCall.peer).to.equal(undefined);
    call.emit('media.connected');
    call.emit('call.state', null);
    call.emit('trying');
    call.peer = {};
    call.emit('trying');
    call.answer();
    expect(states.at(-1)).to.equal('active');
    await placedCall.hangup();
    expect(await placedCall.ended).to.deep.equal({ status: 'disconnected', reason: 'hangup' });
    expect(closed()).to.equal(1);
  });

  it('takes early media for ringing', async () => {
    const { call, states } = await place();
    call.emit('trying');
    call.emit('early');
    call.emit('media.connected');
    expect(states).to.deep.equal(['connecting', 'ringing']);
  });

  it('tells each state once, and does not go back to ringing', async () => {
    const { call, states } = await place();
    call.answer();
    call.answer();
    call.emit('early');
    call.emit('call.state', { call_state: 'ringing' });
    expect(states).to.deep.equal(['connecting', 'active']);
  });

  it('hands over the tracks of the far end and shows its peer', async () => {
    const { call, tracks, placedCall, stream } = await place();
    const [track] = stream.getTracks();
    call.emit('track', { track });
    expect(tracks).to.have.lengthOf(1);
    expect(tracks[0] === track).to.equal(true);
    expect(placedCall.peer === call.connection).to.equal(true);
  });

  it('mutes by silence, so that the microphone needs no second permission', async () => {
    const { placedCall, stream } = await place();
    const [track] = stream.getAudioTracks();
    placedCall.mute(true);
    expect(track).to.include({ enabled: false, readyState: 'live' });
    placedCall.mute(false);
    expect(track).to.include({ enabled: true, readyState: 'live' });
  });

  it('sends digits while it is up, and none after', async () => {
    const { call, placedCall } = await place();
    call.answer();
    await placedCall.sendDigits('12#');
    await placedCall.hangup();
    await placedCall.sendDigits('3');
    expect(call.asked.filter((asked) => asked.startsWith('digits'))).to.deep.equal(['digits 12#']);
  });

  it('sends digits one after the other, also after some that were not taken', async () => {
    const { call, placedCall } = await place();
    call.answer();
    const taken: ((reason?: Error) => void)[] = [];
    call.sendDigits = (digits) => {
      call.asked.push(`digits ${digits}`);
      return new Promise((resolve, reject) => taken.push((no) => (no ? reject(no) : resolve())));
    };
    const sent = () => call.asked.filter((asked) => asked.startsWith('digits')).join();
    const first = reasonOf(placedCall.sendDigits('1'));
    const second = placedCall.sendDigits('2');
    await later();
    expect(sent()).to.equal('digits 1');
    taken[0]!(new Error('no'));
    expect(await first).to.include({ message: 'no' });
    await later();
    expect(sent()).to.equal('digits 1,digits 2');
    taken[1]!();
    await second;
  });

  it('lets digits wait for a gateway that is gone for half a minute, but not for ever', async () => {
    const { call, placedCall, timers } = await place();
    call.answer();
    call.deaf = true;
    let settled = false;
    const reason = reasonOf(placedCall.sendDigits('1'));
    void reason.then(() => (settled = true));
    timers.pass(LIMITS.digitsMs - 1);
    await later();
    // Gone for 30 s, 4 s until the SDK looks for it again, and 10 s to be let in.
    expect([settled, LIMITS.digitsMs > 44_000]).to.deep.equal([false, true]);
    timers.pass(1);
    expect(await reason).to.include({ message: 'the gateway has not taken the digits' });
  });

  it('lets nobody wait for digits when it is over', async () => {
    const { call, placedCall, timers } = await place();
    call.answer();
    call.deaf = true;
    const reasons = ['1', '2'].map((digit) => reasonOf(placedCall.sendDigits(digit)));
    await later();
    call.destroy('NORMAL_CLEARING', '16');
    for (const reason of await Promise.all(reasons))
      expect(reason).to.include({ message: 'the call ended before the gateway took the digits' });
    await later();
    expect(call.asked).to.not.include('digits 2');
    expect(timers.pendingTimers).to.equal(0);
  });
});

describe('a call that is never answered', () => {
  const CAUSES = [
    ['USER_BUSY', '17', 'call-busy'],
    ['UNALLOCATED_NUMBER', '1', 'call-not-found'],
    ['NO_ANSWER', '19', 'call-no-answer'],
    ['CALL_REJECTED', '21', 'call-rejected'],
    ['NORMAL_CLEARING', '16', 'call-rejected'],
    [undefined, undefined, 'call-failed'],
  ] as const;
  for (const [cause, causeCode, code] of CAUSES) {
    it(`fails with ${code} when the SDK destroys it for ${cause ?? 'no reason'}`, async () => {
      const placed = await place();
      placed.call.emit('trying');
      placed.call.destroy(cause, causeCode);
      placed.timers.pass(LIMITS.reasonMs);
      await rejects(placed.placedCall.ended, code);
      await expectReleased(placed);
      expect(placed.call.asked).to.not.include('hangup');
    });
  }

  for (const [reason, code] of [
    [{ code: '17', message: 'USER_BUSY' }, 'call-busy'],
    [{ code: '1', message: 'UNALLOCATED_NUMBER' }, 'call-not-found'],
    [{ code: '404', message: 'not there' }, 'call-not-found'],
    [{ code: 603, message: 'Decline' }, 'call-rejected'],
    [{ code: 'ICE_GATHERING_FAILED', message: 'Ice gathering timeout' }, 'call-failed'],
    [new Error('Call setup negotiation timed out after 20s.'), 'call-failed'],
    [undefined, 'call-failed'],
  ] as const) {
    it(`fails with ${code} when start() rejects with ${JSON.stringify(reason) ?? 'nothing'}`, async () => {
      const placed = await place();
      placed.call.refuse(reason);
      const error = await rejects(placed.placedCall.ended, code);
      expect(error.cause === reason).to.equal(true);
      await expectReleased(placed);
    });
  }

  it('takes no number of a DOMException for a cause of the gateway', async () => {
    const placed = await place();
    // Its legacy code is 20, which means "subscriber absent" on a telephone network.
    placed.call.refuse(new DOMException('aborted', 'AbortError'));
    await rejects(placed.placedCall.ended, 'call-failed');
  });

  it('is told once when start() rejects and the SDK destroys it too', async () => {
    const placed = await place();
    placed.call.destroy('USER_BUSY', '17');
    placed.call.refuse({ code: '1', message: 'UNALLOCATED_NUMBER' });
    await rejects(placed.placedCall.ended, 'call-busy');
    await expectReleased(placed);
  });

  it('is told for the reason of start() when that comes after the SDK destroyed it without one', async () => {
    const placed = await place();
    placed.call.destroy();
    placed.call.refuse({ code: '404', message: 'no' });
    await rejects(placed.placedCall.ended, 'call-not-found');
    await expectReleased(placed);
  });

  it('is given up when the gateway does not take the call', async () => {
    const placed = await place();
    placed.timers.pass(LIMITS.setupMs);
    await rejects(placed.placedCall.ended, 'connect-timeout');
    await expectReleased(placed);
  });

  it('may ring for longer than the 20 s that the SDK gives it', async () => {
    const placed = await place();
    placed.call.emit('trying');
    placed.call.emit('call.state', { call_state: 'ringing' });
    expect(placed.call.asked).to.include('lift the limit');
    placed.timers.pass(30_000);
    placed.call.emit('active');
    placed.call.emit('media.connected');
    expect(placed.states.at(-1)).to.equal('active');
  });

  it('is hung up when nobody answers within a minute', async () => {
    const placed = await place();
    placed.call.emit('trying');
    placed.timers.pass(LIMITS.ringMs);
    await rejects(placed.placedCall.ended, 'call-no-answer');
    expect(placed.call.asked).to.include('hangup');
    await expectReleased(placed);
  });
});

describe('a call that was answered', () => {
  it('ends when the far end hangs up', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.destroy('NORMAL_CLEARING', '16');
    expect(await placed.placedCall.ended).to.deep.equal({ status: 'disconnected', reason: 'remote' });
    await expectReleased(placed);
  });

  it('is dropped when it is destroyed for another reason or for none', async () => {
    for (const cause of ['RECOVERY_ON_TIMER_EXPIRE', undefined]) {
      const placed = await place();
      placed.call.answer();
      placed.call.destroy(cause);
      await rejects(placed.placedCall.ended, 'call-dropped');
      await expectReleased(placed);
    }
  });

  it('was a call, though a short one, when the far end put it down before any media came', async () => {
    const placed = await place();
    placed.call.emit('active');
    placed.call.destroy('NORMAL_CLEARING', '16');
    expect(await placed.placedCall.ended).to.deep.equal({ status: 'disconnected', reason: 'remote' });
    expect(placed.states).to.deep.equal(['connecting', 'active']);
    await expectReleased(placed);
  });

  it('fails when it is destroyed before any media came', async () => {
    const placed = await place();
    placed.call.emit('active');
    placed.call.emit('destroy');
    await rejects(placed.placedCall.ended, 'call-failed');
    await expectReleased(placed);
  });

  it('is given up when the media never comes', async () => {
    const placed = await place();
    placed.call.emit('trying');
    placed.call.emit('active');
    placed.timers.pass(LIMITS.mediaMs);
    await rejects(placed.placedCall.ended, 'call-failed');
    expect(placed.call.asked).to.include('hangup');
    await expectReleased(placed);
  });

  it('does not mind a start() that rejects afterwards', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.refuse(new Error('Call setup negotiation timed out after 20s.'));
    await later();
    expect(placed.states.at(-1)).to.equal('active');
    expect(placed.closed()).to.equal(0);
  });

  it('goes on for as long as it likes', async () => {
    const placed = await place();
    placed.call.answer();
    placed.timers.pass(3_600_000);
    await later();
    expect(placed.closed()).to.equal(0);
  });

  it('does not begin to count the ringing again when the gateway takes the call late', async () => {
    const placed = await place();
    placed.call.emit('active');
    placed.call.emit('media.connected');
    placed.call.emit('trying');
    placed.timers.pass(LIMITS.ringMs);
    await later();
    expect(placed.closed()).to.equal(0);
    expect(placed.states.at(-1)).to.equal('active');
  });
});

describe('a call that loses its media', () => {
  it('reconnects, and is up again when the media is back', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.emit('media.disconnected');
    placed.call.emit('media.reconnecting');
    placed.call.emit('media.connected');
    expect(placed.states).to.deep.equal(['connecting', 'active', 'reconnecting', 'active']);
    placed.timers.pass(LIMITS.reconnectMs);
    await later();
    expect(placed.closed()).to.equal(0);
  });

  it('is dropped when the media stays away', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.emit('media.reconnecting');
    placed.timers.pass(LIMITS.reconnectMs);
    await rejects(placed.placedCall.ended, 'call-dropped');
    expect(placed.call.asked).to.include('hangup');
    await expectReleased(placed);
  });

  it('is noticed by what the browser says, before the SDK says it', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.connectionIs('disconnected');
    expect(placed.states.at(-1)).to.equal('reconnecting');
    placed.call.connectionIs('connected');
    expect(placed.states.at(-1)).to.equal('active');
    placed.timers.pass(LIMITS.reconnectMs);
    await later();
    expect(placed.closed()).to.equal(0);
  });

  it('is not lost in any other state that the browser tells', async () => {
    const { call, states } = await place();
    call.answer();
    for (const state of ['connecting', 'connected'] as const) call.connectionIs(state);
    expect(states).to.deep.equal(['connecting', 'active']);
    call.connectionIs('failed');
    expect(states.at(-1)).to.equal('reconnecting');
  });

  it('keeps its time to come back when the SDK tells the answer once more', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.emit('media.disconnected');
    placed.call.emit('call.joined', {});
    placed.timers.pass(LIMITS.reconnectMs - 1);
    await later();
    expect(placed.closed()).to.equal(0);
    placed.timers.pass(1);
    await rejects(placed.placedCall.ended, 'call-dropped');
  });

  it('is not given more time for losing it again and again while it is away', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.emit('media.disconnected');
    placed.timers.pass(LIMITS.reconnectMs - 1);
    placed.call.emit('media.disconnected');
    placed.timers.pass(1);
    await rejects(placed.placedCall.ended, 'call-dropped');
  });

  it('is dropped when the SDK gives it up itself', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.emit('media.disconnected');
    placed.call.destroy();
    await rejects(placed.placedCall.ended, 'call-dropped');
    await expectReleased(placed);
  });

  it('ends as usual when the far end hangs up meanwhile', async () => {
    const placed = await place();
    placed.call.answer();
    placed.call.emit('media.disconnected');
    placed.call.destroy('NORMAL_CLEARING', '16');
    expect(await placed.placedCall.ended).to.deep.equal({ status: 'disconnected', reason: 'remote' });
  });
});

describe('a new path for the media', () => {
  /** A gateway that writes down what it is offered, and answers as the test says. */
  function gateway() {
    let tell!: (sdp: string) => void;
    let refuse!: (reason: Error) => void;
    const offered = new Promise<string>((resolve) => (tell = resolve));
    const answer = new Promise<string>((_, reject) => (refuse = reject));
    const signalling: Signalling = {
      renegotiate(sdp) {
        tell(sdp);
        return answer;
      },
      reconnect: () => {},
    };
    return { signalling, offered, refuse };
  }

  /** A call that is up, on an SDK that we know or another one. */
  async function up({ isKnown = true, signalling }: { isKnown?: boolean; signalling?: Signalling }) {
    const call = new FakeSdkCall();
    call.isKnown = isKnown;
    call.connection.addTransceiver('audio');
    const placed = await place(call, signalling);
    call.answer();
    return placed;
  }

  it('is offered to the gateway when the old one is lost, and by nobody once the call is over', async () => {
    const { signalling, offered } = gateway();
    const placed = await up({ signalling });
    placed.call.connectionIs('disconnected');
    expect(await offered).to.contain('a=candidate');
    // The SDK may say so while the offer is on its way.
    placed.call.emit('media.connected');
    await placed.placedCall.hangup();
    await later();
    expect(placed.timers.pendingTimers).to.equal(0);
    await expectReleased(placed);
  });

  it('is of no use when the gateway knows no such call: it is dropped at once', async () => {
    const { signalling, offered, refuse } = gateway();
    const placed = await up({ signalling });
    placed.call.connectionIs('disconnected');
    await offered;
    refuse(new CallGone('gone'));
    await rejects(placed.placedCall.ended, 'call-dropped');
    await expectReleased(placed);
  });

  it('is left to the SDK where we cannot signal, or do not know the SDK', async () => {
    for (const way of [{}, { isKnown: false, signalling: gateway().signalling }, { isKnown: false }]) {
      const placed = await up(way);
      const { triggerResume } = placed.call.peer!;
      placed.call.connectionIs('disconnected');
      await later();
      // No more than the one for the call's own end.
      expect(placed.timers.pendingTimers).to.equal(1);
      expect(placed.timers.nextTimerMs).to.equal(LIMITS.reconnectMs);
      expect(placed.call.peer!.triggerResume).to.equal(triggerResume);
      await placed.placedCall.hangup();
    }
  });
});

describe('hanging up', () => {
  const HANGUP = { status: 'disconnected', reason: 'hangup' };

  it('tells the far end, gives everything back, and is told once', async () => {
    const placed = await place();
    placed.call.answer();
    await Promise.all([placed.placedCall.hangup(), placed.placedCall.hangup()]);
    expect(await placed.placedCall.ended).to.deep.equal(HANGUP);
    expect(placed.call.asked.filter((asked) => asked === 'hangup')).to.have.lengthOf(1);
    await expectReleased(placed);
  });

  it('turns the microphone off at once, whatever the gateway does', async () => {
    const { call, placedCall, stream } = await place();
    call.deaf = true;
    call.answer();
    void placedCall.hangup();
    expect(stream.getAudioTracks()[0]?.readyState).to.equal('ended');
  });

  it('does not wait for a deaf gateway, and closes the peer that the SDK leaves open', async () => {
    const placed = await place();
    placed.call.deaf = true;
    placed.call.answer();
    const over = placed.placedCall.hangup();
    await later();
    expect(placed.closed()).to.equal(0);
    placed.timers.pass(LIMITS.byeMs);
    await over;
    await expectReleased(placed);
  });

  it('works in the tick of start(), when the SDK has no peer to hang up yet', async () => {
    const call = new FakeSdkCall();
    call.hasPeer = false;
    const placed = await place(call);
    const over = placed.placedCall.hangup();
    call.makePeer();
    placed.timers.pass(0);
    await over;
    expect(call.asked).to.include('hangup');
    expect(await placed.placedCall.ended).to.deep.equal(HANGUP);
    await expectReleased(placed);
  });

  it('gives everything back even if the peer never comes', async () => {
    const call = new FakeSdkCall();
    call.hasPeer = false;
    const placed = await place(call);
    const over = placed.placedCall.hangup();
    placed.timers.pass(0);
    await over;
    expect(placed.closed()).to.equal(1);
    expect(placed.stream.getAudioTracks()[0]?.readyState).to.equal('ended');
  });

  it('reports nothing more, whatever the SDK still says', async () => {
    const placed = await place();
    await placed.placedCall.hangup();
    placed.call.answer();
    placed.call.emit('media.disconnected');
    placed.call.refuse(new Error('late'));
    await later();
    expect(placed.timers.pendingTimers).to.equal(0);
    placed.timers.pass(120_000);
    await later();
    expect(placed.states).to.deep.equal(['connecting']);
    expect(await placed.placedCall.ended).to.deep.equal(HANGUP);
    await expectReleased(placed);
  });

  it('happens when the page is left', async () => {
    const placed = await place();
    placed.call.answer();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    // Nothing that is asked for later would still be sent.
    expect(placed.call.asked).to.include('hangup');
    expect(await placed.placedCall.ended).to.deep.equal(HANGUP);
    await expectReleased(placed);
  });

  it('leaves the loudspeaker of the SDK nothing to play', async () => {
    const { call, placedCall, stream } = await place();
    call.audioEl!.srcObject = stream;
    await placedCall.hangup();
    expect(call.audioEl!.srcObject).to.equal(null);
  });

  it('is not tried again when the page is left afterwards', async () => {
    const listeners = listenersOf(window);
    try {
      const { placedCall } = await place();
      expect(listeners.count('pagehide')).to.equal(1);
      await placedCall.hangup();
      expect(listeners.count('pagehide')).to.equal(0);
    } finally {
      listeners.restore();
    }
  });

  it('leaves no timer behind, answered or not', async () => {
    for (const answered of [true, false]) {
      const placed = await place();
      if (answered) placed.call.answer();
      await placed.placedCall.hangup();
      await later();
      expect(placed.timers.pendingTimers, `answered: ${answered}`).to.equal(0);
    }
  });
});
