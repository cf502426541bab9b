// One call at the gateway: plays the story of the dialled address, step by step, until somebody ends it.
// Promises that ending it at any moment stops every timer and closes the far end.
// Must not know sockets or tokens: it speaks through its session.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause, setImmediate as nextTurn } from 'node:timers/promises';
import { AGENT_SCRIPT } from './agent.js';
import type { CallRecord } from './call-record.js';
import { FarEnd } from './far-end.js';
import type { Params } from './json-rpc.js';
import { roomOf, type Membership } from './room.js';
import type { Session } from './session.js';
import { sound } from './sound.js';
import type { DestinationStory } from './stories.js';

export interface CallTimings {
  /** Multiplies every time of a story: 0.1 plays it ten times as fast. */
  readonly pace: number;
  /** How long an answered call may stay without media. */
  readonly mediaTimeoutMs: number;
}

export class Call implements Membership {
  readonly record: CallRecord;
  readonly session: Session;
  readonly memberId = randomUUID();
  readonly roomId = randomUUID();
  readonly roomSessionId = randomUUID();
  readonly #story: DestinationStory;
  readonly #timings: CallTimings;
  readonly #over = new AbortController();
  #farEnd: FarEnd | undefined;

  constructor(record: CallRecord, session: Session, story: DestinationStory, timings: CallTimings) {
    this.record = record;
    this.session = session;
    this.#story = story;
    this.#timings = timings;
    session.calls.set(record.id, this);
  }

  /** Plays the story from the first ring to the last word. Settles when it is told or the call is over. */
  async play(offer: string): Promise<void> {
    await this.#unlessOver(async () => {
      // The invite has its own answer, which has to arrive before the first event.
      await nextTurn();
      this.#tellState('created');
      if (this.#story.earlyMedia) {
        this.session.pushVerto('verto.media', { callID: this.record.id, sdp: await this.#meet(offer) });
        this.#sound();
      }
      await this.#ring();
      if (this.#story.refusal?.as === 'bye') {
        return this.end('far-end', this.#story.refusal.cause, this.#story.refusal.causeCode);
      }
      await this.#answer(offer);
      if (this.#story.endsBeforeJoin) return this.end('far-end', 'NORMAL_CLEARING', 16);
      if (this.#story.neverJoins) return this.#sound();
      this.#join();
      if (!this.#story.earlyMedia) this.#sound();
      await this.#finish();
    });
  }

  /** The page was reloaded and wants its call back, with a peer of its own. */
  async reattach(offer: string): Promise<void> {
    await this.#unlessOver(async () => {
      await nextTurn();
      await this.#farEnd?.close();
      this.session.pushVerto('verto.answer', { callID: this.record.id, sdp: await this.#meet(offer) });
      this.#join();
      this.#sound();
    });
  }

  /** A new offer within the call. */
  async renegotiate(offer: string): Promise<string | undefined> {
    return this.#farEnd?.answer(offer);
  }

  /** Ends the call. Whoever did not end it is told, except when there is nobody to be told. */
  end(by: NonNullable<CallRecord['endedBy']>, cause = 'NORMAL_CLEARING', causeCode = 16): void {
    if (this.record.state === 'ended') return;
    this.#stop(by, cause);
    if (by !== 'far-end') return;
    this.#tellState('ended');
    if (this.record.joined) this.session.push('call.left', { ...roomOf(this), reason: cause.toLowerCase() });
    this.session.pushVerto('verto.bye', { callID: this.record.id, cause, causeCode });
  }

  tellUpdated(what: 'audio_muted' | 'video_muted'): void {
    const { room_id, room_session_id, room_session } = roomOf(this);
    const member = { ...room_session.members[0], updated: [what] };
    this.session.push('member.updated', { room_id, room_session_id, member });
  }

  async #ring(): Promise<void> {
    const { ringMs, neverAnswers } = this.#story;
    if (ringMs === undefined && !neverAnswers) return;
    this.#tellState('ringing');
    await this.#wait(neverAnswers ? 0x7fffffff : (ringMs ?? 0) * this.#timings.pace);
  }

  async #answer(offer: string): Promise<void> {
    const sdp = this.#story.earlyMedia ? undefined : await this.#meet(offer);
    this.#over.signal.throwIfAborted();
    this.record.state = 'answered';
    // A description that was sent with the early media must not come a second time.
    this.session.pushVerto('verto.answer', { callID: this.record.id, ...(sdp && { sdp }) });
    this.#tellState('answered');
    this.record.changed();
  }

  #join(): void {
    this.record.joined = true;
    this.session.push('call.joined', roomOf(this));
    this.record.changed();
  }

  async #finish(): Promise<void> {
    const { hangsUpAfterMs, dropsAfterMs, cutsOffAfterMs } = this.#story;
    if (hangsUpAfterMs !== undefined) {
      // Who picked up says something first, however slow the two machines are.
      await this.#farEnd?.connected;
      await this.#wait(hangsUpAfterMs * this.#timings.pace);
      this.end('far-end');
    } else if (dropsAfterMs !== undefined) {
      await this.#wait(dropsAfterMs * this.#timings.pace);
      this.#stop('gone', 'DROPPED');
      this.session.socket?.terminate();
    } else if (cutsOffAfterMs !== undefined) {
      await this.#wait(cutsOffAfterMs * this.#timings.pace);
      this.session.socket?.terminate();
    }
  }

