// The environment variables of the bin: the options they become, and the sentence for an invalid one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENVIRONMENT, inVariables, readEnvironment } from '../../src/proxy/environment.js';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { OptionError } from '../../src/proxy/option-error.js';
import { TOKEN } from './proxy-client.js';

const LEAST = { SIGNALWIRE_HOST: 'example', ALLOWED_ORIGINS: 'https://shop.example' };
const read = (more: Record<string, string | undefined> = {}) => readEnvironment({ ...LEAST, ...more });

describe('the environment', () => {
  it('requires a host and an origin, and has defaults for the rest', () => {
    const { options, redisUrl } = read();
    assert.equal(redisUrl, undefined);
    const { host, allowedOrigins, rateLimit, ...rest } = options;
    assert.deepEqual([host, allowedOrigins], ['example', ['https://shop.example']]);
    assert.deepEqual(rateLimit, { perClient: undefined, perToken: undefined });
    assert.ok(Object.values(rest).every((value) => value === undefined));
  });

  it('reads every variable', () => {
    const { options, redisUrl } = read({
      ALLOWED_ORIGINS: ' https://a.example,https://b.example , \n https://*.c.example, ',
      SIGNALWIRE_TOKENS: `support = ${TOKEN}, sales=c2t_x`,
      SIGNALWIRE_PROJECT_ID: 'project',
      SIGNALWIRE_API_TOKEN: 'PTx',
      PORT: '0',
      BIND_ADDRESS: '::1',
      PROXY_PATH: '/call-token',
      TRUSTED_HOPS: '2',
      RATE_LIMIT_PER_CLIENT: '10/60',
      RATE_LIMIT_PER_TOKEN: 'off',
      REDIS_URL: 'rediss://user:word@redis.example:6380/1',
      EXPIRES_IN: '900',
      TIMEOUT_MS: '5000',
      MAX_CONCURRENT: '7',
      DRAIN_DELAY_MS: '3000',
    });
    assert.deepEqual(options, {
      host: 'example',
      allowedOrigins: ['https://a.example', 'https://b.example', 'https://*.c.example'],
      token: undefined,
      tokens: { support: TOKEN, sales: 'c2t_x' },
      credentials: { projectId: 'project', apiToken: 'PTx' },
      port: 0,
      bindAddress: '::1',
      path: '/call-token',
      trustedHops: 2,
      rateLimit: { perClient: { requests: 10, seconds: 60 }, perToken: false },
      expiresIn: 900,
      timeoutMs: 5000,
      maxConcurrent: 7,
      drainDelayMs: 3000,
    });
    assert.equal(redisUrl, 'rediss://user:word@redis.example:6380/1');
    assert.equal(read({ SIGNALWIRE_TOKEN: TOKEN }).options.token, TOKEN);
    assert.equal(read({ PORT: '65535' }).options.port, 65_535);
    assert.equal(read({ REDIS_URL: 'redis://redis' }).redisUrl, 'redis://redis');
  });

  it('treats an empty variable as not set', () => {
    const empty = Object.fromEntries(Object.keys(ENVIRONMENT).map((name) => [name, ' ']));
    assert.deepEqual(readEnvironment({ ...empty, ...LEAST }), read());
  });

  for (const [name, value] of [
    ['SIGNALWIRE_HOST', ''],
    ['SIGNALWIRE_HOST', 'http://secret.example.com'],
    ['SIGNALWIRE_HOST', 'https://user:secret@example.com'],
    ['ALLOWED_ORIGINS', ''],
    ['ALLOWED_ORIGINS', ','],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://shop.example,*'],
    ['ALLOWED_ORIGINS', 'PTsecret'],
    ['SIGNALWIRE_TOKEN', 'PTsecret'],
    ['SIGNALWIRE_TOKENS', 'secret'],
    ['SIGNALWIRE_TOKENS', 'a=b=secret'],
    ['SIGNALWIRE_TOKENS', 'a=c2c_other,b=c2c_secret=c'],
    ['SIGNALWIRE_TOKENS', 'PTsecret=support'],
    ['SIGNALWIRE_TOKENS', 'a=c2c_secret,a=c2c_other'],
    ['SIGNALWIRE_PROJECT_ID', 'secret'],
    ['SIGNALWIRE_API_TOKEN', 'PTsecret'],
    ['PORT', 'secret'],
    ['PORT', '70000'],
    ['PORT', '80 secret'],
    ['TRUSTED_HOPS', '-1'],
    ['RATE_LIMIT_PER_CLIENT', '60'],
    ['RATE_LIMIT_PER_CLIENT', '0/60'],
    ['RATE_LIMIT_PER_CLIENT', '60/60s'],
    ['RATE_LIMIT_PER_TOKEN', '-60/60'],
    ['RATE_LIMIT_PER_TOKEN', '60/0'],
    ['RATE_LIMIT_PER_TOKEN', 'OFF'],
    ['REDIS_URL', 'secret:secret@redis'],
    ['REDIS_URL', 'secretredis://redis'],
    ['REDIS_URL', 'redis://redis/0 secret'],
    ['EXPIRES_IN', '15m'],
    ['EXPIRES_IN', '0'],
    ['TIMEOUT_MS', '8 s'],
    ['TIMEOUT_MS', '0'],
    ['MAX_CONCURRENT', '0'],
  ] as const) {
    it(`is refused with one sentence that names the variable and not its value: ${name}=${value}`, () => {
      assert.throws(
        () => createTokenProxy(read({ [name]: value }).options),
        (error) => {
          assert.ok(error instanceof OptionError);
          const sentence = inVariables(error);
          assert.match(sentence, new RegExp(`\\b${name}\\b`));
          assert.match(sentence, /^[^\n]+\.$/);
          assert.doesNotMatch(sentence, /secret|PT/);
          return true;
        },
      );
    });
  }
});
