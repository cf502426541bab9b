// One call on the SDK, as a small state machine: connecting, ringing, active, reconnecting, over.
// Promise: ends exactly once, whatever the SDK does or forgets to do, and gives everything back: tracks, peer, session.
// Must not know: tokens, panels, the SDK's module (it is handed a call object).
import { ClickToCallError, type ErrorCode } from '../errors.js';
import { codeBeforeAnswer, isDeliberate } from './hangup-causes.js';
import type { DebugLog } from '../debug-log.js';
import { stopStream } from '../media/capture.js';
import { MediaRecovery, type Signalling } from './recovery.js';
import type { CallChange, CallEnd } from '../call/port.js';
import { settled, TIMERS, waitFor, type Timers } from '../wait.js';
import { ignoreNeedlessAnswers, takeOverRecovery, type RecoverableCall } from './verto.js';

/** What is used of the SDK's call object. `options`, `peer` and `cause` are there at run time though not all are typed. */
export interface SdkCall extends RecoverableCall {
  options: Record<string, unknown>;
  readonly cause?: string;
  readonly causeCode?: string;
  readonly audioEl?: HTMLAudioElement;
  readonly peer?: {
    readonly instance?: RTCPeerConnection;
    _resolveStartMethod?: () => void;
  } & RecoverableCall['peer'];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each event has a payload of its own
  on(event: string, listener: (payload: any) => void): void;
  start(): Promise<void>;
  hangup(): Promise<void>;
  sendDigits(digits: string): Promise<unknown>;
}

export interface LineOptions {
  readonly call: SdkCall;
  /** Microphone (and camera); stopped when the line ends. */
  readonly stream: MediaStream;
  readonly log: DebugLog;
  readonly timers?: Timers;
  /** For a new path when media is lost; without it, or with an SDK that we do not know, the old one has to come back. */
  readonly signalling?: Signalling;
  readonly closeSession: () => Promise<void>;
  readonly report: (change: CallChange) => void;
  /** A track of the far end arrived. */
  readonly onTrack: (track: MediaStreamTrack) => void;
}

/** A call that was placed. */
export interface Line {
  readonly ended: Promise<CallEnd>;
  hangup(): Promise<void>;
  mute(on: boolean): void;
  /**
   * Sends digits while the call is up; those that find no gateway wait until it is back.
   * @throws an error when the call ends, or `LIMITS.digitsMs` pass, before the gateway has taken them.
   */
  sendDigits(digits: string): Promise<void>;
  /** The peer connection, for statistics. */
  readonly peer: RTCPeerConnection | undefined;
}

/** How long each step may take before the call is given up, in milliseconds. */
export const LIMITS = {
  /** From the start of ICE gathering (at most 7.6 s in the SDK) to the gateway's "call created". */
  setupMs: 20_000,
  /** From there to an answer. */
  ringMs: 60_000,
  /** From the answer to media that flows. */
  mediaMs: 10_000,
  /** For a lost connection to come back. */
  reconnectMs: 30_000,
  /** For the SDK to say why a call was refused. */
  reasonMs: 500,
  /** For the gateway to take note of a hang-up. */
  byeMs: 2_000,
  /** For it to take digits: it may be gone for half a minute, and the SDK sends them once it is back. */
  digitsMs: 60_000,
};

type Phase = 'connecting' | 'ringing' | 'active' | 'reconnecting' | 'over';

