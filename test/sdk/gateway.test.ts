// A session with the gateway: opened, refused, given up, closed once; nothing of it is left in storage. The SDK's entry is
// turned by hand and does what the real one does: it loses sockets, hangs, and comes too late.
import type { SignalWireClient, SignalWireClientParams } from '@signalwire/js';
import { expect } from 'chai';
import { connectGateway, type GatewayOptions } from '../../src/sdk/gateway.js';
import { listenersOf } from '../listeners.js';
import { reasonOf, rejects } from '../rejects.js';
import { HandClock } from '../token/hand-clock.js';
import { makeJwe } from '../token/made-tokens.js';
import { FakeSdkCall } from './fake-sdk-call.js';
import { later } from '../later.js';

/** A session of the SDK, as far as it is used. */
class FakeClient {
  readonly asked: string[] = [];
  readonly dialled: Record<string, unknown>[] = [];
  readonly call = new FakeSdkCall();
  readonly listeners = new Map<string, (payload: unknown) => void>();
  hangs = false;

  dial(options: Record<string, unknown>): Promise<FakeSdkCall> {
    this.dialled.push(options);
    return this.hangs ? new Promise(() => {}) : Promise.resolve(this.call);
  }
  disconnect(): Promise<void> {
    this.asked.push('disconnect');
    return this.hangs ? new Promise(() => {}) : Promise.resolve();
  }
  on(type: string, listener: (payload: unknown) => void): void {
    this.listeners.set(type, listener);
  }
  off(type: string, listener: (payload: unknown) => void): void {
    if (this.listeners.get(type) === listener) this.listeners.delete(type);
  }
}

/** What the SDK keeps inside: the owner of the socket, which goes on connecting for ever. */
class FakeSession {
  readonly asked: string[] = [];
  expiresAt: unknown;
  _socket: { close(): void } | undefined = { close: () => void this.asked.push('close socket') };
  /** Not in every version. */
  _closeConnection?: (status: string) => void;
  connect(): void {
    this.asked.push('connect');
  }
  authError(): void {
    this.asked.push('give up');
  }
}

interface SagaMonitor {
  rootSagaStarted(started: object): void;
  effectTriggered(effect: object): void;
}

/** The SDK's entry: what it was asked with, and its promise in the test's hand. */
class FakeEntry {
  readonly asked: SignalWireClientParams[] = [];
  readonly session = new FakeSession();
  /** What starts the SDK's watch of the speakers. */
  readonly worker = { _attachSpeakerTrackListener: () => void this.session.asked.push('watch speakers') };
  showsSession = true;
  readonly answers: { accept: (client: FakeClient) => void; refuse: (reason: unknown) => void }[] = [];

  readonly entry = (params: SignalWireClientParams): Promise<SignalWireClient> => {
    this.asked.push(params);
    // The SDK shows its session to whoever watches its sagas, among other things.
    const { sagaMonitor } = params as { sagaMonitor?: SagaMonitor };
    for (const started of [{}, { args: [] }, { args: [{}] }, { args: [{ instance: this.worker }] }])
      sagaMonitor?.rootSagaStarted(started);
    for (const payload of [undefined, {}, { args: [] }, { args: [{}] }])
      sagaMonitor?.effectTriggered({ effect: { payload } });
    sagaMonitor?.effectTriggered({ effect: undefined });
    if (this.showsSession)
      sagaMonitor?.effectTriggered({ effect: { payload: { args: [{ session: this.session }] } } });
    return new Promise((resolve, reject) =>
      this.answers.push({
        accept: (client) => resolve(client as unknown as SignalWireClient),
        refuse: reject,
      }),
    );
  };

  get last() {
    return this.answers.at(-1)!;
  }

  /** The SDK lost its socket; it says so in its log only. */
  loseSocket(): void {
    this.asked.at(-1)?.logger?.debug?.('_onSocketClose', 'close', 1006, '');
  }
}

/** The time that a session has for going away has passed. */
async function goneBy(timers: HandClock) {
  await later();
  timers.pass(1_000);
}

const given: FakeEntry[] = [];

function open(options: Partial<GatewayOptions> = {}, sdk = new FakeEntry()) {
  given.push(sdk);
  const timers = new HandClock();
  const lines: unknown[][] = [];
  const token = makeJwe();
  const never = new AbortController().signal;
  const gateway = connectGateway({
    token,
    signal: never,
    log: (...facts) => lines.push(facts),
    timers,
    entry: sdk.entry,
    ...options,
  });
  gateway.catch(() => {});
  return { sdk, timers, gateway, token, lines };
}

