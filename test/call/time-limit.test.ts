// Whichever comes first: the work, its time limit, or the wish to stop. No timer and no unhandled rejection is left behind.
import { expect } from 'chai';
import { atMost, pageTimers, within } from '../../src/call/time-limit.js';
import { reasonOf } from '../rejects.js';
import { HandClock } from '../token/hand-clock.js';
import { later } from '../later.js';

const pending = new Promise<never>(() => {});

describe('within', () => {
  it('settles as the promise does and clears its timer', async () => {
    const timers = new HandClock();
    const limit = { ms: 10, timeUp: () => 'late', timers };
    expect(await within(Promise.resolve(7), limit)).to.equal(7);
    expect(await reasonOf(within(Promise.reject(new Error('no')), limit))).to.be.an('error');
    await Promise.resolve();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('throws what timeUp makes, not a moment earlier', async () => {
    const timers = new HandClock();
    let settled = false;
    const reason = reasonOf(within(pending, { ms: 10, timeUp: () => 'late', timers }));
    void reason.then(() => (settled = true));
    timers.pass(9);
    await later();
    expect(settled).to.equal(false);
    timers.pass(1);
    expect(await reason).to.equal('late');
  });

  it("throws the signal's reason as soon as it aborts, or at once when it has", async () => {
    const given = new AbortController();
    const limit = { ms: 10, timeUp: () => 'late', signal: given.signal, timers: new HandClock() };
    const reason = reasonOf(within(pending, limit));
    given.abort('hangup');
    expect(await reason).to.equal('hangup');
    expect(await reasonOf(within(Promise.resolve(7), limit))).to.equal('hangup');
  });

  it('leaves no timer behind when it was aborted and the promise settles later', async () => {
    const timers = new HandClock();
    const given = new AbortController();
    let settle!: () => void;
    const work = new Promise<void>((resolve) => (settle = resolve));
    const reason = reasonOf(within(work, { ms: 10, timeUp: () => 'late', timers, signal: given.signal }));
    given.abort('hangup');
    await reason;
    settle();
    await later();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('reports no late rejection as unhandled', async () => {
    const unhandled: unknown[] = [];
    const listener = (event: PromiseRejectionEvent) => {
      unhandled.push(event.reason);
      event.preventDefault();
    };
    window.addEventListener('unhandledrejection', listener);
    let fail!: (reason: unknown) => void;
    const work = new Promise((_, reject) => (fail = reject));
    const given = new AbortController();
    const limit = { ms: 10, timeUp: () => 'late', signal: given.signal, timers: new HandClock() };
    const reason = reasonOf(within(work, limit));
    given.abort('hangup');
    await reason;
    fail(new Error('late'));
    // The browser reports after a task, so one that comes behind it is enough.
    await later();
    await later();
    window.removeEventListener('unhandledrejection', listener);
    expect(unhandled).to.deep.equal([]);
  });
});

describe('atMost', () => {
  it('resolves whatever the promise does', async () => {
    expect(await atMost(1_000, Promise.resolve(7))).to.equal(undefined);
    expect(await atMost(1_000, Promise.reject(new Error('no')))).to.equal(undefined);
  });

  it('goes on without a promise that never settles', async () => {
    const timers = new HandClock();
    const over = atMost(5_000, pending, timers);
    timers.pass(5_000);
    expect(await over).to.equal(undefined);
  });
});

describe('the timers of the page', () => {
  it('run, and can be cleared', async () => {
    let cleared = true;
    pageTimers.clearTimeout(pageTimers.setTimeout(() => (cleared = false), 0));
    await new Promise<void>((resolve) => pageTimers.setTimeout(resolve, 1));
    expect(cleared).to.equal(true);
  });
});
