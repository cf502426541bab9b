// Several instances that share their rate limits in one Redis. "npm i ioredis rate-limiter-flexible".
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { serve } from 'sw-click-to-call/proxy/node';

// Without ioredis's own queue a command fails at once while Redis is down; the proxy then counts in memory.
const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost', { enableOfflineQueue: false });
redis.on('error', (error) => console.error('redis:', error.message));

export const running = await serve({
  host: process.env.SIGNALWIRE_HOST ?? 'example',
  token: 'c2c_7acc0e5e968706a032983cd80cdca219',
  allowedOrigins: ['https://www.example.com'],
  port: Number(process.env.PORT ?? 8080),
  rateLimit: {
    perClient: { requests: 30, seconds: 60 },
    perToken: { requests: 600, seconds: 60 },
    store: (options) => new RateLimiterRedis({ storeClient: redis, ...options }),
  },
});
running.server.once('close', () => redis.disconnect());
