// Drives one call on the SDK: turns the SDK's events into events for the reducer in phases.ts, and acts on the phases.
// Callers can rely on this: the call ends exactly once, whatever the SDK does or forgets to do, and then gives back the
// tracks, the peer and the session. It knows nothing about tokens, panels or the SDK's module.
import type { DebugLog } from '../debug-log.js';
import { ClickToCallError } from '../errors.js';
import type { CallEnd, CallState } from '../events.js';
import { settled, TIMERS, waitFor, type Timers } from '../wait.js';
import type { Cause } from './hangup-causes.js';
import { FIRST_PHASE, next, type Phase, type PhaseEvent } from './phases.js';
import { MediaRecovery, type Signalling } from './recovery.js';
import type { SdkCall } from './undocumented.js';
import { ignoreNeedlessAnswers, takeOverRecovery } from './verto.js';

export interface PlacedCallOptions {
  readonly call: SdkCall;
  /** Microphone (and camera); stopped when the call ends. */
  readonly stream: MediaStream;
  readonly log: DebugLog;
  readonly timers?: Timers;
  /** For a new path when media is lost. Without it, the SDK's own recovery stays. */
  readonly signalling?: Signalling | undefined;
  readonly closeSession: () => Promise<void>;
  /** Called with each state that differs from the one before, and each track of the far end. */
  readonly report: (news: CallNews) => void;
}

/** What a call UI uses of a call that was placed. */
export type PlacedCallControls = Pick<PlacedCall, 'ended' | 'peer' | 'hangup' | 'mute' | 'sendDigits'>;

/** What a call reports while it is up. */
export type CallNews =
  | { readonly state: Extract<CallState, 'connecting' | 'ringing' | 'active' | 'reconnecting'> }
  | { readonly track: MediaStreamTrack };

/** How long each step may take, in milliseconds. */
export const LIMITS = {
  /** From the start of ICE gathering (at most 7.6 s in the SDK) to the gateway's confirmation. */
  setupMs: 20_000,
  /** From there to an answer. */
  ringMs: 60_000,
  /** From the answer to media that flows. */
  mediaMs: 10_000,
  /** For a lost connection to come back. */
  reconnectMs: 30_000,
  /** For the SDK to say why a call was refused. */
  reasonMs: 500,
  /** For the gateway to confirm a hang-up. */
  byeMs: 2_000,
  /** For the gateway to take digits: it may be away for half a minute, and the SDK sends them once it is back. */
  digitsMs: 60_000,
};

const LIMIT_OF: Readonly<Record<Phase['name'], keyof typeof LIMITS | undefined>> = {
  inviting: 'setupMs',
  invited: 'ringMs',
  ringing: 'ringMs',
  answered: 'mediaMs',
  active: undefined,
  reconnecting: 'reconnectMs',
  refused: 'reasonMs',
  over: undefined,
};

/** The phases that callers see as a state. */
const REPORTED = ['ringing', 'active', 'reconnecting'] as const;

/** A call that was placed. */
export class PlacedCall {
  /** Resolves when the call is over; rejects with a `ClickToCallError` when it failed. */
  readonly ended: Promise<CallEnd>;
  readonly #options: PlacedCallOptions;
  readonly #timers: Timers;
  readonly #over = new AbortController();
  #settleEnd!: { resolve: (end: CallEnd) => void; reject: (error: ClickToCallError) => void };
  #phase: Phase = FIRST_PHASE;
  #deadline: unknown;
  #isDestroyed = false;
  #released: Promise<void> = Promise.resolve();
  #recovery: MediaRecovery | undefined;
  #watchedPeer: RTCPeerConnection | undefined;
  #lastDigits: Promise<unknown> = Promise.resolve();

