// The exchange with the upstream: the request it receives, how its answers are passed on, and what never passes in either
// direction.
import assert from 'node:assert/strict';
import { channel } from 'node:diagnostics_channel';
import { getEventListeners, once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it, type TestContext } from 'node:test';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { servePlatform, type ServedPlatform } from '../platform/served-platform.js';
import { TOKEN_SCENARIOS } from '../../demo/platform/scenarios/token-scenarios.js';
import { head, ORIGIN, PATH, ProxyClient, TOKEN } from './proxy-client.js';
import { CREATED, GUEST, ScriptedUpstream, type Said } from './scripted-upstream.js';
import { SELF_SIGNED } from './self-signed.js';

const CREDENTIALS = {
  projectId: '0a1b2c3d-0000-4000-8000-123456789abc',
  apiToken: 'PT00112233445566778899aabbcc',
};
const BASIC = btoa(`${CREDENTIALS.projectId}:${CREDENTIALS.apiToken}`);

let upstream: ScriptedUpstream;
let client: ProxyClient;
const others: ProxyClient[] = [];
const another = async (options: Parameters<typeof ProxyClient.serve>[0]) => {
  const made = await ProxyClient.serve(options);
  others.push(made);
  return made;
};
before(async () => {
  upstream = await new ScriptedUpstream().start();
  client = await ProxyClient.serve({ host: upstream.host, credentials: CREDENTIALS });
});
after(async () => {
  await client.close();
  upstream.close();
});
beforeEach(async () => {
  // A success resets the breaker after earlier failures.
  upstream.script = CREATED;
  await client.ask();
  upstream.asked.length = 0;
  client.lines.length = 0;
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
});

/** Resolves when the next HTTP response in this process has started to arrive at its client. */
const upstreamBegins = () =>
  new Promise<void>((resolve) => {
    const answers = channel('http.client.response.finish');
    const told = () => {
      answers.unsubscribe(told);
      resolve();
    };
    answers.subscribe(told);
  });

/** Checks what holds for every answer. */
function assertClean({ text, headers }: { text: string; headers: Record<string, unknown> }) {
  const all = text + JSON.stringify(headers) + JSON.stringify(client.lines);
  for (const secret of [CREDENTIALS.apiToken, CREDENTIALS.projectId, BASIC, TOKEN])
    assert.ok(!all.includes(secret));
  for (const name of ['server', 'x-powered-by', 'set-cookie']) assert.equal(headers[name], undefined);
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['pragma'], 'no-cache');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['vary'], 'Origin');
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(headers['content-length'], String(Buffer.byteLength(text)));
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  assert.equal(headers['access-control-allow-origin'], ORIGIN);
  assert.equal(headers['access-control-expose-headers'], 'Retry-After, X-Request-Id');
  assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/);
}