async function opened(client = new FakeClient(), expiresAt?: unknown, entry = new FakeEntry()) {
  const { sdk, ...rest } = open({}, entry);
  sdk.session.expiresAt = expiresAt;
  await later();
  sdk.last.accept(client);
  return { ...rest, sdk, client, gateway: await rest.gateway };
}

afterEach(async () => {
  // What a test left waiting would keep the next session from opening.
  for (const sdk of given.splice(0)) for (const { refuse } of sdk.answers) refuse(new Error('over'));
  await later();
});

describe('a session with the gateway', () => {
  it('is opened with the token and nothing that names a host', async () => {
    const { sdk, token } = await opened();
    expect(sdk.asked).to.have.lengthOf(1);
    expect(sdk.asked[0]?.token).to.equal(token);
    expect(sdk.asked[0]).to.not.have.property('host');
  });

  it("is unauthorized when the gateway refuses the token, by the error's name or number", async () => {
    for (const reason of [
      Object.assign(new Error('Authentication failed'), { name: 'AuthError' }),
      { code: -32002, message: 'Authentication failed' },
      { code: -32003, message: 'Requester validation failed' },
    ]) {
      const { sdk, gateway } = open();
      await later();
      sdk.last.refuse(reason);
      const { cause } = await rejects(gateway, 'connect-unauthorized');
      expect(cause === reason).to.equal(true);
    }
  });

  it('can be opened anew after a refusal', async () => {
    const { sdk, gateway } = open();
    await later();
    sdk.last.refuse({ code: -32002 });
    await rejects(gateway, 'connect-unauthorized');
    expect((await opened()).sdk.asked).to.have.lengthOf(1);
  });

  it('times out when the gateway is silent', async () => {
    const { timers, gateway } = open({ timeoutMs: 10_000 });
    await later();
    timers.pass(10_000);
    await goneBy(timers);
    await rejects(gateway, 'connect-timeout');
  });

  it('fails, and does not time out, when a socket was lost and the next is silent', async () => {
    const { sdk, timers, gateway } = open({ timeoutMs: 10_000 });
    await later();
    sdk.loseSocket();
    timers.pass(10_000);
    await goneBy(timers);
    await rejects(gateway, 'connect-failed');
  });

  it('fails without waiting for the time limit when a second socket is lost', async () => {
    const { sdk, timers, gateway } = open();
    await later();
    sdk.loseSocket();
    sdk.loseSocket();
    await goneBy(timers);
    await rejects(gateway, 'connect-failed');
  });

  it('fails soon when a socket has an error and is never closed, as one that the page forbids', async () => {
    const { sdk, timers, gateway } = open({ timeoutMs: 10_000 });
    await later();
    sdk.asked[0]!.logger!.debug!('_onSocketError');
    timers.pass(500);
    await goneBy(timers);
    await rejects(gateway, 'connect-failed');
  });

  for (const [what, code, facts, socket] of [
    ['fails soon when the page forbids the socket', 'connect-failed', {}, undefined],
    ['waits when a policy only reports', 'connect-timeout', { disposition: 'report' }, undefined],
    [
      'waits when the page forbids something else',
      'connect-timeout',
      { blockedURI: 'https://a.test' },
      undefined,
    ],
    ["waits when the page forbids somebody else's socket", 'connect-timeout', {}, { close: () => {} }],
  ] as const) {
    it(`${what}, in a browser that makes none then`, async () => {
      const { sdk, timers, gateway } = open({ timeoutMs: 10_000 });
      await later();
      sdk.session._socket = socket;
      window.dispatchEvent(
        new SecurityPolicyViolationEvent('securitypolicyviolation', {
          documentURI: location.href,
          violatedDirective: 'connect-src',
          effectiveDirective: 'connect-src',
          originalPolicy: 'connect-src none',
          disposition: 'enforce',
          statusCode: 200,
          blockedURI: 'wss://gateway.test',
          ...facts,
        }),
      );
      timers.pass(code === 'connect-failed' ? 500 : 10_000);
      await goneBy(timers);
      await rejects(gateway, code);
    });
  }

  it('is opened by a second socket after one that had an error and was closed', async () => {
    const client = new FakeClient();
    const { sdk, timers, gateway } = open();
    await later();
    sdk.asked[0]!.logger!.debug!('_onSocketError');
    sdk.loseSocket();
    timers.pass(500);
    await later();
    sdk.last.accept(client);
    expect(await gateway).to.have.property('dial');
  });

  it('takes nothing else in the log of the SDK for a lost socket', async () => {
    const { sdk, timers, gateway } = open({ timeoutMs: 10_000 });
    await later();
    for (const line of ['_onSocketOpen', 'noise']) sdk.asked[0]!.logger!.debug!(line);
    timers.pass(10_000);
    await goneBy(timers);
    await rejects(gateway, 'connect-timeout');
  });

  it("keeps the SDK from watching the speakers, which would hold the call for the page's life", async () => {
    const { sdk } = await opened();
    sdk.worker._attachSpeakerTrackListener();
    expect(sdk.session.asked).to.not.include('watch speakers');
  });

  it('survives one lost socket', async () => {
    const { sdk, gateway } = open();
    await later();
    sdk.loseSocket();
    sdk.last.accept(new FakeClient());
    expect(await gateway).to.have.property('dial');
  });

  it('rejects with the reason when it is given up', async () => {
    const stop = new AbortController();
    const { timers, gateway } = open({ signal: stop.signal });
    await later();
    stop.abort('hangup');
    await goneBy(timers);
    expect(await reasonOf(gateway)).to.equal('hangup');
  });

  it('is not opened for a call that was given up before', async () => {
    const stop = new AbortController();
    stop.abort('hangup');
    const { sdk, gateway } = open({ signal: stop.signal });
    expect(await reasonOf(gateway)).to.equal('hangup');
    await later();
    expect(sdk.asked).to.have.lengthOf(0);
  });

  it('stops trying and closes its socket when it is given up', async () => {
    const stop = new AbortController();
    const { sdk, timers, gateway } = open({ signal: stop.signal });
    await later();
    stop.abort('hangup');
    await goneBy(timers);
    await reasonOf(gateway);
    expect(sdk.session.asked).to.deep.equal(['give up', 'close socket']);
    // The SDK's own timer comes round once more.
    sdk.session.connect();
    expect(sdk.session.asked).to.not.include('connect');
  });

  it('is given up without a socket, and with an SDK that shows no session', async () => {
    for (const shows of [true, false]) {
      const sdk = new FakeEntry();
      sdk.session._socket = undefined;
      sdk.showsSession = shows;
      const stop = new AbortController();
      const { timers, gateway } = open({ signal: stop.signal }, sdk);
      await later();
      stop.abort('hangup');
      await goneBy(timers);
      expect(await reasonOf(gateway)).to.equal('hangup');
      expect(sdk.session.asked).to.deep.equal(shows ? ['give up'] : []);
    }
  });

  it('that comes after it was given up is disconnected before anybody may open the next one', async () => {
    const stop = new AbortController();
    const { sdk, gateway } = open({ signal: stop.signal });
    const late = new FakeClient();
    await later();
    stop.abort('hangup');
    let settled = false;
    void gateway.catch(() => {}).then(() => (settled = true));
    await later();
    expect(settled).to.equal(false);
    sdk.last.accept(late);
    expect(await reasonOf(gateway)).to.equal('hangup');
    expect(late.asked).to.deep.equal(['disconnect']);
  });

  it('is disconnected even if it comes when nobody waits any more', async () => {
    const stop = new AbortController();
    const { sdk, timers, gateway } = open({ signal: stop.signal });
    await later();
    stop.abort('hangup');
    await goneBy(timers);
    await reasonOf(gateway);
    const late = new FakeClient();
    sdk.last.accept(late);
    await later();
    expect(late.asked).to.deep.equal(['disconnect']);
  });
});

