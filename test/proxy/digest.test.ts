// Short hashes of what must not be written down: the same for the same text, with a key for one instance only, and kept in
// bounds.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDigest } from '../../src/proxy/digest.js';

describe('a digest', () => {
  it('is the same in every instance without a key, and in no other one with a key', async () => {
    const [one, other, keyed, keyedOther] = [false, false, true, true].map((by) =>
      createDigest({ keyed: by }),
    );
    assert.equal(await one!('192.0.2.1'), await other!('192.0.2.1'));
    assert.notEqual(await keyed!('192.0.2.1'), await one!('192.0.2.1'));
    assert.notEqual(await keyed!('192.0.2.1'), await keyedOther!('192.0.2.1'));
    assert.equal(await keyed!('192.0.2.1'), await keyed!('192.0.2.1'));
    // The first 16 digits of what "printf 192.0.2.1 | sha256sum" says.
    assert.equal(await one!('192.0.2.1'), '37fcff24bf62035b');
  });

  it('is not worked out again for who comes again, and forgotten after a thousand others', async (context) => {
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
