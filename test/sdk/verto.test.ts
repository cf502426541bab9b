// What is said to the gateway past the SDK, on its socket and in its envelopes, and what the SDK is kept from saying.
// The socket is turned by hand.
import { expect } from 'chai';
import { CallGone } from '../../src/sdk/recovery.js';
import {
  ignoreNeedlessAnswers,
  takeOverRecovery,
  vertoSignalling,
  type RecoverableCall,
} from '../../src/sdk/verto.js';
import { listenersOf } from '../listeners.js';
import { reasonOf } from '../rejects.js';

/** The SDK's socket: what was sent on it, and what a gateway answers. */
class FakeSocket extends EventTarget {
  readyState: number = WebSocket.OPEN;
  readonly sent: { id: string; params: { message: { params: Record<string, unknown> } } }[] = [];

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as FakeSocket['sent'][number]);
  }
  answer(outcome: object, id = this.sent.at(-1)!.id): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ id, ...outcome }) }));
  }
}

function gateway(status = 'connected') {
  const socket = new FakeSocket();
  const asked: string[] = [];
  const session = {
    status,
    _socket: socket as unknown as WebSocket,
    connect: () => void asked.push('connect'),
    forceClose: () => void asked.push('close'),
  };
  const call = { callId: 'call-1', nodeId: 'node-1' };
  return { socket, asked, session, signalling: vertoSignalling(session, call) };
}

const answered = (result: object) => ({ result: { code: '200', result: { jsonrpc: '2.0', result } } });

describe('a request past the SDK', () => {
  it('offers a description in the envelopes of the SDK, and gives the answer', async () => {
    const { socket, signalling } = gateway();
    const asking = signalling.renegotiate('v=0 offer');
    expect(socket.sent[0]).to.deep.include({ jsonrpc: '2.0', method: 'webrtc.verto' });
    expect(socket.sent[0]!.params).to.deep.include({ callID: 'call-1', node_id: 'node-1' });
    expect(socket.sent[0]!.params.message).to.deep.include({
      jsonrpc: '2.0',
      method: 'verto.modify',
      params: { sdp: 'v=0 offer', action: 'updateMedia', dialogParams: { callID: 'call-1' } },
    });
    socket.answer(answered({ sdp: 'v=0 other' }), 'of somebody else');
    socket.dispatchEvent(new MessageEvent('message', { data: 'noise' }));
    socket.answer(answered({ action: 'updateMedia', sdp: 'v=0 answer' }));
    expect(await asking).to.equal('v=0 answer');
  });

  for (const [what, outcome, isGone] of [
    ['a fault', { error: { code: -32000, message: 'No' } }, false],
    [
      'a fault of the far end',
      { result: { code: '200', result: { error: { code: 1, message: 'No' } } } },
      false,
    ],
    ['a code that is no success', { result: { code: '500', message: 'No' } }, false],
    ['an answer without a description', answered({ action: 'updateMedia' }), false],
    ['an empty answer', {}, false],
    ['a call that is gone', { error: { code: -32002, message: 'CALL DOES NOT EXIST' } }, true],
    ['a call that is not found', { result: { code: '404', message: 'Nope' } }, true],
  ] as const) {
    it(`is refused by ${what}`, async () => {
      const { socket, signalling } = gateway();
      const asking = signalling.renegotiate('v=0 offer');
      socket.answer(outcome);
      expect((await reasonOf(asking)) instanceof CallGone).to.equal(isGone);
    });
  }

  it('fails with its connection', async () => {
    const { socket, signalling } = gateway();
    const asking = signalling.renegotiate('v=0 offer');
    socket.dispatchEvent(new Event('close'));
    expect(await reasonOf(asking)).to.be.instanceOf(Error);
  });

  it('listens to its connection no longer than to its answer', async () => {
    for (const outcome of ['answer', 'close'] as const) {
      const { socket, signalling } = gateway();
      const listeners = listenersOf(socket);
      const asking = signalling.renegotiate('v=0 offer').catch(() => {});
      expect([listeners.count('message'), listeners.count('close')]).to.deep.equal([1, 1]);
      if (outcome === 'answer') socket.answer(answered({ sdp: 'v=0 answer' }));
      else socket.dispatchEvent(new Event('close'));
      await asking;
      expect([listeners.count('message'), listeners.count('close')], outcome).to.deep.equal([0, 0]);
    }
  });

  it('waits for no connection, but hastens the next one', async () => {
    const { socket, asked, signalling, session } = gateway();
    socket.readyState = WebSocket.CONNECTING;
    await reasonOf(signalling.renegotiate('v=0 offer'));
    expect(asked).to.deep.equal([]);
    socket.readyState = WebSocket.CLOSED;
    await reasonOf(signalling.renegotiate('v=0 offer'));
    expect(asked).to.deep.equal(['connect']);
    socket.readyState = WebSocket.OPEN;
    session.status = 'unknown';
    await reasonOf(signalling.renegotiate('v=0 offer'));
    expect(socket.sent).to.deep.equal([]);
  });

  it('replaces a connection that may be dead', () => {
    const { asked, signalling } = gateway();
    signalling.reconnect();
    expect(asked).to.deep.equal(['close', 'connect']);
  });

  it('makes a connection where there is none, or none that can be closed', async () => {
    const { asked, session } = gateway();
    const { connect, status } = session;
    const without = vertoSignalling({ connect, status, _socket: null }, {});
    await reasonOf(without.renegotiate('v=0 offer'));
    expect(asked).to.deep.equal(['connect']);
    without.reconnect();
    expect(asked).to.deep.equal(['connect', 'connect']);
  });
});

