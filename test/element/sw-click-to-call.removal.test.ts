// An element that leaves its place. Put down elsewhere in the same moment, it keeps its call; gone, it ends the call and
// tells nothing that nobody can hear.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { nextEvent } from '../next-event.js';
import { answered, clearPage, place, prepare } from '../placed-element.js';

before(() => loadCall());
afterEach(clearPage);

describe('moving the element', () => {
  const elsewhere = () => {
    const place = document.createElement('section');
    document.body.append(place);
    return place;
  };

  it('does not disturb a call that is being prepared', async () => {
    const { element, heard, call, dialled } = await prepare();
    const place = elsewhere();
    place.append(element);
    await Promise.resolve();
    expect(call.request.signal.aborted).to.equal(false);
    call.hand();
    await dialled;
    expect(element.state).to.equal('connecting');
    expect(heard.names).to.deep.equal(['sw-dial']);
    await element.hangup();
    place.remove();
  });

  it('does not disturb a call, and the button goes on working', async () => {
    const { element, heard, call } = await answered();
    const place = elsewhere();
    element.remove();
    place.append(element);
    await Promise.resolve();
    expect(element.state).to.equal('active');
    expect(element.dataset.state).to.equal('active');
    expect(element.matches(':state(active)')).to.equal(true);
    call.report('reconnecting');
    expect(element.state).to.equal('reconnecting');
    await element.hangup();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    place.remove();
  });
});

describe('removing the element', () => {
  it('while preparing leaves nothing: idle, and no more events', async () => {
    const { element, heard, call, dialled } = await prepare();
    element.remove();
    await dialled;
    expect(call.request.signal.aborted).to.equal(true);
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(heard.states).to.deep.equal(['preparing', 'idle']);
    expect(element.state).to.equal('idle');
    expect(element.error).to.equal(null);
  });

  it('while the code is still coming leaves nothing either', async () => {
    const { element, heard, ui } = place();
    const dialled = element.dial();
    element.remove();
    await dialled;
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(element.state).to.equal('idle');
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('inside sw-dial starts no call', async () => {
    const { element, heard, ui } = place();
    element.addEventListener('sw-dial', () => element.remove());
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(element.state).to.equal('idle');
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('in a call destroys it and hangs up', async () => {
    const { element, heard, call } = await answered();
    const ended = nextEvent(element, 'sw-call-ended');
    element.remove();
    expect((await ended).detail).to.include({ status: 'destroyed' });
    await element.hangup();
    expect(call.asked).to.deep.equal(['hangup']);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-ended']);
    expect(element.state).to.equal('ended');
  });

  it('lets it be used again when it comes back', async () => {
    const { element, ui, dialled } = await prepare();
    element.remove();
    await dialled;
    document.body.append(element);
    const asked = ui.next();
    void element.dial();
    expect((await asked).request.signal.aborted).to.equal(false);
  });
});
