// Digests: equal for equal texts, with a key only within one instance, and bounded in memory.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDigest } from '../../src/proxy/digest.js';

describe('a digest', () => {
  it('is the same in every instance without a key, and different in each with a key', async () => {
    const [one, other, keyed, keyedOther] = [false, false, true, true].map((by) =>
      createDigest({ keyed: by }),
    );
    assert.equal(await one!('192.0.2.1'), await other!('192.0.2.1'));
    assert.notEqual(await keyed!('192.0.2.1'), await one!('192.0.2.1'));
    assert.notEqual(await keyed!('192.0.2.1'), await keyedOther!('192.0.2.1'));
    assert.equal(await keyed!('192.0.2.1'), await keyed!('192.0.2.1'));
    // The first 16 digits of "printf 192.0.2.1 | sha256sum".
    assert.equal(await one!('192.0.2.1'), '37fcff24bf62035b');
  });

  it('is cached, and dropped after a thousand others', async (context) => {
    const digest = createDigest({ keyed: true });
    const hashed = context.mock.method(crypto.subtle, 'digest');
    const first = await digest('first');
    for (let other = 0; other < 999; other++) await digest(`other ${other}`);
    assert.equal(await digest('first'), first);
    assert.equal(hashed.mock.callCount(), 1000);
    await digest('one more');
    assert.equal(await digest('first'), first);
    assert.equal(hashed.mock.callCount(), 1002);
    hashed.mock.restore();
  });
});
