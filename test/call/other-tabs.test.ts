// What the tabs of a site know of each other's calls: the later one is told of the earlier one, and nobody is held up.
import { expect } from 'chai';
import { holdSiteLock } from '../../src/call/other-tabs.js';
import { later } from '../later.js';

/** The locks of a site as its tabs share them. Not the browser's: other test files are tabs of the same site. */
class FakeLocks {
  readonly held = new Set<string>();
  readonly #waiting: { grant: () => void }[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  async request(
    name: string,
    { ifAvailable, signal }: LockOptions,
    callback: LockGrantedCallback<unknown>,
  ): Promise<unknown> {
    await Promise.resolve();
    if (this.held.has(name)) {
      if (ifAvailable) return callback(null);
      await this.#turn(signal!);
    }
    this.held.add(name);
    try {
      return await callback({ name, mode: 'exclusive' });
    } finally {
      this.held.delete(name);
      this.#waiting.shift()?.grant();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const one = { grant: resolve };
      this.#waiting.push(one);
      signal.addEventListener('abort', () => {
        const at = this.#waiting.indexOf(one);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal.reason as DOMException);
      });
    });
  }
}

/** Takes the lock as a call does, and writes down what it was told of another one. */
function call(locks: unknown) {
  const told: boolean[] = [];
  const release = holdSiteLock((taken) => void told.push(taken), locks as LockManager);
  return { told, release };
}

describe('the site’s lock', () => {
  it('is held for the time of a call, and nobody is told', async () => {
    const locks = new FakeLocks();
    const { told, release } = call(locks);
    await later();
    expect([...locks.held]).to.deep.equal(['sw-click-to-call']);
    expect(told).to.deep.equal([]);
    release();
    await later();
    expect(locks.held.size).to.equal(0);
  });

  it('tells a second call of the first, which keeps it', async () => {
    const locks = new FakeLocks();
    const [first, second] = [call(locks), call(locks)];
    await later();
    expect([first.told, second.told]).to.deep.equal([[], [true]]);
    second.release();
    await later();
    expect(locks.held.size).to.equal(1);
    first.release();
    await later();
    const third = call(locks);
    await later();
    expect(third.told).to.deep.equal([]);
  });

  it('tells the second call when the first is over, and is the second one’s then', async () => {
    const locks = new FakeLocks();
    const [first, second] = [call(locks), call(locks)];
    await later();
    first.release();
    await later();
    expect([first.told, second.told]).to.deep.equal([[], [true, false]]);
    const third = call(locks);
    await later();
    expect(third.told).to.deep.equal([true]);
    second.release();
    await later();
    expect(third.told).to.deep.equal([true, false]);
  });

  it('is not waited for by a call that is over', async () => {
    const locks = new FakeLocks();
    const [first, second] = [call(locks), call(locks)];
    await later();
    expect(locks.waiting).to.equal(1);
    second.release();
    await later();
    expect(locks.waiting).to.equal(0);
    first.release();
    await later();
    expect([second.told, locks.held.size]).to.deep.equal([[true], 0]);
  });

  it('is not kept by a call that was over before the browser answered', async () => {
    const locks = new FakeLocks();
    const { told, release } = call(locks);
    release();
    await later();
    expect(locks.held.size).to.equal(0);
    expect(told).to.deep.equal([]);
    expect(release).to.not.throw();
  });

  it('is done without where it is refused', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) };
    const { told, release } = call(refusing);
    await later();
    expect(release).to.not.throw();
    expect(told).to.deep.equal([]);
  });

  it('is done without where there are no locks', async () => {
    const { told, release } = call(null);
    await later();
    expect(release).to.not.throw();
    expect(told).to.deep.equal([]);
  });
});
