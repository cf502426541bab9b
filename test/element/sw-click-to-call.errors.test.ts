// A failure as the page and the visitor have it: one event, a sentence, the page's own way out, and a button that works
// again.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import type { ErrorCode } from '../../src/errors.js';
import type { SwClickToCall } from '../../src/element/sw-click-to-call.js';
import { isVisible, part } from '../by-role.js';
import { buttonOf, clearPage, messageOf, place, prepare } from '../placed-element.js';
import { PUBLIC_TOKEN } from '../token/made-tokens.js';

before(() => loadCall());
afterEach(clearPage);

describe('sw-error', () => {
  it('comes once for a failure, and is kept as a property until the next sw-dial', async () => {
    const { element, heard, ui } = place({ destination: '' });
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-error']);
    const { detail } = heard.of('sw-error')[0]!;
    expect(element.error).to.deep.equal(detail);
    expect(detail).to.include({ code: 'config-destination-missing', phase: 'config', retryable: false });
    expect(JSON.parse(JSON.stringify(detail))).to.deep.equal(detail);
    element.destination = '/public/support';
    element.addEventListener('sw-dial', () => expect(element.error).to.equal(null));
    const asked = ui.next();
    void element.dial();
    await asked;
    expect(element.error).to.equal(null);
  });

  it('shows a sentence for the visitor, which the page can replace or hide', async () => {
    const { element } = place({ destination: '' });
    await element.dial();
    expect(messageOf(element)).to.be.a('string').that.contains('not available');
    expect(isVisible(part(element.shadowRoot!, 'status'))).to.equal(true);
    element.strings = { unavailable: 'Please write to us.' };
    await element.dial();
    expect(messageOf(element)).to.equal('Please write to us.');
    element.addEventListener('sw-error', (event) => event.preventDefault());
    await element.dial();
    expect(messageOf(element)).to.equal('');
  });

  it('brings up the fallback, which goes away with the next call', async () => {
    const { element, ui } = place({ destination: '' });
    element.insertAdjacentHTML('beforeend', '<a slot="fallback" href="tel:+15550100">+1 555 0100</a>');
    const fallback = element.querySelector('a')!;
    expect(isVisible(fallback)).to.equal(false);
    await element.dial();
    expect(isVisible(fallback)).to.equal(true);
    element.destination = '/public/support';
    const asked = ui.next();
    void element.dial();
    expect(isVisible(fallback)).to.equal(false);
    await asked;
    expect(messageOf(element)).to.equal('');
  });

  it('comes for a destination that is no text, and the next click is another try', async () => {
    const { element, heard } = place({ destination: Object.create(null) as string });
    await element.dial();
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-error', 'sw-dial', 'sw-error']);
    expect(element.error).to.include({ code: 'config-destination-missing' });
  });

  it('comes in a browser that knows no media streams', async () => {
    const { MediaStream, RTCPeerConnection } = window;
    const lacking = window as Partial<typeof window>;
    delete lacking.MediaStream;
    delete lacking.RTCPeerConnection;
    try {
      const { element } = place({ callUi: null });
      await element.dial();
      expect(element.error).to.include({ code: 'preflight-unsupported' });
    } finally {
      Object.assign(window, { MediaStream, RTCPeerConnection });
    }
  });

  it('leaves a button that works again', async () => {
    const { element, ui, call, dialled } = await prepare();
    call.refuse(new Error('x'));
    await dialled;
    expect(buttonOf(element).disabled).to.equal(false);
    const asked = ui.next();
    buttonOf(element).click();
    const second = await asked;
    second.hand();
    second.report('active');
    expect(element.state).to.equal('active');
    expect(element.error).to.equal(null);
  });

  it('may dial again: the message of the first failure does not show over the second call', async () => {
    const { element, ui } = place({ destination: '' });
    element.addEventListener(
      'sw-error',
      () => {
        element.destination = '/public/support';
        void element.dial();
      },
      { once: true },
    );
    const asked = ui.next();
    await element.dial();
    await asked;
    expect(element.state).to.equal('preparing');
    expect(element.error).to.equal(null);
    expect(messageOf(element)).to.equal('');
  });

  const ROWS: [string, Partial<SwClickToCall>, Record<string, string>, ErrorCode][] = [
    ['no destination', { destination: '   ' }, {}, 'config-destination-missing'],
    ['destination null', { destination: null as never }, {}, 'config-destination-missing'],
    ['broken variables', {}, { 'user-variables': '{"a":' }, 'config-variables-invalid'],
    ['a list of variables', {}, { 'user-variables': '[1]' }, 'config-variables-invalid'],
    ['no token', { tokenProvider: null }, {}, 'config-token-missing'],
    [
      'no token at all',
      { tokenProvider: undefined as never, token: null as never },
      {},
      'config-token-missing',
    ],
    ['not a token', { tokenProvider: null, token: 'hello' }, {}, 'config-token-invalid'],
    [
      'a host that is none',
      { tokenProvider: null, token: PUBLIC_TOKEN, host: 'a b' },
      {},
      'config-endpoint-invalid',
    ],
  ];
  for (const [what, settings, markup, code] of ROWS) {
    it(`tells ${code} for ${what}, before the call interface is asked`, async () => {
      const { element, heard, ui } = place(settings, markup);
      await element.dial();
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal([code]);
      expect(ui.calls).to.have.lengthOf(0);
    });
  }
});
