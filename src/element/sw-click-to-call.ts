// The element: attributes in, one button, one state, events out. Everything else loads with the first sign of intent.
// It costs a few kilobytes and no request until then, never throws out of an attribute, and makes one call at a time.
import { ReactiveElement, type PropertyDeclarations, type PropertyValues } from '@lit/reactive-element';
import { Call } from '../call/call.js';
import type { CallElement } from '../call/call-element.js';
import type { CallUi } from '../call/port.js';
import type { ErrorDetail } from '../errors.js';
import { SwCallStateEvent, type CallState, type UserVariables } from '../events.js';
import { callLabel } from '../locales/button-texts.js';
import type { StringOverrides } from '../locales/en.js';
import { languageOf } from '../locales/language.js';
import type { TokenProvider } from '../token/source.js';
import { defaults, properties } from './attributes.js';
import { buildButton, type ButtonParts } from './button.js';
import { buttonStyles } from './button.styles.js';
import { loadBuiltIn, loadCall, loadSdk } from './load.js';
import { INTENT, PageButton } from './page-button.js';

const LOADERS = { call: loadCall, builtIn: loadBuiltIn, sdk: loadSdk };

const IDLE = { state: 'idle' } as const;

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
 * @csspart status - The message beside the button.
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
export class SwClickToCall extends ReactiveElement implements CallElement {
  static override styles = buttonStyles;
  static override properties: PropertyDeclarations = properties as PropertyDeclarations;

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

  #call: Call | undefined;
  /** The facts of the call that are shown already. */
  #shown: Pick<Call['snapshot'], 'state' | 'sentence' | 'ui'> = IDLE;
  #parts: ButtonParts | undefined;
  readonly #internals = this.attachInternals();

  constructor() {
    super();
    Object.assign(this, defaults());
  }

  /** Where the call is; also `data-state` on the host and `:state(…)` in CSS. */
  get state(): CallState {
    return this.#call?.snapshot.state ?? 'idle';
  }

  /** The last failure, as in `sw-error`; null since the last `sw-dial`. */
  get error(): ErrorDetail | null {
    return this.#call?.snapshot.error ?? null;
  }

  /**
   * Starts a call, as a click would. Never rejects: settles when the call can be hung up, or when the attempt was
   * stopped or failed; events tell which. Does nothing while a call is being prepared or up.
   */
  async dial(): Promise<void> {
    if (this.#isCalling || this.disabled || !this.isConnected) return;
    const call = new Call(this, this.#parts!, LOADERS);
    this.#call = call;
    call.subscribe(() => this.#show(call));
    await call.start();
  }

  /** Ends the call, at any time; settles when microphone, connection and sockets are released. */
  async hangup(): Promise<void> {
    await this.#call?.hangup();
  }

  /** Mutes the microphone (`true`, the default) or opens it again. Does nothing without a call. */
  async mute(on = true): Promise<void> {
    await this.#call?.mute(on);
  }

  /**
   * Sends DTMF digits: `0-9 * # A-D`. Does nothing without a call.
   * Rejects when the call ends, or a minute passes, before the gateway has taken them.
   */
  async sendDigits(digits: string): Promise<void> {
    await this.#call?.sendDigits(digits);
  }

  /** Fetches the code of a call ahead of the click. Never rejects: the click tries again and reports. */
  async preloadCode(): Promise<void> {
    // In the order in which they are needed: the first one has a connection already.
    await Promise.allSettled([loadCall(), ...(this.callUi ? [] : [loadBuiltIn(), loadSdk()])]);
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
    this.#markState(this.state);
    // The language may be another one here.
    this.requestUpdate();
    if (this.#isCalling) this.#call!.snapshot.ui?.moved();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move in the document is a removal and an insertion in one task; only a lasting removal ends the call.
    queueMicrotask(() => {
      if (!this.isConnected) this.#call?.stop('removed');
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

  get #isCalling(): boolean {
    return !!this.#call && !this.#call.isOver;
  }

  readonly #onClick = (): void => {
    if (this.#isCalling) this.#call!.snapshot.ui?.front();
    else void this.dial();
  };

  readonly #onIntent = (): void => {
    if (this.preload === 'none' || this.disabled || this.#isCalling) return;
    void this.preloadCode();
    loadCall().then(
      ({ warmUp }) => warmUp(this, this.preload === 'eager'),
      () => {},
    );
  };

  readonly #pageButton = new PageButton(this, this.#onClick, this.#onIntent);

  /** Shows what has changed of a call. A listener may have started the next one, which then decides. */
  #show(call: Call): void {
    if (this.#call !== call) return;
    const { state, sentence, help, ui } = call.snapshot;
    const before = this.#shown;
    this.#shown = { state, sentence, ui };
    const isNews = sentence !== before.sentence || ui !== before.ui;
    // An interface shows the failure itself; the live region still has to say it.
    if (isNews && state === 'failed' && sentence !== undefined)
      this.#say(`${sentence} ${help ?? ''}`.trim(), !ui);
    if (state !== before.state) this.#enter(state, before.state);
  }

  #enter(state: CallState, previous: CallState): void {
    if (state === 'preparing') void this.preloadCode();
    if (state === 'preparing' || state === 'idle') this.#say('');
    this.#internals.states?.delete(previous);
    this.#markState(state);
    this.dispatchEvent(new SwCallStateEvent({ state, previous }));
  }

  #say(sentence: string, visible = false): void {
    const { status, fallback } = this.#parts!;
    status.textContent = sentence;
    status.classList.toggle('quiet', !visible);
    fallback.hidden = !visible;
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
