// One call at a time: in a page with two elements, and in an element whose last attempt still answers.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { answered, clearPage, nothingMore, place, prepare } from '../placed-element.js';
import { later } from '../later.js';

before(() => loadCall());
afterEach(clearPage);

describe('two elements on a page', () => {
  it('have one call at a time', async () => {
    const first = await answered();
    const second = place();
    await second.element.dial();
    expect(second.heard.names).to.deep.equal(['sw-dial', 'sw-error']);
    expect(second.heard.of('sw-error')[0]?.detail.code).to.equal('preflight-in-call');
    expect(second.ui.calls).to.have.lengthOf(0);
    expect(first.element.state).to.equal('active');
    await first.element.hangup();
    const asked = second.ui.next();
    void second.element.dial();
    await asked;
  });

  it('do not shut each other out by a failure', async () => {
    const failing = place({ destination: '' });
    await failing.element.dial();
    await prepare();
  });

  it('wait until the call before is released', async () => {
    const first = await answered();
    let release!: () => void;
    first.call.hangup = () => new Promise<void>((resolve) => (release = resolve)) as never;
    const over = first.element.hangup();
    const second = place();
    const asked = second.ui.next();
    void second.element.dial();
    await later();
    await loadCall();
    expect(second.ui.calls).to.have.lengthOf(0);
    expect(second.element.state).to.equal('preparing');
    release();
    await over;
    await asked;
  });
});

describe('a late answer of an abandoned attempt', () => {
  it('changes nothing for the next one', async () => {
    const { element, ui, heard, call } = await prepare();
    ui.stubborn = true;
    void element.hangup();
    const asked = ui.next();
    void element.dial();
    call.hand();
    const second = await asked;
    call.report('active');
    call.fail(new Error('late'));
    second.hand();
    second.report('ringing');
    await nothingMore(element);
    expect(element.state).to.equal('ringing');
    expect(call.asked).to.deep.equal(['hangup']);
    expect(second.asked).to.deep.equal([]);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-hangup', 'sw-call-ended', 'sw-dial']);
  });
});
