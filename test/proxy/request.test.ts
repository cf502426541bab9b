// What a page may send: method, type, size, shape and speed, over real sockets. A refused request never reaches the
// upstream.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { head, ORIGIN, PATH, ProxyClient, received, TOKEN } from './proxy-client.js';
import { GUEST, ScriptedUpstream } from './scripted-upstream.js';

let upstream: ScriptedUpstream;
let client: ProxyClient;
before(async () => {
  upstream = await new ScriptedUpstream().start();
  client = await ProxyClient.serve({ host: upstream.host });
});
after(async () => {
  await client.close();
  upstream.close();
});
beforeEach(() => {
  upstream.asked.length = 0;
});

describe('a preflight', () => {
  it('is answered with the allowed method and header, valid for ten minutes', async () => {
    const headers = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const answer = await client.ask({ method: 'OPTIONS', headers });
    assert.equal(answer.status, 204);
    assert.equal(answer.text, '');
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
    assert.equal(answer.headers['access-control-allow-methods'], 'POST');
    assert.equal(answer.headers['access-control-allow-headers'], 'content-type');
    assert.equal(answer.headers['access-control-max-age'], '600');
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    assert.equal(answer.headers['content-type'], undefined);
    assert.equal(upstream.asked.length, 0);
  });
});

describe('a request', () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
    it(`is refused with 405: ${method}`, async () => {
      const answer = await client.ask({ method });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers['allow'], 'POST, OPTIONS');
      assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
      if (method === 'HEAD') return;
      // The shape in the API's documentation.
      const { error, errors = [] } = answer.json;
      assert.equal(error, 'Method Not Allowed');
      assert.deepEqual(
        errors.map(({ type, code }) => [type, code]),
        [['proxy_error', 'method_refused']],
      );
    });
  }

  for (const type of [
    undefined,
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    'application/json-patch+json',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8-x',
    'application/json;x-charset=utf-8',
    'x-application/json',
    'application/json, text/plain',
  ]) {
    it(`is refused with 415: content type ${type}`, async () => {
      const answer = await client.ask({ headers: { 'content-type': type } });
      assert.equal(answer.status, 415);
      assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
      assert.equal(answer.headers['allow'], undefined);
      assert.equal(upstream.asked.length, 0);
    });
  }

  it('is refused with 415 when its body is encoded', async () => {
    assert.equal((await client.ask({ headers: { 'content-encoding': 'gzip' } })).status, 415);
  });

  it('may state the charset UTF-8', async () => {
    const headers = { 'content-type': 'application/json;charset=UTF-8' };
    assert.equal((await client.ask({ headers })).status, 201);
  });

  for (const body of ['', '{', 'null x', '{"token":', '\u0000', `'${TOKEN}'`]) {
    it(`is refused with 400: body ${JSON.stringify(body)}`, async () => {
      const answer = await client.ask({ body });
      assert.equal(answer.status, 400);
      assert.equal(answer.json.errors?.[0]?.code, 'body_malformed');
    });
  }

  for (const body of [
    'null',
    '[]',
    '7',
    '"c2c_demo"',
    '{}',
    '{"token":""}',
    '{"token":7}',
    '{"token":null}',
    '{"token":["c2c_demo"]}',
    '{"token":"c2c_demo","host":"evil.example"}',
    '{"token":"PT7acc0e5e"}',
    '{"token":"c2c_"}',
    '{"token":"c2c_a/../../x"}',
    '{"token":"c2c_a\\r\\nX-Evil: 1"}',
    `{"token":"${GUEST}"}`,
    `{"token":"c2c_${'a'.repeat(300)}"}`,
    '{"__proto__":{"token":"c2c_demo"}}',
  ]) {
    it(`is refused with 422: body ${body.slice(0, 60)}`, async () => {
      const answer = await client.ask({ body });
      assert.equal(answer.status, 422);
      const { error, errors: [item] = [] } = answer.json;
      for (const member of ['code', 'message', 'url'] as const) assert.ok(item?.[member]);
      assert.deepEqual([error, item?.type, item?.attribute], [undefined, 'validation_error', 'token']);
      assert.doesNotMatch(answer.text, /c2c_[a-z]|PT7|evil|eyJ/);
      assert.equal(upstream.asked.length, 0);
    });
  }

  it('is refused with 413 by its Content-Length, before the body arrives', async () => {
    const socket = client.connect();
    socket.write(head('Content-Length: 2049'));
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.match(
      data.toString(),
      /^HTTP\/1\.1 413 [\s\S]*access-control-allow-origin: https:\/\/shop\.example/i,
    );
    socket.destroy();
  });

  it('is refused with 413 when a chunked body gets too long', async () => {
    const socket = client.connect();
    socket.write(head('Transfer-Encoding: chunked') + `800\r\n${' '.repeat(2048)}\r\n`);
    const answer = received(socket);
    socket.write('1\r\n \r\n');
    assert.match(await answer, /^HTTP\/1\.1 413 [\s\S]*connection: close/i);
  });

  it('is refused with a readable 413 while it is still sending', async () => {
    const answer = await client.ask({ body: 'x'.repeat(200_000) });
    assert.equal(answer.status, 413);
    assert.equal(answer.json.errors?.[0]?.code, 'body_too_long');
  });

  it('may have exactly 2 KB, and be chunked', async () => {
    const body = JSON.stringify({ token: TOKEN });
    assert.equal((await client.ask({ body: body.padEnd(2048) })).status, 201);
    assert.equal((await client.ask({ body: body.padEnd(2049) })).status, 413);
    const chunks = [...body].map((letter) => `1\r\n${letter}\r\n`).join('');
    const answer = await client.raw(
      head('Transfer-Encoding: chunked', 'Connection: close') + chunks,
      '0\r\n\r\n',
    );
    assert.match(answer, /^HTTP\/1\.1 201 /);
  });

  it('is measured in bytes, not in characters', async () => {
    assert.equal((await client.ask({ body: JSON.stringify({ token: '€'.repeat(700) }) })).status, 413);
  });

  it('is refused when it has two lengths', async () => {
    const body = '{"token":"c2c_demo"}';
    const smuggled = head('Content-Length: 20', 'Transfer-Encoding: chunked') + `14\r\n${body}\r\n0\r\n\r\n`;
    assert.match(await client.raw(smuggled), /^HTTP\/1\.1 400 /);
    assert.equal(upstream.asked.length, 0);
  });

  it('is refused with 408 when its body does not arrive in time', async () => {
    const slow = await ProxyClient.serve({ host: upstream.host, timeoutMs: 100 });
    const socket = slow.connect();
    socket.write(head('Content-Length: 20') + '{"to');
    assert.match(
      await received(socket),
      /^HTTP\/1\.1 408 [\s\S]*access-control-allow-origin[\s\S]*body_slow/i,
    );
    assert.equal(slow.lines[0]?.code, 'body_slow');
    await slow.close();
  });

  it('that breaks off is logged, and not exchanged', async () => {
    client.lines.length = 0;
    const socket = client.connect();
    const arrived = once(client.server.server, 'request');
    const sent = new Promise((resolve) => socket.write(head('Content-Length: 20') + '{"to', resolve));
    await Promise.all([sent, arrived]);
    socket.destroy();
    while (client.lines.length === 0) await new Promise(setImmediate);
    assert.equal(client.lines[0]?.status, 499);
    assert.equal(upstream.asked.length, 0);
  });
});