describe('what the SDK stores', () => {
  const KEYS = ['pt-SAT', 'as-SAT', 'ci-SAT'];
  const stored = () => [
    ...KEYS.map((key) => sessionStorage.getItem(key)),
    localStorage.getItem('loglevel:signalwire'),
  ];
  const store = () => {
    for (const key of KEYS) sessionStorage.setItem(key, 'x');
    localStorage.setItem('loglevel:signalwire', 'INFO');
  };
  const NOTHING = [null, null, null, null];

  it('is gone before a session opens, so that no old one is resumed', async () => {
    store();
    const { sdk } = open();
    await later();
    expect(sdk.asked).to.have.lengthOf(1);
    expect(stored()).to.deep.equal(NOTHING);
  });

  it('is gone after the session', async () => {
    const { gateway } = await opened();
    store();
    await gateway.close();
    expect(stored()).to.deep.equal(NOTHING);
  });

  it('is gone after the session of a readable token too, and leaves alone what was there before', async () => {
    sessionStorage.setItem('as-own', 'of the page');
    const { gateway } = await opened();
    sessionStorage.setItem('pt-room', 'x');
    await gateway.close();
    expect(sessionStorage.getItem('pt-room')).to.equal(null);
    expect(sessionStorage.getItem('as-own')).to.equal('of the page');
    sessionStorage.removeItem('as-own');
  });

  it('is gone after a session that was given up', async () => {
    const stop = new AbortController();
    const { sdk, gateway } = open({ signal: stop.signal });
    await later();
    store();
    stop.abort('hangup');
    sdk.last.accept(new FakeClient());
    await reasonOf(gateway);
    expect(stored()).to.deep.equal(NOTHING);
  });

  it('leaves what belongs to the page alone', async () => {
    const OWN = ['of-the-page', 'my-pt-SAT', 'of-the-page-SAT'];
    sessionStorage.setItem(OWN[0]!, 'kept');
    sessionStorage.setItem(OWN[1]!, 'kept');
    const { gateway } = await opened();
    // Also what the page stores during the call.
    sessionStorage.setItem(OWN[2]!, 'kept');
    await gateway.close();
    expect(OWN.map((key) => sessionStorage.getItem(key))).to.deep.equal(['kept', 'kept', 'kept']);
    for (const key of OWN) sessionStorage.removeItem(key);
  });

  it('is gone when the page is left, and nobody listens for that after the session', async () => {
    const listeners = listenersOf(window);
    try {
      const { gateway } = await opened();
      store();
      window.dispatchEvent(new PageTransitionEvent('pagehide'));
      expect(stored().slice(0, 3)).to.deep.equal([null, null, null]);
      expect(listeners.count('pagehide')).to.equal(1);
      await gateway.close();
      expect(listeners.count('pagehide')).to.equal(0);
    } finally {
      listeners.restore();
    }
  });

  it('does not keep a call from a page whose storage is blocked', async () => {
    const blocked = {
      configurable: true,
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    };
    Object.defineProperties(window, { sessionStorage: blocked, localStorage: blocked });
    try {
      const { gateway } = await opened();
      await gateway.close();
    } finally {
      for (const name of ['sessionStorage', 'localStorage'] as const)
        delete (window as Partial<Window>)[name];
    }
  });
});

