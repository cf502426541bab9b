// The full table of phases: every phase with every event. The type of the table asks for all of them.
import { expect } from 'chai';
import { FIRST_PHASE, next, type Phase, type PhaseEvent } from '../../src/sdk/phases.js';

const THROWN = new Error('of start()');

const PHASES = {
  inviting: { name: 'inviting', media: false },
  'inviting, media up': { name: 'inviting', media: true },
  invited: { name: 'invited', media: false },
  'invited, media up': { name: 'invited', media: true },
  ringing: { name: 'ringing', media: false },
  'ringing, media up': { name: 'ringing', media: true },
  answered: { name: 'answered' },
  active: { name: 'active' },
  reconnecting: { name: 'reconnecting' },
  refused: { name: 'refused' },
  over: { name: 'over', outcome: { code: 'call-failed' } },
} as const satisfies Record<string, Phase>;

const EVENTS = {
  confirmed: { type: 'confirmed' },
  ringing: { type: 'ringing' },
  answered: { type: 'answered' },
  'media up': { type: 'media up' },
  'media down': { type: 'media down' },
  hangup: { type: 'hangup' },
  'time up': { type: 'time up' },
  gone: { type: 'gone' },
  /** The far end hung up on purpose. */
  'destroyed, cleared': { type: 'destroyed', cause: ['NORMAL_CLEARING', '16'] },
  'destroyed, no answer': { type: 'destroyed', cause: ['NO_ANSWER', '19'] },
  'destroyed, no cause': { type: 'destroyed', cause: [undefined, undefined] },
  'rejected, busy': { type: 'rejected', cause: ['USER_BUSY', '17'], thrown: THROWN },
  'rejected, no cause': { type: 'rejected', cause: [], thrown: THROWN },
} as const satisfies Record<string, PhaseEvent>;

type PhaseName = keyof typeof PHASES;
type EventName = keyof typeof EVENTS;

/** How a call is over, in short: the code of its error (and what was thrown), or who hung up. */
const OVER = {
  'over: hangup': { name: 'over', outcome: { status: 'disconnected', reason: 'hangup' } },
  'over: remote': {
    name: 'over',
    outcome: { status: 'disconnected', reason: 'remote' },
    answered: false,
  },
  'over: remote, before media': {
    name: 'over',
    outcome: { status: 'disconnected', reason: 'remote' },
    answered: true,
  },
  'over: connect-timeout': { name: 'over', outcome: { code: 'connect-timeout' } },
  'over: call-no-answer': { name: 'over', outcome: { code: 'call-no-answer' } },
  'over: call-rejected': { name: 'over', outcome: { code: 'call-rejected' } },
  'over: call-failed': { name: 'over', outcome: { code: 'call-failed' } },
  'over: call-dropped': { name: 'over', outcome: { code: 'call-dropped' } },
  'over: internal': { name: 'over', outcome: { code: 'internal' } },
  'over: call-busy, thrown': { name: 'over', outcome: { code: 'call-busy', thrown: THROWN } },
  'over: call-failed, thrown': { name: 'over', outcome: { code: 'call-failed', thrown: THROWN } },
} as const satisfies Record<string, Phase>;

/** The phase stays the same object. */
const SAME = 'same';

type Result = PhaseName | keyof typeof OVER | typeof SAME;

/** What ends every call in which nobody has answered yet, whatever its phase. */
const UNANSWERED = {
  hangup: 'over: hangup',
  gone: 'over: call-dropped',
  'destroyed, cleared': 'over: call-rejected',
  'destroyed, no answer': 'over: call-no-answer',
  'destroyed, no cause': 'refused',
  'rejected, busy': 'over: call-busy, thrown',
  'rejected, no cause': 'over: call-failed, thrown',
} as const;

