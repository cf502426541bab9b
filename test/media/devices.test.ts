// Other devices during a call: the last choice counts, muted stays muted, and after every test no track is live that the
// call does not send. Devices are plugged in, taken away and granted by hand; so does time pass.
import { expect } from 'chai';
import { CHANGE_MS } from '../../src/media/change-limit.js';
import { INQUIRY_MS } from '../../src/media/device-list.js';
import { DeviceSwitch, LIST_MS, type DeviceChoices, type DeviceNotice } from '../../src/media/devices.js';
import { HandClock } from '../token/hand-clock.js';
import { madeTrack, vanish } from './made-track.js';
import { later } from '../later.js';

const everyTrack: MediaStreamTrack[] = [];

function made(...device: Parameters<typeof madeTrack>): MediaStreamTrack {
  const track = madeTrack(...device);
  everyTrack.push(track);
  return track;
}

interface Asked {
  readonly constraints: MediaTrackConstraints;
  readonly deviceId: string | undefined;
  grant(): MediaStreamTrack;
  refuse(name: string): void;
}

/** Devices that are plugged in by hand, and prompts that are answered by hand or as `answer` says. */
class FakeDevices extends EventTarget {
  plugged: [kind: MediaDeviceKind, deviceId: string, label: string][] = [
    ['audioinput', 'default', 'Default - Desk'],
    ['audioinput', 'communications', 'Communications - Desk'],
    ['audioinput', 'desk', 'Desk'],
    ['audioinput', 'headset', 'Headset'],
    ['audiooutput', 'default', 'Default - Box'],
    ['audiooutput', 'communications', 'Communications - Box'],
    ['audiooutput', 'box', 'Box'],
    ['audiooutput', 'headset', 'Headset'],
    ['videoinput', 'front', 'Front'],
    ['videoinput', 'back', 'Back'],
  ];
  inquiries = 0;
  readonly asked: Asked[] = [];
  answer: (asked: Asked) => void = (asked) => void asked.grant();

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    this.inquiries += 1;
    return this.plugged.map(
      ([kind, deviceId, label]) => ({ kind, deviceId, label, groupId: '' }) as MediaDeviceInfo,
    );
  }

  getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    const kind = constraints.audio ? 'audio' : 'video';
    const wanted = constraints[kind] as MediaTrackConstraints & { deviceId?: { exact: string } };
    return new Promise((resolve, reject) => {
      const asked: Asked = {
        constraints: wanted,
        deviceId: wanted.deviceId?.exact,
        grant: () => {
          const id = wanted.deviceId?.exact ?? (kind === 'audio' ? 'default' : 'front');
          const track = made(kind, id, this.plugged.find(([, deviceId]) => deviceId === id)?.[2]);
          resolve(new MediaStream([track]));
          return track;
        },
        refuse: (name) => reject(new DOMException('no', name)),
      };
      this.asked.push(asked);
      this.answer(asked);
    });
  }

  unplug(id: string): void {
    this.plugged = this.plugged.filter(([, deviceId]) => deviceId !== id);
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event('devicechange'));
  }
}

/** An audio element whose loudspeakers are not real. */
function fakeAudio() {
  const audio = document.createElement('audio');
  const sinks: string[] = [];
  let sinkId = '';
  Object.defineProperty(audio, 'sinkId', { get: () => sinkId });
  const refused = new Set<string>();
  const setSinkId = (id: string) => {
    sinks.push(id);
    if (refused.has(id)) return Promise.reject(new DOMException('no', 'NotFoundError'));
    return Promise.resolve().then(() => void (sinkId = id));
  };
  Object.defineProperty(audio, 'setSinkId', { value: setSinkId, writable: true });
  return { audio, sinks, refused };
}

interface Replaced {
  readonly track: MediaStreamTrack;
  done(): void;
  fail(): void;
}

const switches: DeviceSwitch[] = [];

