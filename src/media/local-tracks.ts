// The tracks that a call sends, and how one replaces another without renegotiation.
// Every track is either in the stream and sent, or stopped. A new track is muted if the old one was.
import type { DeviceKind } from './device-list.js';
import { waitFor, type Timers } from '../wait.js';

/** A kind of device that is captured. */
export type Input = Exclude<DeviceKind, 'speaker'>;
export const INPUTS: readonly Input[] = ['microphone', 'camera'];
/** The kind of track that each input delivers. */
export const TRACK_KINDS = { microphone: 'audio', camera: 'video' } as const;

/** Time limit for the browser to switch a track or a speaker, in milliseconds. Waking up a headset takes about two seconds. */
export const SWITCH_MS = 5_000;

export interface LocalTracksOptions {
  /** The call's local stream. Tracks are replaced in it. */
  readonly stream: MediaStream;
  /** Undefined before the peer connection exists, and for a kind that the call does not send. */
  readonly sender: (kind: 'audio' | 'video') => Pick<RTCRtpSender, 'replaceTrack'> | undefined;
  readonly timers?: Timers;
}

export class LocalTracks {
  readonly #options: LocalTracksOptions;
  readonly #stopped: AbortSignal;
  readonly #onLost: (kind: Input, track: MediaStreamTrack) => void;

  /**
   * @param onLost called, until `stopped` aborts, when a track is no longer sent: it ended, or the sender switched to a
   * replacement after the time limit, when that replacement had been stopped already.
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

  /** The track of that kind; it may have ended. */
  of(kind: Input): MediaStreamTrack | undefined {
    return this.#options.stream.getTracks().find((track) => track.kind === TRACK_KINDS[kind]);
  }

  /** The id of the device in use; undefined when its track has ended. */
  deviceOf(kind: Input): string | undefined {
    const track = this.of(kind);
    return track?.readyState === 'live' ? track.getSettings().deviceId : undefined;
  }

  /** Whether the call can send a track of that kind. */
  canSend(kind: Input): boolean {
    return Boolean(this.of(kind) ?? this.#options.sender(TRACK_KINDS[kind]));
  }

  /** Calls `onLost` when the track ends. */
  watch(kind: Input, track: MediaStreamTrack): void {
    track.addEventListener('ended', () => this.#onLost(kind, track), { signal: this.#stopped });
  }

  /**
   * Replaces the current track of that kind. Callers run replacements of one kind one after the other.
   * @param signal checked before the replacement; aborting does not interrupt it.
   * @throws what the sender throws, a `TimeoutError` when it does not answer, or the signal's reason. The new track is
   * stopped then, and the old one stays.
   */
  async replace(kind: Input, fresh: MediaStreamTrack, signal: AbortSignal): Promise<void> {
    const { stream, sender, timers } = this.#options;
    const old = this.of(kind);
    try {
      signal.throwIfAborted();
      fresh.enabled = old?.enabled ?? true;
      // Added before the sender has it, so that muting the stream from now on mutes the new track too.
      stream.addTrack(fresh);
      this.watch(kind, fresh);
      // replaceTrack() never settles on a closed peer connection.
      const replaced = Promise.resolve(sender(TRACK_KINDS[kind])?.replaceTrack(fresh));
      const onLate = () => old && this.#onLost(kind, old);
      await waitFor(replaced, { ms: SWITCH_MS, onLate, signal: this.#stopped, timers });
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
