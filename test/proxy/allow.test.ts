// A last word of the page's owner: what the hook sees, and that everything but a plain yes is a no.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { AllowFacts, TokenProxyOptions } from '../../src/proxy/handler.js';
import { ORIGIN, PATH, ProxyClient, TOKEN } from './proxy-client.js';
import { ScriptedUpstream } from './scripted-upstream.js';

describe('the hook', () => {
  let upstream: ScriptedUpstream;
  before(async () => {
    upstream = await new ScriptedUpstream().start();
  });
  after(() => upstream.close());
  beforeEach(() => {
    upstream.asked.length = 0;
  });

  async function asked(allow: unknown, path = PATH, options: Partial<TokenProxyOptions> = {}) {
    const client = await ProxyClient.serve({
      host: upstream.host,
      allow: allow as TokenProxyOptions['allow'],
      ...options,
    });
    const answer = await client.exchange('support', { path });
    await client.close();
    return { ...answer, code: answer.json.errors?.[0]?.code };
  }
  const tokens = { support: TOKEN };

  it('sees who asks for what, and the query of the proxy’s own URL', async () => {
    const seen: AllowFacts[] = [];
    const answer = await asked((facts: AllowFacts) => seen.push(facts) > 0, `${PATH}?captcha=a%26b?c`, {
      tokens,
    });
    assert.equal(answer.status, 201);
    const [facts] = seen;
    assert.ok(facts);
    assert.equal(facts.origin, ORIGIN);
    assert.equal(facts.token, 'support');
    assert.match(String(facts.clientAddress), /127\.0\.0\.1$/);
    assert.equal(facts.query.get('captcha'), 'a&b?c');
    assert.equal(facts.headers.get('origin'), ORIGIN);
    // As the web's own Headers have it: a rule about a header must not miss it because of its spelling.
    assert.equal(facts.headers.get('Origin'), ORIGIN);
    assert.equal(facts.headers.get('constructor'), null);
    assert.equal(facts.headers.get('__proto__'), null);
  });

  for (const word of [false, undefined, null, 'yes', 1, Promise.resolve(false)]) {
    it(`refuses with 403 by ${String(word)}, readable for the page, and asks nobody`, async () => {
      const answer = await asked(() => word, PATH, { tokens });
      assert.deepEqual([answer.status, answer.code], [403, 'not_allowed']);
      assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
      assert.equal(upstream.asked.length, 0);
    });
  }

  it('that throws lets nobody through', async () => {
    for (const allow of [
      () => {
        throw new Error(`leak ${TOKEN}`);
      },
      async () => Promise.reject(new Error(`leak ${TOKEN}`)),
    ]) {
      const answer = await asked(allow, PATH, { tokens });
      assert.deepEqual([answer.status, answer.code], [500, 'internal']);
      assert.doesNotMatch(answer.text, /leak/);
    }
    assert.equal(upstream.asked.length, 0);
  });

  it('that does not answer in time lets nobody through', async () => {
    const answer = await asked(() => new Promise(() => {}), PATH, { tokens, timeoutMs: 50 });
    assert.equal(answer.status, 504);
    assert.equal(upstream.asked.length, 0);
  });

  it('is not asked about a token that may not pass', async () => {
    const answer = await asked(() => assert.fail(), PATH, { tokens: { sales: TOKEN } });
    assert.equal(answer.code, 'token_refused');
  });
});
