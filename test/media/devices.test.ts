// Switching devices during a call: the latest choice wins, a muted call stays muted, and after each test no track is live
// that the call does not send. The test plugs in devices, answers prompts and advances time by hand.
import { expect } from 'chai';
import { QUERY_MS } from '../../src/media/device-list.js';
import { DeviceSwitch, LIST_MS, type DeviceChoices, type DeviceNotice } from '../../src/media/devices.js';
import { SWITCH_MS } from '../../src/media/local-tracks.js';
import { HandClock } from '../token/hand-clock.js';
import { later } from '../later.js';
import { everyTrack, FakeDevices, FakeSpeaker, stopTracks, trackOf } from './fake-devices.js';
import { vanish } from './made-track.js';

/** One replaceTrack() call of a sender. */
interface Replacement {
  readonly track: MediaStreamTrack;
  done(): void;
  fail(): void;
}

/** The senders of a call. They take each track at once, unless the test changes `answer`. */
class FakeSenders {
  readonly replacements: Replacement[] = [];
  answer: (replacement: Replacement) => void = ({ done }) => done();
  audio: Pick<RTCRtpSender, 'replaceTrack'> | undefined;
  video: Pick<RTCRtpSender, 'replaceTrack'> | undefined;

  readonly sender = {
    replaceTrack: (track: MediaStreamTrack | null) =>
      new Promise<void>((resolve, reject) => {
        const fail = () => reject(new DOMException('no', 'InvalidStateError'));
        const replacement = { track: track!, done: resolve, fail };
        this.replacements.push(replacement);
        this.answer(replacement);
      }),
  };
}

const switches: DeviceSwitch[] = [];

async function setUp(kind: 'voice call' | 'video call' = 'voice call', start = true) {
  const devices = new FakeDevices();
  const audio = new FakeSpeaker();
  const microphone = trackOf('audio', 'default', 'Default - Desk');
  const camera = trackOf('video', 'front', 'Front');
  if (kind === 'voice call') camera.stop();
  const stream = new MediaStream(kind === 'video call' ? [microphone, camera] : [microphone]);
  const senders = new FakeSenders();
  senders.audio = senders.sender;
  if (kind === 'video call') senders.video = senders.sender;
  const reported: DeviceChoices[] = [];
  const notices: DeviceNotice[] = [];
  const timers = new HandClock();
  const deviceSwitch = new DeviceSwitch({
    stream,
    audio,
    devices,
    timers,
    sender: (media) => senders[media],
    onChange: (choices) => void reported.push(choices),
    onNotice: (notice) => void notices.push(notice),
  });
  switches.push(deviceSwitch);
  if (start) {
    deviceSwitch.start();
    await later();
  }
  return {
    devices,
    audio,
    stream,
    microphone,
    camera,
    senders,
    replacements: senders.replacements,
    reported,
    notices,
    timers,
    deviceSwitch,
    ids: () => stream.getTracks().map((track) => track.getSettings().deviceId),
    last: () => reported.at(-1)!,
  };
}

/** Every live track is in the stream, so no recording indicator stays on. */
function expectNoLeak(stream: MediaStream): void {
  const live = everyTrack.filter(({ readyState }) => readyState === 'live');
  expect(live.every((track) => stream.getTracks().includes(track))).to.equal(true);
}

afterEach(() => {
  for (const one of switches.splice(0)) one.stop();
  stopTracks();
});

