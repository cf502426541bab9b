// A store of facts: its snapshots, its listeners, and listeners that change the store or the list of listeners.
import { expect } from 'chai';
import { Store } from '../src/store.js';

interface Facts {
  readonly count: number;
  readonly name: string;
}

class Counter extends Store<Facts> {
  set(change: Partial<Facts>): void {
    this.change(change);
  }
}

const counter = () => new Counter({ count: 0, name: 'first' });

describe('the snapshot of a store', () => {
  it('has the first facts until something changes', () => {
    expect(counter().snapshot).to.deep.equal({ count: 0, name: 'first' });
  });

  it('keeps the facts that do not change', () => {
    const store = counter();
    store.set({ count: 1 });
    expect(store.snapshot).to.deep.equal({ count: 1, name: 'first' });
  });

  it('is another object after a change; the earlier one stays as it was', () => {
    const store = counter();
    const before = store.snapshot;
    expect(store.snapshot).to.equal(before);
    store.set({ count: 1 });
    expect(store.snapshot).to.not.equal(before);
    expect(before.count).to.equal(0);
  });
});

describe('a listener of a store', () => {
  it('that throws is reported, and keeps neither the others nor the change from going on', () => {
    const store = counter();
    const reported: unknown[] = [];
    const { reportError } = window;
    window.reportError = (error: unknown) => void reported.push(error);
    let calls = 0;
    store.subscribe(() => {
      throw new Error('drawing failed');
    });
    store.subscribe(() => (calls += 1));
    store.set({ count: 1 });
    window.reportError = reportError;
    expect([calls, reported.length]).to.deep.equal([1, 1]);
  });

  it('is called after each change and reads the new snapshot', () => {
    const store = counter();
    const counts: number[] = [];
    store.subscribe(() => void counts.push(store.snapshot.count));
    store.set({ count: 1 });
    store.set({ count: 2 });
    expect(counts).to.deep.equal([1, 2]);
  });

  it('is not called when it subscribes', () => {
    const calls: string[] = [];
    counter().subscribe(() => void calls.push('called'));
    expect(calls).to.deep.equal([]);
  });

  it('is not called after it has unsubscribed, even twice; others still are', () => {
    const store = counter();
    const calls: string[] = [];
    const unsubscribe = store.subscribe(() => void calls.push('first'));
    store.subscribe(() => void calls.push('second'));
    unsubscribe();
    unsubscribe();
    store.set({ count: 1 });
    expect(calls).to.deep.equal(['second']);
  });

  it('can unsubscribe itself during a change; the listeners after it are still called', () => {
    const store = counter();
    const calls: string[] = [];
    const unsubscribe = store.subscribe(() => {
      calls.push('once');
      unsubscribe();
    });
    store.subscribe(() => void calls.push('always'));
    store.set({ count: 1 });
    store.set({ count: 2 });
    expect(calls).to.deep.equal(['once', 'always', 'always']);
  });

  it('is not called for a change during which an earlier listener unsubscribed it', () => {
    const store = counter();
    const calls: string[] = [];
    store.subscribe(() => unsubscribe());
    const unsubscribe = store.subscribe(() => void calls.push('called'));
    store.set({ count: 1 });
    expect(calls).to.deep.equal([]);
  });

  it('that subscribes during a change is called for that change, once', () => {
    const store = counter();
    const counts: number[] = [];
    const unsubscribe = store.subscribe(() => {
      unsubscribe();
      store.subscribe(() => void counts.push(store.snapshot.count));
    });
    store.set({ count: 1 });
    expect(counts).to.deep.equal([1]);
    store.set({ count: 2 });
    expect(counts).to.deep.equal([1, 2]);
  });
});

describe('a change inside a change', () => {
  it('shows the latest snapshot to every listener, never an earlier one after a later one', () => {
    const store = counter();
    const counts: number[] = [];
    store.subscribe(() => {
      if (store.snapshot.count === 1) store.set({ count: 2 });
    });
    store.subscribe(() => void counts.push(store.snapshot.count));
    store.set({ count: 1 });
    // Called for both changes, the inner one first.
    expect(counts).to.deep.equal([2, 2]);
    expect(store.snapshot.count).to.equal(2);
  });

  it('keeps the facts of both changes', () => {
    const store = counter();
    store.subscribe(() => {
      if (store.snapshot.name === 'first') store.set({ name: 'second' });
    });
    store.set({ count: 1 });
    expect(store.snapshot).to.deep.equal({ count: 1, name: 'second' });
  });
});
