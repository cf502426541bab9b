// The events of one call that its caller receives. Each method sends one.
import { randomUUID } from 'node:crypto';
import type { Params } from '../session/json-rpc.js';
import type { Session } from '../session/session.js';
import type { CallRecord } from './call-record.js';
import { roomSession, type RoomMember } from './room-session.js';

export class CallEvents implements RoomMember {
  readonly record: CallRecord;
  readonly session: Session;
  readonly memberId = randomUUID();
  readonly roomId = randomUUID();
  readonly roomSessionId = randomUUID();

  constructor(record: CallRecord, session: Session) {
    this.record = record;
    this.session = session;
  }

  state(state: 'created' | 'ringing' | 'answered' | 'ended'): void {
    this.other('call.state', { call_state: state, direction: 'outbound' });
  }

  /** The answer of the far end while the call still rings. */
  earlyMedia(sdp: string): void {
    this.session.sendVerto('verto.media', { callID: this.record.id, sdp });
  }

  answer(sdp: string | undefined): void {
    this.session.sendVerto('verto.answer', { callID: this.record.id, ...(sdp && { sdp }) });
  }

  joined(): void {
    this.session.sendEvent('call.joined', roomSession(this));
  }

  left(reason: string): void {
    this.session.sendEvent('call.left', { ...roomSession(this), reason });
  }

  bye(cause: string, causeCode: number): void {
    this.session.sendVerto('verto.bye', { callID: this.record.id, cause, causeCode });
  }

  memberUpdated(changed: 'audio_muted' | 'video_muted'): void {
    const { room_id, room_session_id, room_session } = roomSession(this);
    const member = { ...room_session.members[0], updated: [changed] };
    this.session.sendEvent('member.updated', { room_id, room_session_id, member });
  }

  /** Any other event that belongs to the call, such as those of an AI agent. */
  other(type: string, params: Params): void {
    this.session.sendEvent(type, {
      ...params,
      call_id: this.record.id,
      room_session_id: this.roomSessionId,
      node_id: this.session.nodeId,
    });
  }
}
