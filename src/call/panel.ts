// The call interface of one call: the dialog around everything that the caller sees, its keyboard and its focus.
// Promise: stands above the page and leaves the page usable; Escape puts it away and never ends a call; one polite
// announcement for each thing that happens. Must not know: tokens, the SDK, events of the element.
import { controls } from './controls.js';
import { deviceMenu } from './device-menu.js';
import { icon } from './icons.js';
import { isKey, keypad } from './keypad.js';
import { FIRST, isLive, type PanelModel, type PanelOptions } from './panel-model.js';
import { panelStyles } from './panel.styles.js';
import { sheetStyles } from './sheet.styles.js';
import { html, nothing, render, type TemplateResult } from './template.js';
import { SelfView, videoStage } from './video-stage.js';
import { clockTime, spokenTime } from './words.js';

/** Languages that are written from right to left, by primary subtag. */
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

export class CallPanel {
  readonly #root = document.createElement('div');
  readonly #container: HTMLElement;
  readonly #options: PanelOptions;
  readonly #self = new SelfView(() => this.#render());
  #model: PanelModel = FIRST;
  #answeredAtMs: number | undefined;
  #clock: number | undefined;
  /** More to show below the state: captions and what an agent shares. */
  #extra: TemplateResult | Node | undefined;

  constructor(container: HTMLElement, options: PanelOptions) {
    this.#container = container;
    this.#options = options;
    container.replaceChildren(this.#root);
    adopt(container.getRootNode() as ShadowRoot);
    this.#render();
  }

  /** Shows the panel for the first time and says what happens. */
  open(): void {
    this.front();
    this.#options.announce(this.#headline());
  }

  /** Takes in news of the call, or of what is only on the screen. */
  readonly show = (news: Partial<PanelModel>): void => {
    const before = this.#model;
    this.#model = { ...before, ...news };
    const { state } = this.#model;
    // News may come after the panel was closed.
    if (state === 'active' && this.#root.isConnected) this.#startClock();
    if (!isLive(state)) this.#endLiveParts();
    this.#playback();
    this.#render();
    this.#announceChange(before);
  };

  /** Shows captions or shared content below the state of the call. */
  showExtra(extra: TemplateResult | Node): void {
    this.#extra = extra;
    this.#render();
  }

  /** Plays a track of the far end. */
  play(track: MediaStreamTrack): void {
    if (track.kind === 'video') return this.show({ remoteVideo: new MediaStream([track]) });
    this.#options.audio.srcObject = new MediaStream([track]);
    this.hear();
  }

  /** Starts the sound, where the browser lets it; else asks for a tap. */
  hear(): void {
    this.#options.audio.play().then(
      () => this.#model.soundBlocked && this.show({ soundBlocked: false }),
      (error: unknown) => {
        if ((error as DOMException)?.name === 'NotAllowedError') this.show({ soundBlocked: true });
      },
    );
  }

  /** The far end is gone. */
  silence(): void {
    this.#options.audio.srcObject = null;
    this.show({ remoteVideo: undefined, localVideo: undefined });
  }

  /** Shows the whole panel, wherever it was put, and gives it the keyboard. */
  front(): void {
    this.show({ view: 'card' });
    this.#raise();
    this.#dialog.focus();
  }

  /** Removal from the document takes a dialog out of the top layer. */
  moved(): void {
    if (this.#model.view !== 'closed') this.#raise();
  }

  /** Away for good. */
  close(): void {
    if (!this.#root.isConnected) return;
    this.#stopClock();
    this.#leave(() => {
      this.#dialog.close();
      this.#root.remove();
    });
    this.#container.before(this.#options.fallback);
    this.#options.actions.closed();
  }

  get #dialog(): HTMLDialogElement {
    return this.#root.querySelector('dialog')!;
  }

  #raise(): void {
    const dialog = this.#dialog;
    if (!dialog.isConnected) return;
    if (!dialog.open) dialog.show();
    // Not showModal(): a visitor reads the page while talking, and the element's button brings the call to the front.
    if (!this.#options.inline && !dialog.matches(':popover-open')) dialog.showPopover?.();
  }