async function during(kind: 'voice call' | 'video call' = 'voice call', begin = true) {
  const devices = new FakeDevices();
  const { audio, sinks, refused } = fakeAudio();
  const microphone = made('audio', 'default', 'Default - Desk');
  const camera = made('video', 'front', 'Front');
  if (kind === 'voice call') camera.stop();
  const stream = new MediaStream(kind === 'video call' ? [microphone, camera] : [microphone]);
  const replaced: Replaced[] = [];
  const line = { replacing: (one: Replaced) => one.done() };
  const senderOf = (media: string) => ({
    replaceTrack: (track: MediaStreamTrack) =>
      new Promise<void>((resolve, reject) => {
        const one = { track, done: resolve, fail: () => reject(new DOMException('no', 'InvalidStateError')) };
        replaced.push(one);
        line.replacing(one);
      }),
    media,
  });
  const senders: Record<string, unknown> = {
    audio: senderOf('audio'),
    video: kind === 'video call' ? senderOf('video') : undefined,
  };
  const told: DeviceChoices[] = [];
  const notices: DeviceNotice[] = [];
  const timers = new HandClock();
  const devicesInUse = new DeviceSwitch({
    stream,
    audio,
    devices,
    timers,
    sender: (media) => senders[media] as RTCRtpSender | undefined,
    onChange: (choices) => void told.push(choices),
    onNotice: (notice) => void notices.push(notice),
  });
  switches.push(devicesInUse);
  if (begin) {
    devicesInUse.start();
    await later();
  }
  const ids = (tracks = stream.getTracks()) => tracks.map((track) => track.getSettings().deviceId);
  return {
    devices,
    audio,
    sinks,
    refused,
    stream,
    microphone,
    camera,
    replaced,
    line,
    senders,
    told,
    notices,
    timers,
    ids,
    switch: devicesInUse,
    last: () => told.at(-1)!,
  };
}

/** Whoever is not in the stream has been stopped: no recording sign stays on. */
function expectNoLeak(stream: MediaStream): void {
  const live = everyTrack.filter(({ readyState }) => readyState === 'live');
  expect(live.every((track) => stream.getTracks().includes(track))).to.equal(true);
}

beforeEach(() => void everyTrack.splice(0));
afterEach(() => {
  for (const one of switches.splice(0)) one.stop();
  for (const track of everyTrack) track.stop();
});

describe('the list of devices', () => {
  it('has the default once, and not the second default of Windows', async () => {
    const { last } = await during('video call');
    const { available, current } = last();
    expect(available.microphone.map(({ id }) => id)).to.deep.equal(['default', 'desk', 'headset']);
    expect(available.speaker.map(({ id }) => id)).to.deep.equal(['default', 'box', 'headset']);
    expect(available.camera).to.deep.equal([
      { id: 'front', label: 'Front' },
      { id: 'back', label: 'Back' },
    ]);
    expect(current).to.deep.equal({ microphone: 'default', speaker: 'default', camera: 'front' });
  });

  it('has no speakers where the browser cannot choose one', async () => {
    const { audio, switch: devicesInUse, last, notices } = await during('voice call', false);
    Object.assign(audio, { setSinkId: undefined });
    devicesInUse.start();
    await later();
    expect(last().available.speaker).to.deep.equal([]);
    expect(last().current.speaker).to.equal(undefined);
    await devicesInUse.use('speaker', 'box');
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused']);
  });

  it('leaves out what nobody can choose: entries without an id', async () => {
    const { devices, last } = await during();
    devices.plugged = [['audioinput', '', '']];
    devices.changed();
    await later();
    expect(last().available.microphone).to.deep.equal([]);
  });

  it('is read anew when a device is plugged in, which does not change the call', async () => {
    const { devices, last, notices, ids } = await during();
    devices.plugged.push(['audioinput', 'new', 'New']);
    devices.changed();
    await later();
    expect(last().available.microphone.at(-1)).to.deep.equal({ id: 'new', label: 'New' });
    expect(ids()).to.deep.equal(['default']);
    expect([devices.asked, notices]).to.deep.equal([[], []]);
  });

  it('is read once more, not ten times, for ten events', async () => {
    const { devices, told } = await during();
    const before = { inquiries: devices.inquiries, told: told.length };
    for (let i = 0; i < 10; i += 1) devices.changed();
    await later();
    expect(devices.inquiries - before.inquiries).to.be.at.most(2);
    expect(told.length - before.told).to.equal(1);
  });

  it('stays as it was where the browser refuses to tell', async () => {
    const { devices, last } = await during();
    devices.enumerateDevices = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    devices.changed();
    await later();
    expect(last().available.microphone).to.have.lengthOf(3);
  });
});

