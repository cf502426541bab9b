// Cloudflare Worker. No compatibility flag is needed; "enable_request_signal" lets a page that leaves stop the exchange.
// Limits are counted in the memory of each isolate: add a rate limiting rule in front where that is not enough.
import { createTokenProxy } from 'sw-click-to-call/proxy';

const proxy = createTokenProxy({
  host: 'example',
  token: 'c2c_7acc0e5e968706a032983cd80cdca219',
  allowedOrigins: ['https://www.example.com'],
});

export default {
  fetch: (request: Request): Promise<Response> =>
    proxy(request, { clientAddress: request.headers.get('cf-connecting-ip') ?? undefined }),
};
