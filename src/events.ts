// The DOM events of the element, their details, and the map that types them for addEventListener.
// All events bubble and are composed. Details are frozen plain objects that can be serialized as JSON and contain no token.
import type { ErrorDetail } from './errors.js';

/** The state of the element and its call. */
export type CallState =
  'idle' | 'preparing' | 'connecting' | 'ringing' | 'active' | 'reconnecting' | 'ended' | 'failed';

/** How a call ended, with the values of the official element. */
export type EndStatus = 'disconnected' | 'failed' | 'destroyed';

/** Why a call ended. */
export type EndReason = 'hangup' | 'remote' | 'rejected' | 'busy' | 'no-answer' | 'dropped' | 'failed';

/** How a call ended. */
export interface CallEnd {
  readonly status: EndStatus;
  readonly reason: EndReason;
}

/** JSON values that are passed with the call. */
export type UserVariables = Record<string, unknown>;

export interface SwDialDetail {
  /** The address to dial. */
  readonly destination: string;
  /** Whether the call sends and receives video. */
  readonly video: boolean;
  /** Merges variables over the element's `userVariables`, for this call only. */
  readonly setUserVariables: (variables: UserVariables) => void;
}

export interface SwCallStateDetail {
  readonly state: CallState;
  readonly previous: CallState;
}

export interface SwCallEndedDetail extends CallEnd {
  /** Milliseconds from the answer to the end; 0 if the far end did not answer. */
  readonly durationMs: number;
}

export interface SwTranscriptDetail {
  readonly speaker: 'agent' | 'caller';
  readonly text: string;
  /** False while the text may still change. */
  readonly final: boolean;
}

export interface SwDisplayContentDetail {
  readonly title?: string;
  readonly content: string;
  readonly format: 'text' | 'markdown' | 'code' | 'html';
  readonly language?: string;
}

/** Freezes the detail, so that a listener cannot change it for the next one. */
class SwEvent<Detail extends object> extends CustomEvent<Readonly<Detail>> {
  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable, detail: Object.freeze(detail) });
  }
}

/** The visitor asked for a call, before anything is exchanged, captured or loaded. `preventDefault()` stops the call. */
export class SwDialEvent extends SwEvent<SwDialDetail> {
  constructor(detail: SwDialDetail) {
    super('sw-dial', detail, true);
  }
}

/** `state` changed. */
export class SwCallStateEvent extends SwEvent<SwCallStateDetail> {
  constructor(detail: SwCallStateDetail) {
    super('sw-call-state', detail);
  }
}

/** The far end answered. */
export class SwCallStartedEvent extends SwEvent<{ readonly destination: string }> {
  constructor(detail: { readonly destination: string }) {
    super('sw-call-started', detail);
  }
}

/** The visitor hung up. */
export class SwCallHangupEvent extends SwEvent<Record<string, never>> {
  constructor() {
    super('sw-call-hangup', {});
  }
}

/** A call ended, for whatever reason. */
export class SwCallEndedEvent extends SwEvent<SwCallEndedDetail> {
  constructor(detail: SwCallEndedDetail) {
    super('sw-call-ended', detail);
  }
}

/** Sent once for each failure. `preventDefault()` hides the element's own message. */
export class SwErrorEvent extends SwEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('sw-error', detail, true);
  }
}

/** Speech in a call with an AI agent, as it is recognized. */
export class SwTranscriptEvent extends SwEvent<SwTranscriptDetail> {
  constructor(detail: SwTranscriptDetail) {
    super('sw-transcript', detail);
  }
}

/** The AI agent shares content. `preventDefault()` stops the element from showing it. */
export class SwDisplayContentEvent extends SwEvent<SwDisplayContentDetail> {
  constructor(detail: SwDisplayContentDetail) {
    super('sw-display-content', detail, true);
  }
}

/** Any other `user_event` of the far end. The detail is its payload. */
export class SwUserEvent extends SwEvent<Record<string, unknown>> {
  constructor(detail: Record<string, unknown>) {
    super('sw-user-event', detail);
  }
}

/** Event types by name, for `addEventListener` and frameworks. */
export interface SwClickToCallEventMap {
  'sw-dial': SwDialEvent;
  'sw-call-state': SwCallStateEvent;
  'sw-call-started': SwCallStartedEvent;
  'sw-call-hangup': SwCallHangupEvent;
  'sw-call-ended': SwCallEndedEvent;
  'sw-error': SwErrorEvent;
  'sw-transcript': SwTranscriptEvent;
  'sw-display-content': SwDisplayContentEvent;
  'sw-user-event': SwUserEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merged into the platform's own map
  interface GlobalEventHandlersEventMap extends SwClickToCallEventMap {}
}
