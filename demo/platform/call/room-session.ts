// Describes a call to its caller the way the platform does: as a room session with one member. The SDK reads most of
// these members without checking that they exist.
import type { Session } from '../session/session.js';
import type { CallRecord } from './call-record.js';

/** A call and the ids under which its caller is a member of the room. */
export interface RoomMember {
  readonly record: CallRecord;
  readonly session: Session;
  readonly memberId: string;
  readonly roomId: string;
  readonly roomSessionId: string;
}

/** The parameters of `call.joined` and `call.left`. */
export function roomSession(member: RoomMember) {
  const { record, session, memberId, roomId, roomSessionId } = member;
  const ids = {
    call_id: record.id,
    node_id: session.nodeId,
    member_id: memberId,
    room_id: roomId,
    room_session_id: roomSessionId,
  };
  return {
    ...ids,
    // Must equal the call's own id, or the SDK treats it as a second leg.
    origin_call_id: record.id,
    capabilities: ['self', 'member', 'end', 'digit.send', 'device', 'screenshare'],
    room_session: {
      room_id: roomId,
      room_session_id: roomSessionId,
      name: record.destination,
      display_name: record.destination,
      layout_name: 'grid-responsive',
      recording: false,
      streaming: false,
      locked: false,
      hide_video_muted: false,
      prioritize_handraise: false,
      meta: {},
      event_channel: session.protocol,
      recordings: [],
      streams: [],
      playbacks: [],
      members: [
        {
          ...ids,
          name: 'Guest',
          type: 'member',
          audio_muted: record.muted.audio,
          video_muted: record.muted.video,
          deaf: false,
          visible: record.video,
          handraised: false,
          input_volume: 0,
          output_volume: 0,
          input_sensitivity: 44,
          echo_cancellation: true,
          auto_gain: true,
          noise_suppression: true,
          lowbitrate: false,
          denoise: false,
          meta: {},
          subscriber_id: session.guest.subscriberId,
          address_id: record.destination,
          requested_position: 'auto',
          current_position: 'auto',
        },
      ],
    },
  };
}
