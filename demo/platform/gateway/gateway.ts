// The WebSocket gateway: accepts connections, replies to every request, closes refused connections, and ends the
// calls of clients that do not come back.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { GuestClaims } from '../token/token-issuer.js';
import { ActiveCalls, type ActiveCallsOptions } from './active-calls.js';
import { OK, parseRequest, serializeReply, type RpcReply, type RpcRequest } from '../session/json-rpc.js';
import { handleMute } from './member-requests.js';
import { AUTHENTICATION_FAILED, SessionStore } from '../session/session-store.js';
import type { Session } from '../session/session.js';
import { handleVerto } from './verto-requests.js';

export const GATEWAY_PATH = '/platform/gateway';

export interface GatewayOptions extends ActiveCallsOptions {
  readonly verify: (token: string) => Promise<GuestClaims>;
  /** How long the calls of a disconnected client are kept. */
  readonly resumeMs: number;
  /** How long after a refusal the connection is closed. */
  readonly refusalCloseMs: number;
}

/** Receives each frame on its way to a client, and decides what is sent. */
export type Tap = (frame: string, send: (frame: string) => void, connection: unknown) => void;

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #calls: ActiveCalls;
  readonly #sessions: SessionStore;
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;
  /** While false, new connections are refused; existing ones stay open. */
  reachable = true;
  /** Can change, delay, repeat or swallow frames to clients. */
  tap: Tap = (frame, send) => send(frame);

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#calls = new ActiveCalls(options);
    this.#sessions = new SessionStore({
      verify: options.verify,
      hasCalls: (session) => this.#calls.of(session).length > 0,
    });
    this.#server.on('connection', (socket) => this.#serve(socket));
  }

  /** Upgrades an HTTP connection to a WebSocket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!this.reachable) return void socket.destroy();
    this.#server.handleUpgrade(request, socket, head, (client) =>
      this.#server.emit('connection', client, request),
    );
  }

  get connections(): ReadonlySet<unknown> {
    return new Set(this.#server.clients);
  }

  /** Cuts every connection; calls and media continue. */
  dropSockets(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#calls.close();
    this.dropSockets();
    this.#server.close();
  }

  #serve(socket: WebSocket): void {
    let session: Session | undefined;
    this.#installTap(socket);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (session?.detach(socket)) this.#endCallsUnlessResumed(session);
    });
    socket.on('message', (data) => {
      const request = parseRequest((data as Buffer).toString());
      if (!request) return;
      if (request.method === 'signalwire.connect') {
        void this.#connect(socket, request).then((connected) => (session = connected ?? session));
      } else if (session) {
        void this.#handle(session, request).then((reply) => socket.send(serializeReply(request.id, reply)));
      } else {
        socket.send(serializeReply(request.id, AUTHENTICATION_FAILED));
      }
    });
  }

  #installTap(socket: WebSocket): void {
    const send = socket.send.bind(socket) as (frame: string) => void;
    socket.send = (frame: unknown): void => this.tap(String(frame), send, socket);
  }

  async #connect(socket: WebSocket, { id, params }: RpcRequest): Promise<Session | undefined> {
    const session = await this.#sessions.connect(params);
    if (session === 'no-reply') return undefined;
    if (session === 'refused') {
      socket.send(serializeReply(id, AUTHENTICATION_FAILED));
      this.#later(this.#options.refusalCloseMs, () => socket.close());
      return undefined;
    }
    socket.send(serializeReply(id, { result: session.connectResult() }));
    session.attach(socket);
    return session;
  }

  async #handle(session: Session, { method, params }: RpcRequest): Promise<RpcReply> {
    switch (method) {
      case 'webrtc.verto':
        return handleVerto(this.#calls, session, params);
      case 'call.mute':
        return handleMute(this.#calls, session, params, true);
      case 'call.unmute':
        return handleMute(this.#calls, session, params, false);
      case 'signalwire.reauthenticate':
        return this.#sessions.reauthenticate(session, params);
      case 'signalwire.ping':
        return { result: { timestamp: params['timestamp'] } };
      default:
        return OK;
    }
  }

  #endCallsUnlessResumed(session: Session): void {
    this.#later(this.#options.resumeMs, () => {
      if (!session.connected) this.#calls.endAll(session);
    });
  }

  #later(ms: number, act: () => void): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
