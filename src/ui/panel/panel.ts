// The panel of one call: the dialog, its keyboard handling and its focus. It draws the snapshots of the call and its media, and
// calls their methods when the visitor presses a button.
// Callers can rely on this: the panel is above the page and leaves it usable; Escape minimises and never ends a call; each
// change is announced once.
import { isKey } from './keypad.js';
import {
  isLive,
  type PanelModel,
  type PanelOptions,
  type PanelView,
  type ScreenFacts,
} from './panel-model.js';
import { panelTemplate } from './panel-view.js';
import { panelStyles } from './panel.styles.js';
import { sheetStyles } from './sheet.styles.js';
import { adoptStyles } from './style-sheet.js';
import { render, type TemplateResult } from './template.js';
import { announcement, headline } from '../texts/panel-texts.js';
import type * as VideoStage from '../video/video-stage.js';

export class CallPanel implements PanelView {
  readonly options: PanelOptions;
  readonly #root = document.createElement('div');
  readonly #unsubscribe: (() => void)[] = [];
  #screen: ScreenFacts = { view: 'closed', sheet: 'none', digits: '' };
  #drawn: PanelModel;
  #clock: number | undefined;
  /** The pictures of a video call, once they are loaded. */
  stage: VideoStage.Stage | undefined;
  /** Captions and shared content. */
  extra: TemplateResult | undefined;

  constructor(options: PanelOptions) {
    this.options = options;
    const { call, media, surface } = options;
    surface.container.replaceChildren(this.#root);
    this.#adopt(panelStyles, sheetStyles);
    this.#drawn = this.#model();
    this.#render();
    this.#unsubscribe.push(call.subscribe(this.#draw), media.subscribe(this.#draw));
  }

  /** Shows the panel for the first time and announces the state. */
  open(): void {
    this.front();
    this.#announce(headline(this.#drawn, this.options));
  }

  /** Changes what only the panel knows. */
  readonly show = (change: Partial<ScreenFacts>): void => {
    this.#screen = { ...this.#screen, ...change };
    this.#draw();
  };

  /** Shows captions or shared content below the state of the call. */
  showExtra(extra: TemplateResult): void {
    this.extra = extra;
    this.#render();
  }

  /** Shows the pictures of a video call from now on. */
  showStage({ createStage, stageStyles }: typeof VideoStage): void {
    this.#adopt(stageStyles);
    this.stage = createStage(this.options.words, () => this.#render());
    this.#render();
  }

  /** Opens or restores the panel, and focuses it. */
  readonly front = (): void => {
    this.show({ view: 'card' });
    this.#raise();
    this.#dialog.focus();
  };

  /** Puts the dialog back into the top layer: moving the element in the document took it out. */
  moved(): void {
    if (this.#screen.view !== 'closed') this.#raise();
  }

  /** Closes the panel for good. */
  readonly close = (): void => {
    const { call, surface } = this.options;
    this.#stopClock();
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    // The next call may have taken its place already.
    if (!this.#root.isConnected) return;
    this.#leave(() => {
      this.#dialog.close();
      this.#root.remove();
    });
    surface.container.before(surface.fallback);
    call.showIn(undefined);
  };

  readonly minimise = (): void => {
    if (!this.isInline) return this.show({ view: 'pill', sheet: 'none' });
    this.#leave(() => {
      this.show({ view: 'closed', sheet: 'none' });
      this.#dialog.close();
    });
  };

  readonly press = (digit: string): void => {
    this.show({ digits: this.#screen.digits + digit });
    // A digit that cannot be sent is not reported: the call reports a lost connection itself.
    this.options.call.sendDigits(digit).catch(() => {});
  };

  /** The running time since the answer, in milliseconds; undefined before it and after the end. */
  get elapsedMs(): number | undefined {
    const { state, answeredAtMs } = this.#drawn;
    // The clock runs on while the call reconnects; the banner shows that it does.
    const isRunning = (state === 'active' || state === 'reconnecting') && answeredAtMs !== undefined;
    return isRunning ? performance.now() - answeredAtMs : undefined;
  }

  get isInline(): boolean {
    return this.options.element.display === 'inline';
  }

  get #dialog(): HTMLDialogElement {
    return this.#root.querySelector('dialog')!;
  }

  #model(): PanelModel {
    const { call, media } = this.options;
    return { ...call.snapshot, ...media.snapshot, ...this.#screen };
  }

  /** Draws what has changed, and announces it. */
  readonly #draw = (): void => {
    const before = this.#drawn;
    const { state, sentence } = this.options.call.snapshot;
    // The page prevented `sw-error` and shows the failure itself, or removed the element.
    if (state === 'idle' || (state === 'failed' && sentence === '')) return this.close();
    if (isLive(before.state) && !isLive(state))
      this.#screen = { ...this.#screen, view: 'card', sheet: 'none' };
    const now = (this.#drawn = this.#model());
    if (isLive(state)) this.#startClock();
    else this.#stopClock();
    this.#render();
    if (before.view === 'closed' && now.view !== 'closed') this.#raise();
    this.#announce(announcement(before, now, this.options));
  };

  #announce(text: string): void {
    if (text) this.options.surface.status.textContent = text;
  }

  #adopt(...styles: string[]): void {
    adoptStyles(this.options.surface.container.getRootNode() as ShadowRoot, styles);
  }

  #raise(): void {
    const dialog = this.#dialog;
    if (!dialog.isConnected) return;
    // Not show(), and showPopover() only while inert: both take the focus, which only front() may do. Not showModal():
    // visitors use the page during a call.
    dialog.open = true;
    if (this.isInline || dialog.matches(':popover-open')) return;
    dialog.inert = true;
    try {
      dialog.showPopover?.();
    } catch {
      // Early implementations of popover refuse an open dialog. Its z-index keeps it above the page.
    }
    dialog.inert = false;
  }

  /** Hides the panel, and returns the focus to the element if it was inside. */
  #leave(hide: () => void): void {
    const hadFocus = this.#dialog.matches(':focus-within');
    hide();
    if (hadFocus) this.options.element.focus();
  }

  #startClock(): void {
    // The panel may be closed already.
    if (this.#drawn.answeredAtMs === undefined || !this.#root.isConnected) return;
    this.#clock ??= window.setInterval(() => this.#render(), 1000);
  }

  #stopClock(): void {
    window.clearInterval(this.#clock);
    this.#clock = undefined;
  }

  #render(): void {
    const hadFocus = this.#root.querySelector('dialog')?.matches(':focus-within');
    render(panelTemplate(this.#drawn, this), this.#root);
    if (!hadFocus) return;
    // A minimised panel has nothing else to focus; the focus makes screen readers announce the pill.
    const pill = this.#root.querySelector<HTMLElement>('[part=pill]');
    if (pill) pill.focus();
    // The new state may not have the button that had the focus.
    else if (!this.#dialog.matches(':focus-within')) this.#dialog.focus();
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const { view, sheet, state } = this.#drawn;
    if (event.isComposing || view === 'pill') return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (sheet !== 'none') this.show({ sheet: 'none' });
      else if (isLive(state)) this.minimise();
      else this.close();
    } else if (sheet === 'keypad' && isKey(event)) {
      event.preventDefault();
      this.press(event.key);
    }
  };
}
