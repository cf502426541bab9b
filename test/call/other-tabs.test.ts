import { expect } from 'chai';
import { holdSiteLock } from '../../src/call/other-tabs.js';

/** A moment later: every promise that could settle has settled. */
const later = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** The locks of a site as its tabs share them. Not the browser's: other test files are tabs of the same site. */
class FakeLocks {
  readonly held = new Set<string>();

  async request(name: string, { ifAvailable }: LockOptions, callback: LockGrantedCallback<unknown>) {
    await Promise.resolve();
    if (this.held.has(name)) {
      expect(ifAvailable, 'a call never waits for a lock').to.equal(true);
      return callback(null);
    }
    this.held.add(name);
    try {
      return await callback({ name, mode: 'exclusive' });
    } finally {
      this.held.delete(name);
    }
  }
}

/** Takes the lock as a call does, and counts how often it was told of another one. */
function call(locks: unknown) {
  const told = { times: 0 };
  const release = holdSiteLock(() => void (told.times += 1), locks as LockManager);
  return { told, release };
}

describe('the site’s lock', () => {
  it('is held for the time of a call, and nobody is told', async () => {
    const locks = new FakeLocks();
    const { told, release } = call(locks);
    await later();
    expect(locks.held.size).to.equal(1);
    expect(told.times).to.equal(0);
    release();
    await later();
    expect(locks.held.size).to.equal(0);
  });

  it('tells a second call of the first, which keeps it', async () => {
    const locks = new FakeLocks();
    const [first, second] = [call(locks), call(locks)];
    await later();
    expect([first.told.times, second.told.times]).to.deep.equal([0, 1]);
    second.release();
    await later();
    expect(locks.held.size).to.equal(1);
    first.release();
    await later();
    const third = call(locks);
    await later();
    expect(third.told.times).to.equal(0);
  });

  it('is not kept by a call that was over before the browser answered', async () => {
    const locks = new FakeLocks();
    const { told, release } = call(locks);
    release();
    await later();
    expect(locks.held.size).to.equal(0);
    expect(told.times).to.equal(0);
    expect(release).to.not.throw();
  });

  it('is done without where it is refused', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) };
    const { told, release } = call(refusing);
    await later();
    expect(release).to.not.throw();
    expect(told.times).to.equal(0);
  });

  it('is done without where there are no locks', () => {
    const { told, release } = call(null);
    expect(release).to.not.throw();
    expect(told.times).to.equal(0);
  });
});