describe('the list of devices', () => {
  it('contains the default once, without the second default of Windows', async () => {
    const { last } = await setUp('video call');
    const { available, current } = last();
    expect(available.microphone.map(({ id }) => id)).to.deep.equal(['default', 'desk', 'headset']);
    expect(available.speaker.map(({ id }) => id)).to.deep.equal(['default', 'box', 'headset']);
    expect(available.camera).to.deep.equal([
      { id: 'front', label: 'Front' },
      { id: 'back', label: 'Back' },
    ]);
    expect(current).to.deep.equal({ microphone: 'default', speaker: 'default', camera: 'front' });
  });

  it('contains no speakers when the browser cannot switch between them', async () => {
    const { audio, deviceSwitch, last, notices } = await setUp('voice call', false);
    audio.setSinkId = undefined;
    deviceSwitch.start();
    await later();
    expect(last().available.speaker).to.deep.equal([]);
    expect(last().current.speaker).to.equal(undefined);
    await deviceSwitch.use('speaker', 'box');
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused']);
  });

  it('omits entries without an id, which cannot be chosen', async () => {
    const { devices, last } = await setUp();
    devices.plugged = [{ kind: 'audioinput', deviceId: '', label: '' }];
    devices.changed();
    await later();
    expect(last().available.microphone).to.deep.equal([]);
  });

  it('is refreshed when a device is plugged in, without switching to it', async () => {
    const { devices, last, notices, ids } = await setUp();
    devices.plugged.push({ kind: 'audioinput', deviceId: 'new', label: 'New' });
    devices.changed();
    await later();
    expect(last().available.microphone.at(-1)).to.deep.equal({ id: 'new', label: 'New' });
    expect(ids()).to.deep.equal(['default']);
    expect([devices.prompts, notices]).to.deep.equal([[], []]);
  });

  it('is refreshed once for ten events in a row', async () => {
    const { devices, reported } = await setUp();
    const before = { queries: devices.queries, reported: reported.length };
    for (let i = 0; i < 10; i += 1) devices.changed();
    await later();
    expect(devices.queries - before.queries).to.be.at.most(2);
    expect(reported.length - before.reported).to.equal(1);
  });

  it('stays unchanged when the browser refuses to list devices', async () => {
    const { devices, last } = await setUp();
    devices.enumerateDevices = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    devices.changed();
    await later();
    expect(last().available.microphone).to.have.lengthOf(3);
  });
});

