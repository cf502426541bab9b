// Next.js: app/call-token/route.ts, for the Node and the edge runtime.
import { createTokenProxy } from 'sw-click-to-call/proxy';

const proxy = createTokenProxy({
  host: 'example',
  token: 'c2c_7acc0e5e968706a032983cd80cdca219',
  allowedOrigins: ['https://www.example.com'],
});

const answer = (request: Request): Promise<Response> =>
  // Vercel sets this header and drops the client's. On other hosts, use the header of your own load balancer.
  proxy(request, { clientAddress: request.headers.get('x-real-ip') ?? undefined });

export { answer as OPTIONS, answer as POST };