const TABLE: Record<PhaseName, Record<EventName, Result>> = {
  inviting: {
    confirmed: 'invited',
    ringing: 'ringing',
    answered: 'answered',
    'media up': 'inviting, media up',
    'media down': SAME,
    'time up': 'over: connect-timeout',
    ...UNANSWERED,
  },
  'inviting, media up': {
    confirmed: 'invited, media up',
    ringing: 'ringing, media up',
    answered: 'active',
    'media up': SAME,
    'media down': 'inviting',
    'time up': 'over: connect-timeout',
    ...UNANSWERED,
  },
  invited: {
    confirmed: SAME,
    ringing: 'ringing',
    answered: 'answered',
    'media up': 'invited, media up',
    'media down': SAME,
    'time up': 'over: call-no-answer',
    ...UNANSWERED,
  },
  'invited, media up': {
    confirmed: SAME,
    ringing: 'ringing, media up',
    answered: 'active',
    'media up': SAME,
    'media down': 'invited',
    'time up': 'over: call-no-answer',
    ...UNANSWERED,
  },
  ringing: {
    confirmed: SAME,
    ringing: SAME,
    answered: 'answered',
    'media up': 'ringing, media up',
    'media down': SAME,
    'time up': 'over: call-no-answer',
    ...UNANSWERED,
  },
  'ringing, media up': {
    confirmed: SAME,
    ringing: SAME,
    answered: 'active',
    'media up': SAME,
    'media down': 'ringing',
    'time up': 'over: call-no-answer',
    ...UNANSWERED,
  },
  answered: {
    confirmed: SAME,
    ringing: SAME,
    answered: SAME,
    'media up': 'active',
    'media down': SAME,
    hangup: 'over: hangup',
    'time up': 'over: call-failed',
    gone: 'over: call-dropped',
    'destroyed, cleared': 'over: remote, before media',
    'destroyed, no answer': 'over: call-failed',
    'destroyed, no cause': 'over: call-failed',
    'rejected, busy': SAME,
    'rejected, no cause': SAME,
  },
  active: {
    confirmed: SAME,
    ringing: SAME,
    answered: SAME,
    'media up': SAME,
    'media down': 'reconnecting',
    hangup: 'over: hangup',
    'time up': 'over: internal',
    gone: 'over: call-dropped',
    'destroyed, cleared': 'over: remote',
    'destroyed, no answer': 'over: call-dropped',
    'destroyed, no cause': 'over: call-dropped',
    'rejected, busy': SAME,
    'rejected, no cause': SAME,
  },
  reconnecting: {
    confirmed: SAME,
    ringing: SAME,
    answered: SAME,
    'media up': 'active',
    'media down': SAME,
    hangup: 'over: hangup',
    'time up': 'over: call-dropped',
    gone: 'over: call-dropped',
    'destroyed, cleared': 'over: remote',
    'destroyed, no answer': 'over: call-dropped',
    'destroyed, no cause': 'over: call-dropped',
    'rejected, busy': SAME,
    'rejected, no cause': SAME,
  },
  refused: {
    confirmed: SAME,
    ringing: SAME,
    answered: SAME,
    'media up': SAME,
    'media down': SAME,
    hangup: 'over: hangup',
    'time up': 'over: call-failed',
    gone: 'over: call-dropped',
    'destroyed, cleared': SAME,
    'destroyed, no answer': SAME,
    'destroyed, no cause': SAME,
    'rejected, busy': 'over: call-busy, thrown',
    'rejected, no cause': 'over: call-failed, thrown',
  },
  over: {
    confirmed: SAME,
    ringing: SAME,
    answered: SAME,
    'media up': SAME,
    'media down': SAME,
    hangup: SAME,
    'time up': SAME,
    gone: SAME,
    'destroyed, cleared': SAME,
    'destroyed, no answer': SAME,
    'destroyed, no cause': SAME,
    'rejected, busy': SAME,
    'rejected, no cause': SAME,
  },
};

describe('the first phase of a call', () => {
  it('is inviting, without media', () => {
    expect(FIRST_PHASE).to.deep.equal(PHASES.inviting);
  });
});

for (const [phaseName, row] of Object.entries(TABLE) as [PhaseName, (typeof TABLE)[PhaseName]][]) {
  describe(`a call in the phase "${phaseName}"`, () => {
    for (const [eventName, result] of Object.entries(row) as [EventName, Result][]) {
      it(result === SAME ? `ignores "${eventName}"` : `goes from "${eventName}" to "${result}"`, () => {
        const phase: Phase = PHASES[phaseName];
        const after = next(phase, EVENTS[eventName]);
        if (result === SAME) expect(after === phase, 'the same object').to.equal(true);
        else expect(after).to.deep.equal({ ...PHASES, ...OVER }[result]);
      });
    }
  });
}
