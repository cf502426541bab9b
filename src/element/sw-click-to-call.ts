// The element: attributes in, one button, one state, events out. Everything else comes with the first sign of intent.
// Promise: costs a few kilobytes and no request until then; never throws out of an attribute; one attempt at a time.
// Must not know: tokens, the SDK, how a call interface looks. call/load.ts is its only way to all of that.
import { ReactiveElement, type PropertyValues } from '@lit/reactive-element';
import { defaults, properties, type Attributes } from './attributes.js';
import { buildButton, type ButtonParts } from './button.js';
import { buttonStyles } from './button.styles.js';
import { loadBuiltIn, loadCall, loadSdk } from './load.js';
import type { CallHost, CallRun, StopReason } from '../call/call-host.js';
import type { CallUi } from '../call/port.js';
import type { ErrorDetail } from '../errors.js';
import {
  SwCallEndedEvent,
  SwCallHangupEvent,
  SwCallStateEvent,
  SwDialEvent,
  SwErrorEvent,
  type CallState,
  type UserVariables,
} from '../events.js';
import { OFFLINE, UI_LOAD_FAILED } from '../error-table.js';
import { INTENT, PageButton } from './page-button.js';
import { callLabel, LOAD_FAILED } from '../locales/button-texts.js';
import type { StringOverrides } from '../locales/en.js';
import { languageOf } from '../locales/language.js';
import { textOf } from '../text-of.js';
import type { TokenProvider } from '../token/source.js';
import { unlockAudio } from './unlock-audio.js';

/** One click's worth of work: how to stop it, and what came of it. */
interface Attempt {
  readonly controller: AbortController;
  audio?: HTMLAudioElement;
  run?: CallRun;
  /** `sw-call-hangup` was told: a listener may hang up again. */
  hangupTold?: boolean;
}

/**
 * A button that calls. It costs one small file and not a single request until a visitor wants to call; what is slotted
 * shows in it, and `fallback` where no call can be made.
 *
 * @summary A button that calls: exchanges a public Click-to-Call token for a guest token and places a WebRTC call.
 *
 * @tag sw-click-to-call
 *
 * @attr {string} lang - Language of the interface; inherited from the page by default.
 * @attr {boolean} audio-only - No video, whatever `video` says: for markup written for the official element.
 *
 * @fires {SwDialEvent} sw-dial - The visitor asked for a call; cancelable, before anything is exchanged or captured.
 * @fires {SwCallStateEvent} sw-call-state - `state` changed.
 * @fires {SwCallStartedEvent} sw-call-started - The far end answered.
 * @fires {SwCallHangupEvent} sw-call-hangup - The visitor hung up.
 * @fires {SwCallEndedEvent} sw-call-ended - The call is over.
 * @fires {SwErrorEvent} sw-error - Something failed; cancelable to hide the element's own message.
 * @fires {SwTranscriptEvent} sw-transcript - AI speech, as it comes.
 * @fires {SwDisplayContentEvent} sw-display-content - The agent shows something; cancelable.
 * @fires {SwUserEvent} sw-user-event - Another user event of the far end.
 *
 * @slot - The button's content.
 * @slot icon - Replaces the handset.
 * @slot fallback - Shown when a call cannot be made here: a phone number, a mail link.
 *
 * @cssstate idle - No call: none was wanted yet, or the page prevented it.
 * @cssstate preparing - The visitor asked for a call: settings, guest token, microphone and code are on their way.
 * @cssstate connecting - The gateway is being reached.
 * @cssstate ringing - The far end is being called.
 * @cssstate active - Both can talk.
 * @cssstate reconnecting - The connection was lost and is being mended.
 * @cssstate ended - The call is over.
 * @cssstate failed - The last call, or the attempt, failed.
 *
 * @csspart button - The button.
 * @csspart icon - The box of the icon.
 * @csspart label - The box of the text.
 * @csspart status - What the visitor is told beside the button.
 * @csspart dialog - The call interface.
 * @csspart panel - Everything in it.
 * @csspart pill - What is left of it when it is minimised.
 * @csspart controls - The row of controls.
 * @csspart control - Each button of the interface.
 * @csspart hangup - The button that ends the call.
 * @csspart banner - What the visitor should know while the call goes on.
 * @csspart keypad - The keypad.
 * @csspart devices - The devices and the volume.
 * @csspart remote-video - The picture of the far end.
 * @csspart local-video - The visitor's own picture.
 * @csspart transcript - The captions of an AI agent's call.
 * @csspart content - What an AI agent shares.
 *
 * @cssprop [--sw-c2c-accent=#0a7048] - Colour of the button.
 * @cssprop [--sw-c2c-on-accent=#fff] - Text on it.
 * @cssprop [--sw-c2c-radius=1.5rem] - Its corners.
 * @cssprop [--sw-c2c-padding=0.5em 1.25em] - Its padding.
 * @cssprop [--sw-c2c-font] - Its font, as the `font` shorthand.
 * @cssprop [--sw-c2c-focus=#2f6fed] - The focus ring.
 * @cssprop [--sw-c2c-surface=#ffffff, dark #171b20] - Background of the call interface.
 * @cssprop [--sw-c2c-text=#171b20, dark #f3f5f7] - Text on it.
 * @cssprop [--sw-c2c-quiet=#55606b, dark #a8b3be] - Less important text.
 * @cssprop [--sw-c2c-control=#eceff3, dark #2a3138] - Background of its controls.
 * @cssprop [--sw-c2c-line=#dde2e8, dark #353e47] - Its lines.
 * @cssprop [--sw-c2c-danger=#c62828] - The button that ends the call.
 * @cssprop [--sw-c2c-panel-radius=1.5rem] - Its corners.
 */
