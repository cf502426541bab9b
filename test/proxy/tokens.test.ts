// Which token is exchanged: the page's, the proxy's, or the one behind an alias. And options that are refused.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTokenProxy, type TokenProxyOptions } from '../../src/proxy/handler.js';
import { ORIGIN, ProxyClient, TOKEN } from './proxy-client.js';
import { GUEST, ScriptedUpstream } from './scripted-upstream.js';

const SALES = 'c2t_sales';

describe('the token that is exchanged', () => {
  let upstream: ScriptedUpstream;
  before(async () => {
    upstream = await new ScriptedUpstream().start();
  });
  after(() => upstream.close());
  beforeEach(() => {
    upstream.asked.length = 0;
  });

  /** For each body, the token that the upstream receives, or the status of a refusal. */
  async function outcomes(options: Partial<TokenProxyOptions>, bodies: readonly string[]) {
    const client = await ProxyClient.serve({ host: upstream.host, ...options });
    const all: unknown[] = [];
    for (const body of bodies) {
      upstream.asked.length = 0;
      const { status, json } = await client.ask({ body });
      if (status === 201) assert.equal(json.token, GUEST);
      const [asked] = upstream.asked;
      all.push(asked ? (JSON.parse(asked.body) as { token: string }).token : status);
    }
    await client.close();
    return all;
  }

  const BODIES = ['{}', '{"token":"support"}', '{"token":"c2c_other"}', JSON.stringify({ token: TOKEN })];

  it('is any well-formed token when the proxy has none', async () => {
    assert.deepEqual(await outcomes({}, BODIES), [422, 422, 'c2c_other', TOKEN]);
  });

  it('is the proxy’s own, whatever the page sends', async () => {
    assert.deepEqual(await outcomes({ token: SALES }, BODIES), [SALES, SALES, SALES, SALES]);
  });

  it('is one of the proxy’s tokens, sent as itself or as its alias', async () => {
    const tokens = { support: TOKEN, sales: SALES };
    assert.deepEqual(await outcomes({ tokens }, BODIES), [422, TOKEN, 422, TOKEN]);
    const tricks = [
      '{"token":"__proto__"}',
      '{"token":"toString"}',
      '{"token":"SUPPORT"}',
      '{"token":" support"}',
    ];
    assert.deepEqual(await outcomes({ tokens }, tricks), [422, 422, 422, 422]);
  });
});

