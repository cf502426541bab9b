// The local platform: token endpoint, gateway, and a far end with real media, mounted on any HTTP server. Calls work
// without a SignalWire account. After close() nothing of it keeps the process alive.
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CallRecord } from './call/call-record.js';
import { Gateway, GATEWAY_PATH, type Tap } from './gateway/gateway.js';
import { serveFetch } from './node-http.js';
import { createTokenEndpoint, TOKEN_ENDPOINT_PATH } from './token/token-endpoint.js';
import { createTokenIssuer } from './token/token-issuer.js';

export interface PlatformOptions {
  /** Multiplies every duration of a scenario: 0.1 plays it ten times as fast. */
  readonly pace?: number;
  /** How long the calls of a disconnected client are kept. */
  readonly resumeMs?: number;
  /** How long after a refusal the gateway closes the connection. */
  readonly refusalCloseMs?: number;
  /** How long an answered call may stay without media. */
  readonly mediaTimeoutMs?: number;
  /** The clock for the expiry of guest tokens. */
  readonly now?: () => number;
}

export interface Platform {
  /** Serves a request; returns false if it is not for the platform. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Accepts a WebSocket upgrade; returns false if it is not for the platform. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The token endpoint as a function, for code that takes a `fetch`. */
  readonly endpoint: (request: Request) => Promise<Response>;
  /** All calls so far, the newest last. */
  readonly calls: readonly CallRecord[];
  /** Resolves with the next incoming call. */
  nextCall(): Promise<CallRecord>;
  /** Listens for incoming calls; returns a function that stops listening. */
  on(event: 'call', listener: (call: CallRecord) => void): () => void;
  /** How many exchanges of one public token were requested. */
  exchangesOf(token: string): number;
  /** How many exchanges were requested. */
  readonly exchanges: number;
  /** How many connections the gateway has. */
  readonly sockets: number;
  /** Cuts every connection to the gateway; calls and media continue. */
  dropSockets(): void;
  /** Takes the gateway offline or back online; calls and media continue. */
  setReachable(reachable: boolean): void;
  /** Installs a function that can change, delay, repeat or swallow frames to clients. */
  tap(tap: Tap): void;
  /** The current connections of the gateway, to compare by identity. */
  connections(): ReadonlySet<unknown>;
  close(): void;
}

export function createPlatform(options: PlatformOptions = {}): Platform {
  const { pace = 1, resumeMs = 10_000, refusalCloseMs = 1000, mediaTimeoutMs = 15_000 } = options;
  const calls: CallRecord[] = [];
  const exchanged: string[] = [];
  const events = new EventEmitter<{ call: [CallRecord] }>();
  const closed = new AbortController();
  const issuer = createTokenIssuer(options.now);
  const endpoint = createTokenEndpoint({
    issuer,
    gatewayFor: ({ url }) => new URL(GATEWAY_PATH, url).href.replace(/^http/, 'ws'),
    onExchange: (token) => exchanged.push(token),
  });
  const gateway = new Gateway({
    verify: issuer.verify,
    resumeMs,
    refusalCloseMs,
    timings: { pace, mediaTimeoutMs },
    onCall: (call) => {
      calls.push(call);
      events.emit('call', call);
    },
  });

  return {
    ...mounts(endpoint, gateway, closed.signal),
    ...faults(gateway),
    endpoint,
    calls,
    nextCall: () => new Promise((resolve) => events.once('call', resolve)),
    on(event, listener) {
      events.on(event, listener);
      return () => events.off(event, listener);
    },
    exchangesOf: (token) => exchanged.filter((candidate) => candidate === token).length,
    get exchanges() {
      return exchanged.length;
    },
    get sockets() {
      return gateway.connections.size;
    },
    connections: () => gateway.connections,
    close() {
      closed.abort(new Error('The platform was closed.'));
      gateway.close();
    },
  };
}

/** Token endpoint and gateway on the paths of an HTTP server. */
function mounts(
  endpoint: Platform['endpoint'],
  gateway: Gateway,
  closed: AbortSignal,
): Pick<Platform, 'handle' | 'upgrade'> {
  return {
    handle(request, response) {
      switch (pathOf(request)) {
        case GATEWAY_PATH:
          response.writeHead(426, { upgrade: 'websocket', connection: 'upgrade' }).end();
          return true;
        case TOKEN_ENDPOINT_PATH:
          serveFetch(endpoint, request, response, closed);
          return true;
        default:
          return false;
      }
    },
    upgrade(request, socket, head) {
      if (pathOf(request) !== GATEWAY_PATH) return false;
      gateway.accept(request, socket, head);
      return true;
    },
  };
}

/** What tests can break while calls are in progress. */
function faults(gateway: Gateway): Pick<Platform, 'dropSockets' | 'setReachable' | 'tap'> {
  return {
    dropSockets: () => gateway.dropSockets(),
    setReachable(reachable) {
      gateway.reachable = reachable;
      if (!reachable) gateway.dropSockets();
    },
    tap: (tap) => void (gateway.tap = tap),
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}