export class SwClickToCall extends ReactiveElement implements Attributes {
  static override styles = buttonStyles;
  static override properties = properties;

  // Declared only: a field of the class would shadow what Lit defines on the prototype.

  /**
   * Public Click-to-Call token (`c2c_…`, `c2t_…`). May be empty or an alias with `proxy-url`. Never reflected: the
   * property, unlike the attribute, may hold a guest token.
   * @attr
   * @default ''
   */
  declare token: string;
  /**
   * Address to dial, for example `/public/support`.
   * @attr
   * @default ''
   */
  declare destination: string;
  /**
   * Where to exchange: a space name or a full host.
   * @attr
   * @default 'embeds.signalwire.com'
   */
  declare host: string;
  /**
   * Exchange there instead of at `host`; https, same-origin or loopback.
   * @attr proxy-url
   * @default ''
   */
  declare proxyUrl: string;
  /**
   * Seconds to trust a guest token that does not state its own end.
   * @attr token-ttl
   * @default 900
   */
  declare tokenTtl: number;
  /**
   * The button's text when nothing is slotted; "Call" in the element's language by default.
   * @attr
   * @default ''
   */
  declare label: string;
  /**
   * Send and receive video. Without it the call is audio only.
   * @attr
   * @default false
   */
  declare video: boolean;
  /**
   * JSON object passed with the call; the property takes an object.
   * @attr user-variables
   * @default {}
   */
  declare userVariables: UserVariables;
  /**
   * Add `page_url`, `page_title` and `referrer` to the user variables.
   * @attr page-context
   * @default false
   */
  declare pageContext: boolean;
  /**
   * What hover, focus or touch fetch: nothing, code, code and guest token. `intent` opens the connection to the token
   * endpoint too, without sending anything.
   * @attr
   * @default 'intent'
   */
  declare preload: 'none' | 'intent' | 'eager';
  /**
   * Where the call interface shows.
   * @attr
   * @reflect
   * @default 'dialog'
   */
  declare display: 'dialog' | 'inline';
  /**
   * Show live captions of an AI agent's call.
   * @attr
   * @default false
   */
  declare transcript: boolean;
  /**
   * Colours of the call interface.
   * @attr
   * @default 'auto'
   */
  declare theme: 'auto' | 'light' | 'dark';
  /**
   * No calls.
   * @attr
   * @reflect
   * @default false
   */
  declare disabled: boolean;
  /**
   * Id of the page's own button that should start the call; the element then hides its own.
   * @attr for
   * @default ''
   */
  declare htmlFor: string;
  /**
   * Log what happens, secrets redacted.
   * @attr
   * @default false
   */
  declare debug: boolean;
  /**
   * Texts of the interface that the page replaces; what is left out stays as the language has it.
   * @default {}
   */
  declare strings: StringOverrides;

