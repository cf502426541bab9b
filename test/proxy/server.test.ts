// The proxy as a server over real sockets: paths, slow clients, connections, hostile request lines and headers, stopping
// under load; and its handler in another server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request as send, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createTokenProxy, type TokenProxy } from '../../src/proxy/handler.js';
import { createNodeHandler } from '../../src/proxy/node.js';
import { head, ORIGIN, PATH, ProxyClient, received, TOKEN } from './proxy-client.js';
import { CREATED, GUEST, ScriptedUpstream } from './scripted-upstream.js';
import { SELF_SIGNED } from './self-signed.js';

const BODY = JSON.stringify({ token: TOKEN });
const LENGTH = `Content-Length: ${BODY.length}`;

let upstream: ScriptedUpstream;
const opened: ProxyClient[] = [];
const serve = async (options: Partial<Parameters<typeof ProxyClient.serve>[0]> = {}) => {
  const client = await ProxyClient.serve({ host: upstream.host, ...options });
  opened.push(client);
  return client;
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
  for (const client of opened.splice(0)) await client.close();
});

/** The status lines in what came back over a connection. */
const statusesIn = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Writes one character at a time until the connection closes. */
function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length]!), 10);
  socket.once('close', () => clearInterval(timer));
}

describe('the health check', () => {
  it('answers any client without the upstream, and is not cached', async () => {
    const client = await serve();
    for (const method of ['GET', 'HEAD']) {
      const answer = await client.ask({ method, path: '/healthz?x', headers: { origin: undefined } });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    }
    assert.equal(upstream.asked.length, 0);
  });

  it('cannot be the path of the exchange, nor can an invalid path', async () => {
    for (const path of ['/healthz', 'tokens', '', '/a b', '/x?y', '/%2e', 'https://x/y'])
      await assert.rejects(serve({ path }), /^OptionError: path is not/);
  });

  it('is refused with invalid times', async () => {
    for (const name of ['drainDelayMs', 'headersTimeoutMs', 'requestTimeoutMs', 'keepAliveTimeoutMs'])
      for (const ms of [-1, NaN, 1.5, Infinity, '7', 600_001])
        await assert.rejects(serve({ [name]: ms }), new RegExp(`^OptionError: ${name} is not`));
  });
});

