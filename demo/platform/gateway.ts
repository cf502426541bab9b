// The WebSocket gateway: who may connect, who comes back, which request goes where.
// Promises that every request is answered, that a refused client is cut off a moment later, and that the calls of
// a client that does not come back are ended. Must not know how a token is made or what a call does.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Guest } from './mint.js';
import { asParams, OK, readRequest, writeOutcome, type Params, type RpcOutcome } from './json-rpc.js';
import { Session } from './session.js';
import { answerMute, answerVerto, type Switchboard } from './verto.js';

export const GATEWAY_PATH = '/platform/gateway';

export interface GatewayOptions extends Switchboard {
  readonly recognise: (token: string) => Promise<Guest>;
  /** How long the calls of a lost client are kept. */
  readonly resumeMs: number;
  /** How long a refused client may keep its connection. */
  readonly refusalCloseMs: number;
}

/** What happens to a frame on its way to a client. */
export type Tap = (frame: string, send: (frame: string) => void, connection: unknown) => void;

const AUTHENTICATION_FAILED = { error: { code: -32002, message: 'Authentication failed' } } as const;
/** Of a page that was reloaded again and again, the oldest sessions are forgotten. */
const SESSIONS_KEPT = 200;

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  /** By authorization state, which is what a client comes back with. */
  readonly #sessions = new Map<string, Session>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#server.on('connection', (socket) => this.#serve(socket));
  }

  /** Takes over an HTTP connection that asked to become a WebSocket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!this.reachable) return void socket.destroy();
    this.#server.handleUpgrade(request, socket, head, (client) =>
      this.#server.emit('connection', client, request),
    );
  }

  /** Changes, holds back or repeats what is sent to clients: every frame goes through here. */
  tap: Tap = (frame, send) => send(frame);

  /** Whether anybody can connect; those who are connected stay. */
  reachable = true;

  get connections(): ReadonlySet<unknown> {
    return new Set(this.#server.clients);
  }

  /** How many connections there are. */
  get socketCount(): number {
    return this.#server.clients.size;
  }

  /** Cuts every connection; calls and media go on. */
  dropSockets(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const session of this.#sessions.values()) endCalls(session);
    this.dropSockets();
    this.#server.close();
  }

  #serve(socket: WebSocket): void {
    let session: Session | undefined;
    const native = socket.send.bind(socket) as (frame: string) => void;
    socket.send = (frame: unknown): void => this.tap(String(frame), native, socket);
    const reply = (id: string, outcome: RpcOutcome): void => socket.send(writeOutcome(id, outcome));

    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const left = session;
      if (left?.leave(socket))
        this.#later(this.#options.resumeMs, () => void (left.socket ?? endCalls(left)));
    });
    socket.on('message', (data) => {
      const request = readRequest((data as Buffer).toString());
      if (!request) return;
      const { id, method, params } = request;
      if (method === 'signalwire.connect') {
        void this.#connect(params).then((admitted) => {
          if (admitted === 'silent') return;
          if (!admitted) {
            reply(id, AUTHENTICATION_FAILED);
            this.#later(this.#options.refusalCloseMs, () => socket.close());
            return;
          }
          session = admitted;
          reply(id, { result: admitted.describe() });
          admitted.take(socket);
        });
      } else if (session) {
        void this.#answer(session, method, params).then((outcome) => reply(id, outcome));
      } else {
        reply(id, AUTHENTICATION_FAILED);
      }
    });
  }

  /** The session of whoever connects: a new one, or the one it had. */
  async #connect(params: Params): Promise<Session | 'silent' | undefined> {
    const guest = await this.#recognise(params);
    if (guest?.gateway === 'silent') return 'silent';
    if (guest?.gateway === 'refused') return undefined;
    // Whoever was let in once may come back, even when the token's life has ended meanwhile.
    const known = this.#sessions.get(String(params['authorization_state']));
    if (known && known.protocol === params['protocol']) return known;
    if (!guest) return undefined;
    const session = new Session(guest);
    this.#sessions.set(session.authorizationState, session);
    for (const [state, old] of this.#sessions) {
      if (this.#sessions.size <= SESSIONS_KEPT) break;
      if (!old.socket && old.calls.size === 0) this.#sessions.delete(state);
    }
    return session;
  }

  async #answer(session: Session, method: string, params: Params): Promise<RpcOutcome> {
    switch (method) {
      case 'webrtc.verto':
        return answerVerto(this.#options, session, params);
      case 'call.mute':
        return answerMute(session, params, true);
      case 'call.unmute':
        return answerMute(session, params, false);
      case 'signalwire.reauthenticate': {
        const guest = await this.#recognise(params);
        if (guest?.gateway !== 'accepted') return AUTHENTICATION_FAILED;
        // The session keeps its name, and with it the `jti` that is part of it.
        session.guest = { ...guest, jti: session.guest.jti };
        return { result: { authorization: session.authorization() } };
      }
      case 'signalwire.ping':
        return { result: { timestamp: params['timestamp'] } };
      default:
        return OK;
    }
  }

  async #recognise(params: Params): Promise<Guest | undefined> {
    const token = asParams(params['authentication'])['jwt_token'];
    return this.#options.recognise(String(token)).catch(() => undefined);
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

function endCalls(session: Session): void {
  for (const call of [...session.calls.values()]) call.end('gone');
}
