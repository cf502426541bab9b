// Deno: "deno add npm:sw-click-to-call", then "deno serve --allow-net=example.signalwire.com deno.ts".
import { createTokenProxy } from 'sw-click-to-call/proxy';

const proxy = createTokenProxy({
  host: 'example',
  token: 'c2c_7acc0e5e968706a032983cd80cdca219',
  allowedOrigins: ['https://www.example.com'],
});

export default {
  fetch: (request: Request, connection: { readonly remoteAddr: { readonly hostname: string } }) =>
    proxy(request, { clientAddress: connection.remoteAddr.hostname }),
};