describe('the request to the upstream', () => {
  it('contains only the settings and the token', async () => {
    const answer = await client.ask({
      path: `${PATH}?host=evil.example`,
      headers: {
        host: 'evil.example',
        cookie: 'session=secret',
        authorization: 'Bearer secret',
        'x-forwarded-for': '192.0.2.1',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=192.0.2.1',
        referer: 'https://shop.example/private',
        'user-agent': 'a browser',
        'accept-language': 'de',
        te: 'trailers',
        'proxy-authorization': 'Basic secret',
        'x-http-method-override': 'DELETE',
        connection: 'keep-alive, x-hop',
        'x-hop': 'secret',
      },
    });
    assert.equal(answer.status, 201);
    const [asked] = upstream.asked;
    assert.ok(asked);
    const { method, url, body, headers } = asked;
    assert.deepEqual([method, url, body], ['POST', PATH, JSON.stringify({ token: TOKEN })]);
    const { connection, ...rest } = headers;
    assert.ok(connection === undefined || connection === 'keep-alive');
    assert.deepEqual(rest, {
      host: `127.0.0.1:${upstream.port}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'content-length': String(body.length),
      'user-agent': 'sw-click-to-call-proxy',
      authorization: `Basic ${BASIC}`,
    });
    assertClean(answer);
  });

  it('goes to the configured host, whatever the request line', async () => {
    const body = JSON.stringify({ token: TOKEN });
    const absolute = head(`Content-Length: ${body.length}`, 'Connection: close').replace(
      PATH,
      `http://127.0.0.1:1${PATH}`,
    );
    assert.match(await client.raw(absolute + body), /^HTTP\/1\.1 404 /);
    assert.equal(upstream.asked.length, 0);
  });

  it('has no authorization without credentials', async () => {
    const plain = await another({ host: upstream.host });
    await plain.ask();
    assert.equal(upstream.asked[0]?.headers.authorization, undefined);
  });

  it('uses the global fetch without the Node adapter and without the fetch option', async (context) => {
    const fetched = context.mock.method(globalThis, 'fetch', async () => Response.json({ token: GUEST }));
    const proxy = createTokenProxy({ host: 'example', allowedOrigins: [ORIGIN] });
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const body = JSON.stringify({ token: TOKEN });
    const answer = await proxy(new Request('https://proxy.example/', { method: 'POST', headers, body }));
    fetched.mock.restore();
    assert.deepEqual(await answer.json(), { token: GUEST });
    assert.equal(fetched.mock.callCount(), 1);
  });

  it('uses TLS for an https host, and refuses a self-signed certificate', async () => {
    const secure = createSecureServer(SELF_SIGNED, () => assert.fail('It was asked.')).listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const { port } = secure.address() as AddressInfo;
    const failed = once(secure, 'tlsClientError') as Promise<[{ code?: string }]>;
    const other = await another({ host: `https://127.0.0.1:${port}` });
    assert.equal((await other.ask()).json.errors?.[0]?.code, 'upstream_unreachable');
    const [{ code }] = await failed;
    assert.notEqual(code, 'ERR_SSL_HTTP_REQUEST');
    secure.close();
  });

  it('is repeated once if no connection was made, and only then', async () => {
    let calls = 0;
    const refuse = (code: string) => async () => {
      calls++;
      throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
    };
    for (const [code, expected] of [
      ['ECONNREFUSED', 2],
      ['UND_ERR_CONNECT_TIMEOUT', 2],
      ['ECONNRESET', 1],
      ['CERT_HAS_EXPIRED', 1],
    ] as const) {
      calls = 0;
      const other = await another({ host: upstream.host, fetch: refuse(code) });
      assert.equal((await other.ask()).status, 502);
      assert.equal(calls, expected, code);
    }
  });
});

describe('the answer of the upstream', () => {
  it('is passed on as a guest token and nothing else', async () => {
    upstream.script = {
      status: 201,
      body: JSON.stringify({ token: GUEST, secret: 'of the upstream' }),
      headers: {
        'set-cookie': 'a=b',
        server: 'nginx',
        'x-powered-by': 'x',
        'x-request-id': 'theirs',
        etag: '"1"',
      },
    };
    const answer = await client.ask();
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.json, { token: GUEST });
    assert.equal(answer.headers['etag'], undefined);
    assertClean(answer);
  });

  it('keeps 200 as 200', async () => {
    upstream.script = { ...CREATED, status: 200 };
    assert.equal((await client.ask()).status, 200);
  });

  it('states the shorter known lifetime, or none', async () => {
    const life = async (expiresIn: number | undefined, said: unknown) => {
      upstream.script = { status: 201, body: JSON.stringify({ token: GUEST, expires_in: said }) };
      const other = await another({ host: upstream.host, expiresIn });
      return (await other.ask()).json.expires_in;
    };
    assert.equal(await life(undefined, undefined), undefined);
    assert.equal(await life(undefined, 300.9), 300);
    assert.equal(await life(600, undefined), 600);
    assert.equal(await life(600, 300), 300);
    assert.equal(await life(600, 7200), 600);
    assert.equal(await life(undefined, -1), undefined);
    assert.equal(await life(undefined, '300'), undefined);
  });

  for (const [status, code] of [
    [401, 'upstream_unauthorized'],
    [403, 'upstream_forbidden'],
    [404, 'upstream_not_found'],
  ] as const) {
    it(`${status} is passed on with the proxy’s own text`, async () => {
      upstream.script = { status, body: `{"error":"leak ${TOKEN} ${CREDENTIALS.apiToken}"}` };
      const answer = await client.ask();
      assert.equal(answer.status, status);
      assert.equal(answer.json.errors?.[0]?.code, code);
      assert.equal(answer.headers['retry-after'], undefined);
      assert.doesNotMatch(answer.text, /leak/);
      assertClean(answer);
    });
  }

  for (const [said, expected] of [
    ['7', '7'],
    ['0', '1'],
    ['99999999', '300'],
    [undefined, '10'],
    ['soon', '10'],
    ['Fri, 01 Jan 2100 00:00:00 GMT', '300'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', '1'],
  ] as const) {
    it(`429 is passed on, and Retry-After ${said} becomes ${expected}`, async () => {
      upstream.script = { status: 429, headers: said === undefined ? {} : { 'retry-after': said } };
      const answer = await client.ask();
      assert.equal(answer.status, 429);
      assert.equal(answer.headers['retry-after'], expected);
      assertClean(answer);
    });
  }

  it('422 is passed on with its items, limited in number and length, without tokens and credentials', async () => {
    const item = {
      type: 'validation_error',
      code: 'invalid_parameter',
      message: `${TOKEN} ${CREDENTIALS.apiToken} ${BASIC} ${GUEST} ${'x'.repeat(1000)}`,
      attribute: 'token',
      url: 'https://signalwire.com/docs',
      stack: 'at secret.rb:1',
    };
    const link = { ...item, message: 'short', url: 'javascript:alert(1)' };
    upstream.script = {
      status: 422,
      body: JSON.stringify({
        errors: [item, link, null, 'x', { type: 1 }, ...Array(40).fill(item)],
        stack: 'at',
      }),
    };
    const answer = await client.ask();
    assert.equal(answer.status, 422);
    const { errors = [] } = answer.json;
    assert.ok(errors.length >= 2 && errors.length <= 20);
    assert.deepEqual(Object.keys(errors[0] ?? {}).sort(), ['attribute', 'code', 'message', 'type', 'url']);
    assert.ok(errors.every(({ message }) => message.length <= 500));
    assert.equal(errors[1]?.url, undefined);
    assert.doesNotMatch(answer.text, /c2c_|eyJ|javascript|stack/);
    assertClean(answer);
  });

  it('422 is passed on without a credential that contains another one', async () => {
    const credentials = { projectId: 'left-PTinner-right', apiToken: 'PTinner' };
    const nested = await another({ host: upstream.host, credentials });
    const item = { type: 'a', code: 'b', message: Object.values(credentials).join(' ') };
    upstream.script = { status: 422, body: JSON.stringify({ errors: [item] }) };
    const answer = await nested.ask();
    assert.equal(answer.status, 422);
    assert.doesNotMatch(answer.text, /left|right|PTinner/);
  });

  for (const said of [
    { status: 500, body: '{"error":"leak"}' },
    { status: 503, headers: { 'retry-after': '5' } },
    { status: 418, body: 'leak' },
    { status: 400 },
    { status: 402 },
    { status: 300, body: CREATED.body },
    { status: 302, headers: { location: 'http://169.254.169.254/' } },
    { status: 307, headers: { location: '/elsewhere' } },
    { status: 201, body: '<html>leak</html>' },
    { status: 201, body: '' },
    { status: 201, body: 'null' },
    { status: 201, body: '{"token":7}' },
    { status: 201, body: `{"token":"${TOKEN}"}` },
    { status: 201, body: '{"token":"a.b.c"}' },
    // Well-formed, but contains the public token in clear text.
    { status: 201, body: `{"token":"eyJhbGciOiJkaXIifQ.${TOKEN}.c"}` },
    { status: 201, body: JSON.stringify({ token: GUEST, padding: 'x'.repeat(70_000) }) },
    { status: 204 },
  ] as readonly Said[]) {
    it(`is 502 when it breaks the contract: ${said.status} ${(said.body ?? '').slice(0, 30)}`, async () => {
      upstream.script = said;
      const answer = await client.ask();
      assert.equal(answer.status, 502);
      assert.equal(answer.json.errors?.[0]?.code, said.status < 400 ? 'bad_upstream' : 'upstream_error');
      assert.doesNotMatch(answer.text, /leak|169/);
      assert.equal(upstream.asked.length, 1, 'a redirect was followed');
      assert.equal(client.lines.at(-1)?.upstreamStatus, said.status);
      assertClean(answer);
    });
  }

  it('is 502 when the global fetch gets a redirect', async () => {
    upstream.script = { status: 307, headers: { location: '/elsewhere' } };
    const other = await another({ host: upstream.host, fetch: (request) => fetch(request) });
    assert.equal((await other.ask()).status, 502);
    assert.equal(upstream.asked.length, 1);
  });

  it('is 502 for a redirect, also when Request does not support redirect: error, as on Workers', async () => {
    const asked: Request[] = [];
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      fetch: async (request) => {
        asked.push(request);
        return new Response(null, { status: 307, headers: { location: '/elsewhere' } });
      },
    });
    const own = globalThis.Request;
    const incoming = new Request('https://proxy.example/', {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
    });
    globalThis.Request = class extends own {
      constructor(url: string, init: RequestInit) {
        if (init.redirect === 'error') throw new TypeError('Invalid redirect value.');
        super(url, init);
      }
    } as typeof Request;
    try {
      assert.equal((await proxy(incoming)).status, 502);
    } finally {
      globalThis.Request = own;
    }
    assert.deepEqual(
      asked.map(({ method, redirect }) => [method, redirect]),
      [['POST', 'manual']],
    );
  });

  it('is 502 when it is cut off, and when the upstream is unreachable', async () => {
    upstream.script = (response) => response.destroy();
    assert.equal((await client.ask()).status, 502);
    upstream.script = (response) => {
      response.writeHead(201, { 'content-length': '1000' }).write('{"token":"');
      setImmediate(() => response.destroy());
    };
    const answer = await client.ask();
    assert.equal(answer.status, 502);
    assert.equal(client.lines.at(-1)?.upstreamStatus, 201);
    assertClean(answer);
    // No process listens on port 1.
    const nowhere = await another({ host: 'http://127.0.0.1:1' });
    assert.equal((await nowhere.ask()).json.errors?.[0]?.code, 'upstream_unreachable');
  });

  it('is cancelled when it is not read to its end', async () => {
    for (const [status, piece] of [
      [500, 'x'],
      [201, ' '.repeat(70_000)],
    ] as const) {
      upstream.script = (response) => void response.writeHead(status).write(piece);
      const abandoned = once(upstream, 'abandoned');
      assert.equal((await client.ask()).status, 502);
      await abandoned;
    }
  });

  it('is 504 when it does not arrive in time, and the request is aborted', async (context) => {
    const hasty = await another({ host: upstream.host, timeoutMs: 80 });
    upstream.script = () => {};
    const asked = once(upstream, 'asked');
    const abandoned = once(upstream, 'abandoned');
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const answering = hasty.ask();
    await asked;
    context.mock.timers.tick(80);
    const answer = await answering;
    context.mock.timers.reset();
    assert.equal(answer.status, 504);
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
    await abandoned;
  });

  it('is 504 when its body does not end in time', async (context) => {
    const begun = upstreamBegins();
    const hasty = await another({ host: upstream.host, timeoutMs: 80 });
    upstream.script = (response) => void response.writeHead(201).write('{"token":"');
    const abandoned = once(upstream, 'abandoned');
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const answering = hasty.ask();
    await begun;
    context.mock.timers.tick(80);
    assert.equal((await answering).status, 504);
    context.mock.timers.reset();
    await abandoned;
  });

  it('is aborted when the client disconnects', async () => {
    upstream.script = () => {};
    const gone = new AbortController();
    const asked = once(upstream, 'asked');
    const abandoned = once(upstream, 'abandoned');
    const answer = client.ask({ signal: gone.signal }).catch((error: Error) => error.name);
    await asked;
    gone.abort();
    assert.equal(await answer, 'AbortError');
    await abandoned;
    while (client.lines.length === 0) await new Promise(setImmediate);
    assert.equal(client.lines[0]?.status, 499);
  });

  it('is aborted with the signal of a Request, without a server', async () => {
    const gone = new AbortController();
    let signal: AbortSignal | undefined;
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      fetch: (request) => {
        signal = request.signal;
        gone.abort();
        // A fetch that ignores its signal must not delay the answer.
        return new Promise(() => {});
      },
    });
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const body = JSON.stringify({ token: TOKEN });
    const request = new Request('https://proxy.example/', {
      method: 'POST',
      headers,
      body,
      signal: gone.signal,
    });
    assert.equal((await proxy(request)).status, 499);
    assert.equal(signal?.aborted, true);
  });

  it('is not requested when the client has already disconnected', async () => {
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      fetch: () => assert.fail('The upstream was asked.'),
    });
    const request = new Request('https://proxy.example/', {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ token: TOKEN }),
      signal: AbortSignal.abort(),
    });
    assert.equal((await proxy(request)).status, 499);
  });

  it('leaves neither a timer nor a listener behind', async () => {
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      fetch: async () => Response.json({ token: GUEST }),
    });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    for (let turn = 0; turn < 5; turn++) {
      const request = new Request('https://proxy.example/', {
        method: 'POST',
        headers: { origin: ORIGIN, 'content-type': 'application/json' },
        body: JSON.stringify({ token: TOKEN }),
      });
      assert.equal((await proxy(request)).status, 200);
      assert.equal(getEventListeners(request.signal, 'abort').length, 0);
    }
    assert.ok(timers() < before + 5);
  });
});

