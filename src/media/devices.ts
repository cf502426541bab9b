// Switches the microphone, speaker and camera during a call, and replaces a device that disconnects.
// Nothing here ends the call or throws; the latest choice wins; every track that is not in use is stopped.
// Whoever ends the call calls stop() at the same moment.
import { captureTrack } from './capture.js';
import {
  DeviceList,
  labelOf,
  type AvailableDevices,
  type DeviceKind,
  type DeviceSource,
} from './device-list.js';
import { LatestTask } from './latest-task.js';
import {
  INPUTS,
  LocalTracks,
  SWITCH_MS,
  TRACK_KINDS,
  type Input,
  type LocalTracksOptions,
} from './local-tracks.js';
import { settled, waitFor } from '../wait.js';

export type { Device, DeviceKind } from './device-list.js';

export interface DeviceChoices {
  /** No speakers when the browser cannot switch between them. */
  readonly available: AvailableDevices;
  /** Ids; undefined for a kind that is not in use. */
  readonly current: Readonly<Partial<Record<DeviceKind, string>>>;
}

/** A device problem or an automatic change, for the visitor. */
export interface DeviceNotice {
  /**
   * `changed`: the device disconnected and this one is used instead. `lost`: it disconnected and no other works.
   * `refused`: the chosen device could not be used.
   */
  readonly kind: 'changed' | 'lost' | 'refused';
  readonly device: DeviceKind;
  /** Empty when the browser does not reveal it. */
  readonly label: string;
  /** Position among the devices of its kind, from 1; 0 when it is unknown. */
  readonly place: number;
}

/** The part of an audio element that selects a speaker. */
export interface AudioOutput {
  setSinkId?: ((id: string) => Promise<void>) | undefined;
  readonly sinkId?: string;
}

export interface DeviceSwitchOptions extends LocalTracksOptions {
  /** The element that plays the far end. */
  readonly audio: AudioOutput;
  readonly onChange: (choices: DeviceChoices) => void;
  readonly onNotice: (notice: DeviceNotice) => void;
  /** Default: the browser's. */
  readonly devices?: DeviceSource & Pick<MediaDevices, 'getUserMedia'>;
}

/** How long a call without a microphone waits for a current device list, in milliseconds: the far end hears nothing meanwhile. */
export const LIST_MS = 1_000;

export class DeviceSwitch {
  readonly #options: DeviceSwitchOptions;
  readonly #devices: NonNullable<DeviceSwitchOptions['devices']>;
  readonly #list: DeviceList;
  readonly #tasks = new LatestTask<DeviceKind>();
  readonly #tracks: LocalTracks;

