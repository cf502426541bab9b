// The media of one call: connects the far end to the caller and plays what the scenario says.
import { setTimeout as delay } from 'node:timers/promises';
import { loadClip } from '../media/clips.js';
import { FarEnd } from '../media/far-end.js';
import type { DestinationScenario } from '../scenarios/destination-scenarios.js';
import { AGENT_SCRIPT } from './agent-script.js';
import type { CallEvents } from './call-events.js';
import type { CallRecord } from './call-record.js';

export interface CallMediaOptions {
  readonly record: CallRecord;
  readonly scenario: DestinationScenario;
  readonly timings: { readonly pace: number; readonly mediaTimeoutMs: number };
  readonly events: CallEvents;
  /** Aborted when the call ends. */
  readonly ended: AbortSignal;
  /** Called when media did not start in time, or its connection failed. */
  readonly onLost: () => void;
}

export class CallMedia {
  readonly #options: CallMediaOptions;
  #farEnd: FarEnd | undefined;

  constructor(options: CallMediaOptions) {
    this.#options = options;
  }

  /** Resolves when media can flow; stays pending if it never can. */
  get connected(): Promise<void> | undefined {
    return this.#farEnd?.connected;
  }

  /** Creates a far end for this offer, and returns its answer. */
  async connect(offer: string): Promise<string> {
    const { record, scenario, ended, onLost } = this.#options;
    const farEnd = new FarEnd(record.received);
    this.#farEnd = farEnd;
    record.media = farEnd;
    const sdp = await farEnd.answer(offer);
    // A closed far end: the addresses in its SDP are valid, but nothing listens there.
    if (scenario.noMedia || ended.aborted) await farEnd.close();
    farEnd.onLost = onLost;
    void farEnd.connected.then(() => {
      record.mediaUp = true;
      record.notifyChanged();
    });
    this.#inBackground(() => this.#giveUpWithoutMedia(farEnd));
    return sdp;
  }

  async renegotiate(offer: string): Promise<string | undefined> {
    return this.#farEnd?.answer(offer);
  }

  /** Starts the audio of the scenario as soon as media can flow. */
  play(): void {
    const farEnd = this.#farEnd;
    const { audio } = this.#options.scenario;
    if (farEnd && audio) this.#inBackground(() => this.#play(farEnd, audio));
  }

  async close(): Promise<void> {
    await this.#farEnd?.close();
  }

  async #play(farEnd: FarEnd, kind: NonNullable<DestinationScenario['audio']>): Promise<void> {
    const { audio } = farEnd;
    await farEnd.connected;
    this.#options.ended.throwIfAborted();
    switch (kind) {
      case 'tone':
        return audio.loop(loadClip('tone'));
      case 'echo':
        return audio.echo();
      case 'agent':
        return this.#playAgent(farEnd);
      case 'greeting':
        await audio.play(loadClip('greeting'));
        if (!this.#options.ended.aborted) audio.echo();
    }
  }

  async #playAgent({ audio }: FarEnd): Promise<void> {
    const { timings, events } = this.#options;
    let atMs = 0;
    for (const cue of AGENT_SCRIPT) {
      await this.#wait((cue.atMs - atMs) * timings.pace);
      atMs = cue.atMs;
      if (cue.stopsTalking) audio.stop();
      if (cue.plays) void audio.play(loadClip(cue.plays));
      if (cue.event) events.other(cue.event, cue.params ?? {});
    }
  }

  async #giveUpWithoutMedia(farEnd: FarEnd): Promise<void> {
    await this.#wait(this.#options.timings.mediaTimeoutMs);
    if (this.#farEnd === farEnd && !this.#options.record.mediaUp) this.#options.onLost();
  }

  #wait(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.#options.ended });
  }

  /** Runs something that the end of the call interrupts. */
  #inBackground(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      if (!this.#options.ended.aborted) throw error;
    });
  }
}
