// The log: one record per request, with enough to find it again and without secrets.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTokenProxy, type LogRecord } from '../../src/proxy/handler.js';
import { ORIGIN, ProxyClient, TOKEN } from './proxy-client.js';
import { GUEST, ScriptedUpstream } from './scripted-upstream.js';

describe('the log', () => {
  let upstream: ScriptedUpstream;
  let client: ProxyClient;
  before(async () => {
    upstream = await new ScriptedUpstream().start();
    client = await ProxyClient.serve({ host: upstream.host, trustedHops: 1 });
  });
  after(async () => {
    await client.close();
    upstream.close();
  });
  beforeEach(() => {
    client.lines.length = 0;
  });

  it('has one plain record per request, with the ID of the answer', async () => {
    const answer = await client.ask({ headers: { 'x-forwarded-for': '192.0.2.1' } });
    assert.equal(client.lines.length, 1);
    const [line] = client.lines;
    assert.ok(line);
    const { time, id, ms, client: hash, ...rest } = line;
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000);
    assert.equal(id, answer.headers['x-request-id']);
    assert.ok(ms >= 0);
    assert.match(hash ?? '', /^[0-9a-f]{16}$/);
    assert.deepEqual(rest, { method: 'POST', status: 201, origin: ORIGIN, token: TOKEN.slice(-4) });
    assert.deepEqual(JSON.parse(JSON.stringify(line)), line);
  });

  it('distinguishes clients by hashes that differ between instances', async () => {
    const hashes = async (to: ProxyClient) => {
      to.lines.length = 0;
      for (const at of ['192.0.2.1', '192.0.2.2', '192.0.2.1'])
        await to.ask({ headers: { 'x-forwarded-for': at } });
      return to.lines.map((line) => line.client);
    };
    const [one, two, again] = await hashes(client);
    assert.equal(one, again);
    assert.notEqual(one, two);
    const other = await ProxyClient.serve({ host: upstream.host, trustedHops: 1 });
    assert.notEqual((await hashes(other))[0], one);
    await other.close();
  });

  it('contains no token, header, body or address, whatever is sent', async () => {
    const SECRET = 'c2c_topsecret99887766';
    const address = { 'x-forwarded-for': '198.51.100.77' };
    upstream.script = {
      status: 422,
      body: JSON.stringify({ errors: [{ type: 'a', code: 'b', message: SECRET }] }),
    };
    await client.exchange(SECRET, {
      headers: { ...address, cookie: SECRET, authorization: SECRET, referer: SECRET },
    });
    await client.exchange(SECRET, { headers: { ...address, origin: `https://${SECRET}.example` } });
    await client.exchange(SECRET, { headers: { ...address, 'content-type': SECRET } });
    await client.exchange(SECRET, { headers: address, path: `/api/fabric/embeds/tokens?token=${SECRET}` });
    await client.exchange(`${SECRET} `, { headers: address });
    await client.ask({ body: SECRET, headers: address });
    upstream.script = { status: 201, body: JSON.stringify({ token: GUEST }) };
    await client.exchange(SECRET, { headers: address });
    assert.equal(client.lines.length, 7);
    const text = JSON.stringify(client.lines);
    assert.doesNotMatch(text, /topsecret|c2c_|eyJ|198\.51|sword|cookie/);
    assert.equal(client.lines.at(-1)?.token, SECRET.slice(-4));
  });

  it('writes OTHER for an unknown method', async () => {
    const lines: LogRecord[] = [];
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      log: (line) => lines.push(line),
    });
    for (const method of ['c2c_secret', 'POSTc2c_secret', 'c2c_secretPOST', 'PUT']) {
      await proxy(new Request('https://proxy.example/', { method, headers: { origin: ORIGIN } }));
    }
    assert.deepEqual(
      lines.map(({ method }) => method),
      ['OTHER', 'OTHER', 'OTHER', 'PUT'],
    );
  });

  it('has the origin of a refused request if it is well-formed', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    for (const origin of ['https://evil.example', undefined, 'null'])
      await client.ask({ headers: { ...headers, origin } });
    assert.deepEqual(
      client.lines.map(({ status, origin }) => [status, origin]),
      [
        [403, 'https://evil.example'],
        [403, undefined],
        [403, undefined],
      ],
    );
    const lines: LogRecord[] = [];
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      log: (line) => lines.push(line),
    });
    await proxy(new Request('https://proxy.example/', { headers: { origin: ORIGIN } }));
    assert.deepEqual(Object.keys(lines[0] ?? {}).sort(), [
      'code',
      'id',
      'method',
      'ms',
      'origin',
      'status',
      'time',
    ]);
  });

  it('has the duration in milliseconds with one decimal', async (context) => {
    const lines: LogRecord[] = [];
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      log: (line) => lines.push(line),
    });
    let nowMs = 5000;
    const clock = context.mock.method(performance, 'now', () => (nowMs += 12.34));
    await proxy(new Request('https://proxy.example/', { headers: { origin: ORIGIN } }));
    clock.mock.restore();
    assert.equal(lines[0]?.ms, 12.3);
  });

  it('that fails changes no answer and does not end the process', async (context) => {
    const unhandled = context.mock.fn();
    process.on('unhandledRejection', unhandled);
    const full = new Error('The disk is full.');
    const logs: (() => unknown)[] = [
      () => {
        throw full;
      },
      async () => Promise.reject(full),
    ];
    for (const log of logs) {
      const failing = await ProxyClient.serve({ host: upstream.host, log: log as () => void });
      assert.equal((await failing.ask()).status, 201);
      await failing.close();
    }
    process.off('unhandledRejection', unhandled);
    assert.equal(unhandled.mock.callCount(), 0);
  });

  it('has a record for a wrong path, and none for /healthz', async () => {
    await client.ask({ path: '/elsewhere' });
    await client.ask({ path: '/healthz', method: 'GET' });
    assert.deepEqual(
      client.lines.map(({ status, code }) => [status, code]),
      [[404, 'path_refused']],
    );
  });
});
