// The gateway without media: who gets in, who comes back, and that everything is answered.
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

/** A client that keeps what it was told, so that it can be asked for it at any time. */
class Client {
  readonly socket: WebSocket;
  readonly #told: Message[] = [];
  #asked = 0;

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/platform/gateway`);
    this.socket.on('message', (data) => {
      this.#told.push(JSON.parse((data as Buffer).toString()) as Message);
      this.socket.emit('told');
    });
  }

  /** Settles when it is open; at once when it is open already. */
  async opened(): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
  }

  async ask(method: string, params: object): Promise<Message> {
    await this.opened();
    const id = `q${this.#asked++}`;
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return this.#find((message) => message.id === id && !message.method);
  }

  /** The parameters of an event. */
  async event(type: string): Promise<Record<string, unknown>> {
    const found = await this.#find(({ params }) => params?.event_type === type);
    return found.params?.params ?? {};
  }

  async #find(wanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.#told.find(wanted);
      if (found) return found;
      await once(this.socket, 'told', { signal: AbortSignal.timeout(20_000) });
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
    client.ask('signalwire.connect', { authentication: { jwt_token: jwt }, ...resume });
  const invite = (client: Client, destination: string, callID: string): Promise<Message> =>
    client.ask('webrtc.verto', {
      callID,
      message: {
        jsonrpc: '2.0',
        id: 'v',
        method: 'verto.invite',
        params: { sdp: 'v=0', dialogParams: { callID, destination_number: destination } },
      },
    });

  it('tells whoever it lets in what the SDK needs', async () => {
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
    assert.equal((await client.ask('subscriber.online', {})).result?.['code'], '200');
    assert.equal((await client.ask('anything.at.all', {})).result?.['code'], '200');
    assert.equal((await client.ask('signalwire.ping', { timestamp: 7 })).result?.['timestamp'], 7);
  });

  it('refuses unknown, expired and unwelcome tokens, and closes the connection after it', async () => {
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

  it('says nothing to the bearer of a silent token', async () => {
    await start();
    const client = new Client(served.url);
    const jwt = await guestToken('c2c_silent_gateway');
    let answered = false;
    void connect(client, jwt).then(
      () => (answered = true),
      () => {},
    );
    await client.opened();
    client.socket.ping();
    await once(client.socket, 'pong');
    client.socket.ping();
    await once(client.socket, 'pong');
    assert.equal(answered, false);
  });

  it('takes a client back with its calls, also when its token has expired meanwhile', async () => {
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
    const back = await connect(second, jwt, { protocol: result?.['protocol'], ...state });
    assert.equal(back.result?.['protocol'], result?.['protocol']);
    assert.equal(served.platform.calls[0]?.state, 'ringing');
    // Without the state it is a stranger with an expired token.
    assert.ok((await connect(new Client(served.url), jwt)).error);
  });

  it('ends the calls of a client that does not come back', async () => {
    await start({ resumeMs: 30 });
    const client = new Client(served.url);
    await connect(client, await guestToken('c2c_demo'));
    await invite(client, '/public/silent', 'call-1');
    served.platform.dropSockets();
    const call = await served.platform.calls[0]?.until(({ state }) => state === 'ended');
    assert.equal(call?.endedBy, 'gone');
  });

  it('takes a fresh token for the same session, and refuses a bad one without ending it', async () => {
    await start();
    const client = new Client(served.url);
    const { result } = await connect(client, await guestToken('c2c_short'));
    const reauthenticate = (jwt: string) =>
      client.ask('signalwire.reauthenticate', { authentication: { project: 'p', jwt_token: jwt } });
    assert.equal((await reauthenticate('rubbish')).error?.code, -32002);
    const fresh = await reauthenticate(await guestToken('c2c_jwt'));
    const before = result?.['authorization'] as { jti: string; fabric_subscriber: { expires_at: number } };
    const now = fresh.result?.['authorization'] as typeof before;
    assert.equal(now.jti, before.jti);
    assert.ok(now.fabric_subscriber.expires_at > before.fabric_subscriber.expires_at);
  });

  it('answers a goodbye for a call that never was', async () => {
    await start();
    const client = new Client(served.url);
    await connect(client, await guestToken('c2c_demo'));
    const message = {
      jsonrpc: '2.0',
      id: 'v',
      method: 'verto.bye',
      params: { dialogParams: { callID: 'never' } },
    };
    const { result } = await client.ask('webrtc.verto', { message });
    assert.equal((result?.['result'] as { id: string }).id, 'v');
    assert.equal(result?.['code'], '200');
  });
});
