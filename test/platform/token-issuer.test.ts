// Guest tokens: their two forms, their expiry, and how the gateway will treat them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { GuestTokenSpec } from '../../demo/platform/scenarios/token-scenarios.js';
import { createTokenIssuer } from '../../demo/platform/token/token-issuer.js';

const CH = 'ws://demo.example/platform/gateway';
const JWE: GuestTokenSpec = { form: 'jwe', lifetimeS: 60, gateway: 'accepted' };
const JWT: GuestTokenSpec = { ...JWE, form: 'jwt' };

describe('the token issuer', () => {
  it('encrypts a token as production does: five parts, no encrypted key, a readable header', async () => {
    const token = await createTokenIssuer().issue(JWE, CH);
    const parts = token.split('.');
    assert.equal(parts.length, 5);
    assert.equal(parts[1], '');
    assert.deepEqual(decodeProtectedHeader(token), { alg: 'dir', enc: 'A256GCM', ch: CH, typ: 'SAT' });
  });

  it('signs a token with a readable expiry', async () => {
    const token = await createTokenIssuer(() => 1_000_000).issue(JWT, CH);
    assert.deepEqual(decodeProtectedHeader(token), { alg: 'HS256', ch: CH, typ: 'SAT' });
    const { iat, exp } = decodeJwt(token);
    assert.deepEqual({ iat, exp }, { iat: 1000, exp: 1060 });
  });

  for (const spec of [JWE, JWT]) {
    it(`verifies its own ${spec.form} until it expires, and rejects those of another issuer`, async () => {
      let now = 1_000_000;
      const issuer = createTokenIssuer(() => now);
      const token = await issuer.issue(spec, CH);
      assert.equal((await issuer.verify(token)).expiresAtS, 1060);
      await assert.rejects(createTokenIssuer(() => now).verify(token));
      now += 61_000;
      await assert.rejects(issuer.verify(token), { code: 'ERR_JWT_EXPIRED' });
      await assert.rejects(issuer.verify('rubbish'));
    });
  }

  it('alternates between refused and accepted tokens for "refused-once"', async () => {
    const issuer = createTokenIssuer();
    const behaviours: string[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const token = await issuer.issue({ ...JWE, gateway: 'refused-once' }, CH);
      behaviours.push((await issuer.verify(token)).gateway);
    }
    assert.deepEqual(behaviours, ['refused', 'accepted', 'refused', 'accepted']);
  });

  it('names an address where nothing listens for "absent"', async () => {
    const { ch } = decodeProtectedHeader(await createTokenIssuer().issue({ ...JWE, gateway: 'absent' }, CH));
    assert.notEqual(ch, CH);
    assert.match(String(ch), /^ws:\/\/127\.0\.0\.1:/);
  });
});
