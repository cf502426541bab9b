// A request of our own to the gateway, on the SDK's connection and past the SDK's queue: that one repeats a request
// after a lost connection, and hangs the call up when the answer to an offer comes that is no longer there.
// Promise: the envelopes are those of the SDK (JSON-RPC 2.0 around Verto); every request settles or its connection does.
// Must not know: why a call is renegotiated, nor what is in a description.
import { CallGone, type Signalling } from './recovery.js';

/** What is used of the SDK's session: the owner of the socket. */
export interface SdkSocketOwner {
  readonly status?: string;
  readonly _socket?: WebSocket | null;
  connect(): void;
  forceClose?(): void;
}

/** What is used of the SDK's call: its names at the gateway, and what it would do about lost media. */
export interface RecoverableCall {
  readonly callId?: string;
  readonly nodeId?: string;
  resume?: () => Promise<void>;
  readonly peer?: {
    readonly instance?: RTCPeerConnection;
    triggerResume?: () => void;
    restartIceWithRelayOnly?: () => void;
    onRemoteSdp?: (sdp: string) => Promise<void>;
  };
}

/**
 * Switches the SDK's own recovery off, which would be in the way: it makes offers of its own, hangs up when they are
 * not answered in 12 s, and takes away all direct paths when a connection takes longer than 3 s.
 * @returns false when the SDK is not as expected: then it is left as it is.
 */
export function takeOverRecovery(call: RecoverableCall): boolean {
  const { peer } = call;
  if (!call.callId || !call.resume || !peer?.triggerResume || !peer.restartIceWithRelayOnly) return false;
  call.resume = () => Promise.resolve();
  peer.triggerResume = () => {};
  peer.restartIceWithRelayOnly = () => {};
  return true;
}

/** Signalling for one call. */
export function vertoSignalling(session: SdkSocketOwner, call: RecoverableCall): Signalling {
  return {
    renegotiate(sdp) {
      const socket = session._socket;
      if (socket?.readyState === WebSocket.OPEN && session.status === 'connected')
        return ask(socket, modify(call, sdp));
      // Its own next try may be four seconds away.
      if (!socket || socket.readyState === WebSocket.CLOSED) session.connect();
      return Promise.reject(new Error('no connection to the gateway'));
    },
    reconnect() {
      session.forceClose?.();
      session.connect();
    },
  };
}

/**
 * Keeps an answer that comes twice, or that fits no offer, from the SDK: it would hang the call up.
 * To be called before the first one is applied; safe to call again.
 */
export function ignoreNeedlessAnswers({ peer }: RecoverableCall): void {
  const apply = peer?.onRemoteSdp;
  if (!peer || !apply || guarded.has(peer)) return;
  guarded.add(peer);
  peer.onRemoteSdp = async (sdp) => {
    if (peer.instance?.signalingState === 'have-local-offer') await apply.call(peer, sdp);
  };
}

const guarded = new WeakSet<object>();

interface Request {
  readonly id: string;
}

function modify({ callId, nodeId }: RecoverableCall, sdp: string): Request {
  const message = {
    jsonrpc: '2.0',
    id: crypto.randomUUID(),
    method: 'verto.modify',
    params: { sdp, action: 'updateMedia', dialogParams: { callID: callId } },
  };
  const params = { callID: callId, node_id: nodeId, message };
  return { jsonrpc: '2.0', id: crypto.randomUUID(), method: 'webrtc.verto', params } as Request;
}

/** Sends a request and waits for what belongs to it. */
function ask(socket: WebSocket, request: Request): Promise<string> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const settle = (how: () => void) => {
      over.abort();
      how();
    };
    const { signal } = over;
    socket.addEventListener(
      'message',
      ({ data }) => {
        const answer = read(data);
        if (answer?.id === request.id) settle(() => judge(answer, resolve, reject));
      },
      { signal },
    );
    socket.addEventListener('close', () => settle(() => reject(new Error('connection lost'))), { signal });
    socket.send(JSON.stringify(request));
  });
}

interface Answer {
  readonly id?: string;
  readonly error?: Fault;
  /** The gateway's envelope, and in it the far end's. */
  readonly result?: Fault & {
    readonly result?: { readonly error?: Fault; readonly result?: { sdp?: unknown } };
  };
}

interface Fault {
  readonly code?: string | number;
  readonly message?: string;
}

function judge(
  { error, result }: Answer,
  resolve: (sdp: string) => void,
  reject: (why: Error) => void,
): void {
  const sdp = result?.result?.result?.sdp;
  if (typeof sdp === 'string') return resolve(sdp);
  const { code, message } = error ?? result?.result?.error ?? result ?? {};
  // Words of FreeSWITCH's mod_verto; the number is used for other things as well.
  const isGone = String(code) === '404' || /does not exist|not found/i.test(message ?? '');
  reject(new (isGone ? CallGone : Error)(`the gateway refused: ${code}`));
}

function read(data: unknown): Answer | undefined {
  try {
    return JSON.parse(String(data)) as Answer;
  } catch {
    return undefined;
  }
}
