// Which microphone, speaker and camera a call uses, and how it goes on when one of them goes away.
// Promise: nothing here ends a call or throws; the last choice wins; every track that is not used is stopped.
// Must not know: menus and words, the SDK, the far end. Whoever ends the call calls stop() in the same breath.
import { changed } from './change-limit.js';
import {
  DeviceList,
  labelOf,
  type AvailableDevices,
  type DeviceInquiry,
  type DeviceKind,
} from './device-list.js';
import { captureTrack, INPUTS, LocalTracks, type Input, type LocalTracksOptions } from './local-tracks.js';
import { settled } from '../wait.js';
import { Wishes } from './latest-task.js';

export type { Device, DeviceKind } from './device-list.js';

export interface DeviceChoices {
  /** No speakers where the browser cannot choose one. */
  readonly available: AvailableDevices;
  /** Ids; undefined for a kind that is not in use. */
  readonly current: Readonly<Partial<Record<DeviceKind, string>>>;
}

/** What became of a device, unasked or in vain. */
export interface DeviceNotice {
  /** `changed`: gone, and this one used instead. `lost`: gone, and no other. `refused`: chosen, but not to be had. */
  readonly kind: 'changed' | 'lost' | 'refused';
  readonly device: DeviceKind;
  /** Empty where the browser does not tell. */
  readonly label: string;
  /** Which of its kind it is, from 1; 0 where that is not known. */
  readonly place: number;
}

export interface DeviceSwitchOptions extends LocalTracksOptions {
  /** Plays the far end. */
  audio: HTMLAudioElement & { setSinkId?(id: string): Promise<void>; sinkId?: string };
  onChange(choices: DeviceChoices): void;
  onNotice(notice: DeviceNotice): void;
  devices?: DeviceInquiry & Pick<MediaDevices, 'getUserMedia'>;
}

/** How long a call that has lost a device waits for a list as of now, in milliseconds: meanwhile nobody is heard. */
export const LIST_MS = 1_000;

export class DeviceSwitch {
  readonly #options: DeviceSwitchOptions;
  readonly #devices: NonNullable<DeviceSwitchOptions['devices']>;
  readonly #list: DeviceList;
  readonly #wishes = new Wishes<DeviceKind>();
  readonly #tracks: LocalTracks;

