// Handles `call.mute` and `call.unmute`, with which a client mutes itself on the server.
import type { ActiveCalls } from './active-calls.js';
import { asParams, OK, type Params, type RpcReply } from '../session/json-rpc.js';
import type { Session } from '../session/session.js';

/** Replies to the request, then sends the caller a `member.updated` event for each channel. */
export function handleMute(calls: ActiveCalls, session: Session, params: Params, muted: boolean): RpcReply {
  const call = calls.find(session, String(asParams(params['self'])['call_id']));
  const channels: unknown = params['channels'];
  if (!call || !Array.isArray(channels)) return OK;
  for (const channel of ['audio', 'video'] as const) {
    if (!channels.includes(channel)) continue;
    call.setMuted(channel, muted);
    // In the next turn, so that the reply goes out first.
    setImmediate(() => call.announceMuted(channel));
  }
  return OK;
}
