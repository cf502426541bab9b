// The media of a call as its interface sees it: devices, notices, camera, level and quality, and no change after its end.
// Real tracks of made-up devices; the test advances time by hand.
import { expect } from 'chai';
import { CallMedia } from '../../src/media/call-media.js';
import { later } from '../later.js';
import { listenersOf } from '../listeners.js';
import { HandClock } from '../token/hand-clock.js';
import { FakeDevices, stopTracks, trackOf } from './fake-devices.js';
import { vanish } from './made-track.js';

const started: CallMedia[] = [];
afterEach(() => {
  for (const media of started.splice(0)) media.stop();
  stopTracks();
});

async function setUp({ video = false } = {}) {
  const microphone = trackOf('audio', 'desk', 'Desk');
  const camera = video ? trackOf('video', 'front', 'Front') : undefined;
  const stream = new MediaStream(camera ? [microphone, camera] : [microphone]);
  const devices = new FakeDevices();
  const listeners = listenersOf(devices);
  /** Devices that cannot be opened. */
  const broken = new Set<string>();
  devices.answer = ({ constraints, deviceId, grant, refuse }) => {
    const fallback = constraints.echoCancellation ? 'default' : 'front';
    if (broken.has(deviceId ?? fallback)) refuse('NotFoundError');
    else grant();
  };
  const timers = new HandClock();
  const audio = new Audio();
  const media = new CallMedia({ audio, devices, timers });
  started.push(media);
  let changes = 0;
  media.subscribe(() => (changes += 1));
  media.start(stream);
  await later();
  /** The ids of the tracks that the senders were given, by kind. */
  const sent: string[] = [];
  return {
    media,
    stream,
    audio,
    devices,
    listeners,
    broken,
    timers,
    microphone,
    camera,
    sent,
    now: () => media.snapshot,
    changes: () => changes,
    /** A connection that sends both tracks, and whose senders record what they are given. */
    async connect() {
      const peer = new RTCPeerConnection();
      for (const track of stream.getTracks()) {
        const sender = peer.addTrack(track, stream);
        sender.replaceTrack = async (fresh) => void sent.push(`${track.kind} ${fresh!.label}`);
      }
      media.feed({ peer });
      return peer;
    },
    /** The microphone is unplugged, and no other works. */
    async loseMicrophone() {
      for (const id of ['default', 'desk', 'headset']) broken.add(id);
      vanish(microphone);
      await later();
      await later();
    },
  };
}

/** Notices, as far as the tests compare them. */
const REFUSED = { kind: 'refused', device: 'microphone', label: 'Headset' };
const LOST = { kind: 'lost', device: 'microphone', label: 'Desk' };

describe('the devices of a call', () => {
  it('are known as soon as the browser has listed them', async () => {
    const { now } = await setUp();
    const { available, current } = now().choices!;
    expect(available.microphone.map(({ id }) => id)).to.deep.equal(['default', 'desk', 'headset']);
    expect(current.microphone).to.equal('desk');
    expect(now().notice).to.equal(undefined);
  });

  it('switch to the one that the visitor chooses, without a notice', async () => {
    const { media, now, stream } = await setUp();
    media.useDevice('microphone', 'headset');
    await later();
    expect(now().choices!.current.microphone).to.equal('headset');
    expect(stream.getAudioTracks().map(({ label }) => label)).to.deep.equal(['Headset']);
    expect(now().notice).to.equal(undefined);
  });

  it('feed the sender of their kind', async () => {
    const { media, connect, sent } = await setUp({ video: true });
    const peer = await connect();
    media.useDevice('microphone', 'headset');
    await later();
    media.useDevice('camera', 'front');
    await later();
    expect(sent).to.deep.equal(['audio Headset']);
    peer.close();
  });

  it('show for six seconds that one was refused', async () => {
    const { media, now, devices, timers, broken } = await setUp();
    broken.add('headset');
    media.useDevice('microphone', 'headset');
    await later();
    expect(now().notice).to.include(REFUSED);
    timers.pass(5_999);
    expect(now().notice).to.include(REFUSED);
    // A changed list of devices does not end the notice.
    devices.changed();
    await later();
    expect(now().notice).to.include(REFUSED);
    timers.pass(1);
    expect(now().notice).to.equal(undefined);
  });

  it('show which one replaced a device that was unplugged', async () => {
    const { microphone, now, broken } = await setUp();
    for (const id of ['default', 'desk']) broken.add(id);
    vanish(microphone);
    await later();
    await later();
    expect(now().notice).to.include({ kind: 'changed', device: 'microphone', label: 'Headset' });
  });

  it('show that the microphone is gone until there is one again', async () => {
    const { media, now, broken, timers, loseMicrophone } = await setUp();
    await loseMicrophone();
    expect(now().notice).to.include(LOST);
    timers.pass(60_000);
    expect(now().notice).to.include(LOST);
    broken.clear();
    media.useDevice('microphone', 'headset');
    await later();
    expect(now().notice).to.equal(undefined);
  });

  it('show another notice for six seconds while the microphone is gone', async () => {
    const { media, now, broken, timers, loseMicrophone } = await setUp({ video: true });
    await loseMicrophone();
    media.useDevice('microphone', 'headset');
    await later();
    expect(now().notice).to.include(REFUSED);
    timers.pass(6_000);
    expect(now().notice).to.equal(undefined);
    broken.clear();
    media.useDevice('microphone', 'headset');
    await later();
    expect(now().choices!.current.microphone).to.equal('headset');
  });

  it('show for six seconds that the camera is gone', async () => {
    const { now, broken, camera, timers } = await setUp({ video: true });
    for (const id of ['front', 'back']) broken.add(id);
    vanish(camera!);
    await later();
    await later();
    expect(now().notice).to.include({ kind: 'lost', device: 'camera' });
    timers.pass(6_000);
    expect(now().notice).to.equal(undefined);
  });
});

