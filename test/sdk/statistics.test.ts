// Microphone level and connection quality from WebRTC statistics. Statistics are fake and the test advances the timers,
// except for the last test, which uses a real connection.
import { expect } from 'chai';
import { watchLine, type LineReading } from '../../src/sdk/statistics.js';
import { HandClock } from '../token/hand-clock.js';
import { later } from '../later.js';

type Fields = Record<string, unknown>;

/** A peer connection with fake statistics. Packet counts start at a high value, as in a call that is already up. */
class FakePeer {
  signalingState = 'stable';
  queries = 0;
  level: unknown = 0;
  inbound: Fields = { packetsReceived: 1_000, packetsLost: 900, jitter: 0.01 };
  remote: Fields = { fractionLost: 0, roundTripTime: 0.1 };
  others: Fields[] = [];
  getStats = (): Promise<Map<unknown, Fields>> => {
    this.queries += 1;
    const entries: Fields[] = [
      { id: 'S', type: 'media-source', kind: 'audio', audioLevel: this.level },
      { id: 'I', type: 'inbound-rtp', kind: 'audio', ...this.inbound },
      { id: 'R', type: 'remote-inbound-rtp', kind: 'audio', ...this.remote },
      ...this.others,
    ];
    return Promise.resolve(new Map(entries.map((entry) => [entry.id, entry])));
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
    peer,
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
    /** Polls until the next assessment. */
    assessment: async () => {
      for (let i = 0; i < 8; i += 1) await poll();
    },
  };
}

describe('the level of the microphone', () => {
  it('is reported first, then whenever it changes by 0.05', async () => {
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

  it('rises at once and falls gradually to 0', async () => {
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
    it(`is 0 when the browser reports ${missing}`, async () => {
      const { peer, poll, readings } = await watch();
      peer.level = missing;
      await poll();
      expect(readings).to.deep.equal([{ microphoneLevel: 0, quality: 'good' }]);
    });
  }

  it('ignores the camera and the far end', async () => {
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
  const PROBLEMS: [name: string, start: (peer: FakePeer) => void, end: (peer: FakePeer) => void][] = [
    ['packet loss', (peer) => peer.packets(90, 10), (peer) => peer.packets(100, 0)],
    [
      'packet loss at the far end',
      (peer) => (peer.remote.fractionLost = 0.06),
      (peer) => (peer.remote.fractionLost = 0.05),
    ],
    [
      'a long round trip',
      (peer) => (peer.remote.roundTripTime = 0.41),
      (peer) => (peer.remote.roundTripTime = 0.4),
    ],
    ['high jitter', (peer) => (peer.inbound.jitter = 0.051), (peer) => (peer.inbound.jitter = 0.05)],
  ];
  for (const [name, start, end] of PROBLEMS) {
    it(`is poor after two assessments with ${name}, and good after two without`, async () => {
      const { peer, assessment, quality } = await watch();
      start(peer);
      await assessment();
      expect(quality()).to.equal('good');
      start(peer);
      await assessment();
      expect(quality()).to.equal('poor');
      end(peer);
      await assessment();
      expect(quality()).to.equal('poor');
      end(peer);
      await assessment();
      expect(quality()).to.equal('good');
    });
  }

  it('does not change when every other assessment is poor', async () => {
    const { peer, assessment, readings } = await watch();
    for (let i = 0; i < 4; i += 1) {
      peer.inbound.jitter = i % 2 ? 0.01 : 0.2;
      await assessment();
    }
    expect(readings).to.have.lengthOf(1);
  });

  it('ignores packets that were lost before the first assessment', async () => {
    const { peer, assessment, readings } = await watch();
    peer.others = [{ id: 'I2', type: 'inbound-rtp', kind: 'audio', packetsReceived: 10, packetsLost: 500 }];
    for (let i = 0; i < 3; i += 1) {
      peer.packets(100, 0);
      await assessment();
    }
    expect(readings).to.have.lengthOf(1);
  });

  it('is good when no packets arrive during silence, or when duplicates arrive', async () => {
    const { peer, assessment, readings } = await watch();
    for (let i = 0; i < 2; i += 1) await assessment();
    for (let i = 0; i < 2; i += 1) {
      peer.packets(100, -5);
      await assessment();
    }
    expect(readings).to.have.lengthOf(1);
  });

  it('ignores video', async () => {
    const { peer, assessment, readings } = await watch();
    peer.others = [{ id: 'V', type: 'inbound-rtp', kind: 'video', jitter: 9 }];
    for (let i = 0; i < 3; i += 1) await assessment();
    expect(readings).to.have.lengthOf(1);
  });

  it('is good when the browser reports nothing', async () => {
    const peer = new FakePeer();
    peer.inbound = {};
    peer.remote = {};
    const { assessment, readings } = await watch(peer);
    for (let i = 0; i < 3; i += 1) await assessment();
    expect(readings).to.deep.equal([{ microphoneLevel: 0, quality: 'good' }]);
  });
});

describe('watchLine', () => {
  it('never has two reads pending', async () => {
    const peer = new FakePeer();
    const { getStats } = peer;
    let answer!: () => void;
    peer.getStats = () => new Promise((resolve) => (answer = () => resolve(getStats())));
    const { timers, poll } = await watch(peer);
    await poll();
    await poll();
    expect(peer.queries).to.equal(0);
    expect(timers.pendingTimers).to.equal(0);
    answer();
    await later();
    expect(peer.queries).to.equal(1);
    expect(timers.pendingTimers).to.equal(1);
  });

  it('continues after a failed read', async () => {
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

  it('ends when the peer connection closes', async () => {
    const { peer, poll, timers } = await watch();
    peer.signalingState = 'closed';
    await poll();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('ends when it is stopped, also during a read', async () => {
    const { peer, stop, timers, readings, poll } = await watch();
    peer.level = 1;
    timers.pass(250);
    stop();
    await later();
    await poll();
    expect(timers.pendingTimers).to.equal(0);
    expect(readings).to.have.lengthOf(1);
  });

  it('measures a tone on a real connection', async function () {
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
    let hasLevel = false;
    (await here.getStats()).forEach((entry: object) => (hasLevel ||= 'audioLevel' in entry));
    // Firefox does not report a microphone level.
    if (!hasLevel) return this.skip();
    const reading = await new Promise<LineReading>((resolve) =>
      stops.push(
        watchLine({
          peer: here,
          intervalMs: 20,
          onReading: (latest) => latest.microphoneLevel > 0 && resolve(latest),
        }),
      ),
    );
    expect(reading.microphoneLevel).to.be.within(0.05, 1);
    expect(reading.quality).to.equal('good');
    here.close();
    there.close();
    stream.getTracks()[0]!.stop();
  });
});
