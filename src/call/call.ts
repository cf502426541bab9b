// One attempt at a call, from the click to its end: the only owner of its state, error, clock and end.
// It is part of what a page loads before any click, so it knows neither settings nor tokens, microphone, SDK or panel:
// those come with the code that it loads (place.ts), which reports back here.
import { OFFLINE, UI_LOAD_FAILED } from '../error-table.js';
import type { ErrorDetail } from '../errors.js';
import {
  SwCallEndedEvent,
  SwCallHangupEvent,
  SwDialEvent,
  SwErrorEvent,
  type CallEnd,
  type CallState,
} from '../events.js';
import type { DebugLog } from '../debug-log.js';
import { LOAD_FAILED } from '../locales/button-texts.js';
import type { Words } from '../locales/texts.js';
import { Store } from '../store.js';
import { textOf } from '../text-of.js';
import type { GatewayOptions, GatewaySession } from '../sdk/gateway.js';
import type { CallElement, Surface } from './call-element.js';
import type { CallHandle, CallUi } from './port.js';
import { unlockAudio } from './unlock-audio.js';

/** Why a call is stopped from outside. */
export type StopReason = 'hangup' | 'removed';

/** Everything that the element and the call interface show of a call. */
export interface CallSnapshot {
  readonly state: CallState;
  /** Whether the far end hears silence. */
  readonly muted: boolean;
  readonly error: ErrorDetail | null;
  /** What the visitor reads about the error; '' when the page shows it itself, undefined until that is known. */
  readonly sentence?: string;
  /** How the visitor can mend it; '' when there is nothing to say. */
  readonly help?: string;
  /** When the far end answered, in the time of `performance.now()`. */
  readonly answeredAtMs?: number;
  /** How long the call was answered, once it is over. */
  readonly durationMs: number;
  /** Another tab of the site is in a call as well. */
  readonly otherTab?: boolean;
  /** The interface that shows the call, while one is open. */
  readonly ui?: CallInterface | undefined;
}

/** How a call ends: what is dispatched, and what the visitor reads. */
export interface Outcome {
  readonly state: 'idle' | 'ended' | 'failed';
  /** Dispatched as `sw-error`. */
  readonly error?: ErrorDetail | undefined;
  readonly sentence?: string;
  readonly help?: string;
  /** Dispatched as `sw-call-ended`; absent when nobody was called. */
  readonly end?: CallEnd | undefined;
}

/** The interface of a call, which outlives it: it shows how the call ended. */
export interface CallInterface {
  /** Brings the whole interface to the front, and gives it the focus. */
  front(): void;
  /** Moving the element in the document takes a dialog out of the top layer; this puts it back. */
  moved(): void;
  close(): void;
}

/** What the built-in call UI is made from. */
export interface BuiltInOptions extends Words {
  readonly log: DebugLog;
  readonly destination: string;
  readonly video: boolean;
}

/** The code that a call loads when it is needed. Each rejects when the code does not arrive. */
export interface CallLoaders {
  readonly call: () => Promise<{ placeCall(call: Call): Promise<void> }>;
  readonly builtIn: () => Promise<{ openBuiltIn(call: Call, options: BuiltInOptions): CallUi }>;
  readonly sdk: () => Promise<{ connectGateway(options: GatewayOptions): Promise<GatewaySession> }>;
}

export class Call extends Store<CallSnapshot> {
  readonly element: CallElement;
  readonly surface: Surface;
  readonly loaders: CallLoaders;
  /** What listeners of `sw-dial` passed to `setUserVariables`, in order; not yet validated. */
  readonly dialVariables: unknown[] = [];
  /** Unlocked in the visitor's gesture; plays the far end. */
  readonly audio = unlockAudio();
  /** What controls the call, from the moment on that it can be hung up. */
  handle: CallHandle | undefined;
  /** Settles when microphone, connection and sockets are released. */
  released: Promise<void> | undefined;
  isOver = false;
  #hangupTold = false;
  readonly #stop = new AbortController();

