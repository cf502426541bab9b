// Waiting with a deadline or a signal: settles once, and leaves neither a timer, a listener nor an unhandled rejection.
import { expect } from 'chai';
import { pause, settled, TIMERS, waitFor } from '../src/wait.js';
import { later } from './later.js';
import { reasonOf } from './rejects.js';
import { HandClock } from './token/hand-clock.js';

/** A signal that knows who listens to it. */
class WatchedSignal {
  readonly #controller = new AbortController();
  readonly listeners = new Set<() => void>();
  get aborted() {
    return this.#controller.signal.aborted;
  }
  get reason(): unknown {
    return this.#controller.signal.reason;
  }
  addEventListener(_type: 'abort', listener: () => void, { once = false } = {}) {
    this.listeners.add(listener);
    this.#controller.signal.addEventListener('abort', () => {
      if (once) this.listeners.delete(listener);
      listener();
    });
  }
  removeEventListener(_type: 'abort', listener: () => void) {
    this.listeners.delete(listener);
  }
  abort(reason: unknown) {
    this.#controller.abort(reason);
  }
}

describe('waitFor', () => {
  it('settles as the work does, and listens to the signal no longer', async () => {
    const signal = new WatchedSignal();
    expect(await waitFor(Promise.resolve('done'), { signal })).to.equal('done');
    await Promise.resolve();
    expect(signal.listeners.size).to.equal(0);
    expect(await reasonOf(waitFor(Promise.reject(new Error('no')), { signal }))).to.have.property(
      'message',
      'no',
    );
    await Promise.resolve();
    expect(signal.listeners.size).to.equal(0);
  });

  it('gives up with the reason of the signal, also of one that had aborted before', async () => {
    const signal = new WatchedSignal();
    const waiting = waitFor(new Promise(() => {}), { signal });
    signal.abort('hangup');
    expect(await reasonOf(waiting)).to.equal('hangup');
    expect(signal.listeners.size).to.equal(0);
    expect(await reasonOf(waitFor(new Promise(() => {}), { signal }))).to.equal('hangup');
  });
});

const pending = new Promise<never>(() => {});

describe('waitFor with a deadline', () => {
  it('settles as the promise does and clears its timer', async () => {
    const timers = new HandClock();
    const limit = { ms: 10, timeUp: () => 'late', timers };
    expect(await waitFor(Promise.resolve(7), limit)).to.equal(7);
    expect(await reasonOf(waitFor(Promise.reject(new Error('no')), limit))).to.be.an('error');
    await Promise.resolve();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('throws what timeUp makes, not a moment earlier', async () => {
    const timers = new HandClock();
    let isOver = false;
    const reason = reasonOf(waitFor(pending, { ms: 10, timeUp: () => 'late', timers }));
    void reason.then(() => (isOver = true));
    timers.pass(9);
    await later();
    expect(isOver).to.equal(false);
    timers.pass(1);
    expect(await reason).to.equal('late');
  });

  it("throws the signal's reason as soon as it aborts, or at once when it has", async () => {
    const given = new AbortController();
    const limit = { ms: 10, timeUp: () => 'late', signal: given.signal, timers: new HandClock() };
    const reason = reasonOf(waitFor(pending, limit));
    given.abort('hangup');
    expect(await reason).to.equal('hangup');
    expect(await reasonOf(waitFor(Promise.resolve(7), limit))).to.equal('hangup');
  });

  it('leaves no timer behind when it was aborted and the promise settles later', async () => {
    const timers = new HandClock();
    const given = new AbortController();
    let settle!: () => void;
    const work = new Promise<void>((resolve) => (settle = resolve));
    const reason = reasonOf(waitFor(work, { ms: 10, timeUp: () => 'late', timers, signal: given.signal }));
    given.abort('hangup');
    await reason;
    settle();
    await later();
    expect(timers.pendingTimers).to.equal(0);
  });

  it('calls onLate when the work resolves after the deadline, also once the signal has aborted', async () => {
    const timers = new HandClock();
    const controller = new AbortController();
    let resolve!: () => void;
    const work = new Promise<void>((done) => (resolve = done));
    let late = 0;
    const limit = { ms: 10, timers, signal: controller.signal, onLate: () => void (late += 1) };
    const reason = reasonOf(waitFor(work, limit));
    timers.pass(10);
    expect(await reason).to.have.property('name', 'TimeoutError');
    expect(late).to.equal(0);
    controller.abort();
    resolve();
    await later();
    expect(late).to.equal(1);
  });

  it('does not call onLate when the work resolves in time or the signal aborts first', async () => {
    const controller = new AbortController();
    let resolve!: () => void;
    const work = new Promise<void>((done) => (resolve = done));
    let late = 0;
    const limit = { ms: 10, timers: new HandClock(), onLate: () => void (late += 1) };
    await waitFor(Promise.resolve(), limit);
    const reason = reasonOf(waitFor(work, { ...limit, signal: controller.signal }));
    controller.abort('hangup');
    await reason;
    resolve();
    await later();
    expect(late).to.equal(0);
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
    const reason = reasonOf(waitFor(work, limit));
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

describe('settled', () => {
  it('resolves whatever the promise does', async () => {
    expect(await settled(Promise.resolve(7), 1_000)).to.equal(undefined);
    expect(await settled(Promise.reject(new Error('no')), 1_000)).to.equal(undefined);
  });

  it('goes on without a promise that never settles', async () => {
    const timers = new HandClock();
    const over = settled(pending, 5_000, timers);
    timers.pass(5_000);
    expect(await over).to.equal(undefined);
  });
});

describe('pause', () => {
  it('resolves after its time', async () => {
    const timers = new HandClock();
    const paused = pause(20, { timers });
    timers.pass(20);
    expect(await paused).to.equal(undefined);
  });

  it("throws the signal's reason, and leaves no timer behind", async () => {
    const timers = new HandClock();
    const stopped = AbortSignal.abort('hangup');
    expect(await reasonOf(pause(20, { timers, signal: stopped }))).to.equal('hangup');
    expect(timers.pendingTimers).to.equal(0);
  });
});

describe('the timers of the page', () => {
  it('run, and can be cleared', async () => {
    let cleared = true;
    TIMERS.clearTimeout(TIMERS.setTimeout(() => (cleared = false), 0));
    await new Promise<void>((resolve) => TIMERS.setTimeout(resolve, 1));
    expect(cleared).to.equal(true);
  });
});
