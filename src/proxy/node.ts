// Package export "./proxy/node": the token proxy on node:http, as a listener or as a server.
export { createNodeHandler, type NodeHandlerOptions, type NodeListener } from './node-handler.js';
export { serve, type ProxyServer, type ServeOptions } from './serve.js';
