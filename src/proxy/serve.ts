// The proxy as a server of its own on node:http.
// Promise: one path, a health endpoint that asks nobody, slow clients cut off; told to stop it finishes what it has
// begun, says "close" on every connection, and only then lets go. Must not know: tokens, environment variables.
/// <reference types="node" />
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EXCHANGE_PATH } from '../token/wire.js';
import { createTokenProxy } from './handler.js';
import { createListener, type NodeHandlerOptions } from './node-handler.js';
import type { TokenProxyOptions } from './options.js';

/** A proxy and where it listens. */
export interface ServeOptions extends TokenProxyOptions, NodeHandlerOptions {
  /** Default 8080; 0 takes a free one. */
  readonly port?: number | undefined;
  /** The address to listen at. Default: all. */
  readonly bindAddress?: string | undefined;
  /** The one path of the exchange. Default `/api/fabric/embeds/tokens`, as SignalWire's own. */
  readonly path?: string | undefined;
  /** How long new connections are still taken after the word to stop, while `/healthz` says 503. Default 0. */
  readonly drainDelayMs?: number | undefined;
  /** Whether SIGTERM and SIGINT drain it; a second one kills. Default true. */
  readonly signals?: boolean | undefined;
  /** How long a client may take for the head of a request. Default 5000. */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a client may take for a request with its body. Default 10 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long a connection may rest. Default 65 000: longer than load balancers keep one, so that it is they who close it. */
  readonly keepAliveTimeoutMs?: number | undefined;
}

/** A running server. */
export interface ProxyServer {
  readonly server: Server;
  readonly port: number;
  /** Stops: what is in flight is finished, nothing new is taken. */
  drain(): Promise<void>;
}

/** A connection without a request may have one on its way when the word to stop comes. */
const IDLE_GRACE_MS = 1000;

/**
 * Starts the proxy.
 * @throws Error with one clear sentence when an option is missing, malformed or unsafe, or the port is taken.
 */
export async function serve(options: ServeOptions): Promise<ProxyServer> {
  const { port = 8080, bindAddress, path = EXCHANGE_PATH, signals = true } = options;
  const { timeoutMs = 8000, drainDelayMs = 0, headersTimeoutMs = 5000 } = options;
  const { requestTimeoutMs = 10_000, keepAliveTimeoutMs = 65_000 } = options;
  const times = { drainDelayMs, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs };
  if (!/^\/[\w./~-]*$/.test(path) || path === '/healthz')
    throw new Error('path is not an absolute path of letters, digits and "._~-/", other than /healthz.');
  for (const [name, ms] of Object.entries(times)) {
    if (!Number.isInteger(ms) || ms < 0 || ms > 600_000)
      throw new Error(`${name} is not a whole number from 0 to 600000.`);
  }
  const isAt = (incoming: IncomingMessage, wanted: string) => incoming.url?.split('?', 1)[0] === wanted;
  const handle = createListener(createTokenProxy(options), options, (incoming) => !isAt(incoming, path));
  const inFlight = new Set<ServerResponse>();
  let isDraining = false;

  const limits = {
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, Math.max(headersTimeoutMs, 50)),
  };
  const server = createServer(limits, (incoming, outgoing) => {
    inFlight.add(outgoing);
    outgoing.once('close', () => inFlight.delete(outgoing));
    if (isDraining) outgoing.setHeader('connection', 'close');
    if (isAt(incoming, '/healthz')) answerHealth(outgoing, isDraining);
    else handle(incoming, outgoing);
  });
  server.listen(port, bindAddress);
  await once(server, 'listening');

  let drained: Promise<void> | undefined;
  const drain = () => {
    isDraining = true;
    return (drained ??= stop(server, inFlight, drainDelayMs, timeoutMs + requestTimeoutMs));
  };
  if (signals) drainOnSignal(server, drain);
  return { server, port: (server.address() as AddressInfo).port, drain };
}

async function stop(
  server: Server,
  inFlight: ReadonlySet<ServerResponse>,
  delayMs: number,
  maxMs: number,
): Promise<void> {
  if (delayMs > 0) await delay(delayMs);
  const closed = once(server, 'close');
  for (const outgoing of inFlight) if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
  // The close of http.Server would cut idle connections at once, and with them a request that is just arriving.
  NetServer.prototype.close.call(server);
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_GRACE_MS);
  const late = setTimeout(() => server.closeAllConnections(), maxMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
  server.close();
}

/** The first signal drains; the next one finds nobody listening, and ends the process as if nothing had been here. */
function drainOnSignal(server: Server, drain: () => Promise<void>): void {
  const forget = () => {
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
  };
  const onSignal = () => {
    forget();
    void drain();
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  server.once('close', forget);
}

function answerHealth(outgoing: ServerResponse, isDraining: boolean): void {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  const status = isDraining ? 'draining' : 'ok';
  outgoing.writeHead(isDraining ? 503 : 200, headers).end(JSON.stringify({ status }));
}