  /** A peer for this offer; gives its answer. */
  async #meet(offer: string): Promise<string> {
    const farEnd = new FarEnd(this.record.heard);
    this.#farEnd = farEnd;
    this.record.path = farEnd;
    const sdp = await farEnd.answer(offer);
    // A peer that is closed before it was ever reached: its addresses are right, and nobody is there.
    if (this.#story.noMedia || this.#over.signal.aborted) await farEnd.close();
    farEnd.onLost = () => this.end('far-end', 'MEDIA_TIMEOUT', 604);
    void farEnd.connected.then(() => {
      this.record.mediaUp = true;
      this.record.changed();
    });
    void this.#unlessOver(async () => {
      await this.#wait(this.#timings.mediaTimeoutMs);
      if (this.#farEnd === farEnd && !this.record.mediaUp) farEnd.onLost();
    });
    return sdp;
  }

  #sound(): void {
    const farEnd = this.#farEnd;
    const kind = this.#story.sound;
    if (!farEnd || !kind) return;
    const { voice } = farEnd;
    void this.#unlessOver(async () => {
      await farEnd.connected;
      this.#over.signal.throwIfAborted();
      if (kind === 'tone') return voice.loop(sound('tone'));
      if (kind === 'agent') return this.#playAgent(farEnd);
      if (kind === 'greeting') await voice.say(sound('greeting'));
      if (!this.#over.signal.aborted) voice.echo();
    });
  }

  async #playAgent({ voice }: FarEnd): Promise<void> {
    let atMs = 0;
    for (const cue of AGENT_SCRIPT) {
      await this.#wait((cue.atMs - atMs) * this.#timings.pace);
      atMs = cue.atMs;
      if (cue.hush) voice.hush();
      if (cue.say) void voice.say(sound(cue.say));
      if (cue.event) this.session.push(cue.event, { ...cue.params, ...this.#place() });
    }
  }

  #tellState(callState: string): void {
    this.session.push('call.state', { ...this.#place(), call_state: callState, direction: 'outbound' });
  }

  #place(): Params {
    return { call_id: this.record.id, room_session_id: this.roomSessionId, node_id: this.session.nodeId };
  }

  #stop(by: NonNullable<CallRecord['endedBy']>, cause: string): void {
    this.#over.abort();
    this.session.calls.delete(this.record.id);
    this.record.state = 'ended';
    this.record.endedBy = by;
    this.record.cause = cause;
    void this.#farEnd?.close();
    this.record.changed();
  }

  #wait(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.#over.signal });
  }

  /** Runs a part of the story; the end of the call interrupts it, which is no error. */
  async #unlessOver(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (!this.#over.signal.aborted) throw error;
    }
  }
}
