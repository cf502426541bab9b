// Code that loads when it is first needed: once, and again after a failure.
import { expect } from 'chai';
import { lazy } from '../src/lazy.js';
import { reasonOf } from './rejects.js';

describe('lazy', () => {
  it('loads once, however often it is asked', async () => {
    let loads = 0;
    const load = lazy(async () => ++loads);
    expect(await Promise.all([load(), load()])).to.deep.equal([1, 1]);
    expect(await load()).to.equal(1);
  });

  it('forgets a failure, so that the next call tries again', async () => {
    let loads = 0;
    const load = lazy(async () => {
      if (++loads === 1) throw new Error('no network');
      return loads;
    });
    expect(await reasonOf(load())).to.have.property('message', 'no network');
    expect(await load()).to.equal(2);
  });

  it('stops waiting for a load that takes too long, and serves the next call with it', async () => {
    let arrive!: (module: string) => void;
    const load = lazy(() => new Promise<string>((resolve) => (arrive = resolve)), 0);
    expect(await reasonOf(load())).to.have.property('message', 'Too slow');
    const next = load();
    arrive('module');
    expect(await next).to.equal('module');
  });
});
