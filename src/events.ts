// Every DOM event of the element: name, flags, detail, and the map that types them for addEventListener.
// Promise: all bubble and cross shadow roots; details are frozen plain objects that survive JSON and hold no token.
import type { ErrorDetail } from './errors.js';

/** Where a call is in its life. */
export type CallState =
  'idle' | 'preparing' | 'connecting' | 'ringing' | 'active' | 'reconnecting' | 'ended' | 'failed';

/** How a call ended, in the words of the official element. */
export type EndStatus = 'disconnected' | 'failed' | 'destroyed';

/** Why a call ended. */
export type EndReason = 'hangup' | 'remote' | 'rejected' | 'busy' | 'no-answer' | 'dropped' | 'failed';

/** How a call ended. */
export interface CallEnd {
  readonly status: EndStatus;
  readonly reason: EndReason;
}

/** Values that travel with a call; JSON, nested as deep as the page likes. */
export type UserVariables = Record<string, unknown>;

export interface SwDialDetail {
  readonly destination: string;
  readonly video: boolean;
  /** Merges over the element's user variables, for this call only. */
  readonly setUserVariables: (variables: UserVariables) => void;
}

export interface SwCallStateDetail {
  readonly state: CallState;
  readonly previous: CallState;
}

export interface SwCallEndedDetail extends CallEnd {
  /** Milliseconds since the far end answered; 0 when it never did. */
  readonly durationMs: number;
}

export interface SwTranscriptDetail {
  readonly speaker: 'agent' | 'caller';
  readonly text: string;
  /** Whether this text will not change any more. */
  readonly final: boolean;
}

export interface SwDisplayContentDetail {
  readonly title?: string;
  readonly content: string;
  readonly format: 'text' | 'markdown' | 'code' | 'html';
  readonly language?: string;
}

/** Freezes its detail: one listener cannot change what the next one sees. */
class SwEvent<Detail extends object> extends CustomEvent<Readonly<Detail>> {
  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable, detail: Object.freeze(detail) });
  }
}

/** The visitor asked for a call; nothing was exchanged, captured or loaded. `preventDefault()` stops it. */
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

/** The call is over, whatever ended it. */
export class SwCallEndedEvent extends SwEvent<SwCallEndedDetail> {
  constructor(detail: SwCallEndedDetail) {
    super('sw-call-ended', detail);
  }
}

/** Something failed. `preventDefault()` hides the element's own message. */
export class SwErrorEvent extends SwEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('sw-error', detail, true);
  }
}

/** An AI agent's call: what is being said, as it comes. */
export class SwTranscriptEvent extends SwEvent<SwTranscriptDetail> {
  constructor(detail: SwTranscriptDetail) {
    super('sw-transcript', detail);
  }
}

/** The agent shows something. `preventDefault()` keeps the element from showing it. */
export class SwDisplayContentEvent extends SwEvent<SwDisplayContentDetail> {
  constructor(detail: SwDisplayContentDetail) {
    super('sw-display-content', detail, true);
  }
}

/** Another `user_event` of the far end; the detail is its payload. */
export class SwUserEvent extends SwEvent<Record<string, unknown>> {
  constructor(detail: Record<string, unknown>) {
    super('sw-user-event', detail);
  }
}

/** Event by event, for `addEventListener` and framework types. */
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
