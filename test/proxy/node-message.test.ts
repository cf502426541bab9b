// The body of a node:http message, read chunk by chunk: its end, a broken connection, and a reader that cancels.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { toBody } from '../../src/proxy/node-message.js';

describe('a body', () => {
  /** A message and its reader; `cancelled` counts the calls of `onCancel`. */
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

  it('is read in the chunks in which it arrives, before or after they arrive', async () => {
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

  it('ends a pending read when the message ends', async () => {
    const { message, read } = opened();
    const end = read();
    message.end();
    assert.equal(await end, 'the end');
  });

  it('rejects reads before, during and after a broken connection', async () => {
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

  it('is paused, without listeners, when its reader cancels', async () => {
    const { message, read, reader, counted } = opened();
    message.write('a');
    assert.equal(await read(), 'a');
    await reader.cancel();
    assert.equal(counted.cancelled, 1);
    assert.equal(message.isPaused(), true);
    for (const event of ['data', 'end']) assert.equal(message.listenerCount(event), 0, event);
    // onCancel is optional.
    await toBody(new PassThrough()).getReader().cancel();
  });

  it('does not call onCancel after its end', async () => {
    const { message, read, reader, counted } = opened();
    message.end();
    assert.equal(await read(), 'the end');
    await reader.cancel();
    assert.equal(counted.cancelled, 0);
  });
});
