// What is known about one call: who dialled what, how far it got, what the far end heard. Read by tests and by
// the page's curious; written by the call. Promises to wait for a condition without anybody having to sleep.
import { Hearing } from './hearing.js';

export interface CallFacts {
  readonly id: string;
  readonly destination: string;
  readonly userVariables: Readonly<Record<string, unknown>>;
  readonly video: boolean;
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
  /** Media has flowed, or could have. */
  mediaUp = false;
  dtmf = '';
  /** What the caller told the gateway; a caller who only mutes its own track tells nothing. */
  readonly muted = { audio: false, video: false };
  held = false;
  endedBy: 'caller' | 'far-end' | 'gone' | undefined;
  cause: string | undefined;
  readonly heard: Hearing;
  /** How packets come and go, to be broken by tests. Undefined until the call is answered. */
  path: { block(blocked: boolean): void; move(): Promise<void> } | undefined;
  readonly #watchers = new Set<() => void>();

  constructor({ id, destination, userVariables, video }: CallFacts) {
    this.id = id;
    this.destination = destination;
    this.userVariables = userVariables;
    this.video = video;
    this.heard = new Hearing(() => this.changed());
  }

  /** To be called after every change. */
  changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** Settles as soon as the condition holds; rejects with what is known when it does not in time. */
  until(condition: (call: this) => boolean, withinMs = 30_000): Promise<this> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const look = (): void => {
        if (!condition(this)) return;
        stop();
        resolve(this);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Not within ${withinMs} ms: ${condition.toString()}. ${this.describe()}`));
      }, withinMs);
      this.#watchers.add(look);
      look();
    });
  }

  /** Settles when the last milliseconds of what the far end hears are at least so loud (or, negated, quieter). */
  async untilLoudness(
    enough: (loudness: number) => boolean,
    lastMs = 1500,
    withinMs = 30_000,
  ): Promise<number> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const loudness = await this.heard.loudness(lastMs);
      if (enough(loudness)) return loudness;
      if (performance.now() > deadline) throw new Error(`Loudness stayed at ${loudness}. ${this.describe()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  describe(): string {
    const { destination, state, joined, mediaUp, dtmf, endedBy, cause } = this;
    const { audioPackets, videoFrames } = this.heard;
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
