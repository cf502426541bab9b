// The seam between the element and the path of a call (start.ts), as types only: what each asks of the other.
// Nothing of it is public, and no token crosses it but the attribute as it stands.
import type { ErrorDetail } from '../errors.js';
import type { CallState } from '../events.js';
import type { StringOverrides } from '../locales/en.js';
import type { TokenProvider } from '../token/source.js';
import type { CallUi } from './port.js';

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
  /** What the page set in `sw-dial`, call by call, not yet judged; each merges over the element's variables. */
  readonly dialVariables: readonly unknown[];
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
  /** Dispatches `sw-call-hangup`, unless the attempt has told it already. */
  tellHangup(): void;
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
