// Rate limits per client, however its address is spelled, and per token, in memory and in a shared store.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clientKey } from '../../src/proxy/client.js';
import { createTokenProxy, type Limiter, type RateLimitOptions } from '../../src/proxy/handler.js';
import { createRateLimits } from '../../src/proxy/rate-limit.js';
import { ORIGIN, ProxyClient, TOKEN } from './proxy-client.js';
import { GUEST, ScriptedUpstream } from './scripted-upstream.js';

const TWO = { requests: 2, seconds: 60 };

/** A function that sends a request to a proxy from a client address. */
function asker(rateLimit: RateLimitOptions | false | undefined) {
  const proxy = createTokenProxy({
    host: 'example',
    allowedOrigins: [ORIGIN],
    rateLimit,
    fetch: async () => Response.json({ token: GUEST }),
  });
  return async (clientAddress?: string, token = TOKEN, origin = ORIGIN) => {
    const headers = { origin, 'content-type': 'application/json' };
    const request = new Request('https://proxy.example/', {
      method: 'POST',
      headers,
      body: JSON.stringify({ token }),
    });
    return proxy(request, { clientAddress });
  };
}
/** Sorted, because it is not defined which of several concurrent requests is refused. */
const statuses = async (asked: Promise<Response>[]) =>
  (await Promise.all(asked)).map(({ status }) => status).sort();

describe('a client', () => {
  for (const [one, other] of [
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '::ffff:192.0.2.1'],
    ['192.0.2.1', '::FFFF:c000:0201'],
    ['192.0.2.1', ' 192.0.2.1:4711 '],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:2::1', '[2001:DB8:1:2::9]:443'],
    ['2001:db8:1:2::1', '2001:0db8:0001:0002:0:0:0:1%eth0'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['rubbish', 'unknown'],
    ['300.1.1.1', '1.2.3'],
    ['1:2:3', 'gggg::1'],
    ['2001:db8:1:2::1', '[2001:db8:1:2::9]'],
    ['2001:0:0:3::1', '2001::3:4:5:6:7'],
    ['unknown', 'x'.repeat(200)],
    ['unknown', '192.0.2.1:x:1:80'],
    ['unknown', '192.0.2.1:80x'],
    ['unknown', '256.1.1.1'],
    ['unknown', '-1.1.1.1'],
    ['unknown', '1e1.1.1.1'],
    ['unknown', '::1]/['],
    ['unknown', '::1]/[::'],
  ] as const) {
    it(`is the same: ${one} and ${other}`, () => assert.equal(clientKey(one), clientKey(other)));
  }

  for (const [one, other] of [
    ['192.0.2.1', '192.0.2.2'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['::1', '::ffff:0.0.0.1'],
    ['192.0.2.1', 'rubbish'],
    ['1:23::1', '12:3::1'],
  ] as const) {
    it(`is different: ${one} and ${other}`, () => assert.notEqual(clientKey(one), clientKey(other)));
  }

  it('is unknown when its address is as long as a header, and this is found in linear time', () => {
    const address = `1${' '.repeat(16_000)}1`;
    // CPU time, because the machine may be busy.
    const before = process.cpuUsage();
    for (let time = 0; time < 20; time++) assert.equal(clientKey(address), 'unknown');
    assert.ok(process.cpuUsage(before).user < 1e6);
  });

  it('over its limit gets 429 with Retry-After and CORS, and others do not', async () => {
    const ask = asker({ perClient: TWO });
    assert.deepEqual(await statuses([ask('192.0.2.1'), ask('192.0.2.1')]), [200, 200]);
    const refused = await ask('192.0.2.1');
    assert.equal(refused.status, 429);
    const waitSec = Number(refused.headers.get('retry-after'));
    assert.ok(waitSec > 50 && waitSec <= 60);
    assert.equal(refused.headers.get('access-control-allow-origin'), ORIGIN);
    const { errors } = (await refused.json()) as { errors: { code: string }[] };
    assert.equal(errors[0]?.code, 'client_rate_limited');
    assert.equal((await ask('192.0.2.2')).status, 200);
  });

  it('is its /64', async () => {
    const ask = asker({ perClient: TWO });
    const asked = ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:3::', '2001:db8:1:3::1'].map((at) =>
      ask(at),
    );
    assert.deepEqual(await statuses(asked), [200, 200, 200, 429]);
  });

  it('without an address is not counted, but its token is', async () => {
    const ask = asker({ perClient: { requests: 1, seconds: 60 }, perToken: TWO });
    assert.deepEqual(
      await statuses([ask(), ask(), ask(), ask(undefined, 'c2c_other')]),
      [200, 200, 200, 429],
    );
  });

  it('is not counted when the origin is refused', async () => {
    const ask = asker({ perClient: { requests: 1, seconds: 60 } });
    assert.deepEqual(await statuses([ask('192.0.2.1', TOKEN, 'https://evil.example')]), [403]);
    assert.deepEqual(await statuses([ask('192.0.2.1')]), [200]);
  });
});

