// Wishes that overtake each other: the last one of a kind wins, and one that ends late is no matter.
import { expect } from 'chai';
import { Wishes } from '../../src/media/latest-task.js';

/** An attempt that ends when the test says so, whatever its signal tells. */
function slow() {
  let end!: () => void;
  let given!: AbortSignal;
  const over = new Promise<void>((resolve) => (end = resolve));
  const attempt = (signal: AbortSignal) => {
    given = signal;
    return over;
  };
  return { attempt, end, isAborted: () => given.aborted };
}

describe('a wish', () => {
  it('takes the place of the one before, and keeps it when that one ends late', async () => {
    const wishes = new Wishes<string>();
    const [first, second] = [slow(), slow()];
    const overtaken = wishes.make('tea', first.attempt);
    const last = wishes.make('tea', second.attempt);
    expect([first.isAborted(), second.isAborted()]).to.deep.equal([true, false]);
    first.end();
    await overtaken;
    expect(wishes.has('tea')).to.equal(true);
    second.end();
    await last;
    expect(wishes.has('tea')).to.equal(false);
  });

  it('is nothing to one of another kind', () => {
    const wishes = new Wishes<string>();
    const [tea, milk] = [slow(), slow()];
    void wishes.make('tea', tea.attempt);
    void wishes.make('milk', milk.attempt);
    expect([tea.isAborted(), milk.isAborted()]).to.deep.equal([false, false]);
    wishes.stop();
    expect([tea.isAborted(), milk.isAborted()]).to.deep.equal([true, true]);
  });
});
