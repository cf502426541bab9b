// Hono, on any runtime. How to get the client's address depends on the runtime: see "hono/conninfo" of your adapter.
// Here the app runs behind one load balancer, which appends the last entry of X-Forwarded-For.
import { Hono } from 'hono';
import { createTokenProxy } from 'sw-click-to-call/proxy';

const proxy = createTokenProxy({
  host: 'example',
  token: 'c2c_7acc0e5e968706a032983cd80cdca219',
  allowedOrigins: ['https://www.example.com'],
});

export const app = new Hono();
app.all('/call-token', (context) =>
  proxy(context.req.raw, { clientAddress: context.req.header('x-forwarded-for')?.split(',').at(-1) }),
);
export default app;
