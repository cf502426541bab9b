// The local platform: everything that a call needs, without an account. A token endpoint, a gateway and a far end
// with real sound, mounted on any HTTP server and on one port.
// Promises that after close() nothing of it keeps the process alive. Must not know the page that calls.
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CallRecord } from './call-record.js';
import { createEndpoint, ENDPOINT_PATH } from './endpoint.js';
import { Gateway, GATEWAY_PATH, type Tap } from './gateway.js';
import { createMint } from './mint.js';
import { serveFetch } from './node-http.js';

export interface PlatformOptions {
  /** Multiplies every time of a destination's story: 0.1 plays it ten times as fast. */
  readonly pace?: number;
  /** How long the calls of a browser that lost its connection wait for it to come back. */
  readonly resumeMs?: number;
  /** How long after a refusal the gateway closes the connection. */
  readonly refusalCloseMs?: number;
  /** How long an answered call may stay without media. */
  readonly mediaTimeoutMs?: number;
  /** The clock that guest tokens live by. */
  readonly now?: () => number;
}

export interface Platform {
  /** Serves a request if it is the platform's; false when it is somebody else's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes over a WebSocket upgrade if it is the platform's; false when it is somebody else's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The token endpoint as a function, for code that takes a `fetch`. */
  readonly endpoint: (request: Request) => Promise<Response>;
  /** Every call so far, the newest last. */
  readonly calls: readonly CallRecord[];
  /** The next call that comes in. */
  nextCall(): Promise<CallRecord>;
  /** Listens for calls; gives the function that stops it. */
  on(event: 'call', listener: (call: CallRecord) => void): () => void;
  /** How many exchanges were asked for, of one public token or of all. */
  exchangesOf(token: string): number;
  readonly exchanges: number;
  /** How many connections the gateway has. */
  readonly sockets: number;
  /** Cuts every connection to the gateway, while media goes on. */
  dropSockets(): void;
  /** Takes the gateway down, calls and media apart, or up again. */
  setReachable(reachable: boolean): void;
  /** Lets a test change, hold back or repeat each frame of the gateway. */
  tap(through: Tap): void;
  /** The connections that the gateway has now. */
  connections(): ReadonlySet<unknown>;
  close(): void;
}

export function createPlatform(options: PlatformOptions = {}): Platform {
  const { pace = 1, resumeMs = 10_000, refusalCloseMs = 1000, mediaTimeoutMs = 15_000 } = options;
  const calls: CallRecord[] = [];
  const asked: string[] = [];
  const events = new EventEmitter<{ call: [CallRecord] }>();
  const closed = new AbortController();
  const mint = createMint(options.now);
  const endpoint = createEndpoint({
    mint,
    gatewayFor: ({ url }) => new URL(GATEWAY_PATH, url).href.replace(/^http/, 'ws'),
    onExchange: (token) => asked.push(token),
  });
  const gateway = new Gateway({
    recognise: mint.recognise,
    resumeMs,
    refusalCloseMs,
    timings: { pace, mediaTimeoutMs },
    onCall: (call) => {
      calls.push(call);
      events.emit('call', call);
    },
  });

  return {
    handle(request, response) {
      const path = pathOf(request);
      if (path === GATEWAY_PATH) {
        response.writeHead(426, { upgrade: 'websocket', connection: 'upgrade' }).end();
        return true;
      }
      if (path !== ENDPOINT_PATH) return false;
      serveFetch(endpoint, request, response, closed.signal);
      return true;
    },
    upgrade(request, socket, head) {
      if (pathOf(request) !== GATEWAY_PATH) return false;
      gateway.accept(request, socket, head);
      return true;
    },
    endpoint,
    calls,
    nextCall: () => new Promise((resolve) => events.once('call', resolve)),
    on(event, listener) {
      events.on(event, listener);
      return () => events.off(event, listener);
    },
    exchangesOf: (token) => asked.filter((candidate) => candidate === token).length,
    get exchanges() {
      return asked.length;
    },
    get sockets() {
      return gateway.socketCount;
    },
    dropSockets: () => gateway.dropSockets(),
    setReachable(reachable) {
      gateway.reachable = reachable;
      if (!reachable) gateway.dropSockets();
    },
    tap: (through) => void (gateway.tap = through),
    connections: () => gateway.connections,
    close() {
      closed.abort(new Error('The platform was closed.'));
      gateway.close();
    },
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}
