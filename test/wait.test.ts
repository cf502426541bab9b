// Work that may be given up: it settles once, by the work or by the signal, and listens to the signal no longer.
import { expect } from 'chai';
import { untilAborted } from '../src/wait.js';
import { reasonOf } from './rejects.js';

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

describe('untilAborted', () => {
  it('settles as the work does, and listens to the signal no longer', async () => {
    const signal = new WatchedSignal();
    expect(await untilAborted(Promise.resolve('done'), signal)).to.equal('done');
    await Promise.resolve();
    expect(signal.listeners.size).to.equal(0);
    expect(await reasonOf(untilAborted(Promise.reject(new Error('no')), signal))).to.have.property(
      'message',
      'no',
    );
    await Promise.resolve();
    expect(signal.listeners.size).to.equal(0);
  });

  it('gives up with the reason of the signal, also of one that had aborted before', async () => {
    const signal = new WatchedSignal();
    const waiting = untilAborted(new Promise(() => {}), signal);
    signal.abort('hangup');
    expect(await reasonOf(waiting)).to.equal('hangup');
    expect(signal.listeners.size).to.equal(0);
    expect(await reasonOf(untilAborted(new Promise(() => {}), signal))).to.equal('hangup');
  });
});
