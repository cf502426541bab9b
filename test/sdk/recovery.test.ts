// Media that is lost and found again, between two real peers of this page. The far end may be silent, refuse, or know of no
// such call; the time between two tries is turned by hand.
import { expect } from 'chai';
import { CallGone, MediaRecovery, RECOVERY_LIMITS, type Signalling } from '../../src/sdk/recovery.js';
import { listenersOf } from '../listeners.js';
import { HandClock } from '../token/hand-clock.js';
import '../media/needs-webrtc.js';
import { later } from '../later.js';

/** The far end: a peer of this page, which answers what it is offered. */
class FarEnd implements Signalling {
  readonly peer = new RTCPeerConnection();
  readonly offers: string[] = [];
  reconnects = 0;
  /** What becomes of the next requests; after them it answers. */
  readonly next: ('silence' | 'refuse' | 'gone')[] = [];

  async renegotiate(sdp: string): Promise<string> {
    this.offers.push(sdp);
    const fate = this.next.shift();
    if (fate === 'silence') return new Promise(() => {});
    if (fate === 'refuse') throw new Error('refused');
    if (fate === 'gone') throw new CallGone('gone');
    await this.peer.setRemoteDescription({ type: 'offer', sdp });
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    if (this.peer.iceGatheringState !== 'complete') await happens(this.peer, 'icecandidate', isLast);
    return this.peer.localDescription!.sdp;
  }

  reconnect(): void {
    this.reconnects += 1;
  }
}

const isLast = (event: Event) => !(event as RTCPeerConnectionIceEvent).candidate;

function happens(target: EventTarget, type: string, isIt: (event: Event) => boolean): Promise<void> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => isIt(event) && resolve());
  });
}

const username = (sdp: string) => /a=ice-ufrag:(\S+)/.exec(sdp)![1];

const open: { stop(): void }[] = [];

/** Two peers that are connected, and the recovery of the first. */
async function connected(far = new FarEnd()) {
  const peer = new RTCPeerConnection({ iceCandidatePoolSize: 0 });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  const gathered = happens(peer, 'icecandidate', isLast);
  const up = happens(peer, 'connectionstatechange', () => peer.connectionState === 'connected');
  await peer.setLocalDescription(await peer.createOffer());
  await gathered;
  await peer.setRemoteDescription({ type: 'answer', sdp: await far.renegotiate(peer.localDescription!.sdp) });
  await up;
  const timers = new HandClock();
  let gone = 0;
  const recovery = new MediaRecovery({
    peer,
    signalling: far,
    log: () => {},
    timers,
    onGone: () => void (gone += 1),
  });
  open.push({
    stop() {
      recovery.stop();
      for (const one of [peer, far.peer]) one.close();
      for (const track of stream.getTracks()) track.stop();
    },
  });
  /** The path is lost, as far as the browser tells. */
  const lose = () => {
    let state: RTCPeerConnectionState | undefined = 'disconnected';
    Object.defineProperty(peer, 'connectionState', {
      configurable: true,
      get() {
        return (
          state ??
          Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, 'connectionState')!.get!.call(peer)
        );
      },
    });
    // It is found again with the first agreement after the loss.
    peer.addEventListener('signalingstatechange', () => {
      if (peer.signalingState !== 'stable' || peer.currentRemoteDescription?.sdp === old) return;
      state = undefined;
      peer.dispatchEvent(new Event('connectionstatechange'));
    });
    const old = peer.currentRemoteDescription?.sdp;
  };
  return { peer, far, recovery, timers, lose, gone: () => gone };
}

