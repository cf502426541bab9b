// The call interface of one call: the dialog around everything that the caller sees, its keyboard and its focus.
// Promise: stands above the page and leaves the page usable; Escape puts it away and never ends a call; one polite
// announcement for each thing that happens. Must not know: tokens, the SDK, events of the element.
import { isKey } from './keypad.js';
import { FIRST, isLive, type PanelModel, type PanelOptions } from './panel-model.js';
import { card, pill, type PanelView } from './panel-view.js';
import { announcement, headline, nameOf } from '../texts/panel-texts.js';
import { panelStyles } from './panel.styles.js';
import { sheetStyles } from './sheet.styles.js';
import { adoptStyles } from './style-sheet.js';
import { html, nothing, render, type TemplateResult } from './template.js';
import type * as VideoStage from '../video/video-stage.js';
import { clockTime } from '../../locales/texts.js';

/** Languages that are written from right to left, by primary subtag. */
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

export class CallPanel {
  readonly #root = document.createElement('div');
  readonly #container: HTMLElement;
  readonly #options: PanelOptions;
  #model: PanelModel = FIRST;
  #stage: VideoStage.Stage | undefined;
  #answeredAtMs: number | undefined;
  #clock: number | undefined;
  /** More to show below the state: captions and what an agent shares. */
  #extra: TemplateResult | undefined;

  constructor(container: HTMLElement, options: PanelOptions) {
    this.#container = container;
    this.#options = options;
    container.replaceChildren(this.#root);
    this.#adopt(panelStyles, sheetStyles);
    this.#render();
  }

  /** Shows the panel for the first time and says what happens. */
  open(): void {
    this.front();
    this.#options.announce(headline(this.#model, this.#options));
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
    if (before.view === 'closed' && this.#model.view !== 'closed') this.#raise();
    const said = announcement(before, this.#model, this.#options);
    if (said) this.#options.announce(said);
  };

  /** Shows captions or shared content below the state of the call. */
  showExtra(extra: TemplateResult): void {
    this.#extra = extra;
    this.#render();
  }

  /** Shows the pictures of a video call from now on. */
  showStage({ createStage, stageStyles }: typeof VideoStage): void {
    this.#adopt(stageStyles);
    this.#stage = createStage(this.#options.words, () => this.#render());
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
    this.#stopClock();
    // The next call may have taken its place already.
    if (!this.#root.isConnected) return;
    this.#leave(() => {
      this.#dialog.close();
      this.#root.remove();
    });
    this.#container.before(this.#options.fallback);
    this.#options.actions.closed();
  }

  #adopt(...styles: string[]): void {
    adoptStyles(this.#container.getRootNode() as ShadowRoot, styles);
  }

  get #dialog(): HTMLDialogElement {
    return this.#root.querySelector('dialog')!;
  }

  #raise(): void {
    const dialog = this.#dialog;
    if (!dialog.isConnected) return;
    // Neither show() nor showPopover() as it is: they take the keyboard, which is front()'s business. And not showModal():
    // a visitor reads the page while talking, and the element's button brings the call to the front.
    dialog.open = true;
    if (this.#options.inline || dialog.matches(':popover-open')) return;
    dialog.inert = true;
    try {
      dialog.showPopover?.();
    } catch {
      // Browsers of the first version of popover refuse an open dialog: it stands above the page by its z-index.
    }
    dialog.inert = false;
  }

  readonly #minimise = (): void => {
    if (this.#options.inline) {
      this.#leave(() => {
        this.show({ view: 'closed', sheet: 'none' });
        this.#dialog.close();
      });
      return;
    }
    this.show({ view: 'pill', sheet: 'none' });
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
    this.#model = {
      ...this.#model,
      sheet: 'none',
      notice: '',
      soundBlocked: false,
      view: 'card',
    };
  }

  #playback(): void {
    const { audio } = this.#options;
    audio.volume = this.#model.volume;
    audio.muted = this.#model.speakerMuted;
  }

  #render(): void {
    const { words, language, theme, inline, destination } = this.#options;
    const { state, view } = this.#model;
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
        aria-label=${words.callTo(nameOf(destination))}
        @keydown=${this.#onKey}
      >
        ${view === 'pill' ? pill(this.#view()) : card(this.#model, this.#view())}
      </dialog>
    `;
    render(template, this.#root);
    this.#place();
    if (!hadFocus) return;
    // A pill is all of the call there is then, and says so to those who cannot see that it is still there.
    const minimised = this.#root.querySelector<HTMLElement>('[part=pill]');
    if (minimised) minimised.focus();
    // The focused button may be gone with the state that had it.
    else if (!this.#dialog.matches(':focus-within')) this.#dialog.focus();
  }

  #view(): PanelView {
    return {
      options: this.#options,
      stage: this.#stage,
      extra: this.#extra,
      timer: this.#timer(),
      show: this.show,
      front: () => this.front(),
      minimise: this.#minimise,
      close: () => this.close(),
      hear: () => this.hear(),
      press: this.#press,
    };
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
    if (event.isComposing || this.#model.view === 'pill') return;
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
