// What the call interface knows, and what it may ask for: state comes down, wishes go up. Types and a first value.
// Must not know how any of it looks.
import type { CallState } from '../../events.js';
import type { Strings } from '../../locales/en.js';
import type { DeviceChoices, DeviceKind } from '../../media/devices.js';

/** Everything that is on the screen. */
export interface PanelModel {
  readonly state: CallState;
  /** The browser may be asking for the microphone just now. */
  readonly asking: boolean;
  readonly view: 'card' | 'pill' | 'closed';
  readonly sheet: 'none' | 'keypad' | 'devices';
  readonly muted: boolean;
  readonly cameraOff: boolean;
  /** 0 to 1. */
  readonly microphoneLevel: number;
  readonly quality: 'good' | 'poor';
  /** Digits that were sent. */
  readonly digits: string;
  readonly choices: DeviceChoices | undefined;
  /** 0 to 1. */
  readonly volume: number;
  readonly speakerMuted: boolean;
  /** The browser would not play the far end without a tap. */
  readonly soundBlocked: boolean;
  /** Something to know while the call goes on. */
  readonly notice: string;
  /** Another tab of the site is in a call as well. */
  readonly otherTab: boolean;
  readonly remoteVideo: MediaStream | undefined;
  readonly localVideo: MediaStream | undefined;
  /** How long the call was answered, in milliseconds; after its end. */
  readonly durationMs: number;
  /** After a failure: what the visitor should know; empty when the page says it itself. */
  readonly sentence: string;
  /** How to mend it. */
  readonly help: string;
  readonly canRetry: boolean;
}

export const FIRST: PanelModel = {
  state: 'preparing',
  asking: false,
  view: 'closed',
  sheet: 'none',
  muted: false,
  cameraOff: false,
  microphoneLevel: 0,
  quality: 'good',
  digits: '',
  choices: undefined,
  volume: 1,
  speakerMuted: false,
  soundBlocked: false,
  notice: '',
  otherTab: false,
  remoteVideo: undefined,
  localVideo: undefined,
  durationMs: 0,
  sentence: '',
  help: '',
  canRetry: false,
};

/** What a visitor may wish for. */
export interface PanelActions {
  hangup(): void;
  redial(): void;
  mute(on: boolean): void;
  turnCameraOff(on: boolean): void;
  sendDigit(digit: string): void;
  useDevice(kind: DeviceKind, id: string): void;
  /** The keyboard was in the panel, which went away. */
  leave(): void;
  /** The panel was closed for good. */
  closed(): void;
}

/** What stays the same for one call. */
export interface PanelOptions {
  readonly words: Strings;
  /** BCP 47 tag of the words. */
  readonly language: string;
  /** The address that is called. */
  readonly destination: string;
  readonly inline: boolean;
  readonly theme: string;
  readonly video: boolean;
  /** Plays the far end. */
  readonly audio: HTMLAudioElement;
  /** The page's own way out, shown when a call failed. */
  readonly fallback: HTMLSlotElement;
  readonly announce: (text: string) => void;
  readonly actions: PanelActions;
}

/** The states in which there is a call to hang up. */
const LIVE: readonly CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];

export function isLive(state: CallState): boolean {
  return LIVE.includes(state);
}