  constructor(element: CallElement, surface: Surface, loaders: CallLoaders) {
    super({
      state: element.state,
      muted: false,
      error: null,
      durationMs: 0,
    });
    this.element = element;
    this.surface = surface;
    this.loaders = loaders;
  }

  /** Aborted with a {@link StopReason} when the visitor hangs up or the element leaves the page. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Asks the page, then loads the code and places the call. Never rejects: events and the snapshot tell. */
  async start(): Promise<void> {
    const { element, loaders } = this;
    const wanted = element.dispatchEvent(
      new SwDialEvent({
        destination: textOf(element.destination),
        video: !!element.video && !element.hasAttribute('audio-only'),
        setUserVariables: (variables) => void this.dialVariables.push(variables),
      }),
    );
    if (!wanted) this.end({ state: 'idle' });
    // A listener may have hung up.
    if (this.isOver) return;
    // The last call's interface may have taken it along.
    this.surface.container.before(this.surface.fallback);
    this.update({ state: 'preparing' });
    const code = await loaders.call().catch(() => undefined);
    if (this.isOver) return;
    if (code) await code.placeCall(this);
    else this.end(this.#loadFailure());
  }

  /** Takes in what happens to the call; ignored once it is over. */
  update(change: Partial<CallSnapshot>): void {
    if (!this.isOver) this.change(change);
  }

  /** Opens or closes (undefined) the interface that shows the call, also after its end. */
  showIn(ui: CallInterface | undefined): void {
    this.change({ ui });
  }

  /** Hangs up, at any time; settles when everything is released. */
  async hangup(): Promise<void> {
    // A listener of sw-call-hangup may hang up again.
    if (!this.isOver && this.tellHangup()) this.stop('hangup');
    await this.released;
  }

  /** Ends the call from outside. */
  stop(reason: StopReason): void {
    if (this.isOver) return;
    const isHangup = reason === 'hangup';
    if (!isHangup && this.snapshot.state === 'preparing') this.end({ state: 'idle' });
    else
      this.end({
        state: 'ended',
        end: { status: isHangup ? 'disconnected' : 'destroyed', reason: 'hangup' },
      });
    this.#stop.abort(reason);
  }

  /** Mutes the microphone, or opens it again. */
  async mute(muted: boolean): Promise<void> {
    if (!this.handle || this.isOver) return;
    await this.handle.mute(muted);
    this.update({ muted });
  }

  async sendDigits(digits: string): Promise<void> {
    if (!this.isOver) await this.handle?.sendDigits(digits);
  }

  /** Dispatches `sw-call-hangup`, once; false when that was done before. */
  tellHangup(): boolean {
    if (this.#hangupTold) return false;
    this.#hangupTold = true;
    return this.element.dispatchEvent(new SwCallHangupEvent());
  }

  /** The one end of every attempt: state, `sw-error`, `sw-call-ended`, in this order. */
  end({ state, error, sentence = '', help = '', end }: Outcome): void {
    if (this.isOver) return;
    this.isOver = true;
    // Browsers never release an audio element that waits to play.
    this.audio.srcObject = null;
    const { answeredAtMs } = this.snapshot;
    const durationMs = answeredAtMs === undefined ? 0 : Math.round(performance.now() - answeredAtMs);
    this.change({ state, durationMs, ...(error && { error }) });
    if (error) {
      const shown = this.element.dispatchEvent(new SwErrorEvent(error));
      this.change(shown ? { sentence, help } : { sentence: '' });
    }
    if (end) this.element.dispatchEvent(new SwCallEndedEvent({ ...end, durationMs }));
  }

  #loadFailure(): Outcome {
    const { say, ...row } = navigator.onLine ? UI_LOAD_FAILED : OFFLINE;
    const error: ErrorDetail = navigator.onLine
      ? { code: 'ui-load-failed', phase: 'ui', ...row }
      : { code: 'preflight-offline', phase: 'preflight', ...row };
    return { state: 'failed', error, sentence: this.element.strings?.[say] ?? LOAD_FAILED };
  }
}
