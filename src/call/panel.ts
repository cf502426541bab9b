// What the caller sees: who is called, how it stands, what can be done about it. State comes down, wishes go up.
// Promise: a dialog above the page that leaves the page usable; Escape puts it away and never ends a call.
// Must not know: tokens, the SDK, events of the element. The only file that names lit-html.
import { html, nothing, render } from 'lit/html.js';
import type { CallState } from '../events.js';
import type { Strings } from '../locales/en.js';
import { panelStyles } from './panel.styles.js';

/** What the panel is told about the call. */
export interface PanelState {
  readonly state: CallState;
  readonly muted: boolean;
  /** After the end: how long it was answered, in milliseconds. */
  readonly durationMs: number;
  /** After a failure: what the visitor should know; empty when the page says it itself. */
  readonly sentence: string;
  readonly canRetry: boolean;
}

/** What the panel needs and whom it tells. */
export interface PanelOptions {
  readonly words: Strings;
  /** The address that is called. */
  readonly title: string;
  readonly inline: boolean;
  readonly theme: string;
  /** Plays the far end. */
  readonly audio: HTMLAudioElement;
  readonly announce: (text: string) => void;
  readonly hangup: () => void;
  readonly redial: () => void;
  readonly mute: (on: boolean) => void;
  /** The panel went away with the keyboard in it. */
  readonly closed: () => void;
}

/** The states in which there is a call to hang up. */
const LIVE: readonly CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];

/** The call interface of one call. */
export class CallPanel {
  readonly #root = document.createElement('div');
  readonly #options: PanelOptions;
  #model: PanelState = { state: 'preparing', muted: false, durationMs: 0, sentence: '', canRetry: false };
  #answeredAtMs: number | undefined;
  #clock: number | undefined;
  #video: MediaStream | undefined;
  #open = false;

  constructor(container: HTMLElement, options: PanelOptions) {
    this.#options = options;
    container.replaceChildren(this.#root);
  }

  open(): void {
    adopt(this.#root.getRootNode() as ShadowRoot);
    this.#render();
    this.front();
    this.#options.announce(this.#headline());
  }

  /** Takes in news of the call. */
  show(news: Partial<PanelState>): void {
    const before = this.#headline();
    this.#model = { ...this.#model, ...news };
    const { state } = this.#model;
    if (state === 'active') this.#startClock();
    if (!LIVE.includes(state)) this.#stopClock();
    this.#render();
    const now = this.#headline();
    // A failure is announced by the element, which shows it beside the button too.
    if (now !== before && state !== 'failed') this.#options.announce(now);
    if (news.muted !== undefined) {
      this.#options.announce(this.#options.words[news.muted ? 'muted' : 'unmuted']);
    }
  }

  /** Plays a track of the far end. */
  play(track: MediaStreamTrack): void {
    if (track.kind === 'video') {
      this.#video = new MediaStream([track]);
      return this.#render();
    }
    const { audio } = this.#options;
    audio.srcObject = new MediaStream([track]);
    audio.play().catch(() => {});
  }

  /** The far end is gone. */
  silence(): void {
    this.#options.audio.srcObject = null;
    this.#video = undefined;
    this.#render();
  }

  /** Shows the dialog, wherever it was put. */
  front(): void {
    this.#open = true;
    this.#raise();
    this.#dialog.focus();
  }

  /** Removal from the document takes a dialog out of the top layer. */
  moved(): void {
    if (this.#open) this.#raise();
  }

  close(): void {
    this.#stopClock();
    this.#putAway();
    this.#root.remove();
  }

  get #dialog(): HTMLDialogElement {
    return this.#root.querySelector('dialog')!;
  }

  #raise(): void {
    const dialog = this.#dialog;
    if (!dialog.open) dialog.show();
    if (this.#options.inline || !dialog.showPopover || dialog.matches(':popover-open')) return;
    // Not showModal(): a visitor reads the page while talking, and the element's button brings the call to the front.
    dialog.showPopover();
  }

  #putAway(): void {
    this.#open = false;
    const hadFocus = this.#dialog.matches(':focus-within');
    if (this.#dialog.matches(':popover-open')) this.#dialog.hidePopover();
    this.#dialog.close();
    if (hadFocus) this.#options.closed();
  }

  #startClock(): void {
    this.#answeredAtMs ??= performance.now();
    this.#clock ??= window.setInterval(() => this.#render(), 1000);
  }

  #stopClock(): void {
    window.clearInterval(this.#clock);
    this.#clock = undefined;
  }

  #headline(): string {
    const { words } = this.#options;
    const { state, durationMs } = this.#model;
    if (state === 'preparing') return `${words.preparing} ${words.askMicrophone}`;
    if (state === 'ended' && durationMs) return words.endedAfter(readableDuration(durationMs));
    return state === 'idle' ? '' : words[state];
  }