describe('a slow client', () => {
  it('is disconnected while it sends headers slowly', async () => {
    const client = await serve({ headersTimeoutMs: 100 });
    const socket = client.connect();
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\n`);
    drip(socket, 'X-Slow: 1\r\n');
    const text = await received(socket);
    assert.deepEqual(statusesIn(text), [408]);
    assert.equal(upstream.asked.length, 0);
  });

  it('is disconnected when it sends nothing', async () => {
    const client = await serve({ headersTimeoutMs: 100 });
    await received(client.connect());
  });

  it('gets a 408 while it sends its body slowly', async () => {
    const client = await serve({ timeoutMs: 100 });
    const socket = client.connect();
    socket.write(head('Content-Length: 2000') + '{"token":"');
    drip(socket, 'a');
    const text = await received(socket);
    assert.deepEqual(statusesIn(text), [408]);
    assert.match(text, /access-control-allow-origin: https:\/\/shop\.example/i);
    assert.equal(client.lines[0]?.code, 'body_slow');
  });

  it('is disconnected while it sends a body that is not read', async () => {
    const client = await serve({ requestTimeoutMs: 150 });
    const socket = client.connect();
    socket.write('POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
    drip(socket, 'a');
    assert.deepEqual(statusesIn(await received(socket))[0], 200);
  });

  /** Sends the head of a request that is refused for its length; returns both ends of the connection. */
  async function refused(client: ProxyClient, length: number) {
    const connected = once(client.server.server, 'connection');
    const socket = client.connect();
    socket.write(head(`Content-Length: ${length}`));
    const [[first], [other]] = (await Promise.all([once(socket, 'data'), connected])) as [[Buffer], [Socket]];
    assert.deepEqual(statusesIn(first.toString()), [413]);
    // It may be disconnected during a write.
    const closed = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
    return { socket, other, closed };
  }

  it('may go on sending for a second after a refusal, and is then disconnected', async (context) => {
    const client = await serve();
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { socket, other, closed } = await refused(client, 1e6);
    socket.write('x'.repeat(200_000));
    while (other.bytesRead < 200_000) {
      assert.equal(other.destroyed, false);
      await new Promise(setImmediate);
    }
    context.mock.timers.tick(999);
    await new Promise(setImmediate);
    assert.equal(other.writableEnded, false);
    context.mock.timers.tick(1);
    await closed;
    context.mock.timers.reset();
  });

  it('may send at most 256 KB in that second', async (context) => {
    const client = await serve();
    // The second never ends.
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { socket, other, closed } = await refused(client, 1e12);
    const send = () => {
      while (socket.write('x'.repeat(16_384)));
    };
    socket.on('drain', send);
    send();
    await closed;
    assert.ok(other.bytesRead < 20_000_000);
    context.mock.timers.reset();
  });

  it('is disconnected as soon as it has sent the refused body', async (context) => {
    const client = await serve();
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { socket, closed } = await refused(client, 3000);
    // Draining at the same time must not fail.
    const drained = client.server.drain();
    socket.write('x'.repeat(3000));
    await closed;
    await drained;
    context.mock.timers.reset();
  });

  it('does not delay other clients', async () => {
    const client = await serve({ headersTimeoutMs: 60_000, requestTimeoutMs: 60_000 });
    const slow = Array.from({ length: 200 }, () => client.connect());
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    for (const socket of slow) socket.write(head('Content-Length: 100'));
    assert.equal((await client.ask()).status, 201);
    for (const socket of slow) socket.destroy();
  });
});

describe('a connection', () => {
  it('is reused for later and pipelined requests', async () => {
    const client = await serve();
    const socket = client.connect();
    const one = head(LENGTH) + BODY;
    const last = head(LENGTH, 'Connection: close') + BODY;
    socket.write(one);
    const [first] = (await once(socket, 'data')) as [Buffer];
    assert.match(first.toString(), /connection: keep-alive/i);
    socket.write(one + one + last);
    assert.deepEqual(statusesIn(await received(socket)), [201, 201, 201]);
    assert.equal(upstream.asked.length, 4);
  });

  it('is reused after a refusal with a small body', async () => {
    const client = await serve();
    const refused = head(LENGTH).replace(ORIGIN, 'https://evil.example') + BODY;
    const text = await client.raw(refused + head(LENGTH, 'Connection: close') + BODY);
    assert.deepEqual(statusesIn(text), [403, 201]);
  });

  it('that is idle for too long is closed', async () => {
    const client = await serve({ keepAliveTimeoutMs: 100 });
    assert.deepEqual(statusesIn(await client.raw(head(LENGTH) + BODY)), [201]);
  });

  it('to the upstream is reused', async () => {
    const client = await serve();
    const ports = new Set<number | undefined>();
    upstream.script = (response) => {
      ports.add(response.socket?.remotePort);
      response.writeHead(201).end(CREATED.body);
    };
    for (let turn = 0; turn < 5; turn++) await client.ask();
    assert.equal(ports.size, 1);
  });
});

describe('the request line and the headers', () => {
  const tricks: Record<string, string> = {
    'another host in it': `http://127.0.0.1:1${PATH}`,
    'a host with a user name in it': `http://proxy.example@127.0.0.1:1${PATH}`,
    'a scheme without a host': `http:${PATH}`,
    'two slashes': `//127.0.0.1:1${PATH}`,
    'another scheme': 'file:///etc/passwd',
    dots: `/x/..${PATH}`,
    'an encoded slash': PATH.replace('/fabric', '%2ffabric'),
    'a backslash': PATH.replaceAll('/', '\\'),
    'a semicolon': `${PATH};x=y`,
  };
  for (const [what, target] of Object.entries(tricks)) {
    it(`are refused: ${what}`, async () => {
      const client = await serve();
      const text = await client.raw(head(LENGTH, 'Connection: close').replace(PATH, target) + BODY);
      assert.match(String(statusesIn(text)), /^(404|400)$/);
      assert.equal(upstream.asked.length, 0);
    });
  }

  for (const [what, host] of [
    ['evil', 'Host: evil.example'],
    ['metadata', 'Host: 169.254.169.254'],
    ['rubbish', 'Host: a@b:c/d?e#f'],
    ['empty', 'Host: '],
    ['forwarded', `Host: x\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example`],
  ] as const) {
    it(`do not change the upstream: Host is ${what}`, async () => {
      const client = await serve();
      const bytes = head(LENGTH, 'Connection: close').replace('Host: proxy.example', host) + BODY;
      assert.deepEqual(statusesIn(await client.raw(bytes)), [201]);
      const [asked] = upstream.asked;
      assert.equal(asked?.headers.host, `127.0.0.1:${upstream.port}`);
      assert.equal(asked?.url, PATH);
      assert.doesNotMatch(JSON.stringify(asked), /evil|169\.254/);
    });
  }

  it('must have a host and one length', async () => {
    const client = await serve();
    for (const bytes of [
      head(LENGTH).replace('Host: proxy.example\r\n', ''),
      head(LENGTH, 'Content-Length: 3'),
      head('Content-Length: -1'),
      head('Content-Length: 1e3'),
      head('Transfer-Encoding: chunked, identity'),
      head(LENGTH, 'Transfer-Encoding: chunked'),
      head(LENGTH, 'X-Split: a\rX-Evil: b'),
      head(LENGTH, `X-Long: ${'a'.repeat(20_000)}`),
    ]) {
      assert.match(String(statusesIn(await client.raw(bytes + BODY))), /^(400|431)$/);
    }
    assert.equal(upstream.asked.length, 0);
  });

  it('do not pass hop-by-hop headers in either direction', async () => {
    const client = await serve();
    upstream.script = {
      ...CREATED,
      headers: {
        connection: 'keep-alive, x-theirs',
        'keep-alive': 'timeout=1',
        'x-theirs': 'secret',
        trailer: 'x-end',
        upgrade: 'h2c',
        'proxy-authenticate': 'Basic',
      },
    };
    const answer = await client.ask({
      headers: {
        connection: 'keep-alive, x-ours, content-type',
        'keep-alive': 'timeout=5',
        'x-ours': 'secret',
        te: 'trailers',
        trailer: 'x-end',
        upgrade: 'websocket',
        'proxy-connection': 'keep-alive',
        'proxy-authorization': 'Basic secret',
        expect: '100-continue',
      },
    });
    assert.equal(answer.status, 201);
    const seen = Object.keys(upstream.asked[0]!.headers).filter((name) => name !== 'connection');
    assert.deepEqual(seen.sort(), ['accept', 'content-length', 'content-type', 'host', 'user-agent']);
    assert.doesNotMatch(JSON.stringify(answer.headers), /theirs|secret|h2c|x-end|Basic/);
  });

  it('are answered with 413 when a chunked body never ends', async () => {
    const client = await serve();
    const socket = client.connect();
    socket.write(head('Transfer-Encoding: chunked'));
    const chunk = `400\r\n${' '.repeat(1024)}\r\n`;
    const timer = setInterval(() => socket.write(chunk), 1);
    socket.once('close', () => clearInterval(timer));
    assert.deepEqual(statusesIn(await received(socket)), [413]);
    assert.equal(upstream.asked.length, 0);
  });
});

describe('stopping', () => {
  /** A page that sends requests over reused connections until the server stops listening. */
  async function keepAsking(client: ProxyClient, agent: Agent, seen: (outcome: number | string) => void) {
    for (;;) {
      const request = send({
        port: client.server.port,
        host: '127.0.0.1',
        agent,
        method: 'POST',
        path: PATH,
        headers: { origin: ORIGIN, 'content-type': 'application/json', 'content-length': BODY.length },
      });
      request.end(BODY);
      try {
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        let text = '';
        for await (const chunk of response) text += String(chunk);
        seen(text.includes(GUEST) ? (response.statusCode ?? 0) : 'cut');
      } catch (thrown) {
        const { code } = thrown as { code?: string };
        seen(code ?? 'lost');
        if (code === 'ECONNREFUSED') return;
      }
    }
  }

  it('answers every accepted request under load, and refuses new connections', async () => {
    const client = await serve();
    upstream.script = (response) => void setTimeout(() => response.writeHead(201).end(CREATED.body), 5);
    const agent = new Agent({ keepAlive: true });
    const outcomes = new Map<number | string, number>();
    let enough = () => {};
    const busy = new Promise<void>((resolve) => (enough = resolve));
    const seen = (outcome: number | string) => {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (outcomes.get(201) === 300) enough();
    };
    const pages = Array.from({ length: 40 }, () => keepAsking(client, agent, seen));
    await busy;
    const drained = client.server.drain();
    await Promise.all([...pages, drained]);
    agent.destroy();
    assert.deepEqual([...outcomes.keys()].sort(), [201, 'ECONNREFUSED']);
    assert.equal(outcomes.get('ECONNREFUSED'), 40);
    assert.equal(outcomes.get(201), upstream.asked.length);
  });

  it('answers a request that is just arriving on an open connection, with Connection: close', async () => {
    const client = await serve();
    const socket = client.connect();
    socket.write(head(LENGTH) + BODY);
    await once(socket, 'data');
    const drained = client.server.drain();
    socket.write(head(LENGTH) + BODY);
    assert.match(await received(socket), /^HTTP\/1\.1 201 [\s\S]*connection: close/i);
    await drained;
  });

  it('waits for the upstream to answer', async () => {
    const client = await serve();
    const asked = once(upstream, 'asked');
    let answerNow = () => {};
    upstream.script = (response) => {
      answerNow = () => response.writeHead(201).end(CREATED.body);
    };
    const answer = client.ask();
    await asked;
    const drained = client.server.drain();
    assert.equal(client.server.drain(), drained, 'a second call returns the same promise');
    answerNow();
    assert.equal((await answer).status, 201);
    await drained;
  });

  it('accepts connections during drainDelayMs, while /healthz answers 503', async () => {
    const client = await serve({ drainDelayMs: 4000 });
    const drained = client.server.drain();
    const health = await client.ask({ method: 'GET', path: '/healthz' });
    assert.deepEqual([health.status, health.text], [503, '{"status":"draining"}']);
    const answer = await client.ask();
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.connection, 'close');
    await drained;
    await assert.rejects(client.ask(), { code: 'ECONNREFUSED' });
  });

  it('sends Connection: close with answers in flight', async () => {
    const client = await serve();
    const asked = once(upstream, 'asked');
    let answerNow = () => {};
    upstream.script = (response) => {
      answerNow = () => response.writeHead(201).end(CREATED.body);
    };
    const socket = client.connect();
    socket.write(head(LENGTH) + BODY);
    const all = received(socket);
    await asked;
    const drained = client.server.drain();
    await new Promise(setImmediate);
    answerNow();
    assert.match(await all, /^HTTP\/1\.1 201 [\s\S]*connection: close/i);
    await drained;
  });

  it('closes idle connections after a second, and busy ones after the time of a whole request', async (context) => {
    const client = await serve({ timeoutMs: 1000, requestTimeoutMs: 4000, headersTimeoutMs: 60_000 });
    const resting = client.connect();
    resting.write(head(LENGTH) + BODY);
    await once(resting, 'data');
    const busy = client.connect();
    const arrived = once(client.server.server, 'connection');
    busy.write('POST / HTTP/1.1\r\nHost:');
    await arrived;
    context.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    const restingClosed = once(resting.resume(), 'close');
    const busyClosed = once(
      busy.resume().on('error', () => {}),
      'close',
    );
    const drained = client.server.drain();
    context.mock.timers.tick(1000);
    await restingClosed;
    context.mock.timers.tick(3999);
    await new Promise(setImmediate);
    assert.equal(busy.closed, false);
    context.mock.timers.tick(1);
    await busyClosed;
    await drained;
    context.mock.timers.reset();
  });

  it('starts at SIGTERM and SIGINT, unless signals is false', async () => {
    const names = ['SIGTERM', 'SIGINT'] as const;
    const listeners = () => names.map((name) => process.listeners(name));
    const before = listeners();
    const added = () => names.map((_, at) => listeners()[at]!.filter((one) => !before[at]!.includes(one)));
    await serve({ signals: false });
    assert.deepEqual(added(), [[], []]);
    for (const at of [0, 1]) {
      const client = await serve({ signals: true });
      const [listener, ...more] = added()[at]!;
      assert.ok(listener && more.length === 0);
      const closed = once(client.server.server, 'close');
      listener(names[at]!);
      // A second signal finds no listener.
      assert.deepEqual(added(), [[], []]);
      await closed;
    }
    const drained = await serve({ signals: true });
    await drained.server.drain();
    assert.deepEqual(added(), [[], []]);
  });

  it('disconnects a client that does not close its connection', async () => {
    const client = await serve({ timeoutMs: 100, requestTimeoutMs: 100 });
    const socket = client.connect();
    await once(socket, 'connect');
    const closed = received(socket);
    await client.server.drain();
    await closed;
  });
});

