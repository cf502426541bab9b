// Runs every recipe in docs/proxy as written, with a scripted upstream: by SIGNALWIRE_HOST if the recipe reads it, else
// behind the global fetch. The Worker and Deno recipes run in Node with the arguments of their runtimes.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { AddressInfo } from 'node:net';
import type { ProxyServer } from '../../src/proxy/node.js';
import { ENVIRONMENT } from '../../src/proxy/environment.js';
import { TOKEN } from './proxy-client.js';
import { RedisServer, skipWithoutRedis } from './redis-server.js';
import { CREATED, GUEST, ScriptedUpstream } from './scripted-upstream.js';

const DOCS = join(import.meta.dirname, '../../docs/proxy');
const ORIGIN = 'https://www.example.com';
const PATH = '/api/fabric/embeds/tokens';
const run = new Set<string>();

type Fetch = (request: Request) => Response | Promise<Response>;
type Ask = (init: {
  origin?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}) => Promise<Response>;

describe('the recipe', () => {
  let upstream: ScriptedUpstream;
  const ends: (() => unknown)[] = [];
  before(async () => {
    upstream = await new ScriptedUpstream().start();
    Object.assign(process.env, { SIGNALWIRE_HOST: upstream.host, PORT: '0' });
  });
  after(() => {
    upstream.close();
    delete process.env['SIGNALWIRE_HOST'];
    delete process.env['PORT'];
  });
  beforeEach(() => {
    upstream.script = CREATED;
    upstream.asked.length = 0;
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const recipe = async <Exports>(name: string): Promise<Exports> => {
    run.add(name);
    return (await import(join(DOCS, name))) as Exports;
  };

  /** Redirects the global `fetch` to the scripted upstream. */
  function redirectFetch(): void {
    const real = globalThis.fetch;
    ends.push(() => (globalThis.fetch = real));
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      assert.equal(request.url, `https://example.signalwire.com${PATH}`);
      const { method, headers } = request;
      return real(upstream.host + PATH, { method, headers, body: await request.text() });
    };
  }

  const byFetch =
    (fetch: Fetch, url = 'https://www.example.com/call-token'): Ask =>
    async ({ origin = ORIGIN, method = 'POST', headers, body }) =>
      fetch(
        new Request(url, {
          method,
          headers: { origin, 'content-type': 'application/json', ...headers },
          body,
        }),
      );
  const bySocket = (port: number, path: string): Ask =>
    byFetch((request) => fetch(request), `http://127.0.0.1:${port}${path}`);

  /** What every recipe must do, with its own token or an alias. */
  async function exchanges(ask: Ask, body = '{}') {
    const answer = await ask({ body });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('access-control-allow-origin'), ORIGIN);
    assert.deepEqual(await answer.json(), { token: GUEST });
    assert.equal(upstream.asked.length, 1);
    assert.equal(upstream.asked[0]?.body, JSON.stringify({ token: TOKEN }));
    const preflight = await ask({ method: 'OPTIONS' });
    assert.equal(preflight.status, 204);
    assert.equal((await ask({ body, origin: 'https://evil.example' })).status, 403);
    assert.equal((await ask({ body: 'x'.repeat(3000) })).status, 413);
    assert.equal(upstream.asked.length, 1);
  }

  /** A client is refused at its 61st request; another client is not. */
  async function countsClients(
    ask: Ask,
    headersOf: (address: string) => Record<string, string>,
    body = '{}',
  ) {
    for (let turn = 0; turn < 60; turn++)
      assert.equal((await ask({ body, headers: headersOf('192.0.2.200') })).status, 201);
    assert.equal((await ask({ body, headers: headersOf('192.0.2.200') })).status, 429);
    assert.equal((await ask({ body, headers: headersOf('192.0.2.201') })).status, 201);
  }

  it('node.mjs serves, logs and stops', async (context) => {
    const log = context.mock.method(console, 'log', () => {});
    const { running } = await recipe<{ running: ProxyServer }>('node.mjs');
    ends.push(() => running.drain());
    await exchanges(bySocket(running.port, PATH));
    const lines = log.mock.calls.map(
      ({ arguments: [line] }) => JSON.parse(String(line)) as { status: number },
    );
    assert.deepEqual(
      lines.map(({ status }) => status),
      [201, 204, 403, 413],
    );
  });

  it('express.mjs is one route of an app', async () => {
    const { app } = await recipe<{ app: Parameters<typeof createServer>[1] }>('express.mjs');
    const server = createServer(app as Parameters<typeof createServer>[1]).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close() && server.closeAllConnections());
    const { port } = server.address() as AddressInfo;
    const ask = bySocket(port, '/call-token');
    await exchanges(ask, '{"token":"support"}');
    assert.equal((await bySocket(port, '/other')({ body: '{}' })).status, 404);
    assert.equal((await ask({ body: '{}' })).headers.get('x-powered-by'), null);
    await countsClients(
      ask,
      (address) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` }),
      '{"token":"support"}',
    );
  });

  it('hono.mjs is one route of an app', async () => {
    redirectFetch();
    const { app } = await recipe<{ app: { fetch: Fetch } }>('hono.mjs');
    const ask = byFetch((request) => app.fetch(request));
    await exchanges(ask);
    assert.equal(
      (await byFetch((request) => app.fetch(request), 'https://x/other')({ body: '{}' })).status,
      404,
    );
    await countsClients(ask, (address) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` }));
  });

  it('next-route.ts is a route handler', async () => {
    redirectFetch();
    const route = await recipe<Record<string, Fetch>>('next-route.ts');
    const ask = byFetch((request) => route[request.method]!(request));
    await exchanges(ask);
    await countsClients(ask, (address) => ({ 'x-real-ip': address }));
  });

  it('worker.ts is a Worker', async () => {
    redirectFetch();
    const { default: worker } = await recipe<{
      default: { fetch(request: Request, env: object, context: object): Promise<Response> };
    }>('worker.ts');
    const context = { waitUntil: () => assert.fail(), passThroughOnException: () => assert.fail() };
    const ask = byFetch((request) => worker.fetch(request, {}, context));
    await exchanges(ask);
    await countsClients(ask, (address) => ({ 'cf-connecting-ip': address }));
  });

  it('deno.ts is a Deno server', async () => {
    redirectFetch();
    type Info = { remoteAddr: { transport: 'tcp'; hostname: string; port: number } };
    const { default: server } = await recipe<{
      default: { fetch(request: Request, info: Info): Promise<Response> };
    }>('deno.ts');
    const from = (hostname: string) => ({ remoteAddr: { transport: 'tcp' as const, hostname, port: 1 } });
    const ask = byFetch((request) =>
      server.fetch(request, from(request.headers.get('x-test') ?? '192.0.2.1')),
    );
    await exchanges(ask);
    await countsClients(ask, (address) => ({ 'x-test': address }));
  });

  it('redis.mjs counts in a Redis', { skip: skipWithoutRedis('the recipe for Redis') }, async () => {
    const redisServer = await new RedisServer().start();
    ends.push(() => redisServer.kill());
    process.env['REDIS_URL'] = redisServer.url;
    const { running } = await recipe<{ running: ProxyServer }>('redis.mjs');
    ends.push(() => running.drain());
    const ask = bySocket(running.port, PATH);
    await exchanges(ask);
    const { Redis } = await import('ioredis');
    const admin = new Redis(redisServer.url);
    ends.push(() => admin.disconnect());
    // The recipe counts in memory until it is connected.
    while ((await admin.dbsize()) < 2) await ask({ body: '{}' });
    const keys = (await admin.keys('*')).map((key) => key.replace(/:.*/, ''));
    assert.deepEqual(keys.sort(), ['sw-c2c-client', 'sw-c2c-token']);
    delete process.env['REDIS_URL'];
  });

  it('has a test for every file', () => {
    const all = readdirSync(DOCS).filter((name) => /\.(mjs|ts)$/.test(name));
    const skipped = skipWithoutRedis('the recipe for Redis') ? ['redis.mjs'] : [];
    assert.deepEqual([...run, ...skipped].sort(), all.sort());
  });
});

// Not built here, because that needs a container engine and a registry. Only its text is checked.
describe('the Dockerfile', () => {
  const text = readFileSync(join(DOCS, 'Dockerfile'), 'utf8');

  it('runs the bin directly, as an unprivileged user', () => {
    assert.match(text, /^USER node$/m);
    const { bin } = JSON.parse(readFileSync(join(DOCS, '../../package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    const file = bin['sw-click-to-call-proxy']!.replace(/^\.\//, '');
    assert.ok(text.includes(`CMD ["node", "node_modules/sw-click-to-call/${file}"]`));
    assert.ok(text.indexOf('USER node') < text.indexOf('\nCMD'));
  });

  it('names only existing variables', () => {
    for (const [, name] of text.matchAll(/-e ([A-Z_]+)=/g)) assert.ok(name! in ENVIRONMENT, name);
  });
});
