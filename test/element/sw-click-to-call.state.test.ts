// The one state of an element: told as a property, in the markup, to CSS and by an event, always the same at the same time.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import type { CallState } from '../../src/events.js';
import { answered, buttonOf, clearPage, place, prepare } from '../placed-element.js';

before(() => loadCall());
afterEach(clearPage);

describe('the state', () => {
  it('is told as a property, as data-state and to CSS', async () => {
    const { element, call, dialled } = await prepare();
    const expectState = (state: CallState) => {
      expect(element.state).to.equal(state);
      expect(element.dataset.state).to.equal(state);
      expect(element.matches(`:state(${state})`), `:state(${state})`).to.equal(true);
    };
    expectState('preparing');
    expect(element.matches(':state(idle)')).to.equal(false);
    call.hand();
    await dialled;
    expectState('connecting');
    for (const state of ['ringing', 'active', 'reconnecting', 'active'] as const) {
      call.report(state);
      expectState(state);
    }
    await element.hangup();
    expectState('ended');
  });

  it('begins with idle', () => {
    const { element } = place();
    expect(element.dataset.state).to.equal('idle');
    expect(element.matches(':state(idle)')).to.equal(true);
  });

  it('is told by an event at every change, with the one before, and only at changes', async () => {
    const { element, heard, call } = await answered();
    call.report('active');
    await element.hangup();
    expect(heard.of('sw-call-state').map(({ detail }) => [detail.previous, detail.state])).to.deep.equal([
      ['idle', 'preparing'],
      ['preparing', 'connecting'],
      ['connecting', 'ringing'],
      ['ringing', 'active'],
      ['active', 'ended'],
    ]);
  });

  it('is what the event says while the event is told', async () => {
    const { element, ui } = place();
    const seen: [string, string, boolean][] = [];
    element.addEventListener('sw-call-state', ({ detail }) =>
      seen.push([detail.state, element.state, element.dataset.state === detail.state]),
    );
    const asked = ui.next();
    void element.dial();
    (await asked).hand();
    await element.hangup();
    for (const [told, state, marked] of seen) {
      expect(state).to.equal(told);
      expect(marked).to.equal(true);
    }
    expect(seen).to.not.have.lengthOf(0);
  });

  it('takes no other word from a call interface', async () => {
    const { element, call } = await answered();
    for (const state of ['idle', 'ended', 'failed', 'preparing', 'nonsense', '', undefined]) {
      call.request.report({ state } as never);
      expect(element.state).to.equal('active');
    }
    call.request.report({} as never);
    expect(element.state).to.equal('active');
  });

  it('is not disturbed by a report of nothing at all', async () => {
    const { element, call } = await answered();
    for (const nothing of [undefined, null, 'active']) {
      expect(() => call.request.report(nothing as never), String(nothing)).to.not.throw();
    }
    expect(element.state).to.equal('active');
  });

  it('makes the button busy while preparing, for assistive technology', async () => {
    const { element, call, dialled } = await prepare();
    expect(buttonOf(element).getAttribute('aria-busy')).to.equal('true');
    call.hand();
    await dialled;
    expect(buttonOf(element).getAttribute('aria-busy')).to.equal('false');
  });
});
