// Cloudflare Worker. Needs no compatibility flag; with "enable_request_signal" a page that closes stops its exchange.
// Limits are counted in the memory of each isolate. If that is not enough, add a rate limiting rule in front.
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
