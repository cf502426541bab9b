// What a call that is up tells its panel: devices, camera, level, quality; and that nothing runs on when it is over.
// Real tracks of devices that are not there; the timers are turned by hand.
import { expect } from 'chai';
import type { Line } from '../../src/sdk/call.js';
import { LiveCall } from '../../src/call/live-call.js';
import { FIRST, type PanelModel } from '../../src/ui/panel/panel-model.js';
import { en } from '../../src/locales/en.js';
import { HandClock } from '../token/hand-clock.js';
import { madeTrack, vanish } from '../media/made-track.js';
import { later } from '../later.js';

/** Two microphones and a camera; those in `absent` cannot be had. */
class FakeDevices extends EventTarget {
  readonly absent = new Set<string>();
  listeners = 0;

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const all = { desk: 'audioinput', headset: 'audioinput', front: 'videoinput' };
    return Object.entries(all).map(
      ([deviceId, kind]) => ({ kind, deviceId, label: deviceId, groupId: '' }) as MediaDeviceInfo,
    );
  }

  async getUserMedia({ audio, video }: MediaStreamConstraints = {}): Promise<MediaStream> {
    const { deviceId } = (audio || video) as { deviceId?: { exact: string } };
    const wanted = deviceId?.exact ?? (audio ? 'desk' : 'front');
    if (this.absent.has(wanted)) throw new DOMException('no', 'NotFoundError');
    return new MediaStream([madeTrack(audio ? 'audio' : 'video', wanted)]);
  }

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1;
    super.removeEventListener(...args);
  }
}

const calls: LiveCall[] = [];
afterEach(() => calls.splice(0).forEach((call) => call.stop()));

async function live({ video = false } = {}) {
  const microphone = madeTrack('audio', 'desk');
  const camera = video ? madeTrack('video', 'front') : undefined;
  const stream = new MediaStream(camera ? [microphone, camera] : [microphone]);
  const devices = new FakeDevices();
  const timers = new HandClock();
  const told: Partial<PanelModel>[] = [];
  let heard = 0;
  const panel = { show: (news: Partial<PanelModel>) => void told.push(news), hear: () => void (heard += 1) };
  const call = new LiveCall({ stream, panel, audio: new Audio(), words: en, devices, timers });
  calls.push(call);
  await later();
  const now = (): PanelModel => told.reduce<PanelModel>((model, news) => ({ ...model, ...news }), FIRST);
  let asked = 0;
  const sent: string[] = [];
  const senderOf = (track: MediaStreamTrack | undefined) => ({
    track: track ?? null,
    replaceTrack: async (fresh: MediaStreamTrack) => void sent.push(`${track?.kind} ${fresh.label}`),
  });
  const peer = {
    signalingState: 'stable',
    getSenders: () => [undefined, camera, microphone].map(senderOf),
    getStats: async () => {
      asked += 1;
      return new Map([['S', { id: 'S', type: 'media-source', kind: 'audio', audioLevel: 0.5 }]]);
    },
  };
  return {
    call,
    stream,
    devices,
    timers,
    microphone,
    camera,
    told,
    now,
    sent,
    line: { peer } as unknown as Line,
    asked: () => asked,
    heard: () => heard,
    /** The microphone breaks, and there is none to follow. */
    async loseMicrophone() {
      devices.absent.add('desk').add('headset');
      vanish(microphone);
      await later();
      await later();
    },
  };
}

