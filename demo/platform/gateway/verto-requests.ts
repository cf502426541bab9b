// Handles `webrtc.verto`, which carries a client's requests about its calls: invite, bye, DTMF, hold, renegotiation.
// Every request gets a reply, because the SDK drops its connection when one stays unanswered.
import { CallRecord } from '../call/call-record.js';
import type { Call } from '../call/call.js';
import { destinationScenario } from '../scenarios/destination-scenarios.js';
import type { ActiveCalls } from './active-calls.js';
import { asParams, OK, vertoResult, type Params, type RpcReply } from '../session/json-rpc.js';
import type { Session } from '../session/session.js';

/** One Verto request with its envelopes removed. */
interface VertoRequest {
  readonly method: string;
  readonly callId: string;
  readonly params: Params;
  readonly dialogParams: Params;
  /** Wraps the result of this request. */
  readonly reply: (result: Params) => RpcReply;
}

/** Replies to a `webrtc.verto` request. */
export async function handleVerto(calls: ActiveCalls, session: Session, params: Params): Promise<RpcReply> {
  const request = unwrap(session, params);
  // The SDK also sends its own results as `webrtc.verto` requests.
  if (!request) return OK;
  const call = calls.find(session, request.callId);
  switch (request.method) {
    case 'verto.invite':
      return call ? reattach(call, request) : invite(calls, session, request);
    case 'verto.bye':
      // Valid for an unknown call too: a client may give up before its invite arrives.
      call?.end('caller');
      return request.reply({ cause: 'NORMAL_CLEARING', causeCode: 16 });
    case 'verto.info':
      call?.receiveDigits(request.params['dtmf']);
      return request.reply({ message: 'SENT' });
    case 'verto.modify':
      // The error of FreeSWITCH's mod_verto.
      if (!call) return { error: { code: -32002, message: 'CALL DOES NOT EXIST' } };
      return request.reply(await modify(call, request.params));
    default:
      return request.reply({});
  }
}

function unwrap(session: Session, params: Params): VertoRequest | undefined {
  const message = asParams(params['message']);
  const { id, method } = message;
  if (typeof method !== 'string') return undefined;
  const inner = asParams(message['params']);
  const dialogParams = asParams(inner['dialogParams']);
  const callId = String(dialogParams['callID']);
  return {
    method,
    callId,
    params: inner,
    dialogParams,
    reply: (result) => vertoResult(id, session.nodeId, { callID: callId, ...result }),
  };
}

function invite(calls: ActiveCalls, session: Session, request: VertoRequest): RpcReply {
  const offer = String(request.params['sdp']);
  const scenario = destinationScenario(String(request.dialogParams['destination_number']));
  const record = new CallRecord({
    id: request.callId,
    destination: scenario.destination,
    userVariables: asParams(request.dialogParams['userVariables']),
    video: /^m=video [1-9]/m.test(offer),
  });
  const call = calls.add(record, session, scenario);
  const { refusal } = scenario;
  if (refusal && refusal.kind !== 'bye') {
    call.end('gateway', refusal.message);
    const { code, message } = refusal;
    return refusal.kind === 'error'
      ? { error: { code: refusal.code, message } }
      : { result: { code, message } };
  }
  runInBackground(call.run(offer), call);
  return callCreated(call, request);
}

/** An invite for a call in progress: the page was reloaded and takes its call back. */
function reattach(call: Call, request: VertoRequest): RpcReply {
  runInBackground(call.reattach(String(request.params['sdp'])), call);
  return callCreated(call, request);
}

function callCreated(call: Call, { reply }: VertoRequest): RpcReply {
  return reply({ message: 'CALL CREATED', memberID: call.memberId, sessid: call.session.identity });
}

async function modify(call: Call, { action, sdp }: Params): Promise<Params> {
  if (action === 'toggleHold') call.setHeld(!call.record.held);
  else if (action === 'hold' || action === 'unhold') call.setHeld(action === 'hold');
  const holdState = call.record.held ? 'held' : 'active';
  if (typeof sdp !== 'string') return { action, holdState };
  return { action, holdState, sdp: await call.renegotiate(sdp) };
}

/** Ends the call if its scenario throws, so that the error does not take the process down. */
function runInBackground(running: Promise<void>, call: Call): void {
  running.catch((error: unknown) => {
    console.error('The local platform ended a call because of an error:', error);
    call.end('far-end', 'MEDIA_FAILURE', 604);
  });
}
