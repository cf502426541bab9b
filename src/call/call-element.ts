// What a call needs from the element that makes it.
import type { CallState } from '../events.js';
import type { StringOverrides } from '../locales/en.js';
import type { TokenProvider } from '../token/source.js';
import type { CallUi } from './port.js';

/** The element, with its attributes and properties as the page set them: not yet validated. */
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
  readonly state: CallState;
  /** Starts another call, as a click would. */
  dial(): Promise<void>;
}

/** The nodes of the element's shadow tree that a call works with. */
export interface Surface {
  /** The one polite live region. */
  readonly status: HTMLElement;
  /** The page's own way out: beside the button, or wherever a call interface puts it. */
  readonly fallback: HTMLSlotElement;
  /** Where a call interface renders. */
  readonly container: HTMLElement;
}