/** Places the call and watches over it. */
export function placeCall(options: LineOptions): Line {
  const { call, stream, log, report, timers = TIMERS } = options;
  let phase: Phase = 'connecting';
  let answered = false;
  let mediaFlows = false;
  let wasActive = false;
  let destroyed = false;
  let released: Promise<void> | undefined;
  let deadline: unknown;
  let recovery: MediaRecovery | undefined;
  let digitsBefore: Promise<unknown> = Promise.resolve();
  const over = new AbortController();
  let settle!: { resolve: (end: CallEnd) => void; reject: (error: ClickToCallError) => void };
  const ended = new Promise<CallEnd>((resolve, reject) => (settle = { resolve, reject }));
  // The one who waits may come later.
  ended.catch(() => {});

  const giveUpAfter = (ms: number, code: ErrorCode) => {
    if (phase === 'over') return;
    timers.clearTimeout(deadline);
    deadline = timers.setTimeout(() => void fail(new ClickToCallError(code)), ms);
  };
  const to = (next: Exclude<Phase, 'over'>) => {
    if (phase === 'over' || phase === next) return;
    phase = next;
    log('line', next);
    report({ state: next });
  };
  const end = (how: () => void): Promise<void> => {
    if (phase === 'over') return released!;
    phase = 'over';
    timers.clearTimeout(deadline);
    over.abort(new Error('the call ended before the gateway took the digits'));
    // In two steps: an SDK that ends the call while it is being released must find it ended.
    let done!: () => void;
    released = new Promise((resolve) => (done = resolve));
    void release().finally(done);
    how();
    return released;
  };
  const fail = (error: ClickToCallError) => {
    log('line failed', error.code);
    return end(() => settle.reject(error));
  };
  const lost = () => fail(new ClickToCallError('call-dropped'));
  const finish = (finished: CallEnd) => end(() => settle.resolve(finished));

  async function release(): Promise<void> {
    stopStream(stream);
    recovery?.stop();
    window.removeEventListener('pagehide', hangUpOnLeaving);
    if (!destroyed) await settled(sayGoodbye(), LIMITS.byeMs, timers);
    // The SDK closes its session without closing the peer.
    call.peer?.instance?.close();
    // Its loudspeaker waits for the far end's track to say that it ended; a peer that is closed lets it say nothing.
    if (call.audioEl) call.audioEl.srcObject = null;
    await options.closeSession();
  }
  async function sayGoodbye(): Promise<void> {
    // In the tick of start() there is no peer yet, and hangup() would throw and let the call go on.
    if (!call.peer) await new Promise<void>((resolve) => timers.setTimeout(resolve, 0));
    await call.hangup();
  }
  const hangUpOnLeaving = () => void hangup();
  const hangup = () => finish({ status: 'disconnected', reason: 'hangup' });

  const activeWhenHeard = () => {
    if (!answered) return;
    if (!mediaFlows) return giveUpAfter(LIMITS.mediaMs, 'call-failed');
    timers.clearTimeout(deadline);
    wasActive = true;
    to('active');
  };
  const onAnswered = () => {
    ignoreNeedlessAnswers(call);
    if (answered) return;
    answered = true;
    activeWhenHeard();
  };
  const onRinging = () => {
    ignoreNeedlessAnswers(call);
    if (!answered) to('ringing');
  };
  const onMediaLost = () => {
    mediaFlows = false;
    if (phase !== 'active') return;
    giveUpAfter(LIMITS.reconnectMs, 'call-dropped');
    to('reconnecting');
    recovery?.start();
  };
  let watched: RTCPeerConnection | undefined;
  const watchMedia = (peer: RTCPeerConnection | undefined) => {
    if (!peer || peer === watched) return;
    watched = peer;
    const { signalling } = options;
    if (signalling && takeOverRecovery(call))
      recovery = new MediaRecovery({ peer, signalling, log, timers, onGone: () => void lost() });
    // The SDK says nothing until the connection has failed, 15 s after the last packet; the browser knows after 5.
    peer.addEventListener('connectionstatechange', () => {
      if (['disconnected', 'failed'].includes(peer.connectionState)) onMediaLost();
      if (peer.connectionState !== 'connected') return;
      mediaFlows = true;
      activeWhenHeard();
    });
  };
  const onDestroyed = () => {
    destroyed = true;
    const { cause, causeCode } = call;
    log('line destroyed', cause, causeCode);
    if (answered && !wasActive) {
      if (!isDeliberate(cause, causeCode)) return fail(new ClickToCallError('call-failed'));
      // Answered and put down before anything was heard: a short call, but a call.
      to('active');
    }
    if (!answered && cause) return fail(new ClickToCallError(codeBeforeAnswer(cause, causeCode)));
    // Refused without a word on the line: the reason is in what start() rejects with, a moment later.
    if (!answered) return giveUpAfter(LIMITS.reasonMs, 'call-failed');
    return isDeliberate(cause, causeCode) ? finish({ status: 'disconnected', reason: 'remote' }) : lost();
  };

  // The SDK tells ringing in one of these ways, and an answer in one of those.
  call.on('early', onRinging);
  call.on('active', onAnswered);
  call.on('call.joined', onAnswered);
  call.on('call.state', (payload?: { call_state?: string }) => {
    const state = payload?.call_state;
    if (state === 'ringing') onRinging();
    if (state === 'answered') onAnswered();
  });
  call.on('trying', () => {
    if (!answered) giveUpAfter(LIMITS.ringMs, 'call-no-answer');
    // The SDK gives a phone 20 s to be answered and then drops the call without telling the far end. Its own way to
    // lift that limit is early media; this is what early media does inside.
    call.peer?._resolveStartMethod?.();
  });
  call.on('media.connected', () => {
    mediaFlows = true;
    watchMedia(call.peer?.instance);
    activeWhenHeard();
  });
  call.on('media.disconnected', onMediaLost);
  call.on('media.reconnecting', onMediaLost);
  call.on('track', ({ track }: RTCTrackEvent) => options.onTrack(track));
  call.on('destroy', () => void onDestroyed());
  window.addEventListener('pagehide', hangUpOnLeaving);

  // Undocumented, but the SDK's own screen share does it: a stream that is there already, so that it asks for none.
  call.options.localStream = stream;
  // With the SDK's pool of ten, Chromium gathers nothing for a second offer.
  call.options.iceCandidatePoolSize = 0;
  // It plays the far end through an element of its own; ours was unlocked in the visitor's gesture.
  if (call.audioEl) call.audioEl.muted = true;
  report({ state: 'connecting' });
  giveUpAfter(LIMITS.setupMs, 'connect-timeout');
  // Its promise may never settle, and settles late; only a rejection before anything else happened says something new.
  call.start().catch((thrown: unknown) => {
    if (phase === 'over' || answered) return;
    // A DOMException has a number of its own, which means something else on a telephone network.
    const { code, message } = (thrown instanceof DOMException ? {} : (thrown ?? {})) as {
      code?: string | number;
      message?: string;
    };
    void fail(
      new ClickToCallError(codeBeforeAnswer(message, code, call.cause, call.causeCode), { cause: thrown }),
    );
  });

  return {
    ended,
    hangup,
    get peer() {
      return call.peer?.instance;
    },
    mute(on) {
      // Silence goes out at once and nobody can refuse it; the track stays, so that unmuting needs no permission.
      for (const track of stream.getAudioTracks()) track.enabled = !on;
    },
    async sendDigits(digits) {
      if (phase === 'over') return;
      const { signal } = over;
      // One after the other: of all that finds no connection, the SDK remembers the last one only.
      const sending = digitsBefore.then(() => {
        signal.throwIfAborted();
        return call.sendDigits(digits);
      });
      const timeUp = () => new Error('the gateway has not taken the digits');
      const sent = waitFor(sending, { ms: LIMITS.digitsMs, timeUp, signal, timers });
      digitsBefore = sent.catch(() => {});
      await sent;
    },
  };
}