  readonly #minimise = (): void => {
    this.#leave(() => {
      this.show({ view: this.#options.inline ? 'closed' : 'pill', sheet: 'none' });
      if (this.#options.inline) this.#dialog.close();
    });
  };

  /** Goes out of sight, and hands the keyboard back if it was in here. */
  #leave(goAway: () => void): void {
    const hadFocus = this.#dialog.matches(':focus-within');
    goAway();
    if (hadFocus) this.#options.actions.leave();
  }

  #startClock(): void {
    this.#answeredAtMs ??= performance.now();
    this.#clock ??= window.setInterval(() => this.#render(), 1000);
  }

  #stopClock(): void {
    window.clearInterval(this.#clock);
    this.#clock = undefined;
  }

  /** After the end there is no call to put away, and nothing of it to change. */
  #endLiveParts(): void {
    this.#stopClock();
    const { view } = this.#model;
    this.#model = {
      ...this.#model,
      sheet: 'none',
      notice: '',
      soundBlocked: false,
      view: view === 'pill' ? 'card' : view,
    };
  }

  #playback(): void {
    const { audio } = this.#options;
    audio.volume = this.#model.volume;
    audio.muted = this.#model.speakerMuted;
  }

  #announceChange(before: PanelModel): void {
    const { words, announce } = this.#options;
    const now = this.#model;
    if (now.muted !== before.muted) announce(words[now.muted ? 'muted' : 'unmuted']);
    else if (now.soundBlocked && !before.soundBlocked) announce(words.tapToHear);
    else if (now.notice && now.notice !== before.notice) announce(now.notice);
    else if (now.quality === 'poor' && before.quality === 'good') announce(words.poorLine);
    else if (now.asking && !before.asking && now.state === 'preparing') announce(this.#headline());
    // A failure is announced by the path of the call, which tells it with or without a panel.
    else if (now.state !== before.state && now.state !== 'failed') {
      announce(
        before.state === 'reconnecting' && now.state === 'active' ? words.reconnected : this.#headline(),
      );
    }
  }

  #headline(): string {
    const { words, language, video } = this.#options;
    const { state, durationMs, asking } = this.#model;
    if (state === 'preparing' && asking) return video ? words.askCamera : words.askMicrophone;
    if (state === 'ended' && durationMs >= 1000) return words.endedAfter(spokenTime(durationMs, language));
    return state === 'idle' ? '' : words[state];
  }

  #render(): void {
    const { words, language, theme, inline, destination } = this.#options;
    const { state, view } = this.#model;
    const name = nameOf(destination);
    const hadFocus = this.#root.querySelector('dialog')?.matches(':focus-within');
    const template = html`
      <dialog
        part="dialog"
        popover=${inline ? nothing : 'manual'}
        class=${inline ? 'inline' : 'floating'}
        data-view=${view}
        data-theme=${theme}
        data-call=${state}
        lang=${language}
        dir=${RIGHT_TO_LEFT.includes(language.split('-')[0]!) ? 'rtl' : 'ltr'}
        tabindex="-1"
        aria-label=${words.callTo(name)}
        @keydown=${this.#onKey}
      >
        ${view === 'pill' ? this.#pill(name) : this.#card(name)}
      </dialog>
    `;
    render(template, this.#root);
    this.#place();
    // The focused button may be gone with the state that had it.
    if (hadFocus && !this.#dialog.matches(':focus-within')) this.#dialog.focus();
  }

  #pill(name: string): TemplateResult {
    const { words } = this.#options;
    return html`<button
      part="pill"
      type="button"
      aria-label=${`${name} ${words.restore}`}
      @click=${() => this.front()}
    >
      <span class="dot"></span>
      <span class="name">${name}</span>
      <span class="timer" aria-hidden="true">${this.#timer()}</span>
      ${icon('restore')}
    </button>`;
  }

  #card(name: string): TemplateResult {
    const { words, video, actions } = this.#options;
    const model = this.#model;
    const { show } = this;
    const live = isLive(model.state);
    return html`<div part="panel">
      <header>
        <div class="avatar" aria-hidden="true">${icon(model.state === 'failed' ? 'close' : 'handset')}</div>
        <div class="who">
          <h2>${name}</h2>
          <p class="state">${this.#timer() || this.#headline()}</p>
        </div>
        <button
          part="control"
          class="corner"
          type="button"
          aria-label=${live ? words.minimise : words.close}
          title=${live ? words.minimise : words.close}
          @click=${live ? this.#minimise : () => this.close()}
        >
          ${icon(live ? 'minimise' : 'close')}
        </button>
      </header>
      ${this.#banner()} ${video && live ? videoStage(model, this.#self, words) : nothing} ${this.#failure()}
      ${this.#extra ?? nothing}
      ${live && model.sheet === 'keypad' ? keypad(model.digits, words, this.#press) : nothing}
      ${live && model.sheet === 'devices' ? deviceMenu(model, { words, video, actions, show }) : nothing}
      ${controls(model, { words, video, actions, show, close: () => this.close() })}
    </div>`;
  }

  #banner(): TemplateResult | typeof nothing {
    const { words } = this.#options;
    const { soundBlocked, notice, quality, state } = this.#model;
    if (soundBlocked) {
      return html`<button part="banner" class="tap" type="button" @click=${() => this.hear()}>
        ${icon('speaker')}${words.tapToHear}
      </button>`;
    }
    const text =
      state === 'reconnecting' ? words.reconnecting : notice || (quality === 'poor' ? words.poorLine : '');
    return text && isLive(state) ? html`<p part="banner">${text}</p>` : nothing;
  }

  #failure(): TemplateResult | typeof nothing {
    const { state, sentence, help } = this.#model;
    const { fallback } = this.#options;
    if (state !== 'failed') return nothing;
    fallback.hidden = false;
    return html`<div class="failure">
      ${sentence ? html`<p>${sentence}</p>` : nothing} ${help ? html`<p class="help">${help}</p>` : nothing}
      <div class="fallback">${fallback}</div>
    </div>`;
  }

  #timer(): string {
    const { state } = this.#model;
    // A call that reconnects goes on being counted; the banner tells what happens.
    const running = (state === 'active' || state === 'reconnecting') && this.#answeredAtMs !== undefined;
    return running ? clockTime(performance.now() - this.#answeredAtMs!) : '';
  }

  /** Numbers that styles need. By CSSOM, for a strict style-src forbids style attributes. */
  #place(): void {
    for (const element of this.#root.querySelectorAll<HTMLElement>('[data-level], [data-x]')) {
      const { level, x, y } = element.dataset;
      if (level !== undefined) element.style.setProperty('--level', level);
      if (x !== undefined) element.style.setProperty('--x', x);
      if (y !== undefined) element.style.setProperty('--y', y);
    }
  }

  readonly #press = (digit: string): void => {
    this.show({ digits: this.#model.digits + digit });
    this.#options.actions.sendDigit(digit);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (this.#model.sheet !== 'none') this.show({ sheet: 'none' });
      else if (isLive(this.#model.state)) this.#minimise();
      else this.close();
    } else if (this.#model.sheet === 'keypad' && isKey(event)) {
      event.preventDefault();
      this.#press(event.key);
    }
  };
}

function adopt(root: ShadowRoot): void {
  const sheets = [panelStyles, sheetStyles].map(({ styleSheet }) => styleSheet!);
  const missing = sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
  root.adoptedStyleSheets.push(...missing);
}

/** "/public/front-desk?channel=video" as a name: "Front desk". */
export function nameOf(destination: string): string {
  const last = destination.split('?')[0]!.split('/').filter(Boolean).pop() ?? destination;
  const spaced = last.replace(/[-_]+/g, ' ').trim();
  return spaced.charAt(0).toLocaleUpperCase() + spaced.slice(1);
}
