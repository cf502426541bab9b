// A call on the SDK as a pure reducer: phase and event in, next phase out. call.ts feeds it and acts on the phases.
import type { CallEnd } from '../events.js';
import type { ErrorCode } from '../errors.js';
import { codeBeforeAnswer, isDeliberate, type Cause } from './hangup-causes.js';

/** How a call on the SDK ended. */
export type CallOutcome = CallEnd | { readonly code: ErrorCode; readonly thrown?: unknown };

/** Where a call is. `media`: whether the peer connection is up before the answer. */
export type Phase =
  /** The invite is on its way. */
  | { readonly name: 'inviting'; readonly media: boolean }
  /** The gateway confirmed it. */
  | { readonly name: 'invited'; readonly media: boolean }
  | { readonly name: 'ringing'; readonly media: boolean }
  /** Answered; media does not flow yet. */
  | { readonly name: 'answered' }
  | { readonly name: 'active' }
  | { readonly name: 'reconnecting' }
  /** The SDK dropped the call without a reason; the rejection of `start()` brings it a moment later. */
  | { readonly name: 'refused' }
  /** `answered`: the far end hung up before any media, which still was a call. */
  | { readonly name: 'over'; readonly outcome: CallOutcome; readonly answered?: boolean };

/** How far a call has come. */
type Progress = 'confirmed' | 'ringing' | 'answered' | 'media up' | 'media down';

export type PhaseEvent =
  | { readonly type: Progress | 'hangup' | 'time up' | 'gone' }
  /** The SDK ended the call. */
  | { readonly type: 'destroyed'; readonly cause: readonly Cause[] }
  /** `start()` failed. */
  | { readonly type: 'rejected'; readonly cause: readonly Cause[]; readonly thrown: unknown };

export const FIRST_PHASE: Phase = { name: 'inviting', media: false };

/** What a call fails with when a phase takes too long. */
const TIME_UP: Readonly<Record<Exclude<Phase['name'], 'over'>, ErrorCode>> = {
  inviting: 'connect-timeout',
  invited: 'call-no-answer',
  ringing: 'call-no-answer',
  answered: 'call-failed',
  active: 'internal',
  reconnecting: 'call-dropped',
  refused: 'call-failed',
};

/** The phase after an event; the same object when nothing changes. */
export function next(phase: Phase, event: PhaseEvent): Phase {
  if (phase.name === 'over') return phase;
  switch (event.type) {
    case 'hangup':
      return over({ status: 'disconnected', reason: 'hangup' });
    case 'time up':
      return over({ code: TIME_UP[phase.name] });
    case 'gone':
      return over({ code: 'call-dropped' });
    case 'destroyed':
      return destroyed(phase, event.cause);
    case 'rejected':
      return rejected(phase, event);
    default:
      return 'media' in phase ? beforeAnswer(phase, event.type) : afterAnswer(phase, event.type);
  }
}

type Calling = Extract<Phase, { media: boolean }>;

function beforeAnswer(phase: Calling, event: Progress): Phase {
  switch (event) {
    case 'confirmed':
      return phase.name === 'inviting' ? { ...phase, name: 'invited' } : phase;
    case 'ringing':
      return phase.name === 'ringing' ? phase : { ...phase, name: 'ringing' };
    case 'answered':
      return { name: phase.media ? 'active' : 'answered' };
    default:
      return withMedia(phase, event === 'media up');
  }
}

function withMedia(phase: Calling, media: boolean): Phase {
  return media === phase.media ? phase : { ...phase, media };
}

function afterAnswer(phase: Phase, event: Progress): Phase {
  if (event === 'media up' && (phase.name === 'answered' || phase.name === 'reconnecting'))
    return { name: 'active' };
  if (event === 'media down' && phase.name === 'active') return { name: 'reconnecting' };
  return phase;
}

function destroyed(phase: Exclude<Phase, { name: 'over' }>, cause: readonly Cause[]): Phase {
  if (phase.name === 'refused') return phase;
  if ('media' in phase)
    return cause.some(Boolean) ? over({ code: codeBeforeAnswer(...cause) }) : { name: 'refused' };
  if (isDeliberate(...cause)) {
    return { ...over({ status: 'disconnected', reason: 'remote' }), answered: phase.name === 'answered' };
  }
  return over({ code: phase.name === 'answered' ? 'call-failed' : 'call-dropped' });
}

/** Says something new only before the answer. */
function rejected(phase: Phase, { cause, thrown }: Extract<PhaseEvent, { type: 'rejected' }>): Phase {
  return isBeforeAnswer(phase) ? over({ code: codeBeforeAnswer(...cause), thrown }) : phase;
}

function isBeforeAnswer({ name }: Phase): boolean {
  return ['inviting', 'invited', 'ringing', 'refused'].includes(name);
}

function over(outcome: CallOutcome): Extract<Phase, { name: 'over' }> {
  return { name: 'over', outcome };
}