  #render(): void {
    const { words, title, theme, inline } = this.#options;
    const name = nameOf(title);
    const { state } = this.#model;
    const hadFocus = this.#root.querySelector('dialog')?.matches(':focus-within');
    const running = state === 'active' && this.#answeredAtMs !== undefined;
    const template = html`
      <dialog
        part="dialog"
        popover=${inline ? nothing : 'manual'}
        class=${inline ? 'inline' : nothing}
        data-theme=${theme}
        tabindex="-1"
        aria-label=${words.callTo(name)}
        @keydown=${this.#onKey}
      >
        <div part="panel">
          <header>
            <h2>${name}</h2>
            <p class=${running ? 'timer' : nothing}>
              ${running ? readableDuration(performance.now() - this.#answeredAtMs!) : this.#headline()}
            </p>
            ${this.#model.sentence ? html`<p class="alert">${this.#model.sentence}</p>` : nothing}
          </header>
          ${
            this.#video
              ? html`<video part="remote-video" autoplay playsinline .srcObject=${this.#video}></video>`
              : nothing
          }
          <div part="controls">${LIVE.includes(state) ? this.#liveControls() : this.#endControls()}</div>
        </div>
      </dialog>
    `;
    render(template, this.#root);
    // The focused button may be gone with the state that had it.
    if (hadFocus && !this.#dialog.matches(':focus-within')) this.#dialog.focus();
  }

  #liveControls() {
    const { words, hangup, mute } = this.#options;
    const { muted, state } = this.#model;
    return html`
      <button
        part="control"
        type="button"
        aria-pressed=${muted}
        ?disabled=${state === 'preparing'}
        @click=${() => mute(!muted)}
      >
        ${words.mute}
      </button>
      <button part="control hangup" type="button" @click=${hangup}>${words.hangUp}</button>
      <button part="control" type="button" @click=${() => this.#putAway()}>${words.minimise}</button>
    `;
  }

  #endControls() {
    const { words, redial } = this.#options;
    const { state, canRetry } = this.#model;
    const again = state === 'ended' ? words.callAgain : canRetry ? words.tryAgain : '';
    return html`
      ${
        again
          ? html`<button part="control" class="go" type="button" @click=${redial}>${again}</button>`
          : nothing
      }
      <button part="control" type="button" @click=${() => this.close()}>${words.close}</button>
    `;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (LIVE.includes(this.#model.state)) this.#putAway();
    else this.close();
  };
}

function adopt(root: ShadowRoot): void {
  const sheet = panelStyles.styleSheet!;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

/** "/public/front-desk?channel=video" as a name: "Front desk". */
function nameOf(destination: string): string {
  const last = destination.split('?')[0]!.split('/').filter(Boolean).pop() ?? destination;
  const spaced = last.replace(/[-_]+/g, ' ').trim();
  return spaced.charAt(0).toLocaleUpperCase() + spaced.slice(1);
}

/** 75 000 ms as "1:15". */
function readableDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