describe("the SDK's own recovery", () => {
  it('is switched off', async () => {
    const asked: string[] = [];
    const call: RecoverableCall = {
      callId: 'call-1',
      resume: () => Promise.resolve(void asked.push('resume')),
      peer: {
        triggerResume: () => void asked.push('trigger'),
        restartIceWithRelayOnly: () => void asked.push('relay'),
      },
    };
    expect(takeOverRecovery(call)).to.equal(true);
    await call.resume!();
    call.peer!.triggerResume!();
    call.peer!.restartIceWithRelayOnly!();
    expect(asked).to.deep.equal([]);
  });

  it('is left alone in an SDK that is not as expected', () => {
    const whole = (): RecoverableCall => ({
      callId: 'call-1',
      resume: () => Promise.resolve(),
      peer: { triggerResume: () => {}, restartIceWithRelayOnly: () => {} },
    });
    const { triggerResume, restartIceWithRelayOnly } = whole().peer!;
    for (const part of [
      { callId: undefined },
      { resume: undefined },
      { peer: undefined },
      { peer: { triggerResume } },
      { peer: { restartIceWithRelayOnly } },
    ]) {
      const call = { ...whole(), ...part } as RecoverableCall;
      const before = { ...call, peer: { ...call.peer } };
      expect(takeOverRecovery(call), Object.keys(part).join()).to.equal(false);
      expect({ ...call, peer: { ...call.peer } }).to.deep.equal(before);
    }
  });
});

describe('an answer', () => {
  it('reaches the SDK when there is an offer that waits for it, and only then', async function () {
    if (!('RTCPeerConnection' in window)) return this.skip();
    const applied: string[] = [];
    const instance = new RTCPeerConnection();
    const peer = {
      instance,
      onRemoteSdp: (sdp: string) => Promise.resolve(void applied.push(sdp)),
    };
    ignoreNeedlessAnswers({ peer });
    ignoreNeedlessAnswers({ peer });
    await peer.onRemoteSdp('too early');
    instance.addTransceiver('audio');
    await instance.setLocalDescription();
    await peer.onRemoteSdp('in time');
    expect(applied).to.deep.equal(['in time']);
    instance.close();
  });

  it('is waited for by nobody where there is no peer, or one that is not as expected', () => {
    const peer = {};
    for (const call of [{}, { peer }]) expect(() => ignoreNeedlessAnswers(call)).to.not.throw();
    expect(peer).to.deep.equal({});
  });

  it('is kept from an SDK whose connection is gone', async () => {
    const applied: string[] = [];
    const peer = { onRemoteSdp: (sdp: string) => Promise.resolve(void applied.push(sdp)) };
    ignoreNeedlessAnswers({ peer });
    await peer.onRemoteSdp('too late');
    expect(applied).to.deep.equal([]);
  });
});
