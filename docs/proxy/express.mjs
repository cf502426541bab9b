// Express 5: one route of an app. Run no body parser before it: the proxy reads the body itself, with a size limit.
import express from 'express';
import { createTokenProxy } from 'sw-click-to-call/proxy';
import { createNodeHandler } from 'sw-click-to-call/proxy/node';

const proxy = createTokenProxy({
  host: process.env.SIGNALWIRE_HOST ?? 'example',
  tokens: { support: 'c2c_7acc0e5e968706a032983cd80cdca219' }, // the page says token="support"
  allowedOrigins: ['https://www.example.com'],
});

export const app = express().disable('x-powered-by');
app.all('/call-token', createNodeHandler(proxy, { trustedHops: 1 })); // behind one load balancer
