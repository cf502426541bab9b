// How a call that ended by itself is reported: the documented table of outcomes as one pure function.
import { asClickToCallError, ClickToCallError, type ErrorCode } from '../errors.js';
import type { CallEnd, EndReason } from '../events.js';

/** What ended a call: its own end, or something thrown. `fallbackCode` is for errors that are no ClickToCallError. */
export type Ending =
  { readonly end: CallEnd } | { readonly thrown: unknown; readonly fallbackCode: ErrorCode };

/** What is reported, in this order. */
export interface EndResult {
  /** Whether the call UI reported the visitor's hang-up, for `sw-call-hangup`. */
  readonly isHangup: boolean;
  readonly state: 'ended' | 'failed';
  /** For `sw-error`. */
  readonly error?: ClickToCallError;
  /** For `sw-call-ended`; absent when nobody was called. */
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

/** The result of an ending. `answered`: whether the far end had answered. */
export function resultOf(ending: Ending, { answered }: { readonly answered: boolean }): EndResult {
  if ('thrown' in ending) return failed(asClickToCallError(ending.thrown, ending.fallbackCode), answered);
  // A page's own call UI may resolve to anything.
  const { status, reason } = (ending.end as Partial<CallEnd> | undefined) ?? {};
  const code = reason && CODE_OF_REASON[reason];
  if (code) return failed(new ClickToCallError(code), answered);
  const isHangup = reason === 'hangup';
  return {
    isHangup,
    state: 'ended',
    end: { status: status ?? 'disconnected', reason: isHangup ? 'hangup' : 'remote' },
  };
}

function failed(error: ClickToCallError, answered: boolean): EndResult {
  const called = answered || error.phase === 'call';
  const reason = REASON_OF_CODE[error.code] ?? 'failed';
  return { isHangup: false, state: 'failed', error, ...(called && { end: { status: 'failed', reason } }) };
}