  constructor(options: DeviceSwitchOptions) {
    this.#options = options;
    this.#devices = options.devices ?? navigator.mediaDevices;
    const onListChange = (before: AvailableDevices) => {
      this.#report();
      void this.#checkSpeaker(before);
    };
    this.#list = new DeviceList(this.#devices, onListChange, options.timers);
    this.#tracks = new LocalTracks(
      options,
      this.#tasks.stopped,
      // If the device is still there, it is tried first.
      (kind, track) => void this.#replaceLost(kind, track, this.#tracks.deviceOf(kind)),
    );
  }

  /** Lists the devices and watches them. */
  start(): void {
    this.#list.start();
    for (const kind of INPUTS) {
      const track = this.#tracks.of(kind);
      if (!track) continue;
      this.#tracks.watch(kind, track);
      if (track.readyState === 'ended') void this.#replaceLost(kind, track);
    }
  }

  /** Switches to a device of the list. Resolves when that succeeded, failed, or was replaced by a later choice. */
  async use(kind: DeviceKind, id: string): Promise<void> {
    if (!this.#tasks.isRunning(kind) && this.#choices().current[kind] === id) return;
    await this.#tasks.run(kind, async (signal) => {
      try {
        if (kind === 'speaker') await this.#setSpeaker(id, signal);
        else await this.#switchTo(kind, id, signal);
        this.#report();
      } catch {
        this.#report(this.#notice('refused', kind, id), signal);
      }
    });
  }

  /** Removes all listeners and stops tracks that arrive later. The caller stops the tracks of the call. */
  stop(): void {
    this.#tasks.stop();
    this.#list.stop();
  }

  #choices(): DeviceChoices {
    const { audio } = this.#options;
    const available = audio.setSinkId ? this.#list.available : { ...this.#list.available, speaker: [] };
    const speaker = available.speaker.find(({ id }) => id === (audio.sinkId || 'default'))?.id;
    const [microphone, camera] = INPUTS.map((kind) => this.#tracks.deviceOf(kind));
    return { available, current: { microphone, speaker, camera } };
  }

  /** Reports the current choices and the notice, unless the signal has aborted. */
  #report(notice?: DeviceNotice, signal: AbortSignal = this.#tasks.stopped): void {
    if (signal.aborted) return;
    this.#options.onChange(this.#choices());
    if (notice) this.#options.onNotice(notice);
  }

  #notice(kind: DeviceNotice['kind'], device: DeviceKind, id = ''): DeviceNotice {
    const { available } = this.#list;
    const place = 1 + available[device].findIndex((one) => one.id === id);
    return { kind, device, label: labelOf(available, device, id), place };
  }

  #setSpeaker(id: string, signal: AbortSignal): Promise<void> {
    return this.#tasks.enqueue('speaker', async () => {
      signal.throwIfAborted();
      const { audio, timers } = this.#options;
      if (!audio.setSinkId) throw new Error('this browser cannot switch speakers');
      const onLate = () => this.#report();
      await waitFor(audio.setSinkId(id), { ms: SWITCH_MS, onLate, signal: this.#tasks.stopped, timers });
    });
  }

  /** Goes back to the system's speaker when the chosen one has disconnected. */
  async #checkSpeaker(before: AvailableDevices): Promise<void> {
    await this.#tasks.idle('speaker');
    const { sinkId } = this.#options.audio;
    const { speaker } = this.#list.available;
    if (!sinkId || speaker.some(({ id }) => id === sinkId)) return;
    const lost = { ...this.#notice('lost', 'speaker', sinkId), label: labelOf(before, 'speaker', sinkId) };
    await this.#tasks.run('speaker', (signal) =>
      this.#setSpeaker('', signal).then(
        () => this.#report(speaker[0] ? this.#notice('changed', 'speaker', speaker[0].id) : lost),
        () => this.#report(lost, signal),
      ),
    );
  }

  /** Opens a device (the browser's default without an id) and replaces the track in use. */
  async #switchTo(kind: Input, id: string | undefined, signal: AbortSignal): Promise<MediaStreamTrack> {
    if (!this.#tracks.canSend(kind)) throw new Error(`no ${kind} in this call`);
    const fresh = await this.#open(kind, id, signal);
    await this.#tasks.enqueue(kind, () => this.#tracks.replace(kind, fresh, signal));
    return fresh;
  }

  async #open(kind: Input, id: string | undefined, signal: AbortSignal): Promise<MediaStreamTrack> {
    const capture = () => captureTrack(TRACK_KINDS[kind], id, signal, this.#devices);
    try {
      return await capture();
    } catch (thrown) {
      const oldId = this.#tracks.deviceOf(kind);
      if (kind !== 'camera' || oldId === undefined || nameOf(thrown) !== 'NotReadableError') throw thrown;
      signal.throwIfAborted();
      // Many phones open only one camera at a time, so the old one stops first. It is opened again if the new one fails.
      const old = this.#tracks.of(kind)!;
      old.stop();
      void this.#replaceLost(kind, old, oldId);
      return capture();
    }
  }

  /** Waits for the running switch, then replaces a track that is no longer sent: with `first`, the default, or any other device. */
  async #replaceLost(kind: Input, gone: MediaStreamTrack, first?: string): Promise<void> {
    await this.#tasks.idle(kind);
    if (this.#tracks.of(kind) !== gone) return;
    await this.#tasks.run(kind, async (signal) => {
      await settled(this.#list.refresh(), LIST_MS, this.#options.timers);
      for (const id of this.#candidates(kind, first)) {
        try {
          const { label } = await this.#switchTo(kind, id, signal);
          const inUse = this.#tracks.deviceOf(kind);
          const isSame = id !== undefined && id === first;
          return this.#report(isSame ? undefined : { ...this.#notice('changed', kind, inUse), label });
        } catch (thrown) {
          if (signal.aborted) return void this.#replaceLost(kind, gone, first);
          // After a denial, each further device would show another prompt. After a timeout, the sender takes no track at all.
          if (['NotAllowedError', 'TimeoutError'].includes(nameOf(thrown)!)) break;
        }
      }
      this.#report({ ...this.#notice('lost', kind), label: gone.label }, signal);
    });
  }

  /** Ids in the order in which they are tried; undefined is the browser's default. */
  #candidates(kind: Input, first: string | undefined): Iterable<string | undefined> {
    const others = this.#list.available[kind].map(({ id }) => id).filter((id) => id !== 'default');
    return new Set([...(first ? [first] : []), undefined, ...others]);
  }
}

function nameOf(thrown: unknown): string | undefined {
  return (thrown as DOMException | undefined)?.name;
}