describe('choosing a microphone', () => {
  it('sends the new one instead, takes it into the stream and stops the old one', async () => {
    const { switch: devicesInUse, stream, microphone, replaced, last, ids, notices } = await during();
    await devicesInUse.use('microphone', 'headset');
    expect(replaced.map(({ track }) => track.getSettings().deviceId)).to.deep.equal(['headset']);
    expect(ids()).to.deep.equal(['headset']);
    expect(microphone.readyState).to.equal('ended');
    expect(last().current.microphone).to.equal('headset');
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('asks for exactly that one, with clean speech as at first', async () => {
    const { switch: devicesInUse, devices } = await during();
    await devicesInUse.use('microphone', 'headset');
    expect(devices.asked.map(({ constraints }) => constraints)).to.deep.equal([
      {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        deviceId: { exact: 'headset' },
      },
    ]);
  });

  it('does nothing for the one that is in use', async () => {
    const { switch: devicesInUse, devices, microphone } = await during();
    await devicesInUse.use('microphone', 'default');
    expect(devices.asked).to.deep.equal([]);
    expect(microphone.readyState).to.equal('live');
  });

  it('keeps the visitor muted, also when that happens in the middle', async () => {
    const { switch: devicesInUse, stream, line } = await during();
    const mute = (on: boolean) => stream.getAudioTracks().forEach((track) => (track.enabled = !on));
    mute(true);
    await devicesInUse.use('microphone', 'headset');
    expect(stream.getAudioTracks().map(({ enabled }) => enabled)).to.deep.equal([false]);
    mute(false);
    line.replacing = ({ done }) => {
      mute(true);
      done();
    };
    await devicesInUse.use('microphone', 'desk');
    expect(stream.getAudioTracks().map(({ enabled }) => enabled)).to.deep.equal([false]);
  });

  for (const name of ['NotAllowedError', 'OverconstrainedError', 'NotReadableError']) {
    it(`leaves the old one when the browser says ${name}`, async () => {
      const { switch: devicesInUse, devices, microphone, ids, notices, stream } = await during();
      devices.answer = ({ refuse }) => refuse(name);
      await devicesInUse.use('microphone', 'headset');
      expect(ids()).to.deep.equal(['default']);
      expect(microphone.readyState).to.equal('live');
      expect(notices).to.deep.equal([{ kind: 'refused', device: 'microphone', label: 'Headset', place: 3 }]);
      expectNoLeak(stream);
    });
  }

  it('leaves the old one when the line does not take the new one', async () => {
    const { switch: devicesInUse, line, microphone, ids, notices, stream } = await during();
    line.replacing = ({ fail }) => fail();
    await devicesInUse.use('microphone', 'headset');
    expect(ids()).to.deep.equal(['default']);
    expect(microphone.readyState).to.equal('live');
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'microphone', label: 'Headset', place: 3 }]);
    expectNoLeak(stream);
  });

  it('works before there is a peer: the stream is what it will send', async () => {
    const { switch: devicesInUse, senders, ids } = await during();
    senders.audio = undefined;
    await devicesInUse.use('microphone', 'headset');
    expect(ids()).to.deep.equal(['headset']);
  });

  it('goes to the last choice, whichever is granted first', async () => {
    const { switch: devicesInUse, devices, ids, notices, stream } = await during();
    devices.answer = () => {};
    const first = devicesInUse.use('microphone', 'desk');
    const second = devicesInUse.use('microphone', 'headset');
    const [desk, headset] = devices.asked;
    headset!.grant();
    await second;
    desk!.grant();
    await first;
    await later();
    expect(ids()).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('is not held up by a prompt that nobody answers', async () => {
    const { switch: devicesInUse, devices, ids } = await during();
    devices.answer = (asked) => void (asked.deviceId === 'headset' && asked.grant());
    const unanswered = devicesInUse.use('microphone', 'desk');
    await devicesInUse.use('microphone', 'headset');
    await unanswered;
    expect(ids()).to.deep.equal(['headset']);
  });

  it('goes to the last choice while the line is taking the one before', async () => {
    const { switch: devicesInUse, line, replaced, ids, stream } = await during();
    line.replacing = () => {};
    const first = devicesInUse.use('microphone', 'desk');
    await later();
    const second = devicesInUse.use('microphone', 'default');
    await later();
    expect(replaced).to.have.lengthOf(1);
    replaced[0]!.done();
    await first;
    await later();
    replaced[1]!.done();
    await second;
    expect(ids()).to.deep.equal(['default']);
    expectNoLeak(stream);
  });

  it('skips a choice that was overtaken before it had its turn', async () => {
    const { switch: devicesInUse, line, replaced, ids, stream } = await during();
    line.replacing = () => {};
    const choosing: Promise<void>[] = [];
    for (const id of ['desk', 'headset', 'default']) {
      choosing.push(devicesInUse.use('microphone', id));
      await later();
    }
    replaced[0]!.done();
    await later();
    replaced[1]!.done();
    await Promise.all(choosing);
    expect(replaced.map(({ track }) => track.getSettings().deviceId)).to.deep.equal(['desk', 'default']);
    expect(ids()).to.deep.equal(['default']);
    expectNoLeak(stream);
  });
});

describe('choosing a camera', () => {
  it('changes the picture and leaves the sound', async () => {
    const { switch: devicesInUse, ids, microphone, camera, stream, last } = await during('video call');
    await devicesInUse.use('camera', 'back');
    expect(ids()).to.have.members(['default', 'back']);
    expect([microphone.readyState, camera.readyState]).to.deep.equal(['live', 'ended']);
    expect(last().current.camera).to.equal('back');
    expectNoLeak(stream);
  });

  it('asks for exactly that one, in the size as at first', async () => {
    const { switch: devicesInUse, devices } = await during('video call');
    await devicesInUse.use('camera', 'back');
    expect(devices.asked.map(({ constraints }) => constraints)).to.deep.equal([
      { width: { ideal: 1280 }, height: { ideal: 720 }, deviceId: { exact: 'back' } },
    ]);
  });

  it('takes its place where there was none to begin with', async () => {
    const { switch: devicesInUse, stream, camera, replaced } = await during('video call');
    stream.removeTrack(camera);
    camera.stop();
    await devicesInUse.use('camera', 'back');
    expect(replaced).to.have.lengthOf(1);
    expect(stream.getVideoTracks().map(({ enabled }) => enabled)).to.deep.equal([true]);
    expectNoLeak(stream);
  });

  it('leaves the old one on when the new one is refused for any other reason than that one', async () => {
    const { switch: devicesInUse, devices, camera, notices } = await during('video call');
    devices.answer = ({ refuse }) => refuse('NotAllowedError');
    await devicesInUse.use('camera', 'back');
    await later();
    expect(camera.readyState).to.equal('live');
    expect(devices.asked).to.have.lengthOf(1);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused']);
  });

  it('is refused without a prompt in a call without a picture', async () => {
    const { switch: devicesInUse, devices, notices } = await during();
    await devicesInUse.use('camera', 'back');
    expect(devices.asked).to.deep.equal([]);
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'camera', label: 'Back', place: 2 }]);
  });

  it('closes the old one first on a phone that opens one at a time', async () => {
    const { switch: devicesInUse, devices, camera, ids, notices, stream } = await during('video call');
    devices.answer = ({ refuse, grant }) => {
      if (camera.readyState === 'live') return refuse('NotReadableError');
      grant();
    };
    await devicesInUse.use('camera', 'back');
    await later();
    expect(ids()).to.have.members(['default', 'back']);
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('opens the old one again when that was in vain', async () => {
    const { switch: devicesInUse, devices, ids, notices, stream } = await during('video call');
    devices.answer = ({ deviceId, refuse, grant }) => {
      if (deviceId === 'back') return refuse('NotReadableError');
      grant();
    };
    await devicesInUse.use('camera', 'back');
    await later();
    expect(ids()).to.have.members(['default', 'front']);
    expect(stream.getVideoTracks().map(({ readyState }) => readyState)).to.deep.equal(['live']);
    expect(devices.asked.map(({ deviceId }) => deviceId)).to.deep.equal(['back', 'back', 'front']);
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'camera', label: 'Back', place: 2 }]);
    expectNoLeak(stream);
  });
});

