// How an attempt ended, as the page is told: the documented table of outcomes as one pure function.
// Must not know: who tells it, what is on the screen, what has to be released.
import { asClickToCallError, ClickToCallError, type ErrorCode } from '../errors.js';
import type { CallState, EndReason } from '../events.js';
import type { StopReason } from './call-host.js';
import type { CallEnd } from './port.js';

/** What ended an attempt: a stop from outside, the call's own end, or something thrown. */
export type Ending =
  | { readonly stopped: StopReason }
  | { readonly end: CallEnd }
  /** `otherwise`: the code for what is not a ClickToCallError. */
  | { readonly thrown: unknown; readonly otherwise: ErrorCode };

/** How far the attempt had come. */
export interface Progress {
  readonly state: CallState;
  readonly answered: boolean;
}

/** What the page is told, in this order: hangup, state, error, end. */
export interface Outcome {
  /** `sw-call-hangup`: the call UI reported the visitor's wish. The element's own hangup() has told it already. */
  readonly hangup: boolean;
  readonly state: 'idle' | 'ended' | 'failed';
  /** `sw-error`. */
  readonly error?: ClickToCallError;
  /** `sw-call-ended`; absent when nobody had been called. */
  readonly end?: CallEnd;
}

const CODE_OF_REASON: Partial<Record<EndReason, ErrorCode>> = {
  busy: 'call-busy',
  rejected: 'call-rejected',
  'no-answer': 'call-no-answer',
  dropped: 'call-dropped',
  failed: 'call-failed',
};

const REASON_OF_CODE: Partial<Record<ErrorCode, EndReason>> = {
  'call-busy': 'busy',
  'call-rejected': 'rejected',
  'call-no-answer': 'no-answer',
  'call-dropped': 'dropped',
};

/** The outcome of an attempt. */
export function outcomeOf(ending: Ending, progress: Progress): Outcome {
  if ('stopped' in ending) return stopped(ending.stopped, progress);
  if ('thrown' in ending) return failed(asClickToCallError(ending.thrown, ending.otherwise), progress);
  const { status, reason } = ending.end ?? {};
  const code = CODE_OF_REASON[reason];
  if (code) return failed(new ClickToCallError(code), progress);
  const wished = reason === 'hangup';
  return {
    hangup: wished,
    state: 'ended',
    end: { status: status ?? 'disconnected', reason: wished ? 'hangup' : 'remote' },
  };
}

function stopped(reason: StopReason, { state }: Progress): Outcome {
  if (reason === 'hangup') {
    return { hangup: false, state: 'ended', end: { status: 'disconnected', reason: 'hangup' } };
  }
  if (state === 'preparing') return { hangup: false, state: 'idle' };
  return { hangup: false, state: 'ended', end: { status: 'destroyed', reason: 'hangup' } };
}

function failed(error: ClickToCallError, { answered }: Progress): Outcome {
  const called = answered || error.phase === 'call';
  const reason = REASON_OF_CODE[error.code] ?? 'failed';
  return { hangup: false, state: 'failed', error, ...(called && { end: { status: 'failed', reason } }) };
}