describe('choosing a microphone', () => {
  it('sends the new track, puts it into the stream and stops the old one', async () => {
    const { deviceSwitch, stream, microphone, replacements, last, ids, notices } = await setUp();
    await deviceSwitch.use('microphone', 'headset');
    expect(replacements.map(({ track }) => track.getSettings().deviceId)).to.deep.equal(['headset']);
    expect(ids()).to.deep.equal(['headset']);
    expect(microphone.readyState).to.equal('ended');
    expect(last().current.microphone).to.equal('headset');
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('requests exactly that device, with the same audio processing as the first one', async () => {
    const { deviceSwitch, devices } = await setUp();
    await deviceSwitch.use('microphone', 'headset');
    expect(devices.prompts.map(({ constraints }) => constraints)).to.deep.equal([
      {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        deviceId: { exact: 'headset' },
      },
    ]);
  });

  it('does nothing for the device in use', async () => {
    const { deviceSwitch, devices, microphone } = await setUp();
    await deviceSwitch.use('microphone', 'default');
    expect(devices.prompts).to.deep.equal([]);
    expect(microphone.readyState).to.equal('live');
  });

  it('keeps the visitor muted, also when they mute during the switch', async () => {
    const { deviceSwitch, stream, senders } = await setUp();
    const mute = (on: boolean) => stream.getAudioTracks().forEach((track) => (track.enabled = !on));
    mute(true);
    await deviceSwitch.use('microphone', 'headset');
    expect(stream.getAudioTracks().map(({ enabled }) => enabled)).to.deep.equal([false]);
    mute(false);
    senders.answer = ({ done }) => {
      mute(true);
      done();
    };
    await deviceSwitch.use('microphone', 'desk');
    expect(stream.getAudioTracks().map(({ enabled }) => enabled)).to.deep.equal([false]);
  });

  for (const name of ['NotAllowedError', 'OverconstrainedError', 'NotReadableError']) {
    it(`keeps the old device on ${name}`, async () => {
      const { deviceSwitch, devices, microphone, ids, notices, stream } = await setUp();
      devices.answer = ({ refuse }) => refuse(name);
      await deviceSwitch.use('microphone', 'headset');
      expect(ids()).to.deep.equal(['default']);
      expect(microphone.readyState).to.equal('live');
      expect(notices).to.deep.equal([{ kind: 'refused', device: 'microphone', label: 'Headset', place: 3 }]);
      expectNoLeak(stream);
    });
  }

  it('keeps the old device when the sender rejects the new track', async () => {
    const { deviceSwitch, senders, microphone, ids, notices, stream } = await setUp();
    senders.answer = ({ fail }) => fail();
    await deviceSwitch.use('microphone', 'headset');
    expect(ids()).to.deep.equal(['default']);
    expect(microphone.readyState).to.equal('live');
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'microphone', label: 'Headset', place: 3 }]);
    expectNoLeak(stream);
  });

  it('works before the peer connection exists, by changing the stream', async () => {
    const { deviceSwitch, senders, ids } = await setUp();
    senders.audio = undefined;
    await deviceSwitch.use('microphone', 'headset');
    expect(ids()).to.deep.equal(['headset']);
  });

  it('uses the latest choice, whichever prompt is granted first', async () => {
    const { deviceSwitch, devices, ids, notices, stream } = await setUp();
    devices.answer = () => {};
    const first = deviceSwitch.use('microphone', 'desk');
    const second = deviceSwitch.use('microphone', 'headset');
    const [desk, headset] = devices.prompts;
    headset!.grant();
    await second;
    desk!.grant();
    await first;
    await later();
    expect(ids()).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('does not wait for the unanswered prompt of an earlier choice', async () => {
    const { deviceSwitch, devices, ids } = await setUp();
    devices.answer = (asked) => void (asked.deviceId === 'headset' && asked.grant());
    const unanswered = deviceSwitch.use('microphone', 'desk');
    await deviceSwitch.use('microphone', 'headset');
    await unanswered;
    expect(ids()).to.deep.equal(['headset']);
  });

  it('uses the latest choice when the sender is still switching to an earlier one', async () => {
    const { deviceSwitch, senders, replacements, ids, stream } = await setUp();
    senders.answer = () => {};
    const first = deviceSwitch.use('microphone', 'desk');
    await later();
    const second = deviceSwitch.use('microphone', 'default');
    await later();
    expect(replacements).to.have.lengthOf(1);
    replacements[0]!.done();
    await first;
    await later();
    replacements[1]!.done();
    await second;
    expect(ids()).to.deep.equal(['default']);
    expectNoLeak(stream);
  });

  it('skips a queued choice when a newer one follows', async () => {
    const { deviceSwitch, senders, replacements, ids, stream } = await setUp();
    senders.answer = () => {};
    const choosing: Promise<void>[] = [];
    for (const id of ['desk', 'headset', 'default']) {
      choosing.push(deviceSwitch.use('microphone', id));
      await later();
    }
    replacements[0]!.done();
    await later();
    replacements[1]!.done();
    await Promise.all(choosing);
    expect(replacements.map(({ track }) => track.getSettings().deviceId)).to.deep.equal(['desk', 'default']);
    expect(ids()).to.deep.equal(['default']);
    expectNoLeak(stream);
  });
});

describe('choosing a camera', () => {
  it('replaces the video track and keeps the audio track', async () => {
    const { deviceSwitch, ids, microphone, camera, stream, last } = await setUp('video call');
    await deviceSwitch.use('camera', 'back');
    expect(ids()).to.have.members(['default', 'back']);
    expect([microphone.readyState, camera.readyState]).to.deep.equal(['live', 'ended']);
    expect(last().current.camera).to.equal('back');
    expectNoLeak(stream);
  });

  it('requests exactly that device, in the same size as the first one', async () => {
    const { deviceSwitch, devices } = await setUp('video call');
    await deviceSwitch.use('camera', 'back');
    expect(devices.prompts.map(({ constraints }) => constraints)).to.deep.equal([
      { width: { ideal: 1280 }, height: { ideal: 720 }, deviceId: { exact: 'back' } },
    ]);
  });

  it('adds a video track when there was none', async () => {
    const { deviceSwitch, stream, camera, replacements } = await setUp('video call');
    stream.removeTrack(camera);
    camera.stop();
    await deviceSwitch.use('camera', 'back');
    expect(replacements).to.have.lengthOf(1);
    expect(stream.getVideoTracks().map(({ enabled }) => enabled)).to.deep.equal([true]);
    expectNoLeak(stream);
  });

  it('keeps the old camera running when the new one is denied', async () => {
    const { deviceSwitch, devices, camera, notices } = await setUp('video call');
    devices.answer = ({ refuse }) => refuse('NotAllowedError');
    await deviceSwitch.use('camera', 'back');
    await later();
    expect(camera.readyState).to.equal('live');
    expect(devices.prompts).to.have.lengthOf(1);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused']);
  });

  it('is refused without a prompt in a voice call', async () => {
    const { deviceSwitch, devices, notices } = await setUp();
    await deviceSwitch.use('camera', 'back');
    expect(devices.prompts).to.deep.equal([]);
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'camera', label: 'Back', place: 2 }]);
  });

  it('stops the old camera first on phones that open only one at a time', async () => {
    const { deviceSwitch, devices, camera, ids, notices, stream } = await setUp('video call');
    devices.answer = ({ refuse, grant }) => {
      if (camera.readyState === 'live') return refuse('NotReadableError');
      grant();
    };
    await deviceSwitch.use('camera', 'back');
    await later();
    expect(ids()).to.have.members(['default', 'back']);
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('opens the old camera again when the new one still fails', async () => {
    const { deviceSwitch, devices, ids, notices, stream } = await setUp('video call');
    devices.answer = ({ deviceId, refuse, grant }) => {
      if (deviceId === 'back') return refuse('NotReadableError');
      grant();
    };
    await deviceSwitch.use('camera', 'back');
    await later();
    expect(ids()).to.have.members(['default', 'front']);
    expect(stream.getVideoTracks().map(({ readyState }) => readyState)).to.deep.equal(['live']);
    expect(devices.prompts.map(({ deviceId }) => deviceId)).to.deep.equal(['back', 'back', 'front']);
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'camera', label: 'Back', place: 2 }]);
    expectNoLeak(stream);
  });
});