describe('choosing a speaker', () => {
  it('plays the far end there', async () => {
    const { switch: devicesInUse, sinks, last, notices } = await during();
    await devicesInUse.use('speaker', 'headset');
    expect(sinks).to.deep.equal(['headset']);
    expect(last().current.speaker).to.equal('headset');
    expect(notices).to.deep.equal([]);
  });

  it('is refused as the browser refuses it', async () => {
    const { switch: devicesInUse, refused, last, notices } = await during();
    refused.add('headset');
    await devicesInUse.use('speaker', 'headset');
    expect(last().current.speaker).to.equal('default');
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'speaker', label: 'Headset', place: 3 }]);
  });

  it('goes to the last choice', async () => {
    const { switch: devicesInUse, audio } = await during();
    await Promise.all([devicesInUse.use('speaker', 'headset'), devicesInUse.use('speaker', 'box')]);
    expect(audio.sinkId).to.equal('box');
  });

  it('stays when another device comes or goes', async () => {
    const { switch: devicesInUse, devices, sinks, notices } = await during();
    await devicesInUse.use('speaker', 'headset');
    devices.unplug('box');
    await later();
    expect(sinks).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([]);
  });

  it('is lost when it disappears and the default one does not play', async () => {
    const { switch: devicesInUse, devices, refused, notices } = await during();
    await devicesInUse.use('speaker', 'headset');
    refused.add('');
    devices.unplug('headset');
    await later();
    expect(notices).to.deep.equal([{ kind: 'lost', device: 'speaker', label: 'Headset', place: 0 }]);
  });

  it('goes back to the default when it disappears', async () => {
    const { switch: devicesInUse, devices, sinks, last, notices } = await during();
    await devicesInUse.use('speaker', 'headset');
    devices.unplug('headset');
    await later();
    expect(sinks).to.deep.equal(['headset', '']);
    expect(last().current.speaker).to.equal('default');
    expect(notices).to.deep.equal([{ kind: 'changed', device: 'speaker', label: 'Default - Box', place: 1 }]);
  });

  it('is lost when there is no other', async () => {
    const { switch: devicesInUse, devices, sinks, notices } = await during();
    await devicesInUse.use('speaker', 'headset');
    devices.plugged = devices.plugged.filter(([kind]) => kind !== 'audiooutput');
    devices.changed();
    await later();
    expect(sinks).to.deep.equal(['headset', '']);
    expect(notices).to.deep.equal([{ kind: 'lost', device: 'speaker', label: 'Headset', place: 0 }]);
  });
});