describe('an upstream that is down', () => {
  /** A proxy whose upstream hangs for `c2c_hang`, and answers 500 for `c2c_down` and 400 for `c2c_odd`. */
  function troubled(timeoutMs: number, onHang = () => {}) {
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      rateLimit: false,
      timeoutMs,
      fetch: async (request) => {
        const body = await request.text();
        if (body.includes('c2c_hang')) {
          onHang();
          return new Promise<Response>(() => {});
        }
        if (body.includes('c2c_odd')) return new Response(null, { status: 400 });
        return body.includes('c2c_down')
          ? new Response(null, { status: 500 })
          : Response.json({ token: GUEST });
      },
    });
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    return async (token: string, body?: ReadableStream, signal?: AbortSignal) => {
      const init: RequestInit & { duplex: 'half' } = {
        method: 'POST',
        headers,
        body: body ?? JSON.stringify({ token }),
        duplex: 'half',
        ...(signal && { signal }),
      };
      const answer = await proxy(new Request('https://proxy.example/', init));
      const json = (await answer.json()) as { errors?: { code: string }[] };
      return { status: answer.status, code: json.errors?.[0]?.code, wait: answer.headers.get('retry-after') };
    };
  }

  it('is not asked after ten failures in a row: 503 with Retry-After', async () => {
    const ask = troubled(1000);
    for (let turn = 0; turn < 9; turn++) assert.equal((await ask('c2c_down')).status, 502);
    assert.equal((await ask('c2c_ok')).status, 200);
    for (let turn = 0; turn < 10; turn++) assert.equal((await ask('c2c_down')).status, 502);
    assert.deepEqual(await ask('c2c_ok'), { status: 503, code: 'upstream_down', wait: '5' });
  });

  /** A clock and timers that advance only when the test says so. */
  function standingTime({ mock }: TestContext) {
    let nowMs = 1000;
    mock.timers.enable({ apis: ['setTimeout'] });
    const clock = mock.method(performance, 'now', () => nowMs);
    return {
      pass(ms: number) {
        nowMs += ms;
        mock.timers.tick(ms);
      },
      goOn() {
        mock.timers.reset();
        clock.mock.restore();
      },
    };
  }

  it('is detected by timeouts', async (context) => {
    let hanging = 0;
    const ask = troubled(300, () => hanging++);
    const time = standingTime(context);
    const answering = Promise.all(Array.from({ length: 10 }, () => ask('c2c_hang')));
    while (hanging < 10) await new Promise(setImmediate);
    time.pass(300);
    const all = await answering;
    time.goOn();
    assert.ok(all.every(({ status }) => status === 504));
    assert.equal((await ask('c2c_ok')).code, 'upstream_down');
  });

  it('is not detected by pages that disconnect before the answer', async () => {
    let hanging = 0;
    const ask = troubled(1000, () => hanging++);
    const gone = new AbortController();
    const all = Array.from({ length: 12 }, () => ask('c2c_hang', undefined, gone.signal));
    while (hanging < 12) await new Promise(setImmediate);
    gone.abort();
    assert.ok((await Promise.all(all)).every(({ status }) => status === 499));
    assert.equal((await ask('c2c_ok')).status, 200);
  });

  it('is not detected by refusals of any status', async () => {
    const ask = troubled(1000);
    for (let turn = 0; turn < 12; turn++) assert.equal((await ask('c2c_odd')).code, 'upstream_error');
    assert.equal((await ask('c2c_ok')).status, 200);
  });

  it('is not detected by timeouts that slow clients cause', async (context) => {
    let hanging = 0;
    const ask = troubled(600, () => hanging++);
    const time = standingTime(context);
    const slow = () =>
      ask(
        '',
        new ReadableStream({
          start(body) {
            body.enqueue(new TextEncoder().encode('{"token":'));
            setTimeout(() => {
              body.enqueue(new TextEncoder().encode('"c2c_hang"}'));
              body.close();
            }, 550);
          },
        }),
      );
    const answering = Promise.all(Array.from({ length: 12 }, slow));
    time.pass(550);
    while (hanging < 12) await new Promise(setImmediate);
    time.pass(50);
    const all = await answering;
    time.goOn();
    assert.ok(all.every(({ status }) => status === 504));
    assert.equal((await ask('c2c_ok')).status, 200);
  });
});

describe('the token scenarios of the platform, through the proxy', () => {
  let served: ServedPlatform;
  before(async () => {
    served = await servePlatform();
  });
  after(() => served.close());

  for (const { token, response } of TOKEN_SCENARIOS) {
    it(`${token} results in an answer that a page can read`, async () => {
      const isLate =
        response.kind === 'hang' || (response.kind === 'token' && response.afterMs !== undefined);
      const fetch = served.platform.endpoint;
      const proxy = await another({ host: 'example', fetch, ...(isLate && { timeoutMs: 300 }) });
      const got = await proxy.exchange(token);
      const expected =
        response.kind === 'token'
          ? response.afterMs
            ? 504
            : response.status
          : response.kind === 'hang'
            ? 504
            : response.kind === 'error' && ![400, 500].includes(response.status)
              ? response.status
              : 502;
      assert.equal(got.status, expected);
      assert.equal(got.headers['access-control-allow-origin'], ORIGIN);
    });
  }
});