describe('choosing a speaker', () => {
  it('plays the far end on it', async () => {
    const { deviceSwitch, audio, last, notices } = await setUp();
    await deviceSwitch.use('speaker', 'headset');
    expect(audio.sinks).to.deep.equal(['headset']);
    expect(last().current.speaker).to.equal('headset');
    expect(notices).to.deep.equal([]);
  });

  it('reports a refusal by the browser', async () => {
    const { deviceSwitch, audio, last, notices } = await setUp();
    audio.refused.add('headset');
    await deviceSwitch.use('speaker', 'headset');
    expect(last().current.speaker).to.equal('default');
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'speaker', label: 'Headset', place: 3 }]);
  });

  it('uses the latest choice', async () => {
    const { deviceSwitch, audio } = await setUp();
    await Promise.all([deviceSwitch.use('speaker', 'headset'), deviceSwitch.use('speaker', 'box')]);
    expect(audio.sinkId).to.equal('box');
  });

  it('keeps it when another device is plugged in or unplugged', async () => {
    const { deviceSwitch, devices, audio, notices } = await setUp();
    await deviceSwitch.use('speaker', 'headset');
    devices.unplug('box');
    await later();
    expect(audio.sinks).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([]);
  });

  it('reports a loss when it is unplugged and the default fails', async () => {
    const { deviceSwitch, devices, audio, notices } = await setUp();
    await deviceSwitch.use('speaker', 'headset');
    audio.refused.add('');
    devices.unplug('headset');
    await later();
    expect(notices).to.deep.equal([{ kind: 'lost', device: 'speaker', label: 'Headset', place: 0 }]);
  });

  it('returns to the default when it is unplugged', async () => {
    const { deviceSwitch, devices, audio, last, notices } = await setUp();
    await deviceSwitch.use('speaker', 'headset');
    devices.unplug('headset');
    await later();
    expect(audio.sinks).to.deep.equal(['headset', '']);
    expect(last().current.speaker).to.equal('default');
    expect(notices).to.deep.equal([{ kind: 'changed', device: 'speaker', label: 'Default - Box', place: 1 }]);
  });

  it('reports a loss when no other speaker exists', async () => {
    const { deviceSwitch, devices, audio, notices } = await setUp();
    await deviceSwitch.use('speaker', 'headset');
    devices.plugged = devices.plugged.filter(({ kind }) => kind !== 'audiooutput');
    devices.changed();
    await later();
    expect(audio.sinks).to.deep.equal(['headset', '']);
    expect(notices).to.deep.equal([{ kind: 'lost', device: 'speaker', label: 'Headset', place: 0 }]);
  });
});

