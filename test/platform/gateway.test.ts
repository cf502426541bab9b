// The gateway without media: authentication, resuming a session, and a reply to every request.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { PlatformOptions } from '../../demo/platform/platform.js';
import { servePlatform, type ServedPlatform } from './served-platform.js';

interface Message {
  readonly id: string;
  readonly method?: string;
  readonly params?: Record<string, unknown> & { event_type?: string; params?: Record<string, unknown> };
  readonly result?: Record<string, unknown>;
  readonly error?: { code: number; message: string };
}

/** A client that keeps every message, so that a test can ask for one before or after it arrives. */
class Client {
  readonly socket: WebSocket;
  readonly #received: Message[] = [];
  #requestCount = 0;

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/platform/gateway`);
    this.socket.on('message', (data) => {
      this.#received.push(JSON.parse((data as Buffer).toString()) as Message);
      this.socket.emit('received');
    });
  }

  /** Resolves when the socket is open. */
  async opened(): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
  }

  async request(method: string, params: object): Promise<Message> {
    await this.opened();
    const id = `r${this.#requestCount++}`;
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return this.#find((message) => message.id === id && !message.method);
  }

  /** Resolves with the parameters of an event. */
  async event(type: string): Promise<Record<string, unknown>> {
    const found = await this.#find(({ params }) => params?.event_type === type);
    return found.params?.params ?? {};
  }

  async #find(wanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.#received.find(wanted);
      if (found) return found;
      await once(this.socket, 'received', { signal: AbortSignal.timeout(20_000) });
    }
  }
}

describe('the gateway', () => {
  let served: ServedPlatform;
  const start = async (options: PlatformOptions = {}): Promise<void> => {
    served = await servePlatform(options);
  };
  afterEach(() => served.close());

  const guestToken = async (token: string): Promise<string> => {
    const response = await served.platform.endpoint(
      new Request(`${served.url}/api/fabric/embeds/tokens`, {
        method: 'POST',
        body: JSON.stringify({ token }),
      }),
    );
    return ((await response.json()) as { token: string }).token;
  };
  const connect = async (client: Client, jwt: string, resume: object = {}): Promise<Message> =>
    client.request('signalwire.connect', { authentication: { jwt_token: jwt }, ...resume });
  const invite = (client: Client, destination: string, callID: string): Promise<Message> =>
    client.request('webrtc.verto', {
      callID,
      message: {
        jsonrpc: '2.0',
        id: 'v',
        method: 'verto.invite',
        params: { sdp: 'v=0', dialogParams: { callID, destination_number: destination } },
      },
    });

  it('returns what the SDK needs to a client that it accepts', async () => {
    await start();
    const client = new Client(served.url);
    const { result } = await connect(client, await guestToken('c2c_demo'));
    const { authorization, protocol, ice_servers } = result as {
      authorization: { jti: string; fabric_subscriber: { expires_at: number } };
      protocol: string;
      ice_servers: unknown[];
    };
    const { jti, fabric_subscriber } = authorization;
    assert.equal(protocol.split('_')[1], jti);
    assert.deepEqual(ice_servers, []);
    assert.ok(fabric_subscriber.expires_at > Date.now() / 1000);
    assert.ok((await client.event('signalwire.authorization.state'))['authorization_state']);
    assert.equal((await client.request('subscriber.online', {})).result?.['code'], '200');
    assert.equal((await client.request('anything.at.all', {})).result?.['code'], '200');
    assert.equal((await client.request('signalwire.ping', { timestamp: 7 })).result?.['timestamp'], 7);
  });

  it('refuses unknown, expired and refused tokens, then closes the connection', async () => {
    let now = Date.now();
    await start({ now: () => now, refusalCloseMs: 20 });
    const expired = await guestToken('c2c_short');
    now += 31_000;
    for (const token of [
      'rubbish',
      expired,
      await guestToken('c2c_refused'),
      await guestToken('c2c_refused_once'),
    ]) {
      const client = new Client(served.url);
      const closed = once(client.socket, 'close');
      assert.deepEqual((await connect(client, token)).error, {
        code: -32002,
        message: 'Authentication failed',
      });
      await closed;
    }
    assert.ok((await connect(new Client(served.url), await guestToken('c2c_refused_once'))).result);
  });

  it('never replies to a silent token', async () => {
    await start();
    const client = new Client(served.url);
    const jwt = await guestToken('c2c_silent_gateway');
    let replied = false;
    void connect(client, jwt).then(
      () => (replied = true),
      () => {},
    );
    await client.opened();
    client.socket.ping();
    await once(client.socket, 'pong');
    client.socket.ping();
    await once(client.socket, 'pong');
    assert.equal(replied, false);
  });

  it('resumes a session with its calls, even after its token has expired', async () => {
    let now = Date.now();
    await start({ now: () => now, pace: 0 });
    const jwt = await guestToken('c2c_short');
    const first = new Client(served.url);
    const { result } = await connect(first, jwt);
    const state = await first.event('signalwire.authorization.state');
    await invite(first, '/public/silent', 'call-1');
    await first.event('call.state');
    const dropped = once(first.socket, 'close');
    served.platform.dropSockets();
    await dropped;
    now += 31_000;
    const second = new Client(served.url);
    const resumed = await connect(second, jwt, { protocol: result?.['protocol'], ...state });
    assert.equal(resumed.result?.['protocol'], result?.['protocol']);
    assert.equal(served.platform.calls[0]?.state, 'ringing');
    // Without the authorization state an expired token opens no session.
    assert.ok((await connect(new Client(served.url), jwt)).error);
  });

  it('ends the calls of a client that does not come back in time', async () => {
    await start({ resumeMs: 30 });
    const client = new Client(served.url);
    await connect(client, await guestToken('c2c_demo'));
    await invite(client, '/public/silent', 'call-1');
    served.platform.dropSockets();
    const call = await served.platform.calls[0]?.until(({ state }) => state === 'ended');
    assert.equal(call?.endedBy, 'gateway');
  });

  it('renews a session with a fresh token, and refuses a bad one without ending the session', async () => {
    await start();
    const client = new Client(served.url);
    const { result } = await connect(client, await guestToken('c2c_short'));
    const reauthenticate = (jwt: string) =>
      client.request('signalwire.reauthenticate', { authentication: { project: 'p', jwt_token: jwt } });
    assert.equal((await reauthenticate('rubbish')).error?.code, -32002);
    const fresh = await reauthenticate(await guestToken('c2c_jwt'));
    const before = result?.['authorization'] as { jti: string; fabric_subscriber: { expires_at: number } };
    const now = fresh.result?.['authorization'] as typeof before;
    assert.equal(now.jti, before.jti);
    assert.ok(now.fabric_subscriber.expires_at > before.fabric_subscriber.expires_at);
  });

  it('replies to a bye for an unknown call', async () => {
    await start();
    const client = new Client(served.url);
    await connect(client, await guestToken('c2c_demo'));
    const message = {
      jsonrpc: '2.0',
      id: 'v',
      method: 'verto.bye',
      params: { dialogParams: { callID: 'unknown' } },
    };
    const { result } = await client.request('webrtc.verto', { message });
    assert.equal((result?.['result'] as { id: string }).id, 'v');
    assert.equal(result?.['code'], '200');
  });
});