describe('the camera of a call', () => {
  it('is shown, and goes dark and comes back without being released', async () => {
    const { media, now, stream, camera } = await setUp({ video: true });
    expect(now().localVideo === stream).to.equal(true);
    media.turnCameraOff(true);
    expect([now().cameraOff, camera!.enabled, camera!.readyState]).to.deep.equal([true, false, 'live']);
    media.turnCameraOff(false);
    expect([now().cameraOff, camera!.enabled]).to.deep.equal([false, true]);
  });

  it('is not shown in a call without video', async () => {
    expect((await setUp()).now().localVideo).to.equal(undefined);
  });
});

describe('level and quality', () => {
  it('are those of the last reading', async () => {
    const { media, now } = await setUp();
    media.read({ microphoneLevel: 0.5, quality: 'poor' });
    expect(now()).to.include({ microphoneLevel: 0.5, quality: 'poor' });
  });
});

describe('the far end', () => {
  it('is heard on the audio element of the call, with its volume', async () => {
    const { media, now, audio } = await setUp();
    const track = trackOf('audio', 'far end');
    media.play(track);
    expect((audio.srcObject as MediaStream).getTracks()).to.deep.equal([track]);
    media.setVolume(0.5);
    media.muteSpeaker(true);
    expect([audio.volume, audio.muted]).to.deep.equal([0.5, true]);
    expect(now()).to.include({ volume: 0.5, speakerMuted: true, remoteVideo: undefined });
  });

  it('is seen when it sends video', async () => {
    const { media, now } = await setUp({ video: true });
    const track = trackOf('video', 'far end');
    media.play(track);
    expect(now().remoteVideo!.getTracks()).to.deep.equal([track]);
  });

  it('is heard again when the visitor returns to the page, until the call is over', async () => {
    const { media, audio } = await setUp();
    let plays = 0;
    audio.play = async () => void (plays += 1);
    const returnToPage = () => document.dispatchEvent(new Event('visibilitychange'));
    media.play(trackOf('audio', 'far end'));
    returnToPage();
    expect(plays).to.equal(2);
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    returnToPage();
    delete (document as { hidden?: boolean }).hidden;
    expect(plays).to.equal(2);
    media.stop();
    returnToPage();
    expect(plays).to.equal(2);
  });

  it('asks for a tap when the browser blocks the sound', async () => {
    const { media, now, audio } = await setUp();
    audio.play = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    media.play(trackOf('audio', 'far end'));
    await later();
    expect(now().soundBlocked).to.equal(true);
    audio.play = () => Promise.resolve();
    media.hear();
    await later();
    expect(now().soundBlocked).to.equal(false);
  });
});

describe('the media of a call that is over', () => {
  it('keep no timer or listener, and do not change any more', async () => {
    const { media, broken, devices, listeners, timers, changes, now } = await setUp({ video: true });
    broken.add('headset');
    media.useDevice('microphone', 'headset');
    await later();
    expect([timers.pendingTimers, listeners.count('devicechange')]).to.deep.equal([1, 1]);
    media.stop();
    expect([timers.pendingTimers, listeners.count('devicechange')]).to.deep.equal([0, 0]);
    expect(now()).to.include({ remoteVideo: undefined, localVideo: undefined, notice: undefined });
    const before = changes();
    devices.changed();
    media.useDevice('microphone', 'default');
    timers.pass(60_000);
    await later();
    expect(changes()).to.equal(before);
  });
});