describe('the devices of a call', () => {
  it('are told as soon as they are known', async () => {
    const { now } = await live();
    expect(now().choices!.available.microphone.map(({ id }) => id)).to.deep.equal(['desk', 'headset']);
    expect(now().choices!.current.microphone).to.equal('desk');
    expect(now().notice).to.equal('');
  });

  it('change as the visitor wants, without a word', async () => {
    const { call, now, stream } = await live();
    call.useDevice('microphone', 'headset');
    await later();
    expect(now().choices!.current.microphone).to.equal('headset');
    expect(stream.getAudioTracks().map(({ label }) => label)).to.deep.equal(['headset']);
    expect(now().notice).to.equal('');
  });

  it('are those that the far end hears and sees', async () => {
    const { call, line, sent } = await live({ video: true });
    call.use(line);
    call.useDevice('microphone', 'headset');
    await later();
    call.useDevice('camera', 'front');
    await later();
    expect(sent).to.deep.equal(['audio headset']);
  });

  it('say that one was refused, for six seconds', async () => {
    const { call, now, devices, timers } = await live();
    devices.absent.add('headset');
    call.useDevice('microphone', 'headset');
    await later();
    expect(now().notice).to.equal('That device could not be used.');
    timers.pass(5_999);
    expect(now().notice).to.equal('That device could not be used.');
    // Another list of devices is no reason to take it away.
    devices.dispatchEvent(new Event('devicechange'));
    await later();
    expect(now().notice).to.equal('That device could not be used.');
    timers.pass(1);
    expect(now().notice).to.equal('');
  });

  it('say which one took the place of another', async () => {
    const { devices, microphone, now } = await live();
    devices.absent.add('desk');
    vanish(microphone);
    await later();
    await later();
    expect(now().notice).to.equal('Microphone disconnected. Now using headset');
  });

  it('say that the microphone is gone until there is one again', async () => {
    const { call, now, devices, timers, loseMicrophone } = await live();
    await loseMicrophone();
    expect(now().notice).to.equal('The microphone is gone. Connect another one.');
    timers.pass(60_000);
    expect(now().notice).to.equal('The microphone is gone. Connect another one.');
    devices.absent.clear();
    call.useDevice('microphone', 'headset');
    await later();
    expect(now().notice).to.equal('');
  });

  it('say for six seconds what happens while the microphone is gone, and that it is gone no longer', async () => {
    const { call, now, devices, timers, loseMicrophone } = await live({ video: true });
    await loseMicrophone();
    call.useDevice('microphone', 'headset');
    await later();
    expect(now().notice).to.equal('That device could not be used.');
    timers.pass(6_000);
    expect(now().notice).to.equal('');
    devices.absent.clear();
    call.useDevice('microphone', 'headset');
    await later();
    expect(now().choices!.current.microphone).to.equal('headset');
  });

  it('do not say for longer than others that the camera is gone', async () => {
    const { now, devices, camera, timers } = await live({ video: true });
    devices.absent.add('front');
    vanish(camera!);
    await later();
    await later();
    timers.pass(6_000);
    expect(now().notice).to.equal('');
  });

  it('do not call a lost camera a microphone', async () => {
    const { now, devices, camera } = await live({ video: true });
    devices.absent.add('front');
    vanish(camera!);
    await later();
    await later();
    expect(now().notice).to.equal('The camera is gone. The call goes on without it.');
  });
});

describe('the camera of a call', () => {
  it('is shown, goes dark and comes back without being given back', async () => {
    const { call, now, stream, camera } = await live({ video: true });
    expect(now().localVideo === stream).to.equal(true);
    call.turnCameraOff(true);
    expect([now().cameraOff, camera!.enabled, camera!.readyState]).to.deep.equal([true, false, 'live']);
    call.turnCameraOff(false);
    expect([now().cameraOff, camera!.enabled]).to.deep.equal([false, true]);
  });

  it('is not there in a call without one', async () => {
    expect((await live()).now().localVideo).to.equal(undefined);
  });
});

describe('level and quality', () => {
  it('are told from the answer on, by one watch', async () => {
    const { call, line, now, asked } = await live();
    call.use(line);
    await later();
    expect(asked()).to.equal(0);
    call.watch();
    call.watch();
    await later();
    expect(asked()).to.equal(1);
    expect([now().microphoneLevel, now().quality]).to.deep.equal([0.5, 'good']);
  });

  it('are not asked for where there is no connection', async () => {
    const { call, timers } = await live();
    expect(() => call.watch()).to.not.throw();
    call.use({ peer: undefined } as Line);
    expect(() => call.watch()).to.not.throw();
    expect(timers.pendingTimers).to.equal(0);
  });
});

describe('the page', () => {
  it('is heard again when the visitor comes back to it', async () => {
    const { heard, call } = await live();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard()).to.equal(1);
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete (document as { hidden?: boolean }).hidden;
    expect(heard()).to.equal(1);
    call.stop();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard()).to.equal(1);
  });
});

describe('a call that is over', () => {
  it('leaves nothing running and tells nothing more', async () => {
    const { call, line, devices, timers, told, asked } = await live();
    call.use(line);
    call.watch();
    devices.absent.add('headset');
    call.useDevice('microphone', 'headset');
    await later();
    expect(timers.pendingTimers).to.equal(2);
    call.stop();
    expect(timers.pendingTimers).to.equal(0);
    expect(devices.listeners).to.equal(0);
    const before = told.length;
    const polls = asked();
    devices.dispatchEvent(new Event('devicechange'));
    call.useDevice('microphone', 'desk');
    timers.pass(60_000);
    await later();
    expect(told).to.have.lengthOf(before);
    expect(asked()).to.equal(polls);
  });
});