  /** Places the call. */
  constructor(options: PlacedCallOptions) {
    this.#options = options;
    this.#timers = options.timers ?? TIMERS;
    this.ended = new Promise((resolve, reject) => (this.#settleEnd = { resolve, reject }));
    // Callers may start waiting later.
    this.ended.catch(() => {});
    this.#listen();
    this.#start();
  }

  /** The peer connection, for statistics and senders. */
  get peer(): RTCPeerConnection | undefined {
    return this.#options.call.peer?.instance;
  }

  /** Ends the call; settles when everything is released. */
  async hangup(): Promise<void> {
    this.#take({ type: 'hangup' });
    await this.#released;
  }

  /** Sends silence at once, whatever the gateway says. The track stays, so unmuting needs no permission. */
  mute(on: boolean): void {
    for (const track of this.#options.stream.getAudioTracks()) track.enabled = !on;
  }

  /**
   * Sends digits while the call is up; digits typed while the gateway is away wait until it is back.
   * @throws an error when the call ends, or `LIMITS.digitsMs` pass, before the gateway has taken them.
   */
  async sendDigits(digits: string): Promise<void> {
    if (this.#phase.name === 'over') return;
    const { signal } = this.#over;
    // One after the other: of all requests that find no connection, the SDK keeps the last one only.
    const sending = this.#lastDigits.then(() => {
      signal.throwIfAborted();
      return this.#options.call.sendDigits(digits);
    });
    const timeUp = () => new Error('the gateway has not taken the digits');
    const sent = waitFor(sending, { ms: LIMITS.digitsMs, timeUp, signal, timers: this.#timers });
    this.#lastDigits = sent.catch(() => {});
    await sent;
  }

  #listen(): void {
    const { call, report } = this.#options;
    // The SDK reports ringing and an answer in several ways each.
    call.on('early', this.#onRinging);
    call.on('active', this.#onAnswered);
    call.on('call.joined', this.#onAnswered);
    call.on('call.state', (payload?: { call_state?: string }) => {
      if (payload?.call_state === 'ringing') this.#onRinging();
      if (payload?.call_state === 'answered') this.#onAnswered();
    });
    call.on('trying', () => {
      this.#take({ type: 'confirmed' });
      // The SDK drops a call that is not answered in 20 s, without telling the far end. Early media lifts that limit;
      // this is what early media does inside.
      call.peer?._resolveStartMethod?.();
    });
    call.on('media.connected', () => {
      this.#watchPeer();
      this.#take({ type: 'media up' });
    });
    call.on('media.disconnected', () => this.#take({ type: 'media down' }));
    call.on('media.reconnecting', () => this.#take({ type: 'media down' }));
    call.on('track', ({ track }: RTCTrackEvent) => report({ track }));
    call.on('destroy', () => {
      this.#isDestroyed = true;
      this.#take({ type: 'destroyed', cause: [call.cause, call.causeCode] });
    });
    window.addEventListener('pagehide', this.#onPageHide);
  }

  #start(): void {
    const { call, stream, report } = this.#options;
    call.options.localStream = stream;
    call.options.iceCandidatePoolSize = 0;
    if (call.audioEl) call.audioEl.muted = true;
    report({ state: 'connecting' });
    this.#limit('setupMs');
    // Its promise may never settle, and settles late; only a rejection before the answer says something new.
    call.start().catch((thrown: unknown) => {
      this.#take({ type: 'rejected', cause: [...causeOf(thrown), call.cause, call.causeCode], thrown });
    });
  }

  readonly #onRinging = (): void => {
    ignoreNeedlessAnswers(this.#options.call);
    this.#take({ type: 'ringing' });
  };

  readonly #onAnswered = (): void => {
    ignoreNeedlessAnswers(this.#options.call);
    this.#take({ type: 'answered' });
  };

  readonly #onPageHide = (): void => void this.hangup();

  /** Moves to the next phase and does what the phase asks for. */
  #take(event: PhaseEvent): void {
    const before = this.#phase;
    const phase = (this.#phase = next(before, event));
    if (phase === before) return;
    const { log, report } = this.#options;
    log('call', phase.name, event);
    if (phase.name === 'over') return this.#end(phase);
    if (LIMIT_OF[phase.name] !== LIMIT_OF[before.name]) this.#limit(LIMIT_OF[phase.name]);
    const state = REPORTED.find((reported) => reported === phase.name);
    if (state && state !== before.name) report({ state });
    if (phase.name === 'reconnecting') this.#recovery?.start();
  }

  #limit(limit: keyof typeof LIMITS | undefined): void {
    this.#timers.clearTimeout(this.#deadline);
    if (limit) this.#deadline = this.#timers.setTimeout(() => this.#take({ type: 'time up' }), LIMITS[limit]);
  }

  #end({ outcome, answered }: Extract<Phase, { name: 'over' }>): void {
    if (answered) this.#options.report({ state: 'active' });
    this.#limit(undefined);
    this.#over.abort(new Error('the call ended before the gateway took the digits'));
    this.#released = this.#release();
    const { resolve, reject } = this.#settleEnd;
    if ('reason' in outcome) resolve(outcome);
    else reject(new ClickToCallError(outcome.code, { cause: outcome.thrown }));
  }

  async #release(): Promise<void> {
    const { call, stream, closeSession } = this.#options;
    for (const track of stream.getTracks()) track.stop();
    this.#recovery?.stop();
    window.removeEventListener('pagehide', this.#onPageHide);
    if (!this.#isDestroyed) await settled(this.#sayGoodbye(), LIMITS.byeMs, this.#timers);
    // The SDK closes its session without closing the peer.
    call.peer?.instance?.close();
    // The SDK's audio element waits for the end of a track, which a closed peer does not report.
    if (call.audioEl) call.audioEl.srcObject = null;
    await closeSession();
  }

  async #sayGoodbye(): Promise<void> {
    const { call } = this.#options;
    // In the tick of start() there is no peer yet: hangup() would throw, and the call would go on.
    if (!call.peer) await new Promise<void>((resolve) => this.#timers.setTimeout(resolve, 0));
    await call.hangup();
  }

  /** The SDK reports lost media when the connection has failed, 15 s after the last packet; the browser knows after 5. */
  #watchPeer(): void {
    const { call, signalling, log } = this.#options;
    const peer = call.peer?.instance;
    if (!peer || peer === this.#watchedPeer) return;
    this.#watchedPeer = peer;
    if (signalling && takeOverRecovery(call)) {
      const onGone = () => this.#take({ type: 'gone' });
      this.#recovery = new MediaRecovery({ peer, signalling, log, timers: this.#timers, onGone });
    }
    peer.addEventListener('connectionstatechange', () => {
      const { connectionState } = peer;
      if (connectionState === 'disconnected' || connectionState === 'failed')
        this.#take({ type: 'media down' });
      if (connectionState === 'connected') this.#take({ type: 'media up' });
    });
  }
}

/** A DOMException has a number of its own, which means something else on a telephone network. */
function causeOf(thrown: unknown): Cause[] {
  if (thrown instanceof DOMException || typeof thrown !== 'object' || thrown === null) return [];
  const { message, code } = thrown as { message?: string; code?: string | number };
  return [message, code];
}