describe('the handler in another server', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function ask(proxy: TokenProxy, bytes: string, before?: (request: IncomingMessage) => unknown) {
    const handle = createNodeHandler(proxy, { trustedHops: 1 });
    server = createServer((request, response) => {
      if (!before) return handle(request, response);
      void Promise.resolve(before(request)).then(() => handle(request, response));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    return received(socket);
  }
  const own = () => createTokenProxy({ host: upstream.host, allowedOrigins: [ORIGIN] });
  const bytes = head(LENGTH, 'Connection: close') + BODY;

  it('answers at every path that the server routes to it', async () => {
    assert.deepEqual(statusesIn(await ask(own(), bytes.replace(PATH, '/anything'))), [201]);
  });

  it('gives another function a real request with a valid URL, whatever the client sends', async () => {
    const seen: { url: string; address: string | undefined; body: string }[] = [];
    const proxy: TokenProxy = async (request, context) => {
      seen.push({ url: request.url, address: context?.clientAddress, body: await request.text() });
      return new Response('{}', { status: 418, headers: { 'x-own': 'yes' } });
    };
    for (const [host, target] of [
      ['proxy.example:8080', '/a?b=c'],
      ['[::1]:80', '//evil.example/'],
      ['a@b', 'http://evil.example/'],
      ['', '/'],
      ['proxy.example', '/'],
      ['1.2.3.999', '/c'],
    ]) {
      const text = await ask(
        proxy,
        bytes
          .replace('Host: proxy.example', `Host: ${host}\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.7`)
          .replace(PATH, target!),
      );
      assert.match(text, /^HTTP\/1\.1 418 [\s\S]*x-own: yes/);
    }
    assert.deepEqual(
      seen.map(({ url }) => url),
      [
        'http://proxy.example:8080/a?b=c',
        'http://[::1]//evil.example/',
        'http://localhost/',
        'http://localhost/',
        'http://proxy.example/',
        'http://localhost/c',
      ],
    );
    assert.ok(seen.every(({ address, body }) => address === '192.0.2.7' && body === BODY));
  });

  it('gives it an https URL for a request over TLS', async () => {
    const seen: string[] = [];
    const handle = createNodeHandler(async ({ url }) => {
      seen.push(url);
      return new Response('{}');
    });
    const secure = createSecureServer(SELF_SIGNED, handle).listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const { port } = secure.address() as AddressInfo;
    const socket = connectSecurely({
      port,
      host: '127.0.0.1',
      ca: SELF_SIGNED.cert,
      servername: 'localhost',
    });
    socket.write(bytes);
    assert.deepEqual(statusesIn(await received(socket)), [200]);
    secure.close();
    assert.deepEqual(seen, [`https://proxy.example${PATH}`]);
  });

  it('gives it the method, all headers, and a body only if the method allows one', async () => {
    const seen: unknown[] = [];
    const proxy: TokenProxy = async ({ method, headers, body }) => {
      seen.push([method, headers.get('x-twice'), body !== null]);
      return new Response(null, { status: 204 });
    };
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const sent = [
        `${method} / HTTP/1.1`,
        'Host: x',
        'X-Twice: a',
        'X-Twice: b',
        'Connection: close',
        '',
        '',
      ];
      assert.deepEqual(statusesIn(await ask(proxy, sent.join('\r\n'))), [204]);
    }
    assert.deepEqual(seen, [
      ['GET', 'a, b', false],
      ['HEAD', 'a, b', false],
      ['OPTIONS', 'a, b', true],
    ]);
  });

  it('aborts its signal when the client disconnects, and only then', async () => {
    let left = () => {};
    const gone = new Promise<void>((resolve) => (left = resolve));
    const signals: AbortSignal[] = [];
    const proxy: TokenProxy = async ({ signal }) => {
      signals.push(signal);
      if (signals.length === 1) return new Response('{}');
      signal.addEventListener('abort', () => left());
      asked();
      return new Promise<Response>(() => {});
    };
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    await ask(proxy, bytes);
    assert.equal(signals[0]?.aborted, false);
    const handle = createNodeHandler(proxy);
    server = createServer(handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    await isAsked;
    socket.destroy();
    await gone;
  });

  it('answers an empty 500 when that function fails', async () => {
    const text = await ask(() => Promise.reject(new Error('leak')), bytes);
    assert.deepEqual(statusesIn(text), [500]);
    assert.match(text, /cache-control: no-store/i);
    assert.doesNotMatch(text, /leak/);
  });

  it('reports a body parser that ran before it', async () => {
    const text = await ask(own(), bytes, async (request) => {
      await once(request.resume(), 'end');
    });
    assert.match(text, /^HTTP\/1\.1 500 [\s\S]*access-control-allow-origin[\s\S]*"body_used"/i);
    assert.equal(upstream.asked.length, 0);
  });
});
