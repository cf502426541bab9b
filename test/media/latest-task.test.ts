// One task per key: a newer task aborts the older one, and steps that cannot be aborted run one after the other.
import { expect } from 'chai';
import { LatestTask } from '../../src/media/latest-task.js';
import { later } from '../later.js';
import { reasonOf } from '../rejects.js';

/** A task that ends when the test says so, also after its signal has aborted. */
function slowTask() {
  let end!: () => void;
  let signal!: AbortSignal;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const task = (given: AbortSignal) => {
    signal = given;
    return ended;
  };
  return { task, end, isAborted: () => signal.aborted };
}

describe('LatestTask', () => {
  it('aborts the older task of a key; the newer one still runs when the older one ends late', async () => {
    const tasks = new LatestTask<string>();
    const [first, second] = [slowTask(), slowTask()];
    const older = tasks.run('microphone', first.task);
    const newer = tasks.run('microphone', second.task);
    expect([first.isAborted(), second.isAborted()]).to.deep.equal([true, false]);
    first.end();
    await older;
    expect(tasks.isRunning('microphone')).to.equal(true);
    second.end();
    await newer;
    expect(tasks.isRunning('microphone')).to.equal(false);
  });

  it('keeps the tasks of other keys, and aborts all on stop', () => {
    const tasks = new LatestTask<string>();
    const [microphone, camera] = [slowTask(), slowTask()];
    void tasks.run('microphone', microphone.task);
    void tasks.run('camera', camera.task);
    expect([microphone.isAborted(), camera.isAborted()]).to.deep.equal([false, false]);
    tasks.stop();
    expect([microphone.isAborted(), camera.isAborted(), tasks.stopped.aborted]).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('starts no task after stop', async () => {
    const tasks = new LatestTask<string>();
    tasks.stop();
    let started = false;
    await tasks.run('camera', async () => void (started = true));
    expect(started).to.equal(false);
  });

  it('is idle when the newest task of the key has ended', async () => {
    const tasks = new LatestTask<string>();
    const [first, second] = [slowTask(), slowTask()];
    void tasks.run('camera', first.task);
    let idle = false;
    const waiting = tasks.idle('camera').then(() => (idle = true));
    void tasks.run('camera', second.task);
    first.end();
    await later();
    expect(idle).to.equal(false);
    second.end();
    await waiting;
    expect(idle).to.equal(true);
  });

  it('runs the steps of a key one after the other, also after one that fails', async () => {
    const tasks = new LatestTask<string>();
    const log: string[] = [];
    let fail!: (reason: unknown) => void;
    const failing = tasks.enqueue('camera', () => {
      log.push('first');
      return new Promise((_, reject) => (fail = reject));
    });
    const next = tasks.enqueue('camera', async () => void log.push('second'));
    await tasks.enqueue('microphone', async () => void log.push('other key'));
    expect(log).to.deep.equal(['first', 'other key']);
    fail('broken');
    expect(await reasonOf(failing)).to.equal('broken');
    await next;
    expect(log).to.deep.equal(['first', 'other key', 'second']);
  });
});
