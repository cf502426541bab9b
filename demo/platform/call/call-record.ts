// What is known about one call: who dialled what, how far the call got, what the far end received. The call writes
// it, tests read it and can wait for a condition.
import { ReceivedMedia } from '../media/received-media.js';

export interface CallRequest {
  readonly id: string;
  readonly destination: string;
  readonly userVariables: Readonly<Record<string, unknown>>;
  readonly video: boolean;
}

/** Who ended a call. The gateway does when it refuses the invite, drops the call, or the client does not come back. */
export type EndedBy = 'caller' | 'far-end' | 'gateway';

/** Lets tests break the media connection of a call. */
export interface MediaFaults {
  /** Discards every packet in both directions, as a firewall would, until unblocked. */
  block(blocked: boolean): void;
  /** Closes the far end's sockets, as if it had changed its network: only a renegotiation can reach it. */
  move(): Promise<void>;
}

export class CallRecord {
  readonly id: string;
  /** As dialled, without the query. */
  readonly destination: string;
  readonly userVariables: Readonly<Record<string, unknown>>;
  /** Whether the caller offered video. */
  readonly video: boolean;
  state: 'ringing' | 'answered' | 'ended' = 'ringing';
  joined = false;
  /** Whether the media connection was established. */
  mediaUp = false;
  /** The digits that the caller sent. */
  dtmf = '';
  /** What the caller asked the gateway to mute. Muting a local track does not count. */
  readonly muted = { audio: false, video: false };
  held = false;
  endedBy: EndedBy | undefined;
  cause: string | undefined;
  readonly received: ReceivedMedia;
  /** Undefined until the call is answered. */
  media: MediaFaults | undefined;
  readonly #watchers = new Set<() => void>();

  constructor({ id, destination, userVariables, video }: CallRequest) {
    this.id = id;
    this.destination = destination;
    this.userVariables = userVariables;
    this.video = video;
    this.received = new ReceivedMedia(() => this.notifyChanged());
  }

  /** Must be called after every change. */
  notifyChanged(): void {
    for (const check of [...this.#watchers]) check();
  }

  /** Resolves as soon as the condition holds; rejects with the state of the call if it does not in time. */
  until(condition: (call: this) => boolean, timeoutMs = 30_000): Promise<this> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(check);
      };
      const check = (): void => {
        if (!condition(this)) return;
        stop();
        resolve(this);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Not within ${timeoutMs} ms: ${condition.toString()}. ${this.describe()}`));
      }, timeoutMs);
      this.#watchers.add(check);
      check();
    });
  }

  /** Resolves when the loudness of the audio received in the last `windowMs` satisfies the condition. */
  async untilLoudness(
    condition: (loudness: number) => boolean,
    windowMs = 1500,
    timeoutMs = 30_000,
  ): Promise<number> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const loudness = await this.received.loudness(windowMs);
      if (condition(loudness)) return loudness;
      if (performance.now() > deadline) throw new Error(`Loudness stayed at ${loudness}. ${this.describe()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  describe(): string {
    const { destination, state, joined, mediaUp, dtmf, endedBy, cause } = this;
    const { audioPackets, videoFrames } = this.received;
    return JSON.stringify({
      destination,
      state,
      joined,
      mediaUp,
      dtmf,
      endedBy,
      cause,
      audioPackets,
      videoFrames,
    });
  }
}
