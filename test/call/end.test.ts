// Every ending of a call that was not stopped from outside: the state it leaves, and the error and end that the page hears.
import { expect } from 'chai';
import { resultOf, type Ending } from '../../src/call/end.js';
import type { CallEnd } from '../../src/call/port.js';
import { ClickToCallError, type ErrorCode } from '../../src/errors.js';

const ANSWERED = { answered: true };
const UNANSWERED = { answered: false };

const result = (ending: Ending, { answered }: { answered: boolean }) => {
  const { error, ...rest } = resultOf(ending, { answered });
  return { ...rest, ...(error && { code: error.code }) };
};
const thrown = (code: ErrorCode): Ending => ({
  thrown: new ClickToCallError(code),
  fallbackCode: 'internal',
});

describe('the result of an ending', () => {
  it('is a failure without an end when nobody had been called', () => {
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
      const failed = { isHangup: false, state: 'failed', code };
      expect(result(thrown(code), UNANSWERED), code).to.deep.equal(failed);
    }
  });

  const REASONS: [ErrorCode, CallEnd['reason']][] = [
    ['call-busy', 'busy'],
    ['call-rejected', 'rejected'],
    ['call-no-answer', 'no-answer'],
    ['call-not-found', 'failed'],
    ['call-failed', 'failed'],
  ];
  for (const [code, reason] of REASONS) {
    const failed = { isHangup: false, state: 'failed', code, end: { status: 'failed', reason } };
    it(`is a failed call with the reason ${reason} for ${code}`, () => {
      expect(result(thrown(code), UNANSWERED)).to.deep.equal(failed);
    });
    if (code === 'call-not-found') continue;
    it(`is the same when the call UI resolves with "${reason}" instead of throwing ${code}`, () => {
      expect(result({ end: { status: 'failed', reason } }, UNANSWERED)).to.deep.equal(failed);
    });
  }

  it('is a dropped call when it was lost after the answer, thrown or resolved', () => {
    const end = { status: 'failed', reason: 'dropped' } as const;
    const dropped = { isHangup: false, state: 'failed', code: 'call-dropped', end };
    expect(result(thrown('call-dropped'), ANSWERED)).to.deep.equal(dropped);
    expect(result({ end }, ANSWERED)).to.deep.equal(dropped);
  });

  it('has an end for every answered call, whatever it failed with', () => {
    expect(result(thrown('connect-failed'), ANSWERED).end).to.deep.equal({
      status: 'failed',
      reason: 'failed',
    });
  });

  it('has the fallback code for errors that carry none', () => {
    const unknown = new Error('x');
    expect(result({ thrown: unknown, fallbackCode: 'call-failed' }, UNANSWERED).code).to.equal('call-failed');
    expect(result({ thrown: unknown, fallbackCode: 'internal' }, UNANSWERED).code).to.equal('internal');
  });

  it('is an ended call when the far end hangs up', () => {
    const end = { status: 'disconnected', reason: 'remote' } as const;
    expect(result({ end }, ANSWERED)).to.deep.equal({ isHangup: false, state: 'ended', end });
  });

  it('is a hang-up of the visitor only when the call UI resolves with one', () => {
    const end = { status: 'disconnected', reason: 'hangup' } as const;
    expect(result({ end }, ANSWERED)).to.deep.equal({ isHangup: true, state: 'ended', end });
  });

  it('is an ended call for anything else that a call UI resolves with', () => {
    const remote = { isHangup: false, state: 'ended', end: { status: 'disconnected', reason: 'remote' } };
    for (const end of [undefined, null, {}, { reason: 'nonsense' }]) {
      expect(result({ end: end as CallEnd }, ANSWERED)).to.deep.equal(remote);
    }
  });
});
