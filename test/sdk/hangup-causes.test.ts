// Why a call ended, in the words and numbers of gateways, as a table: before the answer, and after it.
import { expect } from 'chai';
import { codeBeforeAnswer, isDeliberate } from '../../src/sdk/hangup-causes.js';

describe('a call that ended before it was answered', () => {
  const ROWS: [hints: (string | number | undefined)[], code: string][] = [
    [['UNALLOCATED_NUMBER', '1'], 'call-not-found'],
    [['NO_ROUTE_DESTINATION', '3'], 'call-not-found'],
    [['404'], 'call-not-found'],
    [['USER_BUSY', '17'], 'call-busy'],
    [[486], 'call-busy'],
    [['NO_ANSWER', '19'], 'call-no-answer'],
    [['NO_USER_RESPONSE', 18], 'call-no-answer'],
    [['CALL_REJECTED', '21'], 'call-rejected'],
    [['NORMAL_CLEARING', '16'], 'call-rejected'],
    [[603], 'call-rejected'],
    [['Destination Not Found', '9999'], 'call-not-found'],
    [['SOMETHING_NEW', '9999'], 'call-failed'],
    [[undefined, undefined], 'call-failed'],
    [[], 'call-failed'],
  ];
  for (const [hints, code] of ROWS) {
    it(`is ${code} for ${hints.join('/') || 'no cause'}`, () =>
      expect(codeBeforeAnswer(...hints)).to.equal(code));
  }

  it('is only failed when a gateway gives what is neither a word nor a number', () => {
    const hints = [{ toString: null }, [{ valueOf: null }], null, true] as never[];
    for (const hint of hints) {
      expect(codeBeforeAnswer(hint)).to.equal('call-failed');
      expect(isDeliberate(hint)).to.equal(false);
      expect(codeBeforeAnswer(hint, 'USER_BUSY')).to.equal('call-busy');
    }
  });

  it('is judged by the first cause that is known', () => {
    expect(codeBeforeAnswer('SOMETHING_NEW', undefined, '17', '16')).to.equal('call-busy');
  });
});

describe('an answered call', () => {
  it('was ended on purpose when the far end cleared it', () => {
    expect(isDeliberate('NORMAL_CLEARING', '16')).to.equal(true);
    expect(isDeliberate(undefined, 16)).to.equal(true);
  });

  it('was lost when the cause is technical or missing', () => {
    expect(isDeliberate('RECOVERY_ON_TIMER_EXPIRE', '102')).to.equal(false);
    expect(isDeliberate('NETWORK_OUT_OF_ORDER', 38)).to.equal(false);
    expect(isDeliberate(undefined, undefined)).to.equal(false);
    expect(isDeliberate()).to.equal(false);
  });
});
