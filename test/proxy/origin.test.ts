// Which pages may use the proxy: tricks with the Origin header over a real socket, and lists that are refused.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { createOrigins } from '../../src/proxy/origin.js';
import { ORIGIN, ProxyClient, TOKEN } from './proxy-client.js';
import { ScriptedUpstream } from './scripted-upstream.js';

const REFUSED: Record<string, string | string[] | undefined> = {
  missing: undefined,
  null: 'null',
  empty: '',
  'a star': '*',
  'with a suffix': 'https://shop.example.evil.example',
  'with a prefix': 'https://evil-shop.example',
  'a subdomain': 'https://deep.shop.example',
  'the parent domain': 'https://example',
  'the other scheme': 'http://shop.example',
  'another port': 'https://shop.example:8443',
  'an explicit default port': 'https://shop.example:443',
  'in capitals': 'https://SHOP.example',
  'a trailing dot': 'https://shop.example.',
  'a trailing slash': 'https://shop.example/',
  'as a user name': 'https://shop.example@evil.example',
  'with a user name': 'https://user@shop.example',
  'as a path': 'https://evil.example/https://shop.example',
  'as a fragment': 'https://evil.example#https://shop.example',
  'a backslash': 'https://shop.example\\evil.example',
  'two of them': 'https://shop.example, https://evil.example',
  'the same twice': [ORIGIN, ORIGIN],
  'not a URL': 'shop.example',
  'an extension': 'chrome-extension://shop.example',
  'a look-alike': 'https://shop.exаmple',
  'very long': `https://${'a'.repeat(4000)}.example`,
};

describe('the origin of a request', () => {
  let upstream: ScriptedUpstream;
  let client: ProxyClient;
  before(async () => {
    upstream = await new ScriptedUpstream().start();
    client = await ProxyClient.serve({
      host: upstream.host,
      allowedOrigins: [ORIGIN, 'http://localhost:5173', 'https://*.pages.example'],
    });
  });
  after(async () => {
    await client.close();
    upstream.close();
  });

  for (const [what, origin] of Object.entries(REFUSED)) {
    it(`is refused: ${what}`, async () => {
      const headers = {
        origin: typeof origin === 'string' ? Buffer.from(origin).toString('latin1') : origin,
      };
      for (const method of ['POST', 'OPTIONS']) {
        const answer = await client.ask({ method, headers });
        assert.equal(answer.status, 403);
        assert.equal(answer.json.errors?.[0]?.code, 'origin_refused');
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
        assert.equal(answer.headers['vary'], 'Origin');
      }
      assert.equal(upstream.asked.length, 0);
    });
  }

  for (const origin of [ORIGIN, 'http://localhost:5173', 'https://a.pages.example']) {
    it(`is admitted: ${origin}`, async () => {
      const answer = await client.ask({ headers: { origin } });
      assert.equal(answer.status, 201);
      assert.equal(answer.headers['access-control-allow-origin'], origin);
      upstream.asked.length = 0;
    });
  }

  it('matches a star with exactly one label', async () => {
    for (const origin of [
      'https://pages.example',
      'https://a.b.pages.example',
      'https://apages.example',
      'https://.pages.example',
      'https://a.pages.example:444',
      'http://a.pages.example',
      'https://a.pages.example.evil.example',
    ]) {
      assert.equal((await client.ask({ headers: { origin } })).status, 403, origin);
    }
  });

  it('is refused for a navigation or an image', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-mode': 'no-cors' },
    ]) {
      assert.equal((await client.ask({ headers })).status, 403);
    }
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'same-origin' },
    ]) {
      assert.equal((await client.ask({ headers })).status, 201);
    }
  });
});

describe('the list of origins', () => {
  const proxy = (allowedOrigins: unknown) =>
    createTokenProxy({ host: 'example', token: TOKEN, allowedOrigins: allowedOrigins as string[] });

  for (const list of [
    undefined,
    [],
    'https://shop.example',
    ['*'],
    ['https://shop.example', '*'],
    ['null'],
    [''],
    ['shop.example'],
    ['https://shop.example/'],
    ['https://shop.example/page'],
    ['https://SHOP.example'],
    ['https://shop.example:443'],
    ['https://user@shop.example'],
    ['ftp://shop.example'],
    ['https://*'],
    ['https://*.example'],
    ['https://*.*.example.com'],
    ['https://shop*.example.com'],
    ['https://*.1.2.3'],
    ['https://*.example.com/'],
    ['https://*.1.2.3.4'],
    ['https://*.192.0.2.1:8080'],
    ['https://*..example.com'],
    [/shop/],
    [null],
    [['https://shop.example']],
    [['https://*.shop.example']],
  ]) {
    it(`is refused when the proxy is created: ${JSON.stringify(list)}`, () => {
      assert.throws(
        () => proxy(list),
        (error: Error) => /^allowedOrigins[^\n]+\.$/.test(error.message),
      );
    });
  }

  it('can have several stars: each admits origins of its own scheme, domain and port', () => {
    const origins = createOrigins([
      'https://*.pages.example',
      'http://*.dev.example',
      'https://*.shop.example:8443',
      'https://*.1st.example',
    ]);
    const admits = (origin: string) =>
      origins.admit(new Headers({ origin, 'sec-fetch-site': 'cross-site' })) === origin;
    for (const origin of [
      'https://shop-2.pages.example',
      'http://a.dev.example',
      'https://berlin.shop.example:8443',
      'https://the.1st.example',
    ])
      assert.ok(admits(origin), origin);
    for (const origin of [
      'https://a.dev.example',
      'https://berlin.shop.example',
      'https://a.pages.example:8443',
      `https://${'a'.repeat(300)}.pages.example`,
    ])
      assert.ok(!admits(origin), origin);
  });
});
