// Guest tokens: their two forms, their life, and what their bearer meets at the gateway.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createMint } from '../../demo/platform/mint.js';
import type { GuestStory } from '../../demo/platform/stories.js';

const CH = 'ws://demo.example/platform/gateway';
const JWE: GuestStory = { form: 'jwe', lifeS: 60, gateway: 'accepted' };
const JWT: GuestStory = { ...JWE, form: 'jwt' };

describe('the mint', () => {
  it('encrypts a token into the form of production: five parts, no key, and a header that can be read', async () => {
    const token = await createMint().issue(JWE, CH);
    const parts = token.split('.');
    assert.equal(parts.length, 5);
    assert.equal(parts[1], '');
    assert.deepEqual(decodeProtectedHeader(token), { alg: 'dir', enc: 'A256GCM', ch: CH, typ: 'SAT' });
  });

  it('signs a token whose life can be read', async () => {
    const token = await createMint(() => 1_000_000).issue(JWT, CH);
    assert.deepEqual(decodeProtectedHeader(token), { alg: 'HS256', ch: CH, typ: 'SAT' });
    const { iat, exp } = decodeJwt(token);
    assert.deepEqual({ iat, exp }, { iat: 1000, exp: 1060 });
  });

  for (const story of [JWE, JWT]) {
    it(`recognises its own ${story.form} until it expires, and nobody else's`, async () => {
      let now = 1_000_000;
      const mint = createMint(() => now);
      const token = await mint.issue(story, CH);
      assert.equal((await mint.recognise(token)).expiresAtS, 1060);
      await assert.rejects(createMint(() => now).recognise(token));
      now += 61_000;
      await assert.rejects(mint.recognise(token), { code: 'ERR_JWT_EXPIRED' });
      await assert.rejects(mint.recognise('rubbish'));
    });
  }

  it('has every first token of "refused-once" refused, and the next one accepted', async () => {
    const mint = createMint();
    const met: string[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const token = await mint.issue({ ...JWE, gateway: 'refused-once' }, CH);
      met.push((await mint.recognise(token)).gateway);
    }
    assert.deepEqual(met, ['refused', 'accepted', 'refused', 'accepted']);
  });

  it('sends the bearer of an "absent" token to where nobody is', async () => {
    const { ch } = decodeProtectedHeader(await createMint().issue({ ...JWE, gateway: 'absent' }, CH));
    assert.notEqual(ch, CH);
    assert.match(String(ch), /^ws:\/\/127\.0\.0\.1:/);
  });
});
