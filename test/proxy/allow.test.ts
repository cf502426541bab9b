// The `allow` hook: what it receives, and that only `true` lets a request pass.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { AllowFacts, TokenProxyOptions } from '../../src/proxy/handler.js';
import { ORIGIN, PATH, ProxyClient, TOKEN } from './proxy-client.js';
import { ScriptedUpstream } from './scripted-upstream.js';

describe('the allow hook', () => {
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

  it('receives the origin, address, token, headers and query of the request', async () => {
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
    // Case-insensitive like the web's Headers: a rule must not miss a header because of its spelling.
    assert.equal(facts.headers.get('Origin'), ORIGIN);
    assert.equal(facts.headers.get('constructor'), null);
    assert.equal(facts.headers.get('__proto__'), null);
  });

  for (const word of [false, undefined, null, 'yes', 1, Promise.resolve(false)]) {
    it(`that returns ${String(word)} refuses with a 403 that the page can read, without an exchange`, async () => {
      const answer = await asked(() => word, PATH, { tokens });
      assert.deepEqual([answer.status, answer.code], [403, 'not_allowed']);
      assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
      assert.equal(upstream.asked.length, 0);
    });
  }

  it('that throws refuses with 500', async () => {
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

  it('that does not answer in time refuses with 504', async () => {
    const answer = await asked(() => new Promise(() => {}), PATH, { tokens, timeoutMs: 50 });
    assert.equal(answer.status, 504);
    assert.equal(upstream.asked.length, 0);
  });

  it('is not called for a token that is not accepted', async () => {
    const answer = await asked(() => assert.fail(), PATH, { tokens: { sales: TOKEN } });
    assert.equal(answer.code, 'token_refused');
  });
});
