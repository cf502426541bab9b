// The two seams of a call, as types only. CallUi: what the element asks of a call interface, ours or the page's own.
// CallHost: what the path of a call (start.ts) asks of the element. The guest token crosses the first seam and
// nothing else does: a call UI gets it by asking, and never sees the public token or the cache.
import type { ErrorDetail } from '../errors.js';
import type { CallState, EndReason, EndStatus, UserVariables } from '../events.js';
import type { StringOverrides } from '../strings.js';
import type { TokenProvider } from '../token/source.js';

/** What a call UI may tell while it works; anything else is ignored. */
export type CallChange =
  | { readonly state: Extract<CallState, 'connecting' | 'ringing' | 'active' | 'reconnecting'> }
  /** When the guest token really ends, as learnt from the gateway; milliseconds of wall-clock time. */
  | { readonly expiresAtMs: number };

/** One call to be made: what a call UI is given. */
export interface CallRequest {
  /** The address to dial. */
  readonly destination: string;
  /** The exchange host as configured; never the gateway (that is in the token's `ch`). */
  readonly host: string;
  readonly video: boolean;
  readonly userVariables: UserVariables;
  /** An element of the shadow root to render into; emptied when the next call starts. */
  readonly container: HTMLElement;
  /**
   * Aborted when the visitor hangs up or the element leaves the page, at any time. Once a handle was returned, its
   * `hangup` is called as well.
   */
  readonly signal: AbortSignal;
  /**
   * A guest token that is fresh enough to connect with.
   * @param options `refused`: a token that the gateway would not take; it is forgotten and a new one fetched.
   * @throws ClickToCallError of the phases config and token.
   */
  guestToken(options?: { readonly refused?: string }): Promise<string>;
  /** Tells the element how the call is doing. */
  report(change: CallChange): void;
}

/** How a call ended. */
export interface CallEnd {
  readonly status: EndStatus;
  readonly reason: EndReason;
}

/** A call that is being set up or is up. */
export interface CallHandle {
  /** Ends the call; settles when microphone, connection and sockets are released. */
  hangup(): Promise<void> | void;
  mute(on: boolean): Promise<void> | void;
  sendDigits(digits: string): Promise<void> | void;
  /** Resolves when the call is over; may reject with a ClickToCallError that says why it failed. */
  readonly ended: Promise<CallEnd>;
}

/** A call interface: places the call and shows it. Settles as soon as the call can be hung up. */
export type CallUi = (call: CallRequest) => Promise<CallHandle>;

/** The element's attributes and properties, not yet judged. `settingsOf` in plan.ts takes them in. */
export interface CallElement extends HTMLElement {
  readonly token: string;
  readonly destination: string;
  readonly host: string;
  readonly proxyUrl: string;
  readonly tokenTtl: number;
  readonly tokenProvider: TokenProvider | null;
  readonly callUi: CallUi | null;
  readonly video: boolean;
  readonly userVariables: unknown;
  readonly pageContext: boolean;
  readonly display: string;
  readonly theme: string;
  readonly transcript: boolean;
  readonly strings: StringOverrides;
  readonly debug: boolean;
}

/** Why an attempt was stopped from outside. */
export type StopReason = 'hangup' | 'removed';

/** The element, as the path of a call sees it. */
export interface CallHost {
  readonly element: CallElement;
  /** Set by the page in `sw-dial`; merges over the element's variables. */
  readonly dialVariables: UserVariables;
  /** Aborted with a {@link StopReason}. */
  readonly signal: AbortSignal;
  /** Empty element inside the shadow root for the call interface. */
  readonly container: HTMLElement;
  /** The page's own way out. Beside the button, or wherever a call interface puts it. */
  readonly fallback: HTMLSlotElement;
  /** Unlocked inside the visitor's gesture; plays the far end. */
  readonly audio: HTMLAudioElement;
  /** Changes the state; the same state again is no change. */
  setState(state: CallState): void;
  /** Dispatches an event; false when the page prevented it. */
  emit(event: Event): boolean;
  /** Says a sentence in the live region; visible beside the button when `failed`. */
  say(text: string, failed?: boolean): void;
  /** The attempt is over: frees the button, changes the state, keeps the error for `error`. */
  finish(state: 'idle' | 'ended' | 'failed', error?: ErrorDetail): void;
  /** Ends the call as the visitor's wish. */
  hangup(): void;
  /** Starts another call, as a click would. */
  redial(): void;
  /** Gives the keyboard back to the button. */
  focusButton(): void;
}

/** A call under way, as the element sees it. */
export interface CallRun {
  /** Settles when the call can be hung up, or when the attempt was stopped or failed. */
  readonly handed: Promise<void>;
  /** Settles when everything is released. */
  readonly released: Promise<void>;
  /** Brings the call interface to the front. */
  front(): void;
  /** The element was moved in the document, which closes what was in the top layer. */
  moved(): void;
  mute(on: boolean): Promise<void>;
  sendDigits(digits: string): Promise<void>;
}
