// What the panel draws: the facts of the call, of its media, and of the panel itself.
import type { CallState } from '../../events.js';
import type { Strings } from '../../locales/en.js';
import type { CallMedia, MediaSnapshot } from '../../media/call-media.js';
import type { TemplateResult } from './template.js';

/** The facts of a call that the panel shows. */
export interface CallFacts {
  readonly state: CallState;
  readonly muted: boolean;
  readonly error: { readonly retryable: boolean } | null;
  /** What the visitor reads about the error; '' when the page shows it itself, undefined until that is known. */
  readonly sentence?: string;
  /** How the visitor can mend it. */
  readonly help?: string;
  /** When the far end answered, in the time of `performance.now()`. */
  readonly answeredAtMs?: number;
  /** How long the call was answered, in milliseconds; after its end. */
  readonly durationMs: number;
  /** Another tab of the site is in a call as well. */
  readonly otherTab?: boolean;
}

/** The call behind the panel. */
export interface PanelCall {
  readonly snapshot: CallFacts;
  subscribe(listener: () => void): () => void;
  hangup(): Promise<void>;
  mute(on: boolean): Promise<void>;
  sendDigits(digits: string): Promise<void>;
  /** Called with undefined when the panel is closed for good. */
  showIn(ui: undefined): void;
}

/** The media behind the panel. */
export type PanelMedia = Pick<
  CallMedia,
  'snapshot' | 'subscribe' | 'hear' | 'setVolume' | 'muteSpeaker' | 'turnCameraOff' | 'useDevice'
>;

/** What only the panel knows. */
export interface ScreenFacts {
  readonly view: 'card' | 'pill' | 'closed';
  readonly sheet: 'none' | 'keypad' | 'devices';
  /** Digits that were sent. */
  readonly digits: string;
}

/** Everything that is on the screen. */
export type PanelModel = CallFacts & MediaSnapshot & ScreenFacts;

/** What stays the same for one call. */
export interface PanelOptions {
  readonly call: PanelCall;
  readonly media: PanelMedia;
  /** The element that makes the call. */
  readonly element: PanelElement;
  readonly surface: PanelSurface;
  readonly words: Strings;
  /** BCP 47 tag of the words. */
  readonly language: string;
  /** The address that is called. */
  readonly destination: string;
  readonly video: boolean;
}

/** The element, as far as the panel uses it. */
export interface PanelElement {
  readonly display: string;
  readonly theme: string;
  dial(): Promise<void>;
  focus(): void;
}

/** The nodes of the element's shadow tree that the panel uses. */
export interface PanelSurface {
  /** The one polite live region. */
  readonly status: HTMLElement;
  /** The page's fallback, shown when a call failed. */
  readonly fallback: HTMLSlotElement;
  readonly container: HTMLElement;
}

/** What the templates need from the panel. */
export interface PanelView {
  readonly options: PanelOptions;
  readonly isInline: boolean;
  /** The pictures of a video call, once they are loaded. */
  readonly stage: ((model: PanelModel) => TemplateResult) | undefined;
  /** Captions and shared content. */
  readonly extra: TemplateResult | undefined;
  /** Since the answer; undefined when no time is running. */
  readonly elapsedMs: number | undefined;
  /** Changes what only the panel knows. */
  show(change: Partial<ScreenFacts>): void;
  front(): void;
  minimise(): void;
  close(): void;
  press(digit: string): void;
  onKey(event: KeyboardEvent): void;
}

const LIVE: readonly CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];

/** Whether there is a call to hang up. */
export function isLive(state: CallState): boolean {
  return LIVE.includes(state);
}
