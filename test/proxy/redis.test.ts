// Several proxies that share their limits in a real Redis, and what happens while it is down.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { Bin } from './bin.js';
import { ORIGIN, ProxyClient } from './proxy-client.js';
import { RedisServer, skipWithoutRedis } from './redis-server.js';
import { ScriptedUpstream } from './scripted-upstream.js';

const skip = skipWithoutRedis('limits that several proxies share in a Redis');

/** Unlike `once` of node:events, does not reject at an error event: there are errors while Redis is down. */
const next = (redis: Redis, event: string) =>
  new Promise<void>((resolve) => redis.once(event, () => resolve()));
const count = (all: readonly number[], status: number) => all.filter((one) => one === status).length;

describe('Redis', { skip, timeout: 240_000 }, () => {
  const redisServer = new RedisServer();
  const ends: (() => unknown)[] = [];
  let upstream: ScriptedUpstream;
  let admin: Redis;
  before(async () => {
    upstream = await new ScriptedUpstream().start();
    await redisServer.start();
    admin = await connected();
  });
  after(async () => {
    admin.disconnect();
    upstream.close();
    await redisServer.kill();
  });
  beforeEach(() => admin.flushall());
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function connected(): Promise<Redis> {
    const redis = new Redis(redisServer.url, { enableOfflineQueue: false, retryStrategy: () => 20 });
    redis.on('error', () => {});
    await next(redis, 'ready');
    return redis;
  }

  /** A proxy with its own connection to Redis. */
  async function instance() {
    const redis = await connected();
    const client = await ProxyClient.serve({
      host: upstream.host,
      trustedHops: 1,
      rateLimit: {
        perClient: { requests: 4, seconds: 60 },
        perToken: { requests: 6, seconds: 60 },
        store: (options) => new RateLimiterRedis({ storeClient: redis, ...options }),
      },
    });
    ends.push(
      () => redis.disconnect(),
      () => client.close(),
    );
    const ask = (at: string, token = 'c2c_a') =>
      client.exchange(token, { headers: { 'x-forwarded-for': at } });
    const status = async (at: string, token?: string) => (await ask(at, token)).status;
    return { redis, ask, status };
  }

  it('counts several instances together, clients and tokens', async (context) => {
    const [one, two] = [await instance(), await instance()];
    // Stops the clock, because a request that Redis answers too late is not counted there.
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const asked = Array.from({ length: 8 }, (_, turn) => (turn % 2 ? one : two).status('192.0.2.1'));
    const counted = await Promise.all(asked);
    assert.deepEqual([count(counted, 201), count(counted, 429)], [4, 4]);
    assert.equal(await one.status('192.0.2.2'), 201);
    assert.equal(await two.status('192.0.2.3'), 201);
    const refused = await two.ask('192.0.2.4');
    assert.equal(refused.json.errors?.[0]?.code, 'token_rate_limited');
    assert.ok(Number(refused.headers['retry-after']) > 50);
    context.mock.timers.reset();
    const keys = await admin.keys('*');
    assert.ok(keys.length >= 4);
    assert.doesNotMatch(keys.join(), /c2c_/);
  });

  it('that is down is replaced by memory, and counts again when it is back', async () => {
    const { redis, status } = await instance();
    assert.equal(await status('192.0.2.9'), 201);
    const closed = next(redis, 'close');
    await redisServer.kill();
    await closed;
    const alone = await Promise.all(Array.from({ length: 5 }, () => status('192.0.2.9', 'c2c_b')));
    assert.deepEqual([count(alone, 201), count(alone, 429)], [4, 1]);
    const ready = Promise.all([next(redis, 'ready'), next(admin, 'ready')]);
    await redisServer.start();
    await ready;
    assert.equal(await status('192.0.2.9', 'c2c_c'), 201);
    assert.equal((await admin.keys('sw-c2c-client:*')).length, 1);
  });

  it('is shared by two processes of the bin, which log when it goes down and up, and exit with 0', async () => {
    const environment = {
      SIGNALWIRE_HOST: upstream.host,
      ALLOWED_ORIGINS: ORIGIN,
      REDIS_URL: redisServer.url,
      RATE_LIMIT_PER_CLIENT: '5/60',
      RATE_LIMIT_PER_TOKEN: 'off',
    };
    const bins = [new Bin(environment), new Bin(environment)];
    ends.push(...bins.map((bin) => () => bin.kill()));
    await Promise.all(bins.map((bin) => bin.line(({ redis }) => redis === 'ready')));
    await Promise.all(bins.map((bin) => bin.port()));
    const statuses: number[] = [];
    for (let turn = 0; turn < 8; turn++) statuses.push((await bins[turn % 2]!.ask()).status);
    assert.deepEqual(statuses, [201, 201, 201, 201, 201, 429, 429, 429]);
    await redisServer.kill();
    await Promise.all(bins.map((bin) => bin.line(({ redis }) => redis === 'close')));
    for (const bin of bins) assert.equal((await bin.ask()).status, 201);
    for (const bin of bins) {
      bin.child.kill('SIGTERM');
      assert.deepEqual(await bin.exited, [0, null]);
      assert.equal(bin.stderr, '');
    }
    const ready = next(admin, 'ready');
    await redisServer.start();
    await ready;
  });
});
