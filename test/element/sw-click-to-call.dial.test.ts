// The beginning of a call, by a click or by dial(): one attempt however often it is asked for, and a last word for the page
// before anybody is called.
import { sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { isVisible } from '../by-role.js';
import { buttonOf, clearPage, messageOf, place, prepare } from '../placed-element.js';
import { later } from '../later.js';

before(() => loadCall());
afterEach(clearPage);

describe('dial()', () => {
  it('settles when the call can be hung up', async () => {
    const { dialled, call } = await prepare();
    let settled = false;
    void dialled.then(() => (settled = true));
    call.report('ringing');
    await later();
    expect(settled).to.equal(false);
    call.hand();
    expect(await dialled).to.equal(undefined);
  });

  it('settles without rejecting when it was stopped, prevented or failed', async () => {
    const stopped = await prepare();
    await stopped.element.hangup();
    expect(await stopped.dialled).to.equal(undefined);
    const failed = await prepare();
    failed.call.refuse(new Error('no'));
    expect(await failed.dialled).to.equal(undefined);
    const prevented = place();
    prevented.element.addEventListener('sw-dial', (event) => event.preventDefault());
    expect(await prevented.element.dial()).to.equal(undefined);
    expect(await place({ destination: '' }).element.dial()).to.equal(undefined);
  });

  it('is what click() of the element does, unless it is disabled', async () => {
    const { element, ui, heard } = place({ disabled: true });
    await element.updateComplete;
    element.click();
    expect(heard.events).to.deep.equal([]);
    element.disabled = false;
    await element.updateComplete;
    const asked = ui.next();
    element.click();
    await asked;
    expect(heard.names).to.deep.equal(['sw-dial']);
  });

  it('starts one call however often it is asked', async () => {
    const { element, ui, heard, call } = await prepare();
    await element.dial();
    buttonOf(element).click();
    call.hand();
    await element.dial();
    buttonOf(element).click();
    expect(ui.calls).to.have.lengthOf(1);
    expect(heard.names).to.deep.equal(['sw-dial']);
  });

  it('is what a click does, and a double click does it once', async () => {
    const { element, ui, heard } = place();
    const { left, top, width, height } = element.getBoundingClientRect();
    const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    const asked = ui.next();
    await sendMouse({ type: 'click', position });
    await sendMouse({ type: 'click', position });
    (await asked).hand();
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(ui.calls).to.have.lengthOf(1);
  });

  it('hands the settings of the moment to the call interface', async () => {
    const { call } = await prepare({
      destination: ' /public/a ',
      host: 'example',
      video: true,
      userVariables: { a: 1 },
    });
    const { destination, host, video } = call.request;
    expect({ destination, host, video }).to.deep.equal({
      destination: '/public/a',
      host: 'example',
      video: true,
    });
    expect(call.request.userVariables).to.deep.equal({ a: 1 });
    expect(call.request.container.isConnected).to.equal(true);
    expect(call.request.signal.aborted).to.equal(false);
  });

  it('neither rejects nor locks an element that is in no document', async () => {
    const { element, ui } = place();
    const loose = document.createElement('sw-click-to-call');
    loose.destination = '/public/support';
    loose.callUi = ui.callUi;
    loose.tokenProvider = element.tokenProvider;
    expect(await loose.dial()).to.equal(undefined);
    document.body.append(loose);
    const asked = ui.next();
    void loose.dial();
    await asked;
    await loose.hangup();
    loose.remove();
  });
});

describe('sw-dial', () => {
  it('comes first, before anything was asked, with what is to be called', () => {
    const { element, heard, ui } = place({ video: true });
    void element.dial();
    expect(heard.events.map(({ type }) => type)).to.deep.equal(['sw-dial', 'sw-call-state']);
    expect(heard.of('sw-dial')[0]?.detail).to.include({ destination: '/public/support', video: true });
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('tells the same as the call interface is handed, whatever was set', async () => {
    const { heard, call } = await prepare({ destination: ' /public/a ', video: undefined as never });
    const { destination, video } = heard.of('sw-dial')[0]!.detail;
    expect({ destination, video }).to.deep.equal({
      destination: call.request.destination,
      video: call.request.video,
    });
  });

  it('tells audio only where the official markup says so', async () => {
    const { element, heard, ui } = place({}, { video: '', 'audio-only': '' });
    const asked = ui.next();
    void element.dial();
    expect((await asked).request.video).to.equal(false);
    expect(heard.of('sw-dial')[0]?.detail.video).to.equal(false);
  });

  it('prevented, stops everything: idle, and nothing more', async () => {
    const { element, heard, ui } = place();
    element.addEventListener('sw-dial', (event) => event.preventDefault(), { once: true });
    await element.dial();
    expect(heard.events.map(({ type }) => type)).to.deep.equal(['sw-dial']);
    expect(element.state).to.equal('idle');
    expect(ui.calls).to.have.lengthOf(0);
    const asked = ui.next();
    void element.dial();
    await asked;
  });

  it('prevented after a failure, leaves an idle button without the old message', async () => {
    const { element } = place({ destination: '' });
    element.insertAdjacentHTML('beforeend', '<a slot="fallback" href="tel:+15550100">+1 555 0100</a>');
    await element.dial();
    element.addEventListener('sw-dial', (event) => event.preventDefault());
    await element.dial();
    expect(element.state).to.equal('idle');
    expect(element.error).to.equal(null);
    expect(messageOf(element)).to.equal('');
    expect(isVisible(element.querySelector('a')!)).to.equal(false);
  });

  it('merges variables over those of the element, for this call only', async () => {
    const { element, ui } = place({ userVariables: { plan: 'gold', lang: 'en' } });
    element.addEventListener(
      'sw-dial',
      ({ detail }) => {
        detail.setUserVariables({ plan: 'red', cart: { items: 2 } });
        detail.setUserVariables({ seat: '4a' });
      },
      { once: true },
    );
    const first = ui.next();
    void element.dial();
    expect((await first).request.userVariables).to.deep.equal({
      plan: 'red',
      lang: 'en',
      cart: { items: 2 },
      seat: '4a',
    });
    await element.hangup();
    const second = ui.next();
    void element.dial();
    expect((await second).request.userVariables).to.deep.equal({ plan: 'gold', lang: 'en' });
  });

  it('goes with the page where that is asked for', async () => {
    const { call } = await prepare({ pageContext: true, userVariables: { plan: 'gold' } });
    expect(call.request.userVariables).to.deep.equal({
      page_url: location.href,
      page_title: document.title,
      referrer: document.referrer,
      plan: 'gold',
    });
  });

  it('may hang up: then nothing is called', async () => {
    const { element, heard, ui } = place();
    element.addEventListener('sw-dial', () => void element.hangup());
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-hangup', 'sw-call-ended']);
    expect(element.state).to.equal('ended');
    expect(ui.calls).to.have.lengthOf(0);
  });
});
