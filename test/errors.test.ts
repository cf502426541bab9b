// Every code of the table has a message, a remediation and a phase. Errors survive JSON and other copies of the package.
import { expect } from 'chai';
import { asClickToCallError, ClickToCallError, ERRORS } from '../src/errors.js';

describe('the error table', () => {
  it('gives every code a message, a remediation and a phase', () => {
    for (const code of Object.keys(ERRORS) as (keyof typeof ERRORS)[]) {
      const error = new ClickToCallError(code);
      expect(error.message, code).to.match(/^[A-Z].*[.]$/);
      expect(error.remediation, code).to.match(/^[A-Z].*[.]$/);
      expect(code.startsWith(error.phase), code).to.equal(true);
    }
  });

  it('turns an unknown code into internal', () => {
    expect(new ClickToCallError('nonsense' as never).code).to.equal('internal');
  });

  it('makes a detail that is frozen and survives JSON', () => {
    const item = {
      type: 'validation',
      code: 'missing',
      message: 'is missing',
      attribute: 'token',
      url: 'https://x',
    };
    const detail = new ClickToCallError('token-invalid-request', { status: 422, errors: [item] }).toDetail();
    expect(Object.isFrozen(detail)).to.equal(true);
    expect(Object.isFrozen(detail.errors?.[0])).to.equal(true);
    expect(JSON.parse(JSON.stringify(detail))).to.deep.equal(detail);
    expect(detail.errors).to.deep.equal([item]);
  });

  it('keeps the code of an error from another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { name: 'ClickToCallError', code: 'call-busy' });
    expect(asClickToCallError(foreign, 'call-failed').code).to.equal('call-busy');
    expect(asClickToCallError(new Error('x'), 'call-failed').code).to.equal('call-failed');
    expect(asClickToCallError(undefined, 'call-failed').code).to.equal('call-failed');
  });
});