describe('a device that disconnects', () => {
  it('is replaced by the default, with a notice', async () => {
    const { deviceSwitch, devices, stream, ids, notices, last } = await setUp();
    await deviceSwitch.use('microphone', 'headset');
    const [headset] = stream.getAudioTracks();
    headset!.enabled = false;
    devices.unplug('headset');
    vanish(headset!);
    await later();
    expect(devices.prompts.map(({ deviceId }) => deviceId)).to.deep.equal(['headset', undefined]);
    expect(devices.prompts.at(-1)!.constraints).to.not.have.property('deviceId');
    expect(ids()).to.deep.equal(['default']);
    expect(stream.getAudioTracks()[0]!.enabled).to.equal(false);
    expect(notices).to.deep.equal([
      { kind: 'changed', device: 'microphone', label: 'Default - Desk', place: 1 },
    ]);
    expect(last().current.microphone).to.equal('default');
    expectNoLeak(stream);
  });

  it('is replaced by the default even when the browser refuses to list devices', async () => {
    const { devices, microphone, stream } = await setUp();
    devices.enumerateDevices = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    vanish(microphone);
    await later();
    expect(stream.getAudioTracks().map(({ readyState }) => readyState)).to.deep.equal(['live']);
  });

  it('is replaced by the first other device that opens', async () => {
    const { devices, microphone, ids, notices } = await setUp();
    devices.answer = ({ deviceId, refuse, grant }) => {
      if (deviceId !== 'headset') return refuse('NotReadableError');
      grant();
    };
    vanish(microphone);
    await later();
    expect(devices.prompts.map(({ deviceId }) => deviceId)).to.deep.equal([undefined, 'desk', 'headset']);
    expect(ids()).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([{ kind: 'changed', device: 'microphone', label: 'Headset', place: 3 }]);
  });

  it('is reported lost when no other opens, and the visitor can choose one later', async () => {
    const { deviceSwitch, devices, microphone, ids, notices, last, stream } = await setUp();
    microphone.enabled = false;
    devices.answer = ({ refuse }) => refuse('NotFoundError');
    vanish(microphone);
    await later();
    expect(notices).to.deep.equal([
      { kind: 'lost', device: 'microphone', label: 'Default - Desk', place: 0 },
    ]);
    expect(last().current.microphone).to.equal(undefined);
    devices.answer = ({ grant }) => void grant();
    await deviceSwitch.use('microphone', 'headset');
    expect(ids()).to.deep.equal(['headset']);
    expect(stream.getAudioTracks()[0]!.enabled).to.equal(false);
    expectNoLeak(stream);
  });

  it('causes a single prompt when permission was revoked', async () => {
    const { devices, microphone, notices } = await setUp();
    devices.answer = ({ refuse }) => refuse('NotAllowedError');
    vanish(microphone);
    await later();
    expect(devices.prompts).to.have.lengthOf(1);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['lost']);
  });

  it('is also replaced when it disconnected before start()', async () => {
    const { deviceSwitch, microphone, stream } = await setUp('voice call', false);
    microphone.stop();
    deviceSwitch.start();
    await later();
    expect(stream.getAudioTracks().map(({ readyState }) => readyState)).to.deep.equal(['live']);
  });

  it('is not replaced automatically once the visitor chooses a device', async () => {
    const { deviceSwitch, devices, microphone, ids, notices, stream } = await setUp();
    devices.answer = () => {};
    vanish(microphone);
    await later();
    const choosing = deviceSwitch.use('microphone', 'headset');
    for (const { grant } of devices.prompts) grant();
    await choosing;
    await later();
    expect(ids()).to.deep.equal(['headset']);
    expect(notices).to.deep.equal([]);
    expectNoLeak(stream);
  });

  it('is replaced by the default when the device that the visitor had chosen fails', async () => {
    const { deviceSwitch, devices, microphone, ids, notices } = await setUp();
    devices.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    vanish(microphone);
    await later();
    expect(devices.prompts).to.have.lengthOf(1);
    devices.answer = ({ grant }) => void grant();
    devices.prompts[0]!.refuse('NotReadableError');
    await choosing;
    await later();
    expect(ids()).to.deep.equal(['default']);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused', 'changed']);
  });

  it('is replaced by the default when the device that the visitor chooses afterwards fails', async () => {
    const { deviceSwitch, devices, microphone, ids, notices } = await setUp();
    devices.answer = () => {};
    vanish(microphone);
    await later();
    devices.answer = ({ deviceId, refuse, grant }) => {
      if (deviceId === 'headset') return refuse('NotReadableError');
      grant();
    };
    await deviceSwitch.use('microphone', 'headset');
    await later();
    expect(ids()).to.deep.equal(['default']);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused', 'changed']);
  });
});

