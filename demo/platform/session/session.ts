// A subscriber's session at the gateway. It outlives its WebSocket: a browser that lost its connection resumes the
// session with the protocol name and the authorization state that it was given, and then receives the events that it
// missed. Knows nothing about calls.
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { GuestClaims } from '../token/token-issuer.js';
import { request, serializeRequest, type Params } from './json-rpc.js';

export class Session {
  readonly nodeId = `${randomUUID()}@local`;
  readonly identity = randomUUID();
  readonly authorizationState = randomUUID();
  readonly protocol: string;
  guest: GuestClaims;
  #socket: WebSocket | undefined;
  #unsentFrames: string[] = [];
  #vertoId = 1;

  constructor(guest: GuestClaims) {
    this.guest = guest;
    // The SDK reuses a protocol only if its second part is the `jti` of the authorization.
    this.protocol = `signalwire_${guest.jti}_${randomUUID()}_subscriber`;
  }

  get connected(): boolean {
    return this.#socket !== undefined;
  }

  /** The result of the connect request. */
  connectResult(): Params {
    return {
      identity: this.identity,
      protocol: this.protocol,
      // With any server in this list the SDK waits for a candidate that is not a host candidate.
      ice_servers: [],
      authorization: this.authorization(),
    };
  }

  authorization(): Params {
    const { jti, projectId, subscriberId, spaceId, expiresAtS } = this.guest;
    return {
      jti,
      project_id: projectId,
      fabric_subscriber: {
        version: 1,
        expires_at: expiresAtS,
        subscriber_id: subscriberId,
        application_id: null,
        project_id: projectId,
        space_id: spaceId,
      },
    };
  }

  /** Sends through this socket from now on, beginning with the events that were missed. */
  attach(socket: WebSocket): void {
    const previous = this.#socket;
    this.#socket = socket;
    if (previous !== socket) previous?.close();
    this.sendEvent('signalwire.authorization.state', { authorization_state: this.authorizationState });
    for (const frame of this.#unsentFrames.splice(0)) socket.send(frame);
  }

  /** Forgets a closed socket. Returns false if the session already uses another one. */
  detach(socket: WebSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    return true;
  }

  /** Cuts the connection without a closing handshake. */
  disconnect(): void {
    this.#socket?.terminate();
  }

  /** Sends an event, or keeps it until the client is back. */
  sendEvent(eventType: string, params: Params): void {
    const frame = serializeRequest('signalwire.event', {
      event_type: eventType,
      event_channel: this.protocol,
      timestamp: Date.now() / 1000,
      project_id: this.guest.projectId,
      node_id: this.nodeId,
      params,
    });
    if (this.#socket) this.#socket.send(frame);
    else this.#unsentFrames.push(frame);
  }

  /** Sends a Verto request, such as `verto.bye`. */
  sendVerto(method: string, params: Params): void {
    this.sendEvent('webrtc.message', request(method, params, this.#vertoId++));
  }
}