describe('a token', () => {
  it('is counted over all clients', async () => {
    const ask = asker({ perToken: TWO });
    assert.deepEqual(await statuses([ask('192.0.2.1'), ask('192.0.2.2'), ask('192.0.2.3')]), [200, 200, 429]);
    const refused = await ask('192.0.2.4');
    const waitSec = Number(refused.headers.get('retry-after'));
    assert.ok(waitSec > 50 && waitSec <= 60);
    assert.equal(refused.headers.get('access-control-allow-origin'), ORIGIN);
  });

  it('is counted across its aliases', async () => {
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      tokens: { a: TOKEN, b: TOKEN },
      rateLimit: { perToken: TWO },
      fetch: async () => Response.json({ token: GUEST }),
    });
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const ask = (token: string) =>
      proxy(
        new Request('https://proxy.example/', { method: 'POST', headers, body: JSON.stringify({ token }) }),
      );
    assert.deepEqual(await statuses([ask('a'), ask('b'), ask(TOKEN)]), [200, 200, 429]);
  });
});

describe('the limits', () => {
  /** How many of these requests pass. */
  async function passed(ask: ReturnType<typeof asker>, requests: number, clientAddress?: string) {
    let count = 0;
    for (let request = 0; request < requests; request++)
      if ((await ask(clientAddress)).status === 200) count++;
    return count;
  }

  it('are 60 requests per client and 600 per token by default', async () => {
    assert.equal(await passed(asker(undefined), 61, '192.0.2.1'), 60);
    const limits = createRateLimits({});
    const waits: boolean[] = [];
    for (let request = 0; request < 601; request++) waits.push((await limits.token(TOKEN)) > 0);
    assert.equal(waits.indexOf(true), 600);
  });

  it('can be turned off, both or one of them', async () => {
    assert.equal(await passed(asker(false), 61, '192.0.2.1'), 61);
    assert.equal(await passed(asker({ perClient: false, perToken: TWO }), 3, '192.0.2.1'), 2);
    assert.equal(await passed(asker({ perClient: false }), 61, '192.0.2.1'), 61);
    const limits = createRateLimits({ perToken: false });
    for (let request = 0; request < 601; request++) assert.equal(await limits.token(TOKEN), 0);
  });
});

describe('memory', () => {
  it('is bounded: a flood of addresses drops the least recently seen ones, and no others', async () => {
    const limits = createRateLimits({ perClient: { requests: 2, seconds: 600 } });
    assert.equal(await limits.client('idle'), 0);
    assert.equal(await limits.client('idle'), 0);
    assert.ok((await limits.client('idle')) > 0);
    for (let flood = 0; flood < 20_000; flood++) {
      await limits.client(`flood-${flood}`);
      if (flood % 1000 === 0) await limits.client('busy');
    }
    assert.ok((await limits.client('busy')) > 0, 'a recently seen client was dropped');
    assert.equal(await limits.client('idle'), 0, 'nothing was dropped');
  });
});

