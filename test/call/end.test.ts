// Every ending, at every stage of an attempt: which state it leaves, and which error and which end the page is told.
import { expect } from 'chai';
import { outcomeOf, type Ending, type Progress } from '../../src/call/end.js';
import type { CallEnd } from '../../src/call/port.js';
import { ClickToCallError, type ErrorCode } from '../../src/errors.js';

const RINGING: Progress = { state: 'ringing', answered: false };
const ACTIVE: Progress = { state: 'active', answered: true };
const PREPARING: Progress = { state: 'preparing', answered: false };

const outcome = (ending: Ending, progress: Progress) => {
  const { error, ...rest } = outcomeOf(ending, progress);
  return { ...rest, ...(error && { code: error.code }) };
};
const thrown = (code: ErrorCode) => ({ thrown: new ClickToCallError(code), otherwise: 'internal' as const });

describe('the outcome of an attempt', () => {
  it('is a plain failure when nobody was called', () => {
    const CODES: ErrorCode[] = [
      'config-token-missing',
      'preflight-offline',
      'token-network',
      'media-denied',
      'ui-load-failed',
      'connect-timeout',
      'internal',
    ];
    for (const code of CODES) {
      expect(outcome(thrown(code), PREPARING), code).to.deep.equal({ hangup: false, state: 'failed', code });
    }
  });

  const REASONS: Partial<Record<ErrorCode, CallEnd['reason']>> = {
    'call-busy': 'busy',
    'call-rejected': 'rejected',
    'call-no-answer': 'no-answer',
    'call-not-found': 'failed',
    'call-failed': 'failed',
  };
  for (const [code, reason] of Object.entries(REASONS) as [ErrorCode, CallEnd['reason']][]) {
    it(`is a failed call for ${code}`, () => {
      const failed = { hangup: false, state: 'failed', code, end: { status: 'failed', reason } };
      expect(outcome(thrown(code), RINGING)).to.deep.equal(failed);
    });
    it(`is the same when the interface says "${reason}" instead of throwing ${code}`, () => {
      if (code === 'call-not-found') return;
      const failed = { hangup: false, state: 'failed', code, end: { status: 'failed', reason } };
      expect(outcome({ end: { status: 'failed', reason } }, RINGING)).to.deep.equal(failed);
    });
  }

  it('is a dropped call when it was lost after the answer, thrown or told', () => {
    const dropped = {
      hangup: false,
      state: 'failed',
      code: 'call-dropped',
      end: { status: 'failed', reason: 'dropped' },
    };
    expect(outcome(thrown('call-dropped'), ACTIVE)).to.deep.equal(dropped);
    expect(outcome({ end: { status: 'failed', reason: 'dropped' } }, ACTIVE)).to.deep.equal(dropped);
  });

  it('tells the end of an answered call whatever it failed of', () => {
    expect(outcome(thrown('connect-failed'), ACTIVE).end).to.deep.equal({
      status: 'failed',
      reason: 'failed',
    });
  });

  it('gives a stranger the code that it is told', () => {
    const ending = { thrown: new Error('x'), otherwise: 'call-failed' as const };
    expect(outcome(ending, RINGING).code).to.equal('call-failed');
    expect(outcome({ ...ending, otherwise: 'internal' }, PREPARING).code).to.equal('internal');
  });

  it('is an ended call when the far end hangs up', () => {
    const end = { status: 'disconnected', reason: 'remote' } as const;
    expect(outcome({ end }, ACTIVE)).to.deep.equal({ hangup: false, state: 'ended', end });
  });

  it("tells the visitor's wish when the interface reports it, and only then", () => {
    const end = { status: 'disconnected', reason: 'hangup' } as const;
    expect(outcome({ end }, ACTIVE)).to.deep.equal({ hangup: true, state: 'ended', end });
    expect(outcome({ stopped: 'hangup' }, ACTIVE)).to.deep.equal({ hangup: false, state: 'ended', end });
    expect(outcome({ stopped: 'hangup' }, PREPARING)).to.deep.equal({ hangup: false, state: 'ended', end });
  });

  it('is nothing when the element goes away while preparing, and destroyed in a call', () => {
    expect(outcome({ stopped: 'removed' }, PREPARING)).to.deep.equal({ hangup: false, state: 'idle' });
    expect(outcome({ stopped: 'removed' }, ACTIVE)).to.deep.equal({
      hangup: false,
      state: 'ended',
      end: { status: 'destroyed', reason: 'hangup' },
    });
  });

  it('makes an end of whatever an interface resolves with', () => {
    const remote = { hangup: false, state: 'ended', end: { status: 'disconnected', reason: 'remote' } };
    for (const end of [undefined, null, {}, { reason: 'nonsense' }]) {
      expect(outcome({ end: end as unknown as CallEnd }, ACTIVE)).to.deep.equal(remote);
    }
  });
});
