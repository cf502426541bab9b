// How a call ends, as the page is told: which events, in which order, with which reason, and none once it is over.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { ClickToCallError, type ErrorCode } from '../../src/errors.js';
import type { EndReason } from '../../src/events.js';
import { answered, clearPage, nothingMore, over, prepare } from '../placed-element.js';

before(() => loadCall());
afterEach(clearPage);

describe('the outcome', () => {
  it('of an answered call that the far end ends', async () => {
    const { element, heard, call } = await answered();
    call.end({ status: 'disconnected', reason: 'remote' });
    await over(element);
    await nothingMore(element);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-ended']);
    expect(heard.of('sw-call-started')[0]?.detail).to.deep.equal({ destination: '/public/support' });
    expect(heard.of('sw-call-ended')[0]?.detail).to.include({ status: 'disconnected', reason: 'remote' });
    expect(element.state).to.equal('ended');
    expect(call.asked).to.deep.equal([]);
  });

  it('of an answered call that the visitor ends with the element', async () => {
    const { element, heard } = await answered();
    await element.hangup();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    expect(heard.of('sw-call-hangup')[0]?.detail).to.deep.equal({});
  });

  it("of an answered call that the visitor ends in the page's own interface", async () => {
    const { element, heard, call } = await answered();
    call.end({ status: 'disconnected', reason: 'hangup' });
    await over(element);
    await nothingMore(element);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
  });

  it('tells the answer once, however often the connection comes back, and how long it was up', async () => {
    const begunMs = performance.now();
    const { element, heard, call } = await answered();
    await new Promise((resolve) => setTimeout(resolve, 20));
    call.report('reconnecting');
    call.report('active');
    await element.hangup();
    expect(heard.of('sw-call-started')).to.have.lengthOf(1);
    expect(heard.of('sw-call-ended')[0]?.detail.durationMs)
      .to.be.a('number')
      .that.is.within(15, Math.ceil(performance.now() - begunMs))
      .and.satisfies(Number.isInteger);
  });

  const REASONS: [EndReason, ErrorCode][] = [
    ['busy', 'call-busy'],
    ['rejected', 'call-rejected'],
    ['no-answer', 'call-no-answer'],
    ['failed', 'call-failed'],
  ];
  for (const [reason, code] of REASONS) {
    it(`of a far end that is not there: ${reason}`, async () => {
      const { element, heard, call } = await prepare();
      call.hand();
      call.end({ status: 'failed', reason });
      await over(element);
      await nothingMore(element);
      expect(heard.names).to.deep.equal(['sw-dial', 'sw-error', 'sw-call-ended']);
      expect(heard.of('sw-error')[0]?.detail).to.include({ code, phase: 'call' });
      expect(heard.of('sw-call-ended')[0]?.detail).to.deep.equal({ status: 'failed', reason, durationMs: 0 });
      expect(element.state).to.equal('failed');
    });
  }

  it('of a call that is dropped after it was answered', async () => {
    const { element, heard, call } = await answered();
    call.fail(new ClickToCallError('call-dropped'));
    await over(element);
    await nothingMore(element);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-error', 'sw-call-ended']);
    expect(heard.of('sw-error')[0]?.detail.code).to.equal('call-dropped');
    expect(heard.of('sw-call-ended')[0]?.detail).to.include({ status: 'failed', reason: 'dropped' });
    expect(element.state).to.equal('failed');
  });

  const BEFORE: ErrorCode[] = ['media-denied', 'ui-load-failed', 'connect-timeout', 'token-network'];
  for (const code of BEFORE) {
    it(`of an attempt that fails before anybody was called: ${code}`, async () => {
      const { element, heard, call, dialled } = await prepare();
      call.refuse(new ClickToCallError(code));
      await dialled;
      await nothingMore(element);
      expect(heard.names).to.deep.equal(['sw-dial', 'sw-error']);
      expect(heard.of('sw-error')[0]?.detail.code).to.equal(code);
      expect(element.state).to.equal('failed');
    });
  }

  it('has the state first, then the error, then the end', async () => {
    const { element, heard, call } = await prepare();
    call.hand();
    call.end({ status: 'failed', reason: 'busy' });
    await over(element);
    await nothingMore(element);
    const order = heard.events.map(({ type, detail }) => (type === 'sw-call-state' ? detail.state : type));
    expect(order.slice(-3)).to.deep.equal(['failed', 'sw-error', 'sw-call-ended']);
  });

  it('reports after the end change nothing', async () => {
    const { element, heard, call } = await answered();
    await element.hangup();
    const before = heard.events.length;
    call.report('active');
    call.report('reconnecting');
    call.request.report({ expiresAtMs: Date.now() });
    call.fail(new Error('late'));
    await nothingMore(element);
    expect(heard.events).to.have.lengthOf(before);
    expect(element.state).to.equal('ended');
  });
});
