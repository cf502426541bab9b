// Next.js: app/call-token/route.ts. Node and edge runtime alike.
import { createTokenProxy } from 'sw-click-to-call/proxy';

const proxy = createTokenProxy({
  host: 'example',
  token: 'c2c_7acc0e5e968706a032983cd80cdca219',
  allowedOrigins: ['https://www.example.com'],
});

const answer = (request: Request): Promise<Response> =>
  // Vercel writes this header itself and drops what the client sends under its name. Elsewhere: your own balancer's.
  proxy(request, { clientAddress: request.headers.get('x-real-ip') ?? undefined });

export { answer as OPTIONS, answer as POST };