  constructor(options: DeviceSwitchOptions) {
    this.#options = options;
    this.#devices = options.devices ?? navigator.mediaDevices;
    const onList = (before: AvailableDevices) => {
      this.#tell();
      void this.#keepSpeaker(before);
    };
    this.#list = new DeviceList(this.#devices, onList, options.timers);
    this.#tracks = new LocalTracks(
      options,
      this.#wishes.stopped,
      // The same device once more where it is still there.
      (kind, track) => void this.#goOn(kind, track, this.#tracks.deviceOf(kind)),
    );
  }

  /** Lists the devices and begins to watch them. */
  start(): void {
    this.#list.start();
    for (const kind of INPUTS) {
      const track = this.#tracks.of(kind);
      if (!track) continue;
      this.#tracks.watch(kind, track);
      if (track.readyState === 'ended') void this.#goOn(kind, track);
    }
  }

  /** Changes to a device of the list. Resolves when that is done, was refused, or gave way to a later choice. */
  async use(kind: DeviceKind, id: string): Promise<void> {
    if (!this.#wishes.has(kind) && this.#choices().current[kind] === id) return;
    await this.#wishes.make(kind, async (signal) => {
      try {
        if (kind === 'speaker') await this.#playOn(id, signal);
        else await this.#take(kind, id, signal);
        this.#tell();
      } catch {
        this.#tell(this.#notice('refused', kind, id), signal);
      }
    });
  }

  /** Lets go: listens to nothing, and stops what still comes in. The call's own tracks are the caller's to stop. */
  stop(): void {
    this.#wishes.stop();
    this.#list.stop();
  }

  #choices(): DeviceChoices {
    const { audio } = this.#options;
    const canChoose = typeof audio.setSinkId === 'function';
    const available = canChoose ? this.#list.available : { ...this.#list.available, speaker: [] };
    const speaker = available.speaker.find(({ id }) => id === (audio.sinkId || 'default'))?.id;
    const [microphone, camera] = INPUTS.map((kind) => this.#tracks.deviceOf(kind));
    return { available, current: { microphone, speaker, camera } };
  }

  /** Tells how things are and what happened, unless that is of no interest any more. */
  #tell(notice?: DeviceNotice, signal: AbortSignal = this.#wishes.stopped): void {
    if (signal.aborted) return;
    this.#options.onChange(this.#choices());
    if (notice) this.#options.onNotice(notice);
  }

  #notice(kind: DeviceNotice['kind'], device: DeviceKind, id = ''): DeviceNotice {
    const { available } = this.#list;
    const place = 1 + available[device].findIndex((one) => one.id === id);
    return { kind, device, label: labelOf(available, device, id), place };
  }

  #playOn(id: string, signal: AbortSignal): Promise<void> {
    return this.#wishes.inTurn('speaker', async () => {
      signal.throwIfAborted();
      const { audio, timers } = this.#options;
      await changed(audio.setSinkId(id), () => this.#tell(), this.#wishes.stopped, timers);
    });
  }

  /** The speaker may be gone: then it is the system's again. */
  async #keepSpeaker(before: AvailableDevices): Promise<void> {
    await this.#wishes.over('speaker');
    const { sinkId } = this.#options.audio;
    const { speaker } = this.#list.available;
    if (!sinkId || speaker.some(({ id }) => id === sinkId)) return;
    const lost = { ...this.#notice('lost', 'speaker', sinkId), label: labelOf(before, 'speaker', sinkId) };
    await this.#wishes.make('speaker', (signal) =>
      this.#playOn('', signal).then(
        () => this.#tell(speaker[0] ? this.#notice('changed', 'speaker', speaker[0].id) : lost),
        () => this.#tell(lost, signal),
      ),
    );
  }

  /** Opens a device, the browser's choice without an id, and puts it in the place of the one in use. */
  async #take(kind: Input, id: string | undefined, signal: AbortSignal): Promise<MediaStreamTrack> {
    if (!this.#tracks.takes(kind)) throw new Error(`no ${kind} in this call`);
    const open = () => captureTrack(kind, id, signal, this.#devices);
    const fresh = await open().catch((thrown: unknown) => {
      const oldId = this.#tracks.deviceOf(kind);
      if (kind !== 'camera' || oldId === undefined || nameOf(thrown) !== 'NotReadableError') throw thrown;
      signal.throwIfAborted();
      // Many phones open one camera at a time. The old one makes way, and comes back when that was in vain.
      const old = this.#tracks.of(kind)!;
      old.stop();
      void this.#goOn(kind, old, oldId);
      return open();
    });
    await this.#wishes.inTurn(kind, () => this.#tracks.replace(kind, fresh, signal));
    return fresh;
  }

  /** A track is gone, or not sent any more. Once nothing else is being tried, the call goes on with `first`, or with the next device. */
  async #goOn(kind: Input, gone: MediaStreamTrack, first?: string): Promise<void> {
    await this.#wishes.over(kind);
    if (this.#tracks.of(kind) !== gone) return;
    await this.#wishes.make(kind, async (signal) => {
      await settled(this.#list.refresh(), LIST_MS, this.#options.timers);
      const others = this.#list.available[kind].map(({ id }) => id).filter((id) => id !== 'default');
      // Without an id it is the browser's default.
      for (const id of new Set([...(first ? [first] : []), undefined, ...others])) {
        try {
          const { label } = await this.#take(kind, id, signal);
          const inUse = this.#tracks.deviceOf(kind);
          return this.#tell(
            id && id === first ? undefined : { ...this.#notice('changed', kind, inUse), label },
          );
        } catch (thrown) {
          if (signal.aborted) return void this.#goOn(kind, gone, first);
          // The visitor does not want it, and asking for each of the others would be a row of prompts; or the line
          // stands still, and takes none of them.
          if (['NotAllowedError', 'TimeoutError'].includes(nameOf(thrown)!)) break;
        }
      }
      this.#tell({ ...this.#notice('lost', kind), label: gone.label }, signal);
    });
  }
}

function nameOf(thrown: unknown): string | undefined {
  return (thrown as DOMException | undefined)?.name;
}