/** Until the far end has been offered so many descriptions, the first included. */
async function offered(far: FarEnd, count: number): Promise<void> {
  while (far.offers.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function flowing(peer: RTCPeerConnection): Promise<void> {
  while (peer.connectionState !== 'connected' || peer.signalingState !== 'stable')
    await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Every promise that could settle has settled. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

/** Until it waits before its next attempt, and for nothing else. */
async function pausing(timers: HandClock): Promise<void> {
  while (timers.pendingTimers !== 1 || timers.nextTimerMs !== RECOVERY_LIMITS.pauseMs) await turn();
}

afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});

describe('the recovery of media', () => {
  it('agrees upon a new path, with addresses of its own', async () => {
    const { peer, far, recovery, lose } = await connected();
    lose();
    recovery.start();
    await offered(far, 2);
    await flowing(peer);
    const [first, second] = far.offers;
    expect(username(second!)).not.to.equal(username(first!));
    expect(second).to.contain('a=candidate');
  });

  it('is one at a time, and begins again with the next loss', async () => {
    const { peer, far, recovery, lose } = await connected();
    lose();
    recovery.start();
    recovery.start();
    await offered(far, 2);
    await flowing(peer);
    await turn();
    expect(far.offers).to.have.lengthOf(2);
    lose();
    recovery.start();
    await offered(far, 3);
    await flowing(peer);
  });

  it('tries again after a refusal, when some time has passed', async () => {
    const { peer, far, recovery, lose, timers } = await connected();
    far.next.push('refuse');
    lose();
    recovery.start();
    await offered(far, 2);
    await pausing(timers);
    expect(peer.signalingState).to.equal('have-local-offer');
    timers.pass(RECOVERY_LIMITS.pauseMs);
    await offered(far, 3);
    await flowing(peer);
  });

  it('tries again at once when the browser finds a network', async () => {
    const { peer, far, recovery, lose, timers } = await connected();
    far.next.push('refuse');
    lose();
    recovery.start();
    await offered(far, 2);
    await pausing(timers);
    window.dispatchEvent(new Event('online'));
    await offered(far, 3);
    await flowing(peer);
  });

  it('replaces the connection of a gateway that does not answer', async () => {
    const { peer, far, recovery, lose, timers } = await connected();
    far.next.push('silence');
    lose();
    recovery.start();
    await offered(far, 2);
    timers.pass(RECOVERY_LIMITS.answerMs);
    await pausing(timers);
    expect(far.reconnects).to.equal(1);
    timers.pass(RECOVERY_LIMITS.pauseMs);
    await offered(far, 3);
    await flowing(peer);
  });

  it('gives up when the gateway knows no such call', async () => {
    const { far, recovery, lose, gone } = await connected();
    far.next.push('gone');
    lose();
    recovery.start();
    await offered(far, 2);
    await turn();
    expect(gone()).to.equal(1);
  });

  it('stops when it is told to, whatever it waits for', async () => {
    for (const fate of ['silence', 'refuse'] as const) {
      const { far, recovery, lose, timers, gone } = await connected();
      far.next.push(fate);
      lose();
      recovery.start();
      await offered(far, 2);
      await turn();
      recovery.stop();
      await turn();
      expect(timers.pendingTimers).to.equal(0);
      expect(gone()).to.equal(0);
      expect(far.offers).to.have.lengthOf(2);
    }
  });

  it('takes its offer back when the old path is found again meanwhile', async () => {
    const { peer, far, recovery, lose } = await connected();
    lose();
    recovery.start();
    delete (peer as { connectionState?: unknown }).connectionState;
    await turn();
    await flowing(peer);
    expect(far.offers.length).to.be.at.most(2);
  });
});

/** A peer turned by hand: what the browser says, when the test says so. */
class HandPeer extends EventTarget {
  connectionState: RTCPeerConnectionState = 'disconnected';
  signalingState: RTCSignalingState = 'stable';
  localDescription: { sdp: string } | null = null;
  /** What it was asked, oldest first. */
  readonly asked: string[] = [];

  async createOffer({ iceRestart = false }: RTCOfferOptions = {}): Promise<RTCSessionDescriptionInit> {
    this.asked.push(iceRestart ? 'new path' : 'old path');
    return { type: 'offer' };
  }
  async setLocalDescription({ type }: RTCSessionDescriptionInit): Promise<void> {
    if (type === 'rollback') this.asked.push(type);
    this.signalingState = type === 'rollback' ? 'stable' : 'have-local-offer';
    this.localDescription = { sdp: 'v=0\r\n' };
  }
  async setRemoteDescription({ sdp }: RTCSessionDescriptionInit): Promise<void> {
    this.asked.push(sdp!);
    this.signalingState = 'stable';
  }

  /** An address was found, or there are no more. */
  finds(address?: string): void {
    if (address) this.localDescription!.sdp += `a=candidate:1 1 udp 1 ${address} 9 typ host\r\n`;
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: address ? {} : null }));
  }
  is(connectionState: RTCPeerConnectionState): void {
    this.connectionState = connectionState;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

/** A recovery that has begun, and a gateway turned by hand. */
async function begun() {
  const peer = new HandPeer();
  const timers = new HandClock();
  const offers: string[] = [];
  let answer!: (sdp: string) => void;
  const listeners = { peer: listenersOf(peer), page: listenersOf(window) };
  const recovery = new MediaRecovery({
    peer: peer as unknown as RTCPeerConnection,
    signalling: {
      renegotiate(sdp) {
        offers.push(sdp);
        return new Promise((resolve) => (answer = resolve));
      },
      reconnect: () => {},
    },
    log: () => {},
    timers,
    onGone: () => expect.fail('it is not gone'),
  });
  open.push({
    stop() {
      recovery.stop();
      listeners.page.restore();
    },
  });
  recovery.start();
  await later();
  return { peer, timers, recovery, offers, listeners, answer: (sdp: string) => answer(sdp) };
}

/** One that has offered an address. */
async function waiting() {
  const all = await begun();
  all.peer.finds('192.0.2.1');
  all.peer.finds();
  await later();
  return all;
}

describe('an attempt', () => {
  it('goes on when the path is lost again while it takes its offer back', async () => {
    const { peer, recovery, timers } = await waiting();
    const taken = peer.setLocalDescription.bind(peer);
    peer.setLocalDescription = async (description) => {
      await taken(description);
      if (description.type !== 'rollback') return;
      peer.setLocalDescription = taken;
      peer.is('disconnected');
      // Already at it.
      recovery.start();
    };
    // The old path is back, and the offer stays without an answer.
    peer.is('connected');
    timers.pass(RECOVERY_LIMITS.answerMs);
    await later();
    expect(peer.asked.filter((asked) => asked === 'new path')).to.have.lengthOf(2);
    recovery.stop();
  });

  it('waits for all addresses', async () => {
    const { peer, offers } = await begun();
    peer.finds('192.0.2.1');
    await later();
    expect(offers).to.deep.equal([]);
    peer.finds();
    await later();
    expect(offers).to.have.lengthOf(1);
  });

  it('does not wait for an address that is late', async () => {
    const { peer, offers, timers } = await begun();
    peer.finds('192.0.2.1');
    timers.pass(RECOVERY_LIMITS.gatherMs);
    await later();
    expect(offers).to.have.lengthOf(1);
  });

  it('leaves out what is known in the local network only', async () => {
    const { peer, offers } = await begun();
    for (const address of ['5f3c.local', '192.0.2.1', '77aa.local', undefined]) peer.finds(address);
    await later();
    expect(offers).to.deep.equal(['v=0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n']);
  });

  it('offers nothing without an address, and takes it back for the next one', async () => {
    const { peer, offers, timers } = await begun();
    for (const address of ['5f3c.local', undefined]) peer.finds(address);
    await later();
    expect(timers.nextTimerMs).to.equal(RECOVERY_LIMITS.pauseMs);
    timers.pass(RECOVERY_LIMITS.pauseMs);
    await later();
    expect(peer.asked).to.deep.equal(['new path', 'rollback', 'new path']);
    expect(offers).to.deep.equal([]);
  });

  it('offers nothing when the old path was found again meanwhile', async () => {
    const { peer, offers, timers } = await begun();
    peer.finds('192.0.2.1');
    peer.is('connected');
    peer.finds();
    await later();
    expect(offers).to.deep.equal([]);
    expect(peer.asked).to.deep.equal(['new path', 'rollback']);
    expect(timers.pendingTimers).to.equal(0);
  });

  it('is the last one when media flows on the new path, and leaves nobody listening', async () => {
    const { peer, answer, timers, recovery, listeners } = await waiting();
    answer('answer');
    await later();
    peer.is('connecting');
    await later();
    expect(timers.nextTimerMs).to.equal(RECOVERY_LIMITS.connectMs);
    peer.is('connected');
    await later();
    expect(timers.pendingTimers).to.equal(0);
    expect(peer.asked).to.deep.equal(['new path', 'answer']);
    expect(listeners.peer.count('icecandidate')).to.equal(0);
    expect(listeners.peer.count('connectionstatechange')).to.equal(0);
    // With the next loss it begins anew.
    peer.is('disconnected');
    recovery.start();
    await later();
    expect(peer.asked).to.deep.equal(['new path', 'answer', 'new path']);
  });

  it('has nothing to wait for when the old path was found again before the answer', async () => {
    const { peer, answer, recovery } = await waiting();
    peer.is('connected');
    answer('answer');
    await later();
    peer.is('disconnected');
    recovery.start();
    await later();
    expect(peer.asked).to.deep.equal(['new path', 'answer', 'new path']);
  });

  it('is followed by another when media does not flow in time', async () => {
    const { peer, answer, timers, listeners } = await waiting();
    answer('answer');
    await later();
    timers.pass(RECOVERY_LIMITS.connectMs);
    await later();
    expect(timers.nextTimerMs).to.equal(RECOVERY_LIMITS.pauseMs);
    expect(listeners.page.count('online')).to.equal(1);
    timers.pass(RECOVERY_LIMITS.pauseMs);
    await later();
    expect(peer.asked).to.deep.equal(['new path', 'answer', 'new path']);
    expect(listeners.page.count('online')).to.equal(0);
  });

  for (const step of ['createOffer', 'setLocalDescription', 'setRemoteDescription'] as const) {
    it(`lets go of ${step} when that stands still, and of all when the path is back by itself`, async () => {
      const standsStill = (peer: HandPeer) => Object.assign(peer, { [step]: () => new Promise(() => {}) });
      const { peer, timers, recovery, answer } = await waiting();
      // The first attempt came to nothing, or its answer is what is stuck.
      if (step === 'setRemoteDescription') {
        standsStill(peer);
        answer('answer');
      } else {
        timers.pass(RECOVERY_LIMITS.answerMs);
        await later();
        standsStill(peer);
        timers.pass(RECOVERY_LIMITS.pauseMs);
      }
      await later();
      timers.pass(RECOVERY_LIMITS.describeMs);
      await later();
      expect(timers.nextTimerMs).to.equal(RECOVERY_LIMITS.pauseMs);
      peer.is('connected');
      timers.pass(RECOVERY_LIMITS.pauseMs);
      await later();
      // Taking the offer back may stand still as well.
      timers.pass(RECOVERY_LIMITS.describeMs);
      await later();
      expect(timers.pendingTimers).to.equal(0);
      // The next loss is somebody's again.
      delete (peer as Partial<HandPeer>)[step];
      const attempts = () => peer.asked.filter((asked) => asked === 'new path').length;
      const before = attempts();
      peer.is('disconnected');
      recovery.start();
      await later();
      expect(attempts()).to.equal(before + 1);
    });
  }

  it('lets go at once of what stands still when the call is over', async () => {
    const { peer, timers, recovery } = await waiting();
    peer.setLocalDescription = () => new Promise(() => {});
    timers.pass(RECOVERY_LIMITS.answerMs);
    await later();
    timers.pass(RECOVERY_LIMITS.pauseMs);
    await later();
    expect(timers.nextTimerMs).to.equal(RECOVERY_LIMITS.describeMs);
    recovery.stop();
    await later();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('is the last one when the connection was closed', async () => {
    const { peer, timers, recovery } = await waiting();
    timers.pass(RECOVERY_LIMITS.answerMs);
    await later();
    peer.is('closed');
    timers.pass(RECOVERY_LIMITS.pauseMs);
    await later();
    expect(peer.asked.filter((asked) => asked === 'new path')).to.have.lengthOf(1);
    expect(timers.pendingTimers).to.equal(0);
    recovery.stop();
  });
});