describe('the end of the token that the gateway states', () => {
  // The SDK itself reads ISO texts, into seconds.
  it('is read in seconds', async () => {
    expect((await opened(new FakeClient(), 1_795_497_284)).gateway.expiresAtMs).to.equal(1_795_497_284_000);
  });

  it('is unknown where it is missing or makes no sense', async () => {
    for (const end of [undefined, 0, NaN]) {
      expect((await opened(new FakeClient(), end)).gateway.expiresAtMs, String(end)).to.equal(undefined);
    }
  });
});

describe('dialling', () => {
  const dialOptions = async (more: object = {}) => ({
    destination: '/public/support',
    video: false,
    userVariables: { plan: 'gold' },
    signal: new AbortController().signal,
    stream: await navigator.mediaDevices.getUserMedia({ audio: true }),
    report: () => {},
    ...more,
  });

  it('passes the destination and the variables as they are', async () => {
    const { gateway, client } = await opened();
    const line = await gateway.dial(await dialOptions());
    expect(client.dialled[0]).to.include({ to: '/public/support', audio: true, video: false });
    expect(client.dialled[0]?.userVariables).to.deep.equal({ plan: 'gold' });
    await line.hangup();
  });

  it('asks for video both ways or for none', async () => {
    const { gateway, client } = await opened();
    await gateway.dial(await dialOptions({ video: true })).then((line) => line.hangup());
    expect(client.dialled[0]).to.include({ video: true, negotiateVideo: true });
  });

  it('keeps the SDK from taking the microphone away and asking for it again', async () => {
    const { gateway, client } = await opened();
    await gateway.dial(await dialOptions()).then((line) => line.hangup());
    expect(client.dialled[0]).to.include({ stopMicrophoneWhileMuted: false, stopCameraWhileMuted: false });
  });

  it('is given up with the call where the SDK never settles', async () => {
    const { gateway, client } = await opened();
    client.hangs = true;
    const stop = new AbortController();
    const reason = reasonOf(gateway.dial(await dialOptions({ signal: stop.signal })));
    stop.abort('hangup');
    expect(await reason).to.equal('hangup');
  });

  it('brings media back over the session, where the SDK shows it', async () => {
    for (const shows of [true, false]) {
      const entry = new FakeEntry();
      entry.showsSession = shows;
      const client = new FakeClient();
      client.call.isKnown = true;
      const { gateway } = await opened(client, undefined, entry);
      const line = await gateway.dial(await dialOptions());
      const resume = () => client.call.resume;
      const before = resume();
      client.call.answer();
      // Its own recovery is switched off only where ours can take its place.
      expect(resume() !== before, `session shown: ${shows}`).to.equal(shows);
      await line.hangup();
    }
  });

  it('ends the session when the call ends', async () => {
    const { gateway, client } = await opened();
    const line = await gateway.dial(await dialOptions());
    client.call.answer();
    await line.hangup();
    expect(client.asked).to.deep.equal(['disconnect']);
  });
});

