// What a call UI is given and returns: the built-in one, or a page's own. Public types.
// A call UI gets the guest token by asking for it, and never sees the public token or the cache.
import type { CallEnd, CallState, UserVariables } from '../events.js';

export type { CallEnd } from '../events.js';

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
