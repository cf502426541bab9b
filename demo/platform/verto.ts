// What a client can ask about its calls: invite, hang up, digits, hold, a new offer, mute.
// Promises an answer to everything, because an unanswered request makes the SDK drop its connection.
// Must not know sockets; calls are told what to do and do it themselves.
import { Call, type CallTimings } from './call.js';
import { CallRecord } from './call-record.js';
import { asParams, OK, vertoResult, type Params, type RpcOutcome } from './json-rpc.js';
import type { Session } from './session.js';
import { destinationStory } from './stories.js';

export interface Switchboard {
  readonly timings: CallTimings;
  /** A call has come in. */
  readonly onCall: (record: CallRecord) => void;
}

/** Answers `webrtc.verto`. */
export async function answerVerto(board: Switchboard, session: Session, params: Params): Promise<RpcOutcome> {
  const { id, method, params: verto } = asParams(params['message']);
  // The SDK also sends its results here, each in a request of its own.
  if (typeof method !== 'string') return OK;
  const request = asParams(verto);
  const dialog = asParams(request['dialogParams']);
  const callId = String(dialog['callID']);
  const call = session.calls.get(callId);
  const done = (result: Params): RpcOutcome => vertoResult(id, session.nodeId, { callID: callId, ...result });

  switch (method) {
    case 'verto.invite':
      return invite(board, session, request, dialog, done);
    case 'verto.bye':
      // Also for a call that never was: a client may give up before it has invited anybody.
      call?.end('caller');
      return done({ cause: 'NORMAL_CLEARING', causeCode: 16 });
    case 'verto.info':
      if (call && typeof request['dtmf'] === 'string') {
        call.record.dtmf += request['dtmf'];
        call.record.changed();
      }
      return done({ message: 'SENT' });
    case 'verto.modify':
      // In the words of FreeSWITCH's mod_verto.
      if (!call) return { error: { code: -32002, message: 'CALL DOES NOT EXIST' } };
      return done(await modify(call, request));
    default:
      return done({});
  }
}

function invite(
  board: Switchboard,
  session: Session,
  request: Params,
  dialog: Params,
  done: (result: Params) => RpcOutcome,
): RpcOutcome {
  const id = String(dialog['callID']);
  const offer = String(request['sdp']);
  const created = (call: Call): RpcOutcome =>
    done({ message: 'CALL CREATED', memberID: call.memberId, sessid: session.identity });

  const existing = session.calls.get(id);
  if (existing) {
    detach(existing.reattach(offer), existing);
    return created(existing);
  }
  const story = destinationStory(String(dialog['destination_number']));
  const record = new CallRecord({
    id,
    destination: story.destination,
    userVariables: asParams(dialog['userVariables']),
    video: /^m=video [1-9]/m.test(offer),
  });
  const call = new Call(record, session, story, board.timings);
  board.onCall(record);
  const refusal = story.refusal;
  if (refusal && refusal.as !== 'bye') {
    call.end('gone', refusal.message);
    const { code, message } = refusal;
    return refusal.as === 'error'
      ? { error: { code: refusal.code, message } }
      : { result: { code, message } };
  }
  detach(call.play(offer), call);
  return created(call);
}

async function modify(call: Call, { action, sdp }: Params): Promise<Params> {
  if (action === 'hold' || action === 'unhold' || action === 'toggleHold') {
    call.record.held = action === 'toggleHold' ? !call.record.held : action === 'hold';
    call.record.changed();
  }
  const holdState = call.record.held ? 'held' : 'active';
  if (typeof sdp !== 'string') return { action, holdState };
  return { action, holdState, sdp: await call.renegotiate(sdp) };
}

/** Answers `call.mute` and `call.unmute`, and tells the caller what has become of it. */
export function answerMute(session: Session, params: Params, muted: boolean): RpcOutcome {
  const call = session.calls.get(String(asParams(params['self'])['call_id']));
  const named = Array.isArray(params['channels']) ? (params['channels'] as unknown[]) : [];
  for (const channel of ['audio', 'video'] as const) {
    if (!call || !named.includes(channel)) continue;
    call.record.muted[channel] = muted;
    call.record.changed();
    // After the answer to this request.
    setImmediate(() => call.tellUpdated(channel === 'audio' ? 'audio_muted' : 'video_muted'));
  }
  return OK;
}

/** Lets a story play by itself; one that breaks ends its call instead of the process. */
function detach(story: Promise<void>, call: Call): void {
  story.catch((error: unknown) => {
    console.error('The local platform could not go on with a call:', error);
    call.end('far-end', 'MEDIA_FAILURE', 604);
  });
}
