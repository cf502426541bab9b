// Random requests, upstream answers and options: only listed answers come out, without secrets, also in the log. By
// fast-check, which prints the seed and the smallest failing input.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clientKey } from '../../src/proxy/client.js';
import { createTokenProxy, type LogRecord, type TokenProxyOptions } from '../../src/proxy/handler.js';
import { createOrigins } from '../../src/proxy/origin.js';
import { ORIGIN, TOKEN } from './proxy-client.js';
import { GUEST } from './scripted-upstream.js';

const RUNS = { numRuns: 2000 };
const CREDENTIALS = {
  projectId: '0a1b2c3d-0000-4000-8000-123456789abc',
  apiToken: 'PT00112233445566778899aabbcc',
};
const SECRETS = [
  TOKEN,
  CREDENTIALS.apiToken,
  CREDENTIALS.projectId,
  btoa(Object.values(CREDENTIALS).join(':')),
];

/** Every possible status, and the codes that belong to it. */
const LISTED: Record<number, RegExp> = {
  200: /^$/,
  201: /^$/,
  204: /^$/,
  400: /^body_malformed$/,
  401: /^upstream_unauthorized$/,
  403: /^(origin_refused|upstream_forbidden)$/,
  404: /^upstream_not_found$/,
  405: /^method_refused$/,
  413: /^body_too_long$/,
  415: /^type_refused$/,
  422: /^(body_invalid|token_missing|token_refused|upstream_invalid)$/,
  429: /^upstream_rate_limited$/,
  502: /^(upstream_error|upstream_unreachable|bad_upstream)$/,
  503: /^upstream_down$/,
};
const HEADERS =
  /^(access-control-(allow-(origin|methods|headers)|expose-headers|max-age)|allow|cache-control|content-type|cross-origin-resource-policy|pragma|retry-after|vary|x-content-type-options|x-request-id)$/;

/** Sends one request to a new proxy and checks what holds for every answer. */
async function ask(
  init: { method?: string; headers?: Record<string, string>; body?: BodyInit | null },
  reply: () => Response | Promise<Response>,
  options: Partial<TokenProxyOptions> = {},
) {
  const lines: LogRecord[] = [];
  let sent = 0;
  const proxy = createTokenProxy({
    host: 'example',
    allowedOrigins: [ORIGIN],
    credentials: CREDENTIALS,
    rateLimit: false,
    log: (line) => lines.push(line),
    fetch: async (request) => {
      sent++;
      assert.equal(request.url, 'https://example.signalwire.com/api/fabric/embeds/tokens');
      assert.equal(request.method, 'POST');
      assert.match(await request.text(), /^\{"token":"c2[ct]_[\w-]+"\}$/);
      return reply();
    },
    ...options,
  });
  const headers = { origin: ORIGIN, 'content-type': 'application/json', ...init.headers };
  const answer = await proxy(new Request('https://proxy.example/x', { method: 'POST', ...init, headers }));
  const text = await answer.text();
  const [line] = lines;
  assert.ok(line && lines.length === 1);
  assert.equal(line.status, answer.status);
  assert.match(line.code ?? '', LISTED[answer.status] ?? /never/, `${answer.status} ${line.code}`);
  for (const [name] of answer.headers) assert.match(name, HEADERS);
  const shown = text + JSON.stringify(lines) + JSON.stringify([...answer.headers]);
  for (const secret of SECRETS) assert.ok(!shown.includes(secret), shown);
  if (answer.ok && text) assertSuccess(text);
  else if (text) assertRefusal(answer.status, text);
  return { answer, text, line, sent };
}

function assertSuccess(text: string): void {
  const { token, expires_in: life, ...rest } = JSON.parse(text) as Record<string, unknown>;
  assert.match(String(token), /^[\w-]+(\.[\w-]*){2,4}$/);
  assert.ok(life === undefined || (Number.isInteger(life) && Number(life) > 0));
  assert.deepEqual(rest, {});
}

function assertRefusal(status: number, text: string): void {
  const { errors, error, ...rest } = JSON.parse(text) as {
    errors: Record<string, unknown>[];
    error?: string;
  };
  assert.deepEqual(rest, {});
  assert.equal(typeof error, status === 422 ? 'undefined' : 'string');
  assert.ok(errors.length >= 1 && errors.length <= 20);
  for (const { type, code, message, attribute, url, ...more } of errors) {
    for (const text of [type, code, message]) assert.ok(typeof text === 'string' && text.length <= 500);
    for (const text of [attribute, url])
      assert.ok(text == null || (typeof text === 'string' && text.length <= 500));
    assert.deepEqual(more, {});
  }
  assert.doesNotMatch(text, /c2[ct]_|ey[JA][\w-]{8}/);
}