describe('a device that goes away', () => {
  it('is followed by the default one, and the visitor is told', async () => {
    const { switch: devicesInUse, devices, stream, ids, notices, last } = await during();
    await devicesInUse.use('microphone', 'headset');
    const [headset] = stream.getAudioTracks();
    headset!.enabled = false;
    devices.unplug('headset');
    vanish(headset!);
    await later();
    expect(devices.asked.map(({ deviceId }) => deviceId)).to.deep.equal(['headset', undefined]);
    // The browser's choice: an id that is not there is no wish.
    expect(devices.asked.at(-1)!.constraints).to.not.have.property('deviceId');
    expect(ids()).to.deep.equal(['default']);
    expect(stream.getAudioTracks()[0]!.enabled).to.equal(false);
    expect(notices).to.deep.equal([
      { kind: 'changed', device: 'microphone', label: 'Default - Desk', place: 1 },
    ]);
    expect(last().current.microphone).to.equal('default');
    expectNoLeak(stream);
  });

  it('is followed by the default one also where the browser refuses to list any', async () => {
    const { devices, microphone, stream } = await during();
    devices.enumerateDevices = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    vanish(microphone);
    await later();
    expect(stream.getAudioTracks().map(({ readyState }) => readyState)).to.deep.equal(['live']);
  });

  it('is followed by the next one that opens', async () => {
    const { devices, microphone, ids, notices } = await during();
    devices.answer = ({ deviceId, refuse, grant }) => {
      if (deviceId !== 'headset') return refuse('NotReadableError');
      grant();
    };
    vanish(microphone);
    await later();
    expect(devices.asked.map(({ deviceId }) => deviceId)).to.deep.equal([undefined, 'desk', 'headset']);
    expect(ids()).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([{ kind: 'changed', device: 'microphone', label: 'Headset', place: 3 }]);
  });

  it('is lost when no other opens, and can be replaced by choice later', async () => {
    const { switch: devicesInUse, devices, microphone, ids, notices, last, stream } = await during();
    microphone.enabled = false;
    devices.answer = ({ refuse }) => refuse('NotFoundError');
    vanish(microphone);
    await later();
    expect(notices).to.deep.equal([
      { kind: 'lost', device: 'microphone', label: 'Default - Desk', place: 0 },
    ]);
    expect(last().current.microphone).to.equal(undefined);
    devices.answer = ({ grant }) => void grant();
    await devicesInUse.use('microphone', 'headset');
    expect(ids()).to.deep.equal(['headset']);
    expect(stream.getAudioTracks()[0]!.enabled).to.equal(false);
    expectNoLeak(stream);
  });

  it('is asked for once when the permission was taken away', async () => {
    const { devices, microphone, notices } = await during();
    devices.answer = ({ refuse }) => refuse('NotAllowedError');
    vanish(microphone);
    await later();
    expect(devices.asked).to.have.lengthOf(1);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['lost']);
  });

  it('may have gone before anybody looked', async () => {
    const { switch: devicesInUse, microphone, stream } = await during('voice call', false);
    microphone.stop();
    devicesInUse.start();
    await later();
    expect(stream.getAudioTracks().map(({ readyState }) => readyState)).to.deep.equal(['live']);
  });

  it('gives way to what the visitor chooses', async () => {
    const { switch: devicesInUse, devices, microphone, ids, notices, stream } = await during();
    devices.answer = () => {};
    vanish(microphone);
    await later();
    const choosing = devicesInUse.use('microphone', 'headset');
    for (const { grant } of devices.asked) grant();
    await choosing;
    await later();
    expect(ids()).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('is followed by the default one when what the visitor chose is refused', async () => {
    const { switch: devicesInUse, devices, microphone, ids, notices } = await during();
    devices.answer = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    vanish(microphone);
    await later();
    expect(devices.asked).to.have.lengthOf(1);
    devices.answer = ({ grant }) => void grant();
    devices.asked[0]!.refuse('NotReadableError');
    await choosing;
    await later();
    expect(ids()).to.deep.equal(['default']);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused', 'changed']);
  });

  it('is looked after again when what the visitor chose meanwhile is refused', async () => {
    const { switch: devicesInUse, devices, microphone, ids, notices } = await during();
    devices.answer = () => {};
    vanish(microphone);
    await later();
    devices.answer = ({ deviceId, refuse, grant }) => {
      if (deviceId === 'headset') return refuse('NotReadableError');
      grant();
    };
    await devicesInUse.use('microphone', 'headset');
    await later();
    expect(ids()).to.deep.equal(['default']);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused', 'changed']);
  });
});

describe('a browser that stands still', () => {
  /** Never answers. */
  const still = () => new Promise<never>(() => {});

  it('lists no devices: a lost microphone is followed all the same', async () => {
    const { devices, microphone, ids, notices, timers } = await during();
    devices.enumerateDevices = still;
    vanish(microphone);
    await later();
    expect(devices.asked).to.deep.equal([]);
    timers.pass(LIST_MS);
    await later();
    expect(ids()).to.deep.equal(['default']);
    expect(notices.map(({ kind, label }) => [kind, label])).to.deep.equal([['changed', 'Default - Desk']]);
  });

  it('is asked for its devices again, at the latest after a while', async () => {
    const { devices, last, timers } = await during();
    const list = devices.enumerateDevices.bind(devices);
    devices.enumerateDevices = still;
    devices.changed();
    await later();
    devices.enumerateDevices = list;
    devices.unplug('headset');
    timers.pass(INQUIRY_MS);
    await later();
    expect(last().available.microphone.map(({ id }) => id)).to.deep.equal(['default', 'desk']);
    expect(timers.pendingTimers).to.equal(0);
    // The same when nothing happened meanwhile.
    devices.enumerateDevices = still;
    devices.changed();
    timers.pass(INQUIRY_MS);
    await later();
    devices.enumerateDevices = list;
    devices.unplug('desk');
    await later();
    expect(last().available.microphone.map(({ id }) => id)).to.deep.equal(['default']);
  });

  it('plays on: the choice is refused, and the next one counts', async () => {
    const { switch: devicesInUse, audio, sinks, notices, last, timers } = await during();
    const setSinkId = audio.setSinkId.bind(audio);
    let setLate!: () => void;
    Object.assign(audio, {
      setSinkId: (id: string) =>
        new Promise<void>((resolve) => (setLate = () => void setSinkId(id).then(resolve))),
    });
    const choosing = devicesInUse.use('speaker', 'box');
    await later();
    timers.pass(CHANGE_MS);
    await choosing;
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'speaker', label: 'Box', place: 2 }]);
    expect(last().current.speaker).to.equal('default');
    // It is what plays now, whatever was said.
    setLate();
    await later();
    expect(last().current.speaker).to.equal('box');
    Object.assign(audio, { setSinkId });
    await devicesInUse.use('speaker', 'headset');
    expect(sinks).to.deep.equal(['box', 'headset']);
    expect(last().current.speaker).to.equal('headset');
    expect([notices.length, timers.pendingTimers]).to.deep.equal([1, 0]);
  });

  it('sends the old microphone: the new one is stopped and refused, and the next one counts', async () => {
    const { switch: devicesInUse, line, microphone, ids, notices, stream, timers } = await during();
    line.replacing = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    await later();
    timers.pass(CHANGE_MS);
    await choosing;
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'microphone', label: 'Headset', place: 3 }]);
    expect([ids(), microphone.readyState]).to.deep.equal([['default'], 'live']);
    expectNoLeak(stream);
    line.replacing = ({ done }) => done();
    await devicesInUse.use('microphone', 'desk');
    expect([ids(), timers.pendingTimers]).to.deep.equal([['desk'], 0]);
    expectNoLeak(stream);
  });

  it('may take a microphone after it was given up: the one in use is sent again', async () => {
    const { switch: devicesInUse, line, replaced, ids, notices, stream, timers } = await during();
    line.replacing = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    await later();
    timers.pass(CHANGE_MS);
    await choosing;
    line.replacing = ({ done }) => done();
    replaced[0]!.done();
    await later();
    expect(replaced.map(({ track }) => track.label)).to.deep.equal(['Headset', 'Default - Desk']);
    expect([ids(), replaced[1]!.track.readyState]).to.deep.equal([['default'], 'live']);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused']);
    expectNoLeak(stream);
  });

  it('may take a microphone after it was given up: what was chosen meanwhile stays', async () => {
    const { switch: devicesInUse, line, replaced, ids, stream, timers } = await during();
    line.replacing = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    await later();
    timers.pass(CHANGE_MS);
    await choosing;
    const next = devicesInUse.use('microphone', 'desk');
    await later();
    replaced[0]!.done();
    await later();
    replaced[1]!.done();
    await next;
    await later();
    expect([ids(), replaced.length]).to.deep.equal([['desk'], 2]);
    expectNoLeak(stream);
  });

  it('may take a microphone after all of them were lost: the call goes on with one that is live', async () => {
    const { line, devices, microphone, replaced, notices, ids, stream, timers } = await during();
    line.replacing = () => {};
    vanish(microphone);
    await later();
    timers.pass(CHANGE_MS);
    await later();
    // One is enough to know that the line takes none.
    expect(devices.asked).to.have.lengthOf(1);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['lost']);
    line.replacing = ({ done }) => done();
    replaced[0]!.done();
    await later();
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['lost', 'changed']);
    expect([ids(), replaced.at(-1)!.track.readyState]).to.deep.equal([['default'], 'live']);
    expectNoLeak(stream);
  });

  it("is nobody's business after the call, however late", async () => {
    const { switch: devicesInUse, line, replaced, told, timers } = await during();
    line.replacing = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    await later();
    timers.pass(CHANGE_MS);
    await choosing;
    const before = told.length;
    devicesInUse.stop();
    replaced[0]!.done();
    await later();
    expect([replaced.length, told.length, timers.pendingTimers]).to.deep.equal([1, before, 0]);
  });
});

