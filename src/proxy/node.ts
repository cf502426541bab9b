// Door "./proxy/node": the token proxy behind node:http, as a listener or as a server of its own.
// Promise: names everything of it and does nothing at import. Must not know how any of it is done.
export { createNodeHandler, type NodeHandlerOptions, type NodeListener } from './node-handler.js';
export { serve, type ProxyServer, type ServeOptions } from './serve.js';