describe('a browser that does not answer', () => {
  const neverAnswers = () => new Promise<never>(() => {});

  it('with its device list: a lost microphone is replaced anyway', async () => {
    const { devices, microphone, ids, notices, timers } = await setUp();
    devices.enumerateDevices = neverAnswers;
    vanish(microphone);
    await later();
    expect(devices.prompts).to.deep.equal([]);
    timers.pass(LIST_MS);
    await later();
    expect(ids()).to.deep.equal(['default']);
    expect(notices.map(({ kind, label }) => [kind, label])).to.deep.equal([['changed', 'Default - Desk']]);
  });

  it('with its device list: the next change, or the time limit, starts another query', async () => {
    const { devices, last, timers } = await setUp();
    const list = devices.enumerateDevices.bind(devices);
    devices.enumerateDevices = neverAnswers;
    devices.changed();
    await later();
    devices.enumerateDevices = list;
    devices.unplug('headset');
    timers.pass(QUERY_MS);
    await later();
    expect(last().available.microphone.map(({ id }) => id)).to.deep.equal(['default', 'desk']);
    expect(timers.pendingTimers).to.equal(0);
    // The same without a device change in between.
    devices.enumerateDevices = neverAnswers;
    devices.changed();
    timers.pass(QUERY_MS);
    await later();
    devices.enumerateDevices = list;
    devices.unplug('desk');
    await later();
    expect(last().available.microphone.map(({ id }) => id)).to.deep.equal(['default']);
  });

  it('about a speaker: the choice is refused, and the next choice works', async () => {
    const { deviceSwitch, audio, notices, last, timers } = await setUp();
    let setLate!: () => void;
    audio.setSinkId = (id) => new Promise((resolve) => (setLate = () => void audio.apply(id).then(resolve)));
    const choosing = deviceSwitch.use('speaker', 'box');
    await later();
    timers.pass(SWITCH_MS);
    await choosing;
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'speaker', label: 'Box', place: 2 }]);
    expect(last().current.speaker).to.equal('default');
    // The browser switched after all, so the list shows what plays.
    setLate();
    await later();
    expect(last().current.speaker).to.equal('box');
    audio.setSinkId = (id) => audio.apply(id);
    await deviceSwitch.use('speaker', 'headset');
    expect(audio.sinks).to.deep.equal(['box', 'headset']);
    expect(last().current.speaker).to.equal('headset');
    expect([notices.length, timers.pendingTimers]).to.deep.equal([1, 0]);
  });

  it('about a microphone: the new track is stopped, the choice refused, and the next choice works', async () => {
    const { deviceSwitch, senders, microphone, ids, notices, stream, timers } = await setUp();
    senders.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    await later();
    timers.pass(SWITCH_MS);
    await choosing;
    expect(notices).to.deep.equal([{ kind: 'refused', device: 'microphone', label: 'Headset', place: 3 }]);
    expect([ids(), microphone.readyState]).to.deep.equal([['default'], 'live']);
    expectNoLeak(stream);
    senders.answer = ({ done }) => done();
    await deviceSwitch.use('microphone', 'desk');
    expect([ids(), timers.pendingTimers]).to.deep.equal([['desk'], 0]);
    expectNoLeak(stream);
  });

  it('in time, but switches later: the microphone in use is sent again', async () => {
    const { deviceSwitch, senders, replacements, ids, notices, stream, timers } = await setUp();
    senders.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    await later();
    timers.pass(SWITCH_MS);
    await choosing;
    senders.answer = ({ done }) => done();
    replacements[0]!.done();
    await later();
    expect(replacements.map(({ track }) => track.label)).to.deep.equal(['Headset', 'Default - Desk']);
    expect([ids(), replacements[1]!.track.readyState]).to.deep.equal([['default'], 'live']);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['refused']);
    expectNoLeak(stream);
  });

  it('in time, but switches later: a newer choice stays', async () => {
    const { deviceSwitch, senders, replacements, ids, stream, timers } = await setUp();
    senders.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    await later();
    timers.pass(SWITCH_MS);
    await choosing;
    const next = deviceSwitch.use('microphone', 'desk');
    await later();
    replacements[0]!.done();
    await later();
    replacements[1]!.done();
    await next;
    await later();
    expect([ids(), replacements.length]).to.deep.equal([['desk'], 2]);
    expectNoLeak(stream);
  });

  it('in time, but switches after the microphone was reported lost: the call continues with a live one', async () => {
    const { senders, devices, microphone, replacements, notices, ids, stream, timers } = await setUp();
    senders.answer = () => {};
    vanish(microphone);
    await later();
    timers.pass(SWITCH_MS);
    await later();
    // After one timeout no further device is tried: the sender takes no track.
    expect(devices.prompts).to.have.lengthOf(1);
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['lost']);
    senders.answer = ({ done }) => done();
    replacements[0]!.done();
    await later();
    expect(notices.map(({ kind }) => kind)).to.deep.equal(['lost', 'changed']);
    expect([ids(), replacements.at(-1)!.track.readyState]).to.deep.equal([['default'], 'live']);
    expectNoLeak(stream);
  });

  it('until the call is over: nothing is reported', async () => {
    const { deviceSwitch, senders, replacements, reported, timers } = await setUp();
    senders.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    await later();
    timers.pass(SWITCH_MS);
    await choosing;
    const before = reported.length;
    deviceSwitch.stop();
    replacements[0]!.done();
    await later();
    expect([replacements.length, reported.length, timers.pendingTimers]).to.deep.equal([1, before, 0]);
  });
});

