// The proxy as a server on node:http: one path, a health endpoint, and time limits for slow clients. When it drains, it
// finishes the requests in flight, sends "Connection: close" on every connection, and then closes.
/// <reference types="node" />
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { EXCHANGE_PATH } from '../token/wire.js';
import { pause } from '../wait.js';
import { createTokenProxy } from './handler.js';
import { createListener, type NodeHandlerOptions } from './node-handler.js';
import { OptionError } from './option-error.js';
import type { TokenProxyOptions } from './options.js';

/** Options of the proxy and of its server. */
export interface ServeOptions extends TokenProxyOptions, NodeHandlerOptions {
  /** Default 8080; 0 takes a free port. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: all. */
  readonly bindAddress?: string | undefined;
  /** Path of the exchange. Default `/api/fabric/embeds/tokens`, the same as SignalWire's. */
  readonly path?: string | undefined;
  /** How long a draining server still accepts connections while `/healthz` answers 503. Default 0. */
  readonly drainDelayMs?: number | undefined;
  /** Whether SIGTERM and SIGINT drain the server; a second signal kills the process. Default true. */
  readonly signals?: boolean | undefined;
  /** How long a client may take to send the headers of a request. Default 5000. */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a client may take to send a whole request. Default 10 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long a connection may be idle. Default 65 000, longer than load balancers keep theirs, so that they close first. */
  readonly keepAliveTimeoutMs?: number | undefined;
}

/** A running server. */
export interface ProxyServer {
  readonly server: Server;
  readonly port: number;
  /** Finishes the requests in flight, accepts no new ones, and closes. */
  drain(): Promise<void>;
}

/** How long a draining server keeps idle connections: a request may be on its way on one of them. */
const IDLE_GRACE_MS = 1000;

/**
 * Starts the proxy.
 * @throws an error with one sentence that starts with the option, when an option is missing, malformed or unsafe.
 * @throws the error of node:net when the port is taken.
 */
export async function serve(options: ServeOptions): Promise<ProxyServer> {
  const { port = 8080, bindAddress, signals = true, timeoutMs = 8000 } = options;
  const path = checkedPath(options.path);
  const times = checkedTimes(options);
  const handle = createListener(createTokenProxy(options), options, (incoming) => pathOf(incoming) !== path);
  const inFlight = new Set<ServerResponse>();
  let drained: Promise<void> | undefined;
  const server = createServer(serverLimits(times), (incoming, outgoing) => {
    inFlight.add(outgoing);
    outgoing.once('close', () => inFlight.delete(outgoing));
    if (drained) outgoing.setHeader('connection', 'close');
    if (pathOf(incoming) === '/healthz') answerHealth(outgoing, drained !== undefined);
    else handle(incoming, outgoing);
  });
  const maxMs = timeoutMs + times.requestTimeoutMs;
  const drain = () => (drained ??= stop(server, inFlight, times.drainDelayMs, maxMs));
  server.listen(port, bindAddress);
  await once(server, 'listening');
  if (signals) drainOnSignal(server, drain);
  return { server, port: (server.address() as AddressInfo).port, drain };
}

function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  return url.split('?', 1)[0];
}

function checkedPath(path = EXCHANGE_PATH): string {
  if (/^\/[\w./~-]*$/.test(path) && path !== '/healthz') return path;
  throw new OptionError(
    'path',
    'is not an absolute path of letters, digits and "._~-/", other than /healthz.',
  );
}

function checkedTimes({
  drainDelayMs = 0,
  headersTimeoutMs = 5000,
  requestTimeoutMs = 10_000,
  keepAliveTimeoutMs = 65_000,
}: ServeOptions) {
  const times = { drainDelayMs, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs };
  for (const [name, ms] of Object.entries(times)) {
    if (!Number.isInteger(ms) || ms < 0 || ms > 600_000)
      throw new OptionError(name, 'is not a whole number from 0 to 600000.');
  }
  return times;
}

function serverLimits({
  headersTimeoutMs,
  requestTimeoutMs,
  keepAliveTimeoutMs,
}: ReturnType<typeof checkedTimes>) {
  return {
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, Math.max(headersTimeoutMs, 50)),
  };
}

async function stop(
  server: Server,
  inFlight: ReadonlySet<ServerResponse>,
  delayMs: number,
  maxMs: number,
): Promise<void> {
  if (delayMs > 0) await pause(delayMs, {});
  const closed = once(server, 'close');
  for (const outgoing of inFlight) if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
  // http.Server's own close also cuts idle connections at once, and with them a request that is just arriving.
  NetServer.prototype.close.call(server);
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_GRACE_MS);
  const late = setTimeout(() => server.closeAllConnections(), maxMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
  server.close();
}

/** Drains at the first signal. The listeners are gone then, so a second signal ends the process as by default. */
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