/** Texts with secrets hidden in them. */
const leaky = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(...SECRETS, GUEST, '"', '\\', '.'),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(''));
const leakyJson = fc.jsonValue({ stringUnit: 'binary' });

describe('fuzzed', () => {
  it('origins: only exact matches are admitted', () => {
    const origins = createOrigins([ORIGIN, 'https://*.pages.example']);
    const pieces = fc.constantFrom(
      ...[
        'https://',
        'http://',
        'shop.example',
        'pages.example',
        'a',
        '.',
        ':',
        '443',
        '8443',
        '/',
        '@',
        '\\',
        '*',
        '#',
      ],
      ...['null', 'evil.example', ' ', '\t', '%2e', '-', 'é', '[::1]', '?', ',', '\u0000'],
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
      fc.webUrl(),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const admitted = origins.admit({ get: (name) => (name === 'origin' ? text : null) });
        const isOne = text === ORIGIN || /^https:\/\/[a-z0-9-]+\.pages\.example$/.test(text);
        // The URL parser refuses some labels that look valid ("xn--…"); nothing else may differ.
        if (admitted !== undefined) assert.ok(isOne && admitted === text, text);
        else if (isOne) assert.match(text, /xn--|^https:\/\/[\d.]/);
      }),
      { numRuns: 20_000 },
    );
  });

  it('client addresses: a key of a bounded form, equal for equal addresses', () => {
    const addresses = fc.oneof(fc.ipV4Extended(), fc.ipV6(), fc.string(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(addresses, (address) => {
        const key = clientKey(address);
        assert.match(key, /^(unknown|\d+\.\d+\.\d+\.\d+|[0-9a-f]{1,4}(:[0-9a-f]{1,4}){3}::\/64)$/);
        if (/^\d/.test(key) && key.includes('.')) assert.equal(clientKey(`::ffff:${key}`), key);
      }),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (address, low) => {
        const key = clientKey(address);
        fc.pre(key.endsWith('::/64'));
        const host = low
          .toString(16)
          .padStart(16, '0')
          .replace(/(.{4})(?!$)/g, '$1:');
        assert.equal(clientKey(`${key.replace('::/64', '')}:${host}`), key);
      }),
      RUNS,
    );
  });

  it('bodies: a token or a refusal, and only a token reaches the upstream', async () => {
    const token = fc.oneof(
      fc.constantFrom(TOKEN, 'c2t_x', 'c2c_', `${TOKEN} `, GUEST, CREDENTIALS.apiToken),
      leaky,
    );
    const bodies = fc.oneof(
      token.map((value) => JSON.stringify({ token: value })),
      fc.tuple(token, leakyJson).map(([value, more]) => JSON.stringify({ token: value, more })),
      leakyJson.map((value) => JSON.stringify(value)),
      leaky,
      fc.uint8Array({ maxLength: 3000 }),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { answer, sent } = await ask({ body: body as BodyInit }, () => Response.json({ token: GUEST }));
        assert.equal(sent, answer.ok ? 1 : 0);
      }),
      RUNS,
    );
  });

  it('methods and headers: a token or a refusal, and no token in the log', async () => {
    const value = fc.oneof(
      fc.constantFrom('application/json', ORIGIN, 'null', '*', 'cors', 'none', TOKEN),
      fc.string(),
    );
    const header = fc.tuple(
      fc.constantFrom(
        ...[
          'origin',
          'content-type',
          'content-encoding',
          'content-length',
          'sec-fetch-site',
          'sec-fetch-mode',
        ],
        ...[
          'cookie',
          'authorization',
          'host',
          'x-forwarded-for',
          'x-http-method-override',
          'connection',
          'range',
        ],
      ),
      value.filter((text) => /^[\x20-\x7e]*$/.test(text)),
    );
    const method = fc.constantFrom(
      'POST',
      'OPTIONS',
      'GET',
      'PUT',
      'DELETE',
      'PATCH',
      'PROPFIND',
      'c2c_method',
    );
    await fc.assert(
      fc.asyncProperty(method, fc.array(header, { maxLength: 4 }), async (method, headers) => {
        const body = method === 'GET' ? null : JSON.stringify({ token: TOKEN });
        const { line } = await ask({ method, headers: Object.fromEntries(headers), body }, () =>
          Response.json({ token: GUEST }),
        );
        assert.doesNotMatch(JSON.stringify(line), /c2c_/);
      }),
      RUNS,
    );
  });

  it('answers of the upstream: a guest token or a listed refusal, without the upstream’s text', async () => {
    const item = fc.record(
      {
        type: leaky,
        code: leaky,
        message: leaky,
        attribute: fc.oneof(leaky, fc.constant(null)),
        url: leaky,
        x: leaky,
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.constant(JSON.stringify({ token: GUEST })),
      fc
        .record({ token: fc.oneof(leaky, fc.constant(GUEST)), expires_in: fc.oneof(fc.double(), leakyJson) })
        .map((value) => JSON.stringify(value)),
      fc
        .record({ errors: fc.array(fc.oneof(item, leakyJson), { maxLength: 30 }) })
        .map((value) => JSON.stringify(value)),
      leakyJson.map((value) => JSON.stringify(value)),
      leaky,
      fc.constant('x'.repeat(70_000)),
    );
    const status = fc.oneof(
      fc.constantFrom(
        200,
        201,
        301,
        302,
        307,
        400,
        401,
        403,
        404,
        408,
        422,
        422,
        422,
        429,
        500,
        502,
        503,
        504,
      ),
      fc.integer({ min: 200, max: 599 }),
    );
    const retryAfter = fc.oneof(
      fc.nat().map(String),
      fc.constantFrom('', 'soon', '-1', '1e9'),
      fc.date().map(String),
    );
    await fc.assert(
      fc.asyncProperty(status, body, retryAfter, async (status, body, retryAfter) => {
        const { answer } = await ask({ body: JSON.stringify({ token: TOKEN }) }, () => {
          const isEmpty = [204, 205, 304].includes(status);
          const headers = { 'retry-after': retryAfter, 'set-cookie': TOKEN, 'x-leak': TOKEN };
          return new Response(isEmpty ? null : body, { status, headers });
        });
        const wait = answer.headers.get('retry-after');
        if (answer.status === 429) assert.ok(Number(wait) >= 1 && Number(wait) <= 300);
        else assert.equal(wait, null);
        if ([401, 403, 404, 422, 429].includes(status)) assert.equal(answer.status, status);
        else if (!answer.ok) assert.equal(answer.status, 502);
      }),
      RUNS,
    );
  });

  it('failures of the upstream: 502, whatever error is thrown', async () => {
    const thrown = fc.oneof(
      leaky.map((text) => new TypeError(text, { cause: { code: text } })),
      leakyJson,
      fc.constant(undefined),
    );
    await fc.assert(
      fc.asyncProperty(thrown, async (thrown) => {
        const { answer } = await ask({ body: JSON.stringify({ token: TOKEN }) }, () =>
          Promise.reject(thrown),
        );
        assert.equal(answer.status, 502);
      }),
      RUNS,
    );
  });

  it('options: a proxy or one sentence without secrets', () => {
    const value = fc.oneof(
      leaky,
      leakyJson,
      fc.constant(undefined),
      fc.array(leaky),
      fc.dictionary(leaky, leaky),
    );
    const options = fc.record(
      {
        host: fc.oneof(fc.constant('example'), value),
        allowedOrigins: fc.oneof(fc.constant([ORIGIN]), value),
        token: value,
        tokens: value,
        credentials: fc.oneof(value, fc.record({ projectId: value, apiToken: value })),
        rateLimit: fc.oneof(value, fc.record({ perClient: value, perToken: value, store: value })),
        expiresIn: value,
        timeoutMs: value,
        maxConcurrent: value,
        fetch: value,
        log: value,
        allow: value,
      },
      { requiredKeys: ['host', 'allowedOrigins'] },
    );
    fc.assert(
      fc.property(options, (options) => {
        try {
          createTokenProxy(options as TokenProxyOptions);
        } catch (thrown) {
          const { message } = thrown as Error;
          assert.match(message, /^[a-zA-Z.]+[^\n]*\.$/);
          for (const secret of [...SECRETS, GUEST]) assert.ok(!message.includes(secret), message);
        }
      }),
      RUNS,
    );
  });
});
