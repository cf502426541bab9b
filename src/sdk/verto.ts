// Requests of our own to the gateway, on the SDK's socket but past its queue, which repeats a request after a lost
// connection and hangs up when the answer to an outdated offer arrives.
// The envelopes are the SDK's own: JSON-RPC 2.0 around Verto. Every request settles, or its connection closes.
import { CallGone, type Signalling } from './recovery.js';
import type { SdkCall, SdkPeer, SdkSession } from './undocumented.js';

/** The part of the SDK's session that signalling needs. */
export type SocketOwner = Pick<SdkSession, 'status' | '_socket' | 'connect' | 'forceClose'>;

/** The part of the SDK's call that recovery needs. */
export interface RecoverableCall extends Pick<SdkCall, 'callId' | 'nodeId' | 'resume'> {
  readonly peer?: Omit<SdkPeer, '_resolveStartMethod'>;
}

/**
 * Switches off the SDK's own recovery. It makes offers of its own, hangs up when they are not answered in 12 s, and
 * removes all direct paths when a connection takes longer than 3 s.
 * @returns false when the SDK is not as expected; then it is left as it is.
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
export function vertoSignalling(session: SocketOwner, call: RecoverableCall): Signalling {
  return {
    renegotiate(sdp) {
      const socket = session._socket;
      if (socket?.readyState === WebSocket.OPEN && session.status === 'connected')
        return sendRequest(socket, modifyRequest(call, sdp));
      // The SDK's next try may be four seconds away.
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
 * Drops an answer that comes twice or fits no offer: the SDK would hang up.
 * Call it before the first answer is applied; calling it again changes nothing.
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

interface JsonRpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: string;
  readonly method: string;
  readonly params: object;
}

function modifyRequest({ callId, nodeId }: RecoverableCall, sdp: string): JsonRpcRequest {
  const message: JsonRpcRequest = {
    jsonrpc: '2.0',
    id: crypto.randomUUID(),
    method: 'verto.modify',
    params: { sdp, action: 'updateMedia', dialogParams: { callID: callId } },
  };
  const params = { callID: callId, node_id: nodeId, message };
  return { jsonrpc: '2.0', id: crypto.randomUUID(), method: 'webrtc.verto', params };
}

/** Sends a request and waits for the response with its id. */
function sendRequest(socket: WebSocket, request: JsonRpcRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const { signal } = done;
    const onMessage = ({ data }: MessageEvent) => {
      const response = parseResponse(data);
      if (response?.id !== request.id) return;
      done.abort();
      try {
        resolve(answerOf(response));
      } catch (refused) {
        reject(refused);
      }
    };
    const onClose = () => {
      done.abort();
      reject(new Error('connection lost'));
    };
    socket.addEventListener('message', onMessage, { signal });
    socket.addEventListener('close', onClose, { signal });
    socket.send(JSON.stringify(request));
  });
}

interface JsonRpcResponse {
  readonly id?: string;
  readonly error?: JsonRpcError;
  /** The gateway's envelope, with the far end's inside. */
  readonly result?: JsonRpcError & {
    readonly result?: { readonly error?: JsonRpcError; readonly result?: { sdp?: unknown } };
  };
}

interface JsonRpcError {
  readonly code?: string | number;
  readonly message?: string;
}

/**
 * The description in a response.
 * @throws {@link CallGone}, or an `Error` for any other refusal.
 */
function answerOf({ error, result }: JsonRpcResponse): string {
  const farEnd = result?.result;
  const sdp = farEnd?.result?.sdp;
  if (typeof sdp === 'string') return sdp;
  throw refusal(error ?? farEnd?.error ?? result ?? {});
}

function refusal({ code, message = '' }: JsonRpcError): Error {
  // FreeSWITCH's mod_verto says it in words; it uses the number for other things as well.
  const isGone = String(code) === '404' || /does not exist|not found/i.test(message);
  return new (isGone ? CallGone : Error)(`the gateway refused: ${code}`);
}

function parseResponse(data: unknown): JsonRpcResponse | undefined {
  try {
    return JSON.parse(String(data)) as JsonRpcResponse;
  } catch {
    return undefined;
  }
}