describe('after stop', () => {
  it('no event and no choice has any effect', async () => {
    const { deviceSwitch, devices, microphone, reported, audio } = await setUp();
    deviceSwitch.stop();
    const before = reported.length;
    const { queries } = devices;
    devices.changed();
    vanish(microphone);
    await deviceSwitch.use('speaker', 'box');
    await deviceSwitch.use('microphone', 'headset');
    await later();
    expect(reported).to.have.lengthOf(before);
    expect(devices.queries).to.equal(queries);
    expect([devices.prompts, audio.sinks]).to.deep.equal([[], []]);
  });

  it('a microphone that is granted late is stopped and not sent', async () => {
    const { deviceSwitch, devices, microphone, ids, replacements, notices } = await setUp();
    devices.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    deviceSwitch.stop();
    await choosing;
    const late = devices.prompts[0]!.grant();
    await later();
    expect(late.readyState).to.equal('ended');
    expect([ids(), replacements, notices]).to.deep.equal([['default'], [], []]);
    expect(microphone.readyState).to.equal('live');
  });

  it('a microphone that a closed peer connection never takes is stopped', async () => {
    const { deviceSwitch, senders, replacements, ids, notices } = await setUp();
    senders.answer = () => {};
    const choosing = deviceSwitch.use('microphone', 'headset');
    await later();
    deviceSwitch.stop();
    await choosing;
    expect(replacements[0]!.track.readyState).to.equal('ended');
    expect([ids(), notices]).to.deep.equal([['default'], []]);
  });

  it('a device list that arrives late is not reported', async () => {
    const { deviceSwitch, reported } = await setUp('voice call', false);
    deviceSwitch.start();
    deviceSwitch.stop();
    await later();
    expect(reported).to.deep.equal([]);
  });
});

describe("the browser's own devices", () => {
  it('are switched on a real connection', async function () {
    if (!('RTCPeerConnection' in window)) return this.skip();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    everyTrack.push(...stream.getTracks());
    const peer = new RTCPeerConnection();
    const sender = peer.addTrack(stream.getAudioTracks()[0]!, stream);
    let tell!: (choices: DeviceChoices) => void;
    const listed = new Promise<DeviceChoices>((resolve) => (tell = resolve));
    const notices: DeviceNotice[] = [];
    const deviceSwitch = new DeviceSwitch({
      stream,
      sender: (media) => (media === 'audio' ? sender : undefined),
      audio: document.createElement('audio'),
      onChange: (choices) => tell(choices),
      onNotice: (notice) => void notices.push(notice),
    });
    switches.push(deviceSwitch);
    deviceSwitch.start();
    const { available, current } = await listed;
    const other = available.microphone.find(({ id }) => id !== 'default' && id !== current.microphone);
    // Firefox fakes a single device.
    if (!other) return this.skip();
    await deviceSwitch.use('microphone', other.id);
    everyTrack.push(...stream.getTracks());
    expect(notices).to.deep.equal([]);
    expect(sender.track!.getSettings().deviceId).to.equal(other.id);
    expect(stream.getTracks().map(({ id }) => id)).to.deep.equal([sender.track!.id]);
    expectNoLeak(stream);
    peer.close();
  });
});