describe('after stop', () => {
  it('nobody listens any more', async () => {
    const { switch: devicesInUse, devices, microphone, told, sinks } = await during();
    devicesInUse.stop();
    const before = told.length;
    const { inquiries } = devices;
    devices.changed();
    vanish(microphone);
    await devicesInUse.use('speaker', 'box');
    await devicesInUse.use('microphone', 'headset');
    await later();
    expect(told).to.have.lengthOf(before);
    expect(devices.inquiries).to.equal(inquiries);
    expect([devices.asked, sinks]).to.deep.equal([[], []]);
  });

  it('a microphone that is granted late is stopped and touches nothing', async () => {
    const { switch: devicesInUse, devices, microphone, ids, replaced, notices } = await during();
    devices.answer = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    devicesInUse.stop();
    await choosing;
    const late = devices.asked[0]!.grant();
    await later();
    expect(late.readyState).to.equal('ended');
    expect([ids(), replaced, notices]).to.deep.equal([['default'], [], []]);
    expect(microphone.readyState).to.equal('live');
  });

  it('a microphone that a closed line never takes is stopped', async () => {
    const { switch: devicesInUse, line, replaced, ids, notices } = await during();
    line.replacing = () => {};
    const choosing = devicesInUse.use('microphone', 'headset');
    await later();
    devicesInUse.stop();
    await choosing;
    expect(replaced[0]!.track.readyState).to.equal('ended');
    expect([ids(), notices]).to.deep.equal([['default'], []]);
  });

  it('a list that comes late is not told', async () => {
    const { switch: devicesInUse, told } = await during('voice call', false);
    devicesInUse.start();
    devicesInUse.stop();
    await later();
    expect(told).to.deep.equal([]);
  });
});

