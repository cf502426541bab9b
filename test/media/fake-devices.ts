// Devices that a test plugs in and unplugs, permission prompts that it answers, and a speaker that it can break.
import { madeTrack } from './made-track.js';

/** Every track made in the current test. */
export const everyTrack: MediaStreamTrack[] = [];

/** A live track that stopTracks() stops after the test. */
export function trackOf(...device: Parameters<typeof madeTrack>): MediaStreamTrack {
  const track = madeTrack(...device);
  everyTrack.push(track);
  return track;
}

export function stopTracks(): void {
  for (const track of everyTrack.splice(0)) track.stop();
}

/** One getUserMedia request. */
export interface Prompt {
  readonly constraints: MediaTrackConstraints;
  readonly deviceId: string | undefined;
  grant(): MediaStreamTrack;
  /** Rejects with an exception of that name. */
  refuse(name: string): void;
}

export interface PluggedDevice {
  readonly kind: MediaDeviceKind;
  readonly deviceId: string;
  readonly label: string;
}

const device = (kind: MediaDeviceKind, deviceId: string, label: string): PluggedDevice => ({
  kind,
  deviceId,
  label,
});

export class FakeDevices extends EventTarget {
  plugged: PluggedDevice[] = [
    device('audioinput', 'default', 'Default - Desk'),
    device('audioinput', 'communications', 'Communications - Desk'),
    device('audioinput', 'desk', 'Desk'),
    device('audioinput', 'headset', 'Headset'),
    device('audiooutput', 'default', 'Default - Box'),
    device('audiooutput', 'communications', 'Communications - Box'),
    device('audiooutput', 'box', 'Box'),
    device('audiooutput', 'headset', 'Headset'),
    device('videoinput', 'front', 'Front'),
    device('videoinput', 'back', 'Back'),
  ];
  /** How often the devices were listed. */
  queries = 0;
  readonly prompts: Prompt[] = [];
  /** Answers each prompt; grants it by default. */
  answer: (prompt: Prompt) => void = (prompt) => void prompt.grant();

  async enumerateDevices(): Promise<readonly PluggedDevice[]> {
    this.queries += 1;
    return this.plugged;
  }

  getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    const kind = constraints.audio ? 'audio' : 'video';
    const wanted = constraints[kind] as MediaTrackConstraints & { deviceId?: { exact: string } };
    return new Promise((resolve, reject) => {
      const prompt: Prompt = {
        constraints: wanted,
        deviceId: wanted.deviceId?.exact,
        grant: () => {
          const id = wanted.deviceId?.exact ?? (kind === 'audio' ? 'default' : 'front');
          const track = trackOf(kind, id, this.plugged.find(({ deviceId }) => deviceId === id)?.label);
          resolve(new MediaStream([track]));
          return track;
        },
        refuse: (name) => reject(new DOMException('no', name)),
      };
      this.prompts.push(prompt);
      this.answer(prompt);
    });
  }

  unplug(id: string): void {
    this.plugged = this.plugged.filter(({ deviceId }) => deviceId !== id);
    this.changed();
  }

  /** Sends the browser's event for a changed list. */
  changed(): void {
    this.dispatchEvent(new Event('devicechange'));
  }
}

/** The speaker side of an audio element. */
export class FakeSpeaker {
  sinkId = '';
  /** Every id that was set, oldest first. */
  readonly sinks: string[] = [];
  /** Ids that the browser refuses. */
  readonly refused = new Set<string>();
  setSinkId: ((id: string) => Promise<void>) | undefined = (id) => this.apply(id);

  async apply(id: string): Promise<void> {
    this.sinks.push(id);
    if (this.refused.has(id)) throw new DOMException('no', 'NotFoundError');
    await Promise.resolve();
    this.sinkId = id;
  }
}
