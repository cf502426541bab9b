// From a connection's statistics to a level and a quality. The statistics are made up and the timers turned by hand, except
// in the last test, which listens to a real connection.
import { expect } from 'chai';
import { watchLine, type LineReading } from '../../src/sdk/statistics.js';
import { HandClock } from '../token/hand-clock.js';
import { later } from '../later.js';

type Fields = Record<string, unknown>;

/** A peer whose statistics are made up, except that they count from the beginning as real ones do. */
class FakePeer {
  signalingState = 'stable';
  asked = 0;
  level: unknown = 0;
  inbound: Fields = { packetsReceived: 1_000, packetsLost: 900, jitter: 0.01 };
  remote: Fields = { fractionLost: 0, roundTripTime: 0.1 };
  others: Fields[] = [];
  getStats = (): Promise<RTCStatsReport> => {
    this.asked += 1;
    const entries: Fields[] = [
      { id: 'S', type: 'media-source', kind: 'audio', audioLevel: this.level },
      { id: 'I', type: 'inbound-rtp', kind: 'audio', ...this.inbound },
      { id: 'R', type: 'remote-inbound-rtp', kind: 'audio', ...this.remote },
      ...this.others,
    ];
    return Promise.resolve(new Map(entries.map((entry) => [entry.id, entry])) as unknown as RTCStatsReport);
  };

  packets(received: number, lost: number): void {
    this.inbound.packetsReceived = (this.inbound.packetsReceived as number) + received;
    this.inbound.packetsLost = (this.inbound.packetsLost as number) + lost;
  }
}

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

async function watch(peer = new FakePeer()) {
  const timers = new HandClock();
  const readings: LineReading[] = [];
  const stop = watchLine({
    peer: peer as unknown as RTCPeerConnection,
    timers,
    onReading: (reading) => void readings.push(reading),
  });
  stops.push(stop);
  await later();
  const poll = async () => {
    timers.pass(250);
    await later();
  };
  return {
    peer,
    timers,
    readings,
    stop,
    poll,
    quality: () => readings.at(-1)!.quality,
    level: () => readings.at(-1)!.microphoneLevel,
    /** Until the next judgement. */
    judgement: async () => {
      for (let i = 0; i < 8; i += 1) await poll();
    },
  };
}

describe('the level of the microphone', () => {
  it('is told at first, and then when it changes by a twentieth', async () => {
    const { peer, poll, readings } = await watch();
    expect(readings).to.deep.equal([{ microphoneLevel: 0, quality: 'good' }]);
    peer.level = 0.02;
    await poll();
    expect(readings).to.have.lengthOf(1);
    peer.level = 0.31;
    await poll();
    expect(readings.slice(1)).to.deep.equal([{ microphoneLevel: 0.3, quality: 'good' }]);
    peer.level = 0.29;
    await poll();
    expect(readings).to.have.lengthOf(2);
  });

  it('rises at once, falls softly and reaches silence', async () => {
    const { peer, poll, level, readings } = await watch();
    peer.level = 0.8;
    await poll();
    expect(level()).to.equal(0.8);
    peer.level = 0;
    await poll();
    expect(level()).to.equal(0.4);
    for (let i = 0; i < 6; i += 1) await poll();
    expect(level()).to.equal(0);
    expect(
      readings.every(({ microphoneLevel }) => Number.isInteger(Math.round(microphoneLevel * 20))),
    ).to.equal(true);
  });

  it('stays between 0 and 1', async () => {
    const { peer, poll, level } = await watch();
    peer.level = 7;
    await poll();
    expect(level()).to.equal(1);
    peer.level = -1;
    for (let i = 0; i < 8; i += 1) await poll();
    expect(level()).to.equal(0);
  });

  for (const missing of [undefined, null, NaN, 'loud']) {
    it(`is silence where the browser says ${missing}`, async () => {
      const { peer, poll, readings } = await watch();
      peer.level = missing;
      await poll();
      expect(readings).to.deep.equal([{ microphoneLevel: 0, quality: 'good' }]);
    });
  }

  it('is not that of the camera or the far end', async () => {
    const { peer, poll, level } = await watch();
    peer.others = [
      { id: 'V', type: 'media-source', kind: 'video', audioLevel: 1 },
      { id: 'P', type: 'inbound-rtp', kind: 'audio', audioLevel: 1 },
    ];
    await poll();
    expect(level()).to.equal(0);
  });
});

