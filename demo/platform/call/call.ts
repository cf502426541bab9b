// One call at the gateway: plays the scenario of the dialled destination until one side ends the call. Ending it stops
// every timer and closes the far end, at any moment.
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Session } from '../session/session.js';
import type { AfterJoin, DestinationScenario } from '../scenarios/destination-scenarios.js';
import { CallEvents } from './call-events.js';
import { CallMedia } from './call-media.js';
import type { CallRecord, EndedBy } from './call-record.js';

export interface CallTimings {
  /** Multiplies every duration of a scenario: 0.1 plays it ten times as fast. */
  readonly pace: number;
  /** How long an answered call may stay without media. */
  readonly mediaTimeoutMs: number;
}

export interface CallOptions {
  readonly record: CallRecord;
  readonly session: Session;
  readonly scenario: DestinationScenario;
  readonly timings: CallTimings;
  readonly onEnd: () => void;
}

/** The longest delay that a timer accepts. */
const FOREVER_MS = 0x7fffffff;

export class Call {
  readonly record: CallRecord;
  readonly session: Session;
  readonly #scenario: DestinationScenario;
  readonly #pace: number;
  readonly #onEnd: () => void;
  readonly #events: CallEvents;
  readonly #media: CallMedia;
  /** Aborted when the call ends. */
  readonly #ended = new AbortController();

  constructor({ record, session, scenario, timings, onEnd }: CallOptions) {
    this.record = record;
    this.session = session;
    this.#scenario = scenario;
    this.#pace = timings.pace;
    this.#onEnd = onEnd;
    this.#events = new CallEvents(record, session);
    this.#media = new CallMedia({
      record,
      scenario,
      timings,
      events: this.#events,
      ended: this.#ended.signal,
      onLost: () => this.end('far-end', 'MEDIA_TIMEOUT', 604),
    });
  }

  get memberId(): string {
    return this.#events.memberId;
  }

  /** Plays the scenario. Resolves when it is over or the call has ended. */
  async run(offer: string): Promise<void> {
    await this.#untilEnded(async () => {
      // The reply to the invite has to arrive before the first event.
      await nextTurn();
      this.#events.state('created');
      const { earlyMedia, refusal, endsBeforeJoin, neverJoins, afterJoin } = this.#scenario;
      if (earlyMedia) {
        this.#events.earlyMedia(await this.#media.connect(offer));
        this.#media.play();
      }
      await this.#ring();
      if (refusal?.kind === 'bye') return this.end('far-end', refusal.cause, refusal.causeCode);
      await this.#answer(offer);
      if (endsBeforeJoin) return this.end('far-end');
      if (neverJoins) return this.#media.play();
      this.#join();
      if (!earlyMedia) this.#media.play();
      if (afterJoin) await this.#continue(afterJoin);
    });
  }

  /** Connects a reloaded page to this call, with a new media connection. */
  async reattach(offer: string): Promise<void> {
    await this.#untilEnded(async () => {
      await nextTurn();
      await this.#media.close();
      this.#events.answer(await this.#media.connect(offer));
      this.#join();
      this.#media.play();
    });
  }

  /** Answers a new offer within the call. */
  async renegotiate(offer: string): Promise<string | undefined> {
    return this.#media.renegotiate(offer);
  }

  receiveDigits(digits: unknown): void {
    if (typeof digits !== 'string') return;
    this.record.dtmf += digits;
    this.record.notifyChanged();
  }

  setHeld(held: boolean): void {
    this.record.held = held;
    this.record.notifyChanged();
  }

  setMuted(channel: 'audio' | 'video', muted: boolean): void {
    this.record.muted[channel] = muted;
    this.record.notifyChanged();
  }

  /** Sends the caller the current mute state of a channel. */
  announceMuted(channel: 'audio' | 'video'): void {
    this.#events.memberUpdated(channel === 'audio' ? 'audio_muted' : 'video_muted');
  }

  /** Ends the call. The caller is notified if the far end did it. */
  end(by: EndedBy, cause = 'NORMAL_CLEARING', causeCode = 16): void {
    const { record } = this;
    if (record.state === 'ended') return;
    record.state = 'ended';
    record.endedBy = by;
    record.cause = cause;
    this.#ended.abort();
    void this.#media.close();
    this.#onEnd();
    record.notifyChanged();
    if (by !== 'far-end') return;
    this.#events.state('ended');
    if (record.joined) this.#events.left(cause.toLowerCase());
    this.#events.bye(cause, causeCode);
  }

  async #ring(): Promise<void> {
    const { ringMs, neverAnswers } = this.#scenario;
    if (ringMs === undefined && !neverAnswers) return;
    this.#events.state('ringing');
    await this.#wait(neverAnswers ? FOREVER_MS : (ringMs ?? 0) * this.#pace);
  }

  async #answer(offer: string): Promise<void> {
    // An SDP that was sent as early media must not be sent again.
    const sdp = this.#scenario.earlyMedia ? undefined : await this.#media.connect(offer);
    this.#ended.signal.throwIfAborted();
    this.record.state = 'answered';
    this.#events.answer(sdp);
    this.#events.state('answered');
    this.record.notifyChanged();
  }

  #join(): void {
    this.record.joined = true;
    this.#events.joined();
    this.record.notifyChanged();
  }

  async #continue({ afterMs, action }: AfterJoin): Promise<void> {
    // On a slow machine media may start late; the caller should hear something before the far end hangs up.
    if (action === 'hang-up') await this.#media.connected;
    await this.#wait(afterMs * this.#pace);
    switch (action) {
      case 'hang-up':
        return this.end('far-end');
      case 'drop':
        this.end('gateway', 'DROPPED');
        return this.session.disconnect();
      case 'cut-signalling':
        return this.session.disconnect();
    }
  }

  #wait(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.#ended.signal });
  }

  /** Runs a part of the scenario. The end of the call interrupts it, which is not an error. */
  async #untilEnded(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (!this.#ended.signal.aborted) throw error;
    }
  }
}
