// The body of a message, read piece by piece: its end, its breaking off, and a reader who has had enough.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { toBody } from '../../src/proxy/node-message.js';

describe('a body', () => {
  /** A message and its reader; `cancelled` counts how often it was told to let go. */
  function opened() {
    const message = new PassThrough();
    const counted = { cancelled: 0 };
    const reader = toBody(message, () => counted.cancelled++).getReader();
    const read = async () => {
      const { done, value } = await reader.read();
      return done ? 'the end' : Buffer.from(value).toString();
    };
    return { message, reader, read, counted };
  }

  it('comes in the pieces in which it arrives, whether they are waited for or not', async () => {
    const { message, read } = opened();
    const first = read();
    message.write('a');
    assert.equal(await first, 'a');
    message.write('b');
    message.end('c');
    await once(message, 'end');
    assert.deepEqual(
      [await read(), await read(), await read(), await read()],
      ['b', 'c', 'the end', 'the end'],
    );
  });

  it('that ends while it is waited for has ended', async () => {
    const { message, read } = opened();
    const end = read();
    message.end();
    assert.equal(await end, 'the end');
  });

  it('that breaks off has not ended: before, while and after it is waited for', async () => {
    const { message, read } = opened();
    message.write('a');
    assert.equal(await read(), 'a');
    const waiting = read();
    message.destroy();
    await assert.rejects(waiting);
    await assert.rejects(read());
    await assert.rejects(toBody(message).getReader().read());
    const failed = opened();
    const failing = failed.read();
    failed.message.destroy(new Error('ECONNRESET'));
    await assert.rejects(failing);
  });

  it('is let go when its reader has had enough, and is read no further', async () => {
    const { message, read, reader, counted } = opened();
    message.write('a');
    assert.equal(await read(), 'a');
    await reader.cancel();
    assert.equal(counted.cancelled, 1);
    assert.equal(message.isPaused(), true);
    for (const event of ['data', 'end']) assert.equal(message.listenerCount(event), 0, event);
    // Nobody has to be told.
    await toBody(new PassThrough()).getReader().cancel();
  });

  it('that was read to its end needs no letting go', async () => {
    const { message, read, reader, counted } = opened();
    message.end();
    assert.equal(await read(), 'the end');
    await reader.cancel();
    assert.equal(counted.cancelled, 0);
  });
});
