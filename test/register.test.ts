// When a tag is defined, and as which class. The order of these tests matters, because a tag cannot be undefined again.
import { expect } from 'chai';
import { register } from '../src/register.js';
import * as door from '../src/index.js';

const { SwClickToCall } = door;

describe('register', () => {
  const warnings: unknown[][] = [];
  const { warn } = console;
  beforeEach(() => {
    warnings.length = 0;
    console.warn = (...facts) => void warnings.push(facts);
  });
  afterEach(() => {
    console.warn = warn;
  });

  // First in this file: later tests register the tag.
  it('is not called by importing the package', () => {
    expect(customElements.get('sw-click-to-call')).to.equal(undefined);
  });

  it('registers another tag with a subclass and leaves the default tag free', () => {
    const mine = register('my-call-button');
    expect(customElements.get('my-call-button')).to.equal(mine);
    expect(mine.prototype).to.be.instanceOf(SwClickToCall);
    expect(customElements.get('sw-click-to-call')).to.equal(undefined);
  });

  it('is called by define.js, with the exported class and the default tag', async () => {
    await import('../src/define.js');
    expect(customElements.get('sw-click-to-call')).to.equal(SwClickToCall);
    expect(document.createElement('sw-click-to-call')).to.be.instanceOf(SwClickToCall);
  });

  it('does nothing and logs nothing the second time', () => {
    expect(register()).to.equal(SwClickToCall);
    expect(register('my-call-button')).to.equal(customElements.get('my-call-button'));
    expect(warnings).to.deep.equal([]);
  });

  it('keeps a foreign definition and warns once', () => {
    class Foreign extends HTMLElement {}
    customElements.define('foreign-call', Foreign);
    expect(register('foreign-call')).to.equal(Foreign);
    expect(register('foreign-call')).to.equal(Foreign);
    expect(warnings).to.have.lengthOf(1);
    expect(String(warnings[0])).to.contain('<foreign-call>');
  });

  it('registers two tags whose elements work independently', () => {
    register('other-call-button');
    const one = document.createElement('my-call-button') as InstanceType<typeof SwClickToCall>;
    const two = document.createElement('other-call-button') as InstanceType<typeof SwClickToCall>;
    one.label = 'One';
    expect(two.label).to.equal('');
    expect(one.constructor).to.not.equal(two.constructor);
  });
});

describe('the package', () => {
  it('exports the class, the registration, the token source and the errors', () => {
    expect(door).to.include.all.keys(
      'SwClickToCall',
      'register',
      'GuestTokenSource',
      'ClickToCallError',
      'ERRORS',
    );
  });
});