  /**
   * Replaces the exchange: resolves to a guest token. Cached per provider function.
   * @default null
   */
  declare tokenProvider: TokenProvider | null;
  /**
   * Replaces the call interface; the microphone is then its business.
   * @default null
   */
  declare callUi: CallUi | null;

  #state: CallState = 'idle';
  #error: ErrorDetail | null = null;
  #attempt: Attempt | undefined;
  #lastRun: CallRun | undefined;
  #parts: ButtonParts | undefined;
  readonly #internals = this.attachInternals();

  constructor() {
    super();
    Object.assign(this, defaults());
  }

  /** Where the call is; also `data-state` on the host and `:state(…)` in CSS. */
  get state(): CallState {
    return this.#state;
  }

  /** The last failure, as `sw-error` told it; null since the last `sw-dial`. */
  get error(): ErrorDetail | null {
    return this.#error;
  }

  /**
   * Starts a call, as a click would. Never rejects: settles when the call can be hung up, or when the attempt was
   * stopped or failed; events tell which. Does nothing while a call is being prepared or up.
   */
  async dial(): Promise<void> {
    if (this.#attempt || this.disabled || !this.isConnected) return;
    const attempt: Attempt = (this.#attempt = { controller: new AbortController() });
    this.#error = null;
    const dialVariables: unknown[] = [];
    const wanted = this.dispatchEvent(
      new SwDialEvent({
        destination: textOf(this.destination),
        video: !!this.video && !this.hasAttribute('audio-only'),
        setUserVariables: (variables) => void dialVariables.push(variables),
      }),
    );
    if (!wanted) {
      this.#say('');
      this.#finish(attempt, 'idle');
    }
    // A listener may have hung up or dialled anew.
    if (this.#attempt !== attempt) return;
    // The last call's interface may have taken it along.
    this.#parts!.container.before(this.#parts!.fallback);
    const audio = (attempt.audio = unlockAudio());
    this.#say('');
    this.#setState('preparing');
    // All at once; the path of the call asks for the others again when it gets there.
    void this.preloadCode();
    const loaded = await loadCall().catch(() => undefined);
    if (this.#attempt !== attempt) return;
    if (!loaded) return this.#failToLoad(attempt);
    this.#lastRun = attempt.run = loaded.startCall(this.#hostFor(attempt, dialVariables, audio));
    await attempt.run.handed;
  }

  /** Ends the call, at any time; settles when microphone, connection and sockets are released. */
  async hangup(): Promise<void> {
    const attempt = this.#attempt;
    if (attempt && this.#tellHangup(attempt)) this.#stop(attempt, 'hangup');
    await this.#lastRun?.released;
  }

  /** Mutes the microphone (`true`, the default) or opens it again. Does nothing without a call. */
  async mute(on = true): Promise<void> {
    await this.#attempt?.run?.mute(on);
  }

  /**
   * Sends DTMF digits: `0-9 * # A-D`. Does nothing without a call.
   * Rejects when the call ends, or a minute passes, before the gateway has taken them.
   */
  async sendDigits(digits: string): Promise<void> {
    await this.#attempt?.run?.sendDigits(digits);
  }

  /** Fetches the code of a call ahead of the click. Never rejects: the click tries again and reports. */
  async preloadCode(): Promise<void> {
    // In the order in which they are needed: the first one has a connection already.
    const loading = [loadCall(), ...(this.callUi ? [] : [loadBuiltIn(), loadSdk()])];
    await Promise.allSettled(loading);
  }

  // Not delegatesFocus: a click on any text of the call interface would then move the focus to the button.
  override focus(options?: FocusOptions): void {
    (this.#pageButton.element ?? this.#parts?.button)?.focus(options);
  }

  /** As a click on its button. */
  override click(): void {
    this.#parts?.button.click();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang') this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#markState(this.#state);
    // The language may be another one here.
    this.requestUpdate();
    this.#attempt?.run?.moved();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move in the document is a removal and an insertion in one go: only what is still gone a moment later is gone.
    queueMicrotask(() => {
      if (!this.isConnected && this.#attempt) this.#stop(this.#attempt, 'removed');
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    const { button, status, fallback, container } = (this.#parts = buildButton());
    button.addEventListener('click', this.#onClick);
    for (const type of INTENT) button.addEventListener(type, this.#onIntent, { passive: true });
    root.replaceChildren(button, status, fallback, container);
    return root;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const { button, label } = this.#parts!;
    button.disabled = this.disabled;
    button.hidden = !!this.htmlFor;
    label.textContent = this.label || this.strings?.call || callLabel(languageOf(this));
  }

  readonly #onClick = (): void => {
    if (this.#attempt) this.#attempt.run?.front();
    else void this.dial();
  };

  readonly #onIntent = (): void => {
    if (this.preload === 'none' || this.disabled || this.#attempt) return;
    void this.preloadCode();
    loadCall().then(
      ({ warmUp }) => warmUp(this, this.preload === 'eager'),
      () => {},
    );
  };

  readonly #pageButton = new PageButton(this, this.#onClick, this.#onIntent);

  #hostFor(attempt: Attempt, dialVariables: unknown[], audio: HTMLAudioElement): CallHost {
    const { container, fallback } = this.#parts!;
    return {
      element: this,
      dialVariables,
      signal: attempt.controller.signal,
      container,
      fallback,
      audio,
      setState: (state) => {
        if (this.#attempt === attempt) this.#setState(state);
      },
      emit: (event) => this.dispatchEvent(event),
      tellHangup: () => void this.#tellHangup(attempt),
      // A page may have dialled again inside sw-error: the new attempt has the word then.
      say: (sentence, failed) => {
        if (!this.#attempt || this.#attempt === attempt) this.#say(sentence, failed);
      },
      finish: (state, error) => this.#finish(attempt, state, error),
      hangup: () => void this.hangup(),
      redial: () => void this.dial(),
      focusButton: () => this.focus(),
    };
  }

  /** Once for an attempt; false when it was told before. */
  #tellHangup(attempt: Attempt): boolean {
    if (attempt.hangupTold) return false;
    attempt.hangupTold = true;
    return this.dispatchEvent(new SwCallHangupEvent());
  }

  #stop(attempt: Attempt, reason: StopReason): void {
    attempt.controller.abort(reason);
    // The run tells its own end, also where the page stops it from within its first tick.
    if (attempt.run || this.#attempt !== attempt) return;
    // The code of a call is not even here yet: nothing to release.
    this.#finish(attempt, reason === 'hangup' ? 'ended' : 'idle');
    if (reason === 'hangup') {
      this.dispatchEvent(new SwCallEndedEvent({ status: 'disconnected', reason, durationMs: 0 }));
    }
  }

  #failToLoad(attempt: Attempt): void {
    const { onLine } = navigator;
    const { say, ...row } = onLine ? UI_LOAD_FAILED : OFFLINE;
    const detail: ErrorDetail = onLine
      ? { code: 'ui-load-failed', phase: 'ui', ...row }
      : { code: 'preflight-offline', phase: 'preflight', ...row };
    this.#finish(attempt, 'failed', detail);
    const shown = this.dispatchEvent(new SwErrorEvent(detail));
    // A listener may have dialled anew.
    if (!this.#attempt) this.#say(shown ? (this.strings?.[say] ?? LOAD_FAILED) : '', true);
  }

  #finish(attempt: Attempt, state: CallState, error?: ErrorDetail): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    // An element that waits to play is kept by the browser for ever.
    if (attempt.audio) attempt.audio.srcObject = null;
    if (error) this.#error = error;
    this.#setState(state);
  }

  #say(sentence: string, failed = false): void {
    const { status, fallback } = this.#parts!;
    status.textContent = sentence;
    status.classList.toggle('quiet', !failed);
    fallback.hidden = !failed;
  }

  #setState(state: CallState): void {
    const previous = this.#state;
    if (state === previous) return;
    this.#state = state;
    this.#internals.states?.delete(previous);
    this.#markState(state);
    this.dispatchEvent(new SwCallStateEvent({ state, previous }));
  }

  #markState(state: CallState): void {
    this.dataset.state = state;
    try {
      this.#internals.states?.add(state);
    } catch {
      // Chrome before 125 wants dashed names; data-state serves there.
    }
    this.#parts?.button.setAttribute('aria-busy', String(state === 'preparing'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sw-click-to-call': SwClickToCall;
  }
}
