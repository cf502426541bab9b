// Every token scenario of the endpoint, over a real socket, and the endpoint as a function.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeProtectedHeader } from 'jose';
import { TOKEN_SCENARIOS } from '../../demo/platform/scenarios/token-scenarios.js';
import { servePlatform, type ServedPlatform } from './served-platform.js';

const PATH = '/api/fabric/embeds/tokens';

describe('the token endpoint', () => {
  let served: ServedPlatform;
  before(async () => {
    served = await servePlatform();
  });
  after(() => served.close());

  const post = (body: string, signal?: AbortSignal): Promise<Response> =>
    fetch(served.url + PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      ...(signal && { signal }),
    });
  const exchange = (token: unknown, signal?: AbortSignal) => post(JSON.stringify({ token }), signal);

  for (const { token, response: expected, guest } of TOKEN_SCENARIOS) {
    it(`responds to ${token} as its scenario says`, async () => {
      const before = served.platform.exchangesOf(token);
      switch (expected.kind) {
        case 'hang': {
          const abort = new AbortController();
          const response = exchange(token, abort.signal);
          while (served.platform.exchangesOf(token) === before) await delay(10);
          // Leaves a response enough time to arrive, if there were one.
          void delay(300).then(() => abort.abort());
          await assert.rejects(response, { name: 'AbortError' });
          break;
        }
        case 'cut':
          await assert.rejects(exchange(token), TypeError);
          break;
        case 'body': {
          const response = await exchange(token);
          assert.equal(response.status, expected.status);
          assert.equal(response.headers.get('content-type'), expected.contentType);
          assert.equal(await response.text(), expected.body);
          break;
        }
        case 'error': {
          const response = await exchange(token);
          assert.equal(response.status, expected.status);
          assert.equal(response.headers.get('retry-after'), expected.retryAfterS?.toString() ?? null);
          const body = (await response.json()) as { error?: string; errors?: Record<string, unknown>[] };
          if (expected.status === 422) {
            for (const member of ['type', 'code', 'message', 'attribute', 'url'])
              assert.ok(body.errors?.[0]?.[member]);
          } else assert.equal(typeof body.error, 'string');
          break;
        }
        case 'token': {
          const response = await exchange(token);
          assert.equal(response.status, expected.status);
          const body = (await response.json()) as { token: string; expires_in?: number };
          assert.equal(body.expires_in, expected.expiresIn ? guest?.lifetimeS : undefined);
          const { ch, typ } = decodeProtectedHeader(body.token);
          assert.equal(typ, 'SAT');
          if (guest?.gateway !== 'absent')
            assert.equal(ch, `${served.url.replace('http', 'ws')}/platform/gateway`);
          assert.equal(body.token.split('.').length, guest?.form === 'jwe' ? 5 : 3);
          break;
        }
      }
      assert.equal(served.platform.exchangesOf(token), before + 1);
    });
  }

  it('responds with 404 to other well-formed tokens, 422 to anything else, 400 to invalid JSON and 405 to GET', async () => {
    assert.equal((await exchange('c2c_7acc0e5e968706a032983cd80cdca219')).status, 404);
    assert.equal((await exchange('c2t_other')).status, 404);
    assert.equal((await exchange('PT7acc0e5e')).status, 422);
    assert.equal((await exchange('c2c_')).status, 422);
    assert.equal((await exchange(7)).status, 422);
    assert.equal((await post('null')).status, 422);
    assert.equal((await post('{')).status, 400);
    assert.equal((await fetch(served.url + PATH)).status, 405);
  });

  it('allows every origin', async () => {
    const preflight = await fetch(served.url + PATH, { method: 'OPTIONS' });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /content-type/);
    assert.equal((await exchange('c2c_404')).headers.get('access-control-allow-origin'), '*');
  });

  it('can be called as a function, without a server', async () => {
    const exchangeDirectly = (token: string): Promise<Response> =>
      served.platform.endpoint(
        new Request(`http://demo.example${PATH}`, { method: 'POST', body: JSON.stringify({ token }) }),
      );
    assert.equal((await exchangeDirectly('c2c_demo')).status, 201);
    await assert.rejects(exchangeDirectly('c2c_drop'), TypeError);
  });

  it('leaves every other path to the server that it is mounted on', async () => {
    assert.equal((await fetch(`${served.url}/platform/scenarios/token-scenarios.ts`)).status, 418);
    assert.equal((await fetch(`${served.url}/platform/gateway`)).status, 426);
  });
});
