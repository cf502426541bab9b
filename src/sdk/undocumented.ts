// Every member of the SDK that we use although its types do not offer it, with the reason for each.
// A test holds this list against the installed SDK and names what is gone. Other files of this room import the types
// from here and reach into the SDK nowhere else.
import type { SignalWireClient, SignalWireClientParams } from '@signalwire/js';

/** One member: `where` is the file below `@signalwire/` that defines it. */
export interface UndocumentedMember {
  readonly member: string;
  readonly where: string;
  readonly reason: string;
}

/** The list. Order: client, session, call, peer, log. */
export const UNDOCUMENTED: readonly UndocumentedMember[] = [
  {
    member: 'sagaMonitor',
    where: 'core/src/redux/index.ts',
    reason:
      'The only way to the session while it is still being opened: the promise of SignalWire() may never settle, and as a singleton it would be handed to the next caller.',
  },
  {
    member: 'off',
    where: 'js/src/fabric/SignalWire.ts',
    reason:
      'Events that the SDK does not know (AI agents, user_event) are emitted on the client; on() and off() are not typed.',
  },
  {
    member: '_socket',
    where: 'core/src/BaseSession.ts',
    reason: 'The SDK leaves a deaf socket open after a refused token.',
  },
  {
    member: 'status',
    where: 'core/src/BaseSession.ts',
    reason: 'A request of our own needs a session that is connected, not only a socket that is open.',
  },
  {
    member: 'connect',
    where: 'core/src/BaseSession.ts',
    reason:
      'Hastens a reconnect that the SDK would try up to 4 s later; replaced by nothing when a session is abandoned.',
  },
  {
    member: 'forceClose',
    where: 'core/src/BaseSession.ts',
    reason: 'Replaces a connection that may be dead without knowing it.',
  },
  {
    member: 'authError',
    where: 'core/src/BaseSession.ts',
    reason: 'The only way to settle the promise of SignalWire() from outside.',
  },
  {
    member: '_closeConnection',
    where: 'core/src/BaseSession.ts',
    reason:
      'disconnect() waits for answers that may never come, and keeps the SDK’s only place for that long.',
  },
  {
    member: 'expiresAt',
    where: 'core/src/BaseJWTSession.ts',
    reason: 'When the guest token really ends. An encrypted token does not say so itself.',
  },
  {
    member: 'localStream',
    where: 'webrtc/src/utils/interfaces.ts',
    reason: 'Our microphone; without it the SDK asks for one of its own.',
  },
  {
    member: 'iceCandidatePoolSize',
    where: 'webrtc/src/utils/interfaces.ts',
    reason: 'With the SDK’s pool of ten, Chromium gathers nothing for a second offer.',
  },
  {
    member: 'audioEl',
    where: 'js/src/BaseRoomSession.ts',
    reason: 'The SDK plays the far end too; ours is the element that was unlocked in the gesture.',
  },
  {
    member: '_attachSpeakerTrackListener',
    where: 'js/src/BaseRoomSession.ts',
    reason:
      'Watches the speakers for each call and never stops, which keeps the call and its peer in memory.',
  },
  {
    member: 'callId',
    where: 'webrtc/src/BaseConnection.ts',
    reason: 'Names the call in requests of our own.',
  },
  {
    member: 'nodeId',
    where: 'webrtc/src/BaseConnection.ts',
    reason: 'Names the call in requests of our own.',
  },
  { member: 'cause', where: 'webrtc/src/BaseConnection.ts', reason: 'Why the far end hung up.' },
  {
    member: 'causeCode',
    where: 'webrtc/src/BaseConnection.ts',
    reason: 'Why the far end hung up, as a number.',
  },
  {
    member: 'resume',
    where: 'js/src/fabric/FabricRoomSession.ts',
    reason: 'The SDK’s own recovery of media, which starts 10 s late and hangs up; recovery.ts replaces it.',
  },
  { member: 'peer', where: 'webrtc/src/BaseConnection.ts', reason: 'The door to the peer connection.' },
  {
    member: 'instance',
    where: 'webrtc/src/RTCPeer.ts',
    reason: 'The RTCPeerConnection: statistics, senders, the connection state.',
  },
  {
    member: '_resolveStartMethod',
    where: 'webrtc/src/RTCPeer.ts',
    reason: 'Lifts the 20 s in which the SDK wants an answer, as early media does inside.',
  },
  { member: 'triggerResume', where: 'webrtc/src/RTCPeer.ts', reason: 'Part of the SDK’s own recovery.' },
  {
    member: 'restartIceWithRelayOnly',
    where: 'webrtc/src/RTCPeer.ts',
    reason:
      'Part of the SDK’s own recovery: takes away all direct paths when a connection takes longer than 3 s.',
  },
  {
    member: 'onRemoteSdp',
    where: 'webrtc/src/RTCPeer.ts',
    reason: 'The SDK hangs up when an answer comes twice or fits no offer.',
  },
  {
    member: '_onSocketClose',
    where: 'core/src/BaseSession.ts',
    reason: 'A line of the SDK’s log, and the only sign that a socket was lost.',
  },
  {
    member: '_onSocketError',
    where: 'core/src/BaseSession.ts',
    reason: 'A line of the SDK’s log, and the only sign that a socket failed.',
  },
];

/** The SDK's entry, or a test's. */
export type SignalWireEntry = (params: SignalWireClientParams) => Promise<SignalWireClient>;

/** The SDK's client: `on` and `off` exist at run time only. */
export interface SdkClient {
  on(type: string, listener: (payload: unknown) => void): void;
  off(type: string, listener: (payload: unknown) => void): void;
  disconnect(): Promise<void>;
}

/** The SDK's session, which owns the socket. */
export interface SdkSession {
  readonly status?: string;
  readonly _socket?: WebSocket | null;
  /** In seconds; 0 when the gateway did not say. */
  readonly expiresAt?: number;
  connect(): void;
  forceClose?(): void;
  authError(error: { code: number; message: string }): void;
  _closeConnection?(status: 'disconnected'): void;
}

/** The SDK's peer, around an `RTCPeerConnection`. */
export interface SdkPeer {
  readonly instance?: RTCPeerConnection;
  _resolveStartMethod?: () => void;
  triggerResume?: () => void;
  restartIceWithRelayOnly?: () => void;
  onRemoteSdp?: (sdp: string) => Promise<void>;
}

/** The SDK's call. */
export interface SdkCall {
  options: Record<string, unknown>;
  readonly callId?: string;
  readonly nodeId?: string;
  readonly cause?: string;
  readonly causeCode?: string;
  readonly audioEl?: HTMLAudioElement;
  readonly peer?: SdkPeer;
  resume?: () => Promise<void>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each event has a payload of its own
  on(event: string, listener: (payload: any) => void): void;
  start(): Promise<void>;
  hangup(): Promise<void>;
  sendDigits(digits: string): Promise<unknown>;
}

/** Where the monitor of `watchForSession` puts the session. */
export interface FoundSession {
  session?: SdkSession;
}

/**
 * A monitor for the SDK's `sagaMonitor` option (redux-saga's own interface), which shows the session object as soon as
 * there is one. It also switches off the speaker watch of each call before that begins.
 */
export function watchForSession(found: FoundSession): object {
  return {
    rootSagaStarted({ args }: { args?: { instance?: object }[] }) {
      const { instance } = args?.[0] ?? {};
      if (instance) Object.assign(instance, { _attachSpeakerTrackListener() {} });
    },
    effectTriggered({ effect }: { effect?: { payload?: { args?: { session?: SdkSession }[] } } }) {
      found.session ??= effect?.payload?.args?.[0]?.session;
    },
  };
}
