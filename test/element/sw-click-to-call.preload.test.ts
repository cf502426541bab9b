// Ahead of the click: the code on the first sign of intent, a token only where the page is eager, and not a word about
// what goes wrong.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { buttonOf, clearPage, nothingMore, place } from '../placed-element.js';
import { makeJwe } from '../token/made-tokens.js';

before(() => loadCall());
afterEach(clearPage);

describe('preloading', () => {
  it('asks for no token unless it is eager, and for one on intent when it is', async () => {
    let asked = 0;
    let tell!: () => void;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const tokenProvider = () => {
      asked += 1;
      tell();
      return Promise.resolve({ token: makeJwe() });
    };
    const { element } = place({ tokenProvider });
    buttonOf(element).dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await element.preloadCode();
    expect(asked).to.equal(0);
    element.preload = 'eager';
    buttonOf(element).dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await told;
    expect(asked).to.equal(1);
  });

  it('tells nobody what went wrong', async () => {
    let tell!: () => void;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const tokenProvider = () => {
      tell();
      return Promise.reject(new Error('no'));
    };
    const { element, heard } = place({ tokenProvider, preload: 'eager' });
    buttonOf(element).dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await told;
    await nothingMore(element);
    expect(heard.events).to.deep.equal([]);
    expect(element.error).to.equal(null);
  });

  it('never rejects and may be asked often', async () => {
    const { element } = place();
    expect(await Promise.all([element.preloadCode(), element.preloadCode()])).to.deep.equal([
      undefined,
      undefined,
    ]);
  });
});