describe("the browser's own devices", () => {
  it('are changed on a real connection', async function () {
    if (!('RTCPeerConnection' in window)) return this.skip();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    everyTrack.push(...stream.getTracks());
    const peer = new RTCPeerConnection();
    const sender = peer.addTrack(stream.getAudioTracks()[0]!, stream);
    let tell!: (choices: DeviceChoices) => void;
    const listed = new Promise<DeviceChoices>((resolve) => (tell = resolve));
    const notices: DeviceNotice[] = [];
    const devicesInUse = new DeviceSwitch({
      stream,
      sender: (media) => (media === 'audio' ? sender : undefined),
      audio: document.createElement('audio'),
      onChange: (choices) => tell(choices),
      onNotice: (notice) => void notices.push(notice),
    });
    switches.push(devicesInUse);
    devicesInUse.start();
    const { available, current } = await listed;
    const other = available.microphone.find(({ id }) => id !== 'default' && id !== current.microphone);
    // Firefox makes up one.
    if (!other) return this.skip();
    await devicesInUse.use('microphone', other.id);
    everyTrack.push(...stream.getTracks());
    expect(notices).to.deep.equal([]);
    expect(sender.track!.getSettings().deviceId).to.equal(other.id);
    expect(stream.getTracks().map(({ id }) => id)).to.deep.equal([sender.track!.id]);
    expectNoLeak(stream);
    peer.close();
  });
});
