// Node: the proxy as a server. Run "node node.mjs", or without a file: npx -p sw-click-to-call sw-click-to-call-proxy
import { serve } from 'sw-click-to-call/proxy/node';

export const running = await serve({
  host: process.env.SIGNALWIRE_HOST ?? 'example', // your space: example.signalwire.com
  token: 'c2c_7acc0e5e968706a032983cd80cdca219', // the page then needs no token
  allowedOrigins: ['https://www.example.com'],
  port: Number(process.env.PORT ?? 8080),
  log: (record) => console.log(JSON.stringify(record)),
});