describe('forwarded addresses', () => {
  let upstream: ScriptedUpstream;
  before(async () => {
    upstream = await new ScriptedUpstream().start();
  });
  after(() => upstream.close());

  /** The statuses of sequential requests with these X-Forwarded-For headers. */
  async function outcomes(
    trustedHops: number | undefined,
    forwarded: readonly (string | string[] | undefined)[],
  ) {
    const perClient = { requests: 1, seconds: 60 };
    const client = await ProxyClient.serve({ host: upstream.host, trustedHops, rateLimit: { perClient } });
    const all: number[] = [];
    for (const value of forwarded)
      all.push((await client.ask({ headers: { 'x-forwarded-for': value } })).status);
    await client.close();
    return all;
  }

  it('are ignored when no hop is trusted', async () => {
    assert.deepEqual(await outcomes(undefined, ['192.0.2.1', '192.0.2.2']), [201, 429]);
    assert.deepEqual(await outcomes(0, [undefined, '192.0.2.2, 192.0.2.3']), [201, 429]);
  });

  it('count from the right, one per trusted hop, so that entries written by the client change nothing', async () => {
    assert.deepEqual(
      await outcomes(1, ['192.0.2.1', 'spoof, 192.0.2.1', '1.1.1.1,2.2.2.2, 192.0.2.1']),
      [201, 429, 429],
    );
    assert.deepEqual(await outcomes(1, ['192.0.2.1, 192.0.2.2', '192.0.2.1, 192.0.2.3']), [201, 201]);
    assert.deepEqual(
      await outcomes(1, [
        ['9.9.9.9', '192.0.2.1'],
        ['8.8.8.8', '192.0.2.1'],
        ['8.8.8.8', '192.0.2.2'],
      ]),
      [201, 429, 201],
    );
    assert.deepEqual(await outcomes(2, ['x, 192.0.2.1, 10.0.0.1', 'y, 192.0.2.1, 10.0.0.2']), [201, 429]);
  });

  it('are ignored when there are fewer entries than trusted hops', async () => {
    assert.deepEqual(await outcomes(2, ['192.0.2.1', '192.0.2.2', undefined]), [201, 429, 429]);
    assert.deepEqual(await outcomes(1, [undefined, '']), [201, 429]);
  });

  it('require a valid number of hops', async () => {
    for (const trustedHops of [-1, 1.5, NaN, 101])
      await assert.rejects(ProxyClient.serve({ host: 'example', trustedHops }), /^OptionError: trustedHops/);
  });
});

describe('a shared store', () => {
  const storeOf = (consume: Limiter['consume']) =>
    asker({ perClient: TWO, perToken: false, store: () => ({ consume }) });

  it('receives the limits and keys without tokens', async () => {
    const options: unknown[] = [];
    const keys: string[] = [];
    const ask = asker({
      perClient: TWO,
      perToken: { requests: 7, seconds: 8 },
      store: (given) => {
        options.push(given);
        return { consume: async (key) => keys.push(key) };
      },
    });
    assert.equal((await ask('192.0.2.1')).status, 200);
    assert.deepEqual(options, [
      { keyPrefix: 'sw-c2c-token', points: 7, duration: 8 },
      { keyPrefix: 'sw-c2c-client', points: 2, duration: 60 },
    ]);
    assert.equal(keys[0], '192.0.2.1');
    assert.match(keys[1] ?? '', /^[0-9a-f]{16}$/);
  });

  it('that refuses sets Retry-After in whole seconds', async () => {
    for (const [msBeforeNext, expected] of [
      [2500, '3'],
      [60_000, '60'],
      [0, '1'],
    ] as const) {
      const ask = storeOf(() => Promise.reject({ msBeforeNext }));
      const refused = await ask('192.0.2.1');
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, expected]);
    }
  });

  it('that answers leaves no timer behind', async () => {
    const ask = storeOf(async () => {});
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    for (let turn = 0; turn < 5; turn++) assert.equal((await ask('192.0.2.1')).status, 200);
    assert.ok(timers() < before + 5);
  });

  it('that rejects with anything else counts as failed', async () => {
    for (const thrown of [null, undefined, 'over', { msBeforeNext: '2500' }]) {
      const ask = storeOf(() => Promise.reject(thrown));
      assert.deepEqual(
        await statuses([ask('192.0.2.1'), ask('192.0.2.1'), ask('192.0.2.1')]),
        [200, 200, 429],
      );
    }
  });

  it('that fails or does not answer is replaced by counting in memory', async () => {
    const broken = storeOf(() => Promise.reject(new Error('The connection broke.')));
    assert.deepEqual(
      await statuses([broken('192.0.2.1'), broken('192.0.2.1'), broken('192.0.2.1')]),
      [200, 200, 429],
    );
    const silent = storeOf(() => new Promise(() => {}));
    assert.deepEqual(
      await statuses([silent('192.0.2.1'), silent('192.0.2.1'), silent('192.0.2.1')]),
      [200, 200, 429],
    );
  });
});
