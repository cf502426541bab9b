// One subscriber at the gateway. It outlives its socket: a browser that lost the connection comes back with the
// protocol name and the authorization state it was given, and finds its calls where it left them.
// Promises that what happened in between is told on return. Must not know what a call does.
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Call } from './call.js';
import type { Guest } from './mint.js';
import { request, writeRequest, type Params } from './json-rpc.js';

export class Session {
  readonly nodeId = `${randomUUID()}@local`;
  readonly identity = randomUUID();
  readonly authorizationState = randomUUID();
  readonly protocol: string;
  readonly calls = new Map<string, Call>();
  guest: Guest;
  #socket: WebSocket | undefined;
  #untold: string[] = [];
  #vertoId = 1;

  constructor(guest: Guest) {
    this.guest = guest;
    // The client reuses a protocol only when its second part is the `jti` of its authorization.
    this.protocol = `signalwire_${guest.jti}_${randomUUID()}_subscriber`;
  }

  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  /** What the connect request is answered with. */
  describe(): Params {
    return {
      identity: this.identity,
      protocol: this.protocol,
      // With any server in this list the SDK waits for a candidate that is no host candidate.
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

  /** Speaks through this socket from now on, and tells what it has missed. */
  take(socket: WebSocket): void {
    const previous = this.#socket;
    this.#socket = socket;
    if (previous !== socket) previous?.close();
    this.push('signalwire.authorization.state', { authorization_state: this.authorizationState });
    for (const frame of this.#untold.splice(0)) socket.send(frame);
  }

  /** The socket is gone; true when it was the one in use. */
  leave(socket: WebSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    return true;
  }

  /** Tells the client that something happened. */
  push(eventType: string, params: Params): void {
    const frame = writeRequest('signalwire.event', {
      event_type: eventType,
      event_channel: this.protocol,
      timestamp: Date.now() / 1000,
      project_id: this.guest.projectId,
      node_id: this.nodeId,
      params,
    });
    if (this.#socket) this.#socket.send(frame);
    else this.#untold.push(frame);
  }

  pushVerto(method: string, params: Params): void {
    this.push('webrtc.message', request(method, params, this.#vertoId++));
  }
}
