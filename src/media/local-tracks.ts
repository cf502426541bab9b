// The tracks that a call sends, and how one takes the place of another without a break or a new negotiation.
// Promise: a track is in the stream and sent, or it is stopped; mute survives.
// Must not know which device is wanted and why.
import type { DeviceKind } from './device-list.js';
import { AUDIO, stopStream, VIDEO } from './capture.js';
import { changed } from './change-limit.js';
import type { Timers } from '../wait.js';
import { waitFor } from '../wait.js';

/** What is captured and sent. */
export type Input = Exclude<DeviceKind, 'speaker'>;
export const INPUTS: readonly Input[] = ['microphone', 'camera'];
/** What the browser calls it. */
export const MEDIA = { microphone: 'audio', camera: 'video' } as const;

export interface LocalTracksOptions {
  /** The call's local stream; tracks are replaced in it. */
  stream: MediaStream;
  /** Undefined before the peer exists, and for a kind that the call does not send. */
  sender(kind: 'audio' | 'video'): RTCRtpSender | undefined;
  readonly timers?: Timers;
}

export class LocalTracks {
  readonly #options: LocalTracksOptions;
  readonly #stopped: AbortSignal;
  readonly #onLost: (kind: Input, track: MediaStreamTrack) => void;

  /**
   * @param onLost told when a track is not sent any more, until `stopped`: it ended by itself, or the sender took, after
   * all, another one that had been given up and is stopped.
   */
  constructor(
    options: LocalTracksOptions,
    stopped: AbortSignal,
    onLost: (kind: Input, track: MediaStreamTrack) => void,
  ) {
    this.#options = options;
    this.#stopped = stopped;
    this.#onLost = onLost;
  }

  /** The track of that kind, perhaps one that has ended. */
  of(kind: Input): MediaStreamTrack | undefined {
    return this.#options.stream.getTracks().find((track) => track.kind === MEDIA[kind]);
  }

  /** The id of the device that is in use. */
  deviceOf(kind: Input): string | undefined {
    const track = this.of(kind);
    return track?.readyState === 'live' ? track.getSettings().deviceId : undefined;
  }

  /** Whether the call has a place for a track of that kind. */
  takes(kind: Input): boolean {
    return Boolean(this.of(kind) ?? this.#options.sender(MEDIA[kind]));
  }

  watch(kind: Input, track: MediaStreamTrack): void {
    track.addEventListener('ended', () => this.#onLost(kind, track), { signal: this.#stopped });
  }

  /**
   * Puts a track in the place of the one that is there. To be done one after the other.
   * @param signal looked at before, not during.
   * @throws what the sender throws, a `TimeoutError` when it stands still, or the signal's reason: then the track is stopped and all is as before.
   */
  async replace(kind: Input, fresh: MediaStreamTrack, signal: AbortSignal): Promise<void> {
    const { stream, sender, timers } = this.#options;
    const old = this.of(kind);
    try {
      signal.throwIfAborted();
      fresh.enabled = old?.enabled ?? true;
      // In the stream beforehand: whoever mutes the stream from now on mutes the new track as well.
      stream.addTrack(fresh);
      this.watch(kind, fresh);
      // On a closed peer that never settles.
      const replaced = Promise.resolve(sender(MEDIA[kind])?.replaceTrack(fresh));
      await changed(replaced, () => old && this.#onLost(kind, old), this.#stopped, timers);
    } catch (thrown) {
      fresh.stop();
      stream.removeTrack(fresh);
      throw thrown;
    }
    if (!old) return;
    old.stop();
    stream.removeTrack(old);
  }
}

/**
 * Asks for one microphone or camera: that of the id, or the browser's choice; with the same processing as at first.
 * @throws what getUserMedia throws; the signal's reason when aborted.
 */
export async function captureTrack(
  kind: Input,
  deviceId: string | undefined,
  signal: AbortSignal,
  devices: Pick<MediaDevices, 'getUserMedia'>,
): Promise<MediaStreamTrack> {
  signal.throwIfAborted();
  const processing = kind === 'microphone' ? AUDIO : VIDEO;
  const exact = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  const asking = devices.getUserMedia({ [MEDIA[kind]]: { ...processing, ...exact } });
  try {
    return (await waitFor(asking, { signal })).getTracks()[0]!;
  } catch (thrown) {
    asking.then(stopStream, () => {});
    throw thrown;
  }
}