describe('closing', () => {
  it('disconnects once: a second time would cut off the next call', async () => {
    const { gateway, client } = await opened();
    await Promise.all([gateway.close(), gateway.close()]);
    await gateway.close();
    expect(client.asked).to.deep.equal(['disconnect']);
  });

  it('does not wait for a session that never lets go, and closes its socket', async () => {
    const { gateway, client, timers, sdk } = await opened();
    client.hangs = true;
    const closing = gateway.close();
    await goneBy(timers);
    await closing;
    expect(client.asked).to.deep.equal(['disconnect']);
    expect(sdk.session.asked).to.include('close socket');
    // The SDK's own timer comes round once more.
    sdk.session.connect();
    expect(sdk.session.asked).to.not.include('connect');
  });

  it("frees the SDK's place where the SDK lets it, and waits for that once more", async () => {
    const { gateway, client, timers, sdk } = await opened();
    client.hangs = true;
    sdk.session._closeConnection = (status) => void sdk.session.asked.push(`place free, ${status}`);
    const closing = gateway.close();
    await goneBy(timers);
    await goneBy(timers);
    await closing;
    expect(sdk.session.asked).to.deep.equal(['place free, disconnected', 'close socket']);
  });

  it('does with less: without a socket, or an SDK that shows no session', async () => {
    for (const shows of [true, false]) {
      const entry = new FakeEntry();
      entry.session._socket = undefined;
      entry.showsSession = shows;
      const { gateway, client } = await opened(new FakeClient(), undefined, entry);
      await gateway.close();
      expect(client.asked).to.deep.equal(['disconnect']);
    }
  });
});

describe('what an AI agent sends', () => {
  it('is passed on as events of the element, until the session closes', async () => {
    const { gateway, client } = await opened();
    const events: Event[] = [];
    gateway.onAgentEvent((event) => void events.push(event));
    client.listeners.get('user_event')?.({ a: 1 });
    client.listeners.get('ai.completion')?.({ text: 'Hi' });
    expect(events.map((event) => [event.type, (event as CustomEvent).detail])).to.deep.equal([
      ['sw-user-event', { a: 1 }],
      ['sw-transcript', { speaker: 'agent', text: 'Hi', final: true }],
    ]);
    expect([...client.listeners.keys()]).to.not.include('signalwire.authorization.state');
    await gateway.close();
    expect(client.listeners.size).to.equal(0);
  });

  it('is not passed on when it has no usable content', async () => {
    const { gateway, client } = await opened();
    const events: Event[] = [];
    gateway.onAgentEvent((event) => void events.push(event));
    for (const payload of [undefined, 'text', {}, { text: '' }])
      client.listeners.get('ai.completion')!(payload);
    expect(events).to.deep.equal([]);
  });

  it('never stops the SDK, even when a listener throws', async () => {
    const { gateway, client, lines } = await opened();
    const error = new Error('of the page');
    gateway.onAgentEvent(() => {
      throw error;
    });
    expect(() => client.listeners.get('user_event')!({ a: 1 })).to.not.throw();
    expect(lines.at(-1)?.includes(error)).to.equal(true);
  });
});

describe("the SDK's log", () => {
  it('goes to ours and not to the console', async () => {
    const { sdk, lines } = await opened();
    const { logger } = sdk.asked[0]!;
    logger?.warn?.('a warning', { a: 1 });
    expect(lines).to.deep.include(['sdk warn', 'a warning', { a: 1 }]);
    logger?.trace?.('SEND: everything');
    expect(JSON.stringify(lines)).to.not.contain('SEND');
  });
});
