// The signal that stops a request notifies each of its listeners once.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../src/proxy/stop.js';

describe('a stop', () => {
  function listened() {
    const stop = new Stop();
    const told: string[] = [];
    const listeners = ['a', 'b', 'c'].map((name) => () => void told.push(name));
    for (const listener of listeners) stop.addEventListener('abort', listener);
    return { stop, told, listeners };
  }

  it('notifies listeners once, in order, and keeps its first reason', () => {
    const { stop, told } = listened();
    assert.deepEqual([stop.aborted, stop.reason], [false, undefined]);
    stop.stop('late');
    stop.stop('gone');
    assert.deepEqual(told, ['a', 'b', 'c']);
    assert.deepEqual([stop.aborted, stop.reason], [true, 'late']);
  });

  it('does not notify removed listeners', () => {
    for (const [gone, left] of [
      [0, ['b', 'c']],
      [1, ['a', 'c']],
      [2, ['a', 'b']],
    ] as const) {
      const { stop, told, listeners } = listened();
      stop.removeEventListener('abort', listeners[gone]!);
      stop.removeEventListener('abort', listeners[gone]!);
      stop.removeEventListener('abort', () => {});
      stop.stop('gone');
      assert.deepEqual(told, left);
    }
  });
});
