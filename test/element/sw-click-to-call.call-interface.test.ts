// What an element asks of the page's own call interface, and what it makes of one that throws, rejects or answers nonsense.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { ClickToCallError } from '../../src/errors.js';
import { answered, clearPage, nothingMore, over, place, prepare } from '../placed-element.js';

before(() => loadCall());
afterEach(clearPage);

describe('a call interface of the page', () => {
  it('that rejects with anything else is a failed call', async () => {
    for (const reason of [new Error('x'), 'text', undefined, null]) {
      const { element, heard, call, dialled } = await prepare();
      call.refuse(reason);
      await dialled;
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal(['call-failed']);
      expect(element.state).to.equal('failed');
    }
  });

  it('that throws without a promise is a failed call', async () => {
    const { element, heard } = place({
      callUi: () => {
        throw new Error('x');
      },
    });
    await element.dial();
    expect(heard.of('sw-error')[0]?.detail.code).to.equal('call-failed');
  });

  it('whose ended rejects gives the own code of the error, else call-failed', async () => {
    for (const [reason, code] of [
      [new ClickToCallError('call-busy'), 'call-busy'],
      [new Error('x'), 'call-failed'],
    ] as const) {
      const { element, heard, call } = await prepare();
      call.hand();
      call.fail(reason);
      await over(element);
      await nothingMore(element);
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal([code]);
    }
  });

  for (const [what, handle] of [
    ['nothing', undefined],
    ['a handle that cannot end', {}],
  ] as const) {
    it(`that resolves to ${what} is a failed call, and dial() does not reject`, async () => {
      const { element, heard } = place({ callUi: () => Promise.resolve(handle as never) });
      expect(await element.dial()).to.equal(undefined);
      await nothingMore(element);
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal(['call-failed']);
      expect(element.state).to.equal('failed');
    });
  }

  it('leaves the microphone alone', async () => {
    const { mediaDevices } = navigator;
    let asked = false;
    mediaDevices.getUserMedia = () => {
      asked = true;
      return Promise.reject(new Error('no'));
    };
    try {
      await answered();
    } finally {
      delete (mediaDevices as Partial<MediaDevices>).getUserMedia;
    }
    expect(asked).to.equal(false);
  });

  it('gets an empty container every time', async () => {
    const { element, ui, call } = await prepare();
    call.request.container.append('of the first call');
    call.hand();
    await element.hangup();
    const asked = ui.next();
    void element.dial();
    expect((await asked).request.container.childNodes).to.have.lengthOf(0);
  });
});

describe('mute() and sendDigits()', () => {
  it('reach the call', async () => {
    const { element, call } = await answered();
    await element.mute();
    await element.mute(false);
    await element.sendDigits('12#');
    expect(call.asked).to.deep.equal(['mute true', 'mute false', 'digits 12#']);
  });

  it('do nothing without a call', async () => {
    const { element, call } = await answered();
    await element.hangup();
    await element.mute();
    await element.sendDigits('1');
    expect(call.asked).to.deep.equal(['hangup']);
    await place().element.mute();
  });
});