describe('the quality of the connection', () => {
  const TROUBLES: [what: string, make: (peer: FakePeer) => void, end: (peer: FakePeer) => void][] = [
    ['packets that do not arrive', (peer) => peer.packets(90, 10), (peer) => peer.packets(100, 0)],
    [
      'packets that do not arrive over there',
      (peer) => (peer.remote.fractionLost = 0.06),
      (peer) => (peer.remote.fractionLost = 0.05),
    ],
    [
      'a long way there and back',
      (peer) => (peer.remote.roundTripTime = 0.41),
      (peer) => (peer.remote.roundTripTime = 0.4),
    ],
    ['jitter', (peer) => (peer.inbound.jitter = 0.051), (peer) => (peer.inbound.jitter = 0.05)],
  ];
  for (const [what, make, end] of TROUBLES) {
    it(`is poor after two judgements with ${what}, and good after two without`, async () => {
      const { peer, judgement, quality } = await watch();
      make(peer);
      await judgement();
      expect(quality()).to.equal('good');
      make(peer);
      await judgement();
      expect(quality()).to.equal('poor');
      end(peer);
      await judgement();
      expect(quality()).to.equal('poor');
      end(peer);
      await judgement();
      expect(quality()).to.equal('good');
    });
  }

  it('does not change for trouble that comes and goes', async () => {
    const { peer, judgement, readings } = await watch();
    for (let i = 0; i < 4; i += 1) {
      peer.inbound.jitter = i % 2 ? 0.01 : 0.2;
      await judgement();
    }
    expect(readings).to.have.lengthOf(1);
  });

  it('is not judged by what was lost before anybody looked', async () => {
    const { peer, judgement, readings } = await watch();
    peer.others = [{ id: 'I2', type: 'inbound-rtp', kind: 'audio', packetsReceived: 10, packetsLost: 500 }];
    for (let i = 0; i < 3; i += 1) {
      peer.packets(100, 0);
      await judgement();
    }
    expect(readings).to.have.lengthOf(1);
  });

  it('is not poor when nothing arrives because nobody speaks, or when duplicates arrive', async () => {
    const { peer, judgement, readings } = await watch();
    for (let i = 0; i < 2; i += 1) await judgement();
    for (let i = 0; i < 2; i += 1) {
      peer.packets(100, -5);
      await judgement();
    }
    expect(readings).to.have.lengthOf(1);
  });

  it('is not judged by the picture', async () => {
    const { peer, judgement, readings } = await watch();
    peer.others = [{ id: 'V', type: 'inbound-rtp', kind: 'video', jitter: 9 }];
    for (let i = 0; i < 3; i += 1) await judgement();
    expect(readings).to.have.lengthOf(1);
  });

  it('is good where the browser tells nothing', async () => {
    const peer = new FakePeer();
    peer.inbound = {};
    peer.remote = {};
    const { judgement, readings } = await watch(peer);
    for (let i = 0; i < 3; i += 1) await judgement();
    expect(readings).to.deep.equal([{ microphoneLevel: 0, quality: 'good' }]);
  });
});

describe('reading', () => {
  it('never asks again before there was an answer', async () => {
    const peer = new FakePeer();
    const { getStats } = peer;
    let answer!: () => void;
    peer.getStats = () => new Promise((resolve) => (answer = () => resolve(getStats())));
    const { timers, poll } = await watch(peer);
    await poll();
    await poll();
    expect(peer.asked).to.equal(0);
    expect(timers.pendingTimers).to.equal(0);
    answer();
    await later();
    expect(peer.asked).to.equal(1);
    expect(timers.pendingTimers).to.equal(1);
  });

  it('goes on when the browser refuses once', async () => {
    const { peer, poll, level } = await watch();
    const { getStats } = peer;
    peer.getStats = () => Promise.reject(new DOMException('no', 'InvalidStateError'));
    await poll();
    peer.getStats = () => {
      throw new TypeError('no');
    };
    await poll();
    peer.getStats = getStats;
    peer.level = 0.5;
    await poll();
    expect(level()).to.equal(0.5);
  });

  it('ends with the peer', async () => {
    const { peer, poll, timers } = await watch();
    peer.signalingState = 'closed';
    await poll();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('ends when it is stopped, also while it waits for an answer', async () => {
    const { peer, stop, timers, readings, poll } = await watch();
    peer.level = 1;
    timers.pass(250);
    stop();
    await later();
    await poll();
    expect(timers.pendingTimers).to.equal(0);
    expect(readings).to.have.lengthOf(1);
  });

  it('hears a tone on a real connection', async function () {
    if (!('RTCPeerConnection' in window)) return this.skip();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    here.onicecandidate = ({ candidate }) => void there.addIceCandidate(candidate ?? undefined);
    there.onicecandidate = ({ candidate }) => void here.addIceCandidate(candidate ?? undefined);
    here.addTrack(stream.getTracks()[0]!, stream);
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription!);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription!);
    const told = [...((await here.getStats()) as unknown as Map<string, object>).values()];
    // Firefox does not tell how loud a microphone is.
    if (!told.some((entry) => 'audioLevel' in entry)) return this.skip();
    const heard = await new Promise<LineReading>((resolve) =>
      stops.push(
        watchLine({
          peer: here,
          intervalMs: 20,
          onReading: (reading) => reading.microphoneLevel > 0 && resolve(reading),
        }),
      ),
    );
    expect(heard.microphoneLevel).to.be.within(0.05, 1);
    expect(heard.quality).to.equal('good');
    here.close();
    there.close();
    stream.getTracks()[0]!.stop();
  });
});