describe('the path', () => {
  for (const path of [
    '/',
    `${PATH}/`,
    `${PATH}x`,
    `${PATH}/../tokens`,
    `/${PATH}`,
    PATH.toUpperCase(),
    '/healthz/x',
  ]) {
    it(`is not served: ${path}`, async () => {
      const answer = await client.ask({ path });
      assert.equal(answer.status, 404);
      assert.equal(upstream.asked.length, 0);
    });
  }

  it('that is not served gets a 404 that a page can read', async () => {
    const preflight = await client.ask({ method: 'OPTIONS', path: '/elsewhere' });
    assert.equal(preflight.status, 204);
    const answer = await client.ask({ path: '/elsewhere' });
    assert.equal(answer.status, 404);
    assert.equal(answer.json.errors?.[0]?.code, 'path_refused');
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
    for (const method of ['OPTIONS', 'POST']) {
      const evil = { origin: 'https://evil.example' };
      const refused = await client.ask({ method, path: '/elsewhere', headers: evil });
      assert.equal(refused.status, 404);
      assert.equal(refused.headers['access-control-allow-origin'], undefined);
    }
  });

  it('can be configured', async () => {
    const chosen = await ProxyClient.serve({ host: upstream.host, path: '/call-token' });
    assert.equal((await chosen.ask({ path: '/call-token' })).status, 201);
    assert.equal((await chosen.ask({ path: '/call-token?page=1' })).status, 201);
    assert.equal((await chosen.ask()).status, 404);
    await chosen.close();
  });

  it('of the health check answers without the upstream', async () => {
    const answer = await client.ask({ method: 'GET', path: '/healthz', headers: { origin: undefined } });
    assert.deepEqual([answer.status, answer.text], [200, '{"status":"ok"}']);
    assert.equal(upstream.asked.length, 0);
  });
});