describe('options', () => {
  const make = (options: object) => () =>
    createTokenProxy({ host: 'example', allowedOrigins: [ORIGIN], ...options });

  for (const host of [
    'example',
    'embeds.signalwire.com',
    'https://example.signalwire.com',
    'http://localhost:5173',
    'http://127.0.0.1:80',
    'http://[::1]:80',
  ]) {
    it(`are accepted: host ${host}`, () => assert.ok(make({ host })()));
  }

  for (const host of [
    undefined,
    '',
    ' ',
    7,
    'http://example.signalwire.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'ftp://example.com',
    'https://user:secret@example.com',
    'https://example.com/path',
    'https://example.com?x',
    '//example.com',
    'example.com#x',
  ]) {
    it(`are refused: host ${host}`, () => assert.throws(make({ host }), /^OptionError: host [^\n]+\.$/));
  }

  for (const [what, options, sentence] of [
    ['an API token', { token: 'PTsecret' }, /^OptionError: token is not/],
    ['an empty token', { token: '' }, /^OptionError: token is not/],
    ['a token that is null, which would let any token pass', { token: null }, /^OptionError: token is not/],
    ['a token in a list', { token: [TOKEN] }, /^OptionError: token is not/],
    ['a guest token', { token: GUEST }, /^OptionError: token is not/],
    ['no tokens', { tokens: {} }, /^OptionError: tokens is empty/],
    ['an alias with a space', { tokens: { 'a b': TOKEN } }, /^OptionError: tokens has an alias/],
    ['an alias that looks like a token', { tokens: { c2c_a: TOKEN } }, /^OptionError: tokens has an alias/],
    [
      'an alias for an API token',
      { tokens: { a: 'PTsecret' } },
      /^OptionError: tokens has an alias, number 1,/,
    ],
    ['an alias for a list', { tokens: { a: [TOKEN] } }, /^OptionError: tokens has an alias, number 1,/],
    [
      'alias and token swapped',
      { tokens: { PTsecret: 'support' } },
      /^OptionError: tokens has an alias, number 1,/,
    ],
    ['tokens that are null, which would let any token pass', { tokens: null }, /^OptionError: tokens is not/],
    ['tokens that are empty text', { tokens: '' }, /^OptionError: tokens is not/],
    ['tokens in a list', { tokens: ['PTsecret'] }, /^OptionError: tokens is not/],
    ['credentials that are empty text', { credentials: '' }, /^OptionError: credentials is not/],
    ['limits that are null', { rateLimit: null }, /^OptionError: rateLimit is not/],
    ['a limit that is null', { rateLimit: { perToken: null } }, /^OptionError: rateLimit\.perToken is not/],
    [
      'a limit that is a boolean',
      { rateLimit: { perClient: true } },
      /^OptionError: rateLimit\.perClient is not/,
    ],
    ['a store that is not a function', { rateLimit: { store: {} } }, /^OptionError: rateLimit\.store is not/],
    ['a log that is not a function', { log: console }, /^OptionError: log is not/],
    ['a hook that is not a function', { allow: true }, /^OptionError: allow is not/],
    ['a fetch that is not a function', { fetch: 'PTsecret' }, /^OptionError: fetch is not/],
    [
      'a secret for an origin',
      { allowedOrigins: ['PTsecret'] },
      /^OptionError: allowedOrigins contains an entry/,
    ],
    [
      'a secret right before an origin',
      { allowedOrigins: ['PTsecrethttps://shop.example/'] },
      /^OptionError: allowedOrigins contains an entry/,
    ],
    [
      'a password in an origin',
      { allowedOrigins: ['https://a:secret@shop.example'] },
      /^OptionError: allowedOrigins contains an entry/,
    ],
    [
      'a token in an origin',
      { allowedOrigins: ['https://c2c_7acc0e5e.shop.example/'] },
      /^OptionError: allowedOrigins contains an entry/,
    ],
    ['half credentials', { credentials: { projectId: 'p' } }, /^OptionError: credentials\.apiToken/],
    ['a colon in the project', { credentials: { projectId: 'p:q', apiToken: 'PTsecret' } }, /projectId/],
    ['a number for a project', { credentials: { projectId: 7, apiToken: 'PTsecret' } }, /projectId/],
    ['a number for a token', { credentials: { projectId: 'p', apiToken: 7 } }, /apiToken/],
    ['a line break before', { credentials: { projectId: 'p', apiToken: '\nPTsecret' } }, /apiToken/],
    ['a line break', { credentials: { projectId: 'p', apiToken: 'PTsecret\n' } }, /apiToken/],
    ['a time limit of 0', { timeoutMs: 0 }, /^OptionError: timeoutMs/],
    ['an infinite time limit', { timeoutMs: Infinity }, /^OptionError: timeoutMs/],
    ['a fractional lifetime', { expiresIn: 0.5 }, /^OptionError: expiresIn/],
    ['a lifetime as text', { expiresIn: '900' }, /^OptionError: expiresIn/],
    ['no concurrent exchange', { maxConcurrent: 0 }, /^OptionError: maxConcurrent/],
    [
      'no requests',
      { rateLimit: { perClient: { requests: 0, seconds: 1 } } },
      /^OptionError: rateLimit\.perClient\.requests/,
    ],
    [
      'no seconds',
      { rateLimit: { perToken: { requests: 1 } } },
      /^OptionError: rateLimit\.perToken\.seconds/,
    ],
  ] as const) {
    it(`are refused: ${what}`, () => {
      assert.throws(make(options), (error: Error) => {
        assert.match(String(error), sentence);
        assert.match(error.message, /^[^\n]+\.$/);
        assert.doesNotMatch(error.message, /secret|7acc|eyJ/);
        return true;
      });
    });
  }

  for (const entry of ['https://shop.example/', 'https://SHOP.example', 'http://localhost:5173/']) {
    it(`are refused with a quoted origin when it cannot be a secret: ${entry}`, () => {
      assert.throws(make({ allowedOrigins: [entry] }), ({ message }: Error) =>
        message.includes(`"${entry}"`),
      );
    });
  }

  it('have inclusive bounds', () => {
    const bounds = { expiresIn: 30 * 24 * 60 * 60, timeoutMs: 120_000, maxConcurrent: 100_000 };
    for (const [name, most] of Object.entries(bounds)) {
      for (const value of [1, most]) assert.ok(make({ [name]: value })());
      assert.throws(make({ [name]: most + 1 }), new RegExp(`^OptionError: ${name} is not [^\n]+\\.$`));
    }
  });
});
