#!/usr/bin/env node
// Bin "sw-click-to-call-proxy": runs the proxy as a process that is configured by environment variables and writes one
// JSON line per request to stdout. Exit codes: 0 after SIGTERM or SIGINT once every request in flight is answered, 2 for
// a wrong configuration, 1 for any other failure, such as a port in use.
/// <reference types="node" />
import { once } from 'node:events';
import { inVariables, readEnvironment } from './environment.js';
import { createTokenProxy } from './handler.js';
import { OptionError } from './option-error.js';
import type { RateLimitOptions } from './options.js';
import { serve, type ServeOptions } from './serve.js';

// A reader that closes the pipe must not end the proxy.
process.stdout.on('error', () => undefined);

const writeLine = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Makes rate limiters that count in a shared Redis. ioredis is optional, so it is imported only when it is needed. */
async function redisStore(url: string) {
  const { Redis } = await import('ioredis').catch(() => {
    throw new OptionError('REDIS_URL', 'is set, but the package ioredis is not installed.');
  });
  const { RateLimiterRedis } = (await import('rate-limiter-flexible')).default;
  // Without ioredis's own queue a command fails at once while Redis is down, and the proxy counts in memory instead.
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  // ioredis's messages may quote the URL, password included, so they are not written anywhere.
  redis.on('error', () => undefined);
  for (const state of ['ready', 'close'])
    redis.on(state, () => writeLine({ time: new Date().toISOString(), redis: state }));
  const store: RateLimitOptions['store'] = (options) =>
    new RateLimiterRedis({ storeClient: redis, ...options });
  return { store, close: () => redis.disconnect() };
}

async function main(): Promise<void> {
  const { options, redisUrl } = readEnvironment(process.env);
  // Created only to check the options before anything connects.
  createTokenProxy(options);
  const redis = redisUrl === undefined ? undefined : await redisStore(redisUrl);
  const rateLimit =
    redis && options.rateLimit ? { ...options.rateLimit, store: redis.store } : options.rateLimit;
  const all: ServeOptions = { ...options, rateLimit, log: writeLine };
  const { server, port } = await serve(all);
  writeLine({ time: new Date().toISOString(), listening: port });
  await once(server, 'close');
  redis?.close();
  writeLine({ time: new Date().toISOString(), stopped: true });
}

await main().catch((thrown: unknown) => {
  const isOption = thrown instanceof OptionError;
  process.stderr.write(
    `sw-click-to-call-proxy: ${isOption ? inVariables(thrown) : (thrown as Error).message}\n`,
  );
  process.exit(isOption ? 2 : 1);
});
