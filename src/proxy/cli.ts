#!/usr/bin/env node
// Bin "sw-click-to-call-proxy": the proxy as a process, configured by environment variables, one JSON line per request
// on stdout. Promise: an unsafe or malformed configuration ends it at once with one sentence and exit code 2; SIGTERM
// and SIGINT end it with 0 when everything in flight is answered. Must not know: how anything is answered.
/// <reference types="node" />
import { once } from 'node:events';
import { inVariables, readEnvironment, type Configuration } from './environment.js';
import { createTokenProxy } from './handler.js';
import type { RateLimitOptions } from './options.js';
import { serve, type ServeOptions } from './serve.js';

// Whoever read the lines may be gone; that must not end the proxy.
process.stdout.on('error', () => undefined);

const writeLine = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

function refuse(thrown: unknown, exitCode: number): never {
  process.stderr.write(`sw-click-to-call-proxy: ${inVariables((thrown as Error).message)}\n`);
  process.exit(exitCode);
}

function configuration(): Configuration {
  try {
    const read = readEnvironment(process.env);
    // Made once for its checks, before anything is connected.
    createTokenProxy(read.options);
    return read;
  } catch (thrown) {
    return refuse(thrown, 2);
  }
}

/** Limiters on a shared Redis. Loaded only here: ioredis is installed by those who want it. */
async function redisStore(url: string) {
  const { Redis } = await import('ioredis').catch(() =>
    refuse(new Error('REDIS_URL is set, but the package ioredis is not installed.'), 2),
  );
  const { RateLimiterRedis } = (await import('rate-limiter-flexible')).default;
  // Without its own queue a command fails at once while Redis is away, and the proxy counts in memory meanwhile.
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  // The words of these errors are not ours, and may quote the URL.
  redis.on('error', () => undefined);
  for (const state of ['ready', 'close'])
    redis.on(state, () => writeLine({ time: new Date().toISOString(), redis: state }));
  const store: RateLimitOptions['store'] = (options) =>
    new RateLimiterRedis({ storeClient: redis, ...options });
  return { store, close: () => redis.disconnect() };
}

async function main({ options, redisUrl }: Configuration): Promise<void> {
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

await main(configuration()).catch((thrown: unknown) =>
  refuse(thrown, (thrown as { code?: unknown }).code === undefined ? 2 : 1),
);
