// The bin as a real process: start, wrong configuration, requests, stop, and its output.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Bin } from './bin.js';
import { head, ORIGIN, received, TOKEN } from './proxy-client.js';
import { CREATED, GUEST, ScriptedUpstream } from './scripted-upstream.js';
import { SELF_SIGNED } from './self-signed.js';

const PROJECT = '0a1b2c3d-0000-4000-8000-123456789abc';
const API_TOKEN = 'PT00112233445566778899aabbcc';

describe('the bin', { timeout: 300_000 }, () => {
  let upstream: ScriptedUpstream;
  const started: Bin[] = [];
  const start = (environment: Record<string, string> = {}) => {
    const bin = new Bin({ SIGNALWIRE_HOST: upstream.host, ALLOWED_ORIGINS: ORIGIN, ...environment });
    started.push(bin);
    return bin;
  };
  before(async () => {
    upstream = await new ScriptedUpstream().start();
  });
  after(() => upstream.close());
  beforeEach(() => {
    upstream.script = CREATED;
    upstream.asked.length = 0;
  });
  afterEach(async () => {
    for (const bin of started.splice(0)) await bin.kill();
  });

  it('exchanges the configured tokens with the credentials, and writes none of them', async () => {
    const bin = start({
      SIGNALWIRE_TOKENS: `support=${TOKEN}`,
      SIGNALWIRE_PROJECT_ID: PROJECT,
      SIGNALWIRE_API_TOKEN: API_TOKEN,
      PROXY_PATH: '/call-token',
      EXPIRES_IN: '600',
      TRUSTED_HOPS: '1',
    });
    const path = '/call-token';
    const headers = {
      'x-forwarded-for': '198.51.100.77',
      cookie: 'session=sword',
      referer: `https://x/${TOKEN}`,
    };
    const answer = await bin.ask({ path, headers, body: '{"token":"support"}' });
    assert.deepEqual([answer.status, JSON.parse(answer.text)], [201, { token: GUEST, expires_in: 600 }]);
    assert.equal(upstream.asked[0]?.headers.authorization, `Basic ${btoa(`${PROJECT}:${API_TOKEN}`)}`);
    assert.equal(upstream.asked[0]?.body, JSON.stringify({ token: TOKEN }));
    upstream.script = {
      status: 422,
      body: JSON.stringify({
        errors: [{ type: 'a', code: 'b', message: `${TOKEN} ${API_TOKEN} ${PROJECT}` }],
      }),
    };
    const refused = await bin.ask({ path, headers, body: JSON.stringify({ token: TOKEN }) });
    assert.equal(refused.status, 422);
    await bin.ask({
      path: `${path}?token=${TOKEN}`,
      headers: { ...headers, origin: `https://${TOKEN}.example` },
    });
    await bin.ask({ path, headers, body: `${TOKEN} ${API_TOKEN}` });
    await bin.ask({ path: '/', headers });
    await bin.ask({ path: '/healthz', method: 'GET' });
    bin.child.kill('SIGTERM');
    assert.deepEqual(await bin.exited, [0, null]);
    assert.equal(bin.stderr, '');
    assert.deepEqual(
      bin.lines.map(({ status, stopped, listening }) => status ?? stopped ?? typeof listening),
      ['number', 201, 422, 403, 400, 404, true],
    );
    const [, line] = bin.lines;
    assert.deepEqual(Object.keys(line!).sort(), [
      'client',
      'id',
      'method',
      'ms',
      'origin',
      'status',
      'time',
      'token',
    ]);
    const everything = bin.stdout + refused.text;
    for (const secret of [
      TOKEN,
      GUEST,
      API_TOKEN,
      PROJECT,
      btoa(`${PROJECT}:${API_TOKEN}`),
      '198.51',
      'sword',
    ])
      assert.ok(!everything.includes(secret), secret);
  });

  for (const [what, environment, variable] of [
    ['no origin', { ALLOWED_ORIGINS: '' }, 'ALLOWED_ORIGINS'],
    ['any origin', { ALLOWED_ORIGINS: '*' }, 'ALLOWED_ORIGINS'],
    ['no host', { SIGNALWIRE_HOST: '' }, 'SIGNALWIRE_HOST'],
    ['an upstream without TLS', { SIGNALWIRE_HOST: 'http://secret.example.com' }, 'SIGNALWIRE_HOST'],
    ['an API token instead of the public token', { SIGNALWIRE_TOKEN: 'PTsecret' }, 'SIGNALWIRE_TOKEN'],
    ['half of the credentials', { SIGNALWIRE_API_TOKEN: 'PTsecret' }, 'SIGNALWIRE_API_TOKEN'],
    ['an invalid path', { PROXY_PATH: 'secret' }, 'PROXY_PATH'],
    ['too many hops', { TRUSTED_HOPS: '999' }, 'TRUSTED_HOPS'],
    ['a URL that is not of a Redis', { REDIS_URL: 'http://secret@redis' }, 'REDIS_URL'],
    ['a Redis URL with an invalid port', { REDIS_URL: 'redis://:secret@redis:secret' }, 'REDIS_URL'],
    ['an invalid limit', { RATE_LIMIT_PER_CLIENT: '1/secret' }, 'RATE_LIMIT_PER_CLIENT'],
  ] as const) {
    it(`exits with 2 and one sentence that names the variable and quotes no value: ${what}`, async () => {
      const bin = start(environment);
      assert.deepEqual(await bin.exited, [2, null]);
      assert.equal(bin.stdout, '');
      assert.match(bin.stderr, new RegExp(`^sw-click-to-call-proxy: [^\\n]*\\b${variable}\\b[^\\n]*\\.\\n$`));
      assert.doesNotMatch(bin.stderr, /secret/);
    });
  }

  it('exits with 1 when its port is taken', async () => {
    const bin = start({ PORT: String(upstream.port) });
    assert.deepEqual(await bin.exited, [1, null]);
    assert.match(bin.stderr, /^sw-click-to-call-proxy: [^\n]*EADDRINUSE[^\n]*\n$/);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`finishes requests in flight at ${signal} and exits with 0`, async () => {
      const bin = start();
      let answerNow = () => {};
      upstream.script = (response) => {
        answerNow = () => response.writeHead(201).end(CREATED.body);
      };
      await bin.port();
      const asked = once(upstream, 'asked');
      const answer = bin.ask();
      await asked;
      bin.child.kill(signal);
      await refusesConnections(await bin.port());
      answerNow();
      assert.equal((await answer).status, 201);
      assert.deepEqual(await bin.exited, [0, null]);
      assert.equal(bin.lines.at(-1)?.stopped, true);
    });
  }

  it('exits at once at the second signal', async () => {
    const bin = start();
    upstream.script = () => {};
    await bin.port();
    const asked = once(upstream, 'asked');
    const answer = bin.ask().catch((error: Error) => error);
    await asked;
    bin.child.kill('SIGTERM');
    await refusesConnections(await bin.port());
    bin.child.kill('SIGTERM');
    assert.deepEqual(await bin.exited, [null, 'SIGTERM']);
    assert.ok((await answer) instanceof Error);
  });

  it('goes on when its stdout is closed', async () => {
    const bin = start();
    await bin.port();
    bin.child.stdout.destroy();
    for (let turn = 0; turn < 3; turn++) assert.equal((await bin.ask()).status, 201);
    assert.equal(bin.child.exitCode, null);
  });

  it('disconnects a client that does not finish its headers', async () => {
    const bin = start();
    const socket = connect(await bin.port(), '127.0.0.1');
    socket.write(head('Content-Length: 10').slice(0, -4));
    assert.match(await received(socket), /^HTTP\/1\.1 408 /);
  });

  it('checks certificates and ignores proxy settings, whatever the environment says', async () => {
    const server = createServer(SELF_SIGNED, (_request, response) =>
      response.writeHead(201).end(CREATED.body),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxied = `http://127.0.0.1:${upstream.port}`;
    const bin = start({
      SIGNALWIRE_HOST: `https://localhost:${(server.address() as AddressInfo).port}`,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: proxied,
      HTTP_PROXY: proxied,
      https_proxy: proxied,
    });
    const answer = await bin.ask();
    server.close();
    assert.equal(answer.status, 502);
    assert.match(answer.text, /upstream_unreachable/);
    assert.equal(upstream.asked.length, 0);
  });
});

/** Resolves when a port accepts no more connections. */
async function refusesConnections(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'taken'),
      once(socket, 'close').then(() => 'refused'),
    ]).catch(() => 'refused');
    socket.on('error', () => {}).destroy();
    if (outcome === 'refused') return;
  }
}
