// Shows what an AI agent says and shares: as events of the element, as captions and as shared content.
// The event comes first, so that the page can prevent the display. The code that displays it is loaded on first use.
import {
  SwDisplayContentEvent,
  SwTranscriptEvent,
  type SwDisplayContentDetail,
  type SwTranscriptDetail,
} from '../../events.js';
import type { Strings } from '../../locales/en.js';
import type { DebugLog } from '../../debug-log.js';
import { iconButton } from '../panel/icon-button.js';
import { lazy } from '../../lazy.js';
import { html, nothing, type TemplateResult } from '../panel/template.js';
import type { Transcript } from './transcript.js';

const loadTranscript = lazy(() => import('./transcript.js'));
const loadSharedContent = lazy(() => import('./shared-content.js'));

/** Longer titles are cut. In UTF-16 units. */
const MAX_TITLE = 200;

export interface AgentViewOptions {
  readonly panel: { showExtra(extra: TemplateResult): void };
  /** Dispatches the events. */
  readonly element: EventTarget;
  /** The live region for screen readers. */
  readonly status: HTMLElement;
  readonly words: Strings;
  /** Whether captions are shown. */
  readonly captions: boolean;
  readonly log: DebugLog;
}

export class AgentView {
  readonly #options: AgentViewOptions;
  #transcript: Transcript | undefined;
  #captions: TemplateResult | undefined;
  #shared: { readonly title: string; readonly node: Node } | undefined;
  #latest: SwDisplayContentDetail | undefined;

  constructor(options: AgentViewOptions) {
    this.#options = options;
  }

  /** Dispatches an event of the agent, and shows what it holds. */
  take(event: Event): void {
    const prevented = !this.#options.element.dispatchEvent(event);
    let display: Promise<void> | undefined;
    if (event instanceof SwTranscriptEvent) display = this.#caption(event.detail);
    if (event instanceof SwDisplayContentEvent && !prevented) display = this.#share(event.detail);
    display?.catch((error: unknown) => this.#options.log('not shown', error));
  }

  async #caption(detail: SwTranscriptDetail): Promise<void> {
    if (!this.#options.captions) return;
    const { Transcript, captions } = await loadTranscript();
    const transcript = (this.#transcript ??= new Transcript());
    transcript.add(detail);
    this.#captions = captions(transcript.lines, this.#options.words);
    this.#show();
  }

  async #share(detail: SwDisplayContentDetail): Promise<void> {
    this.#latest = detail;
    const { renderContent } = await loadSharedContent();
    const node = await renderContent(detail);
    // Newer content may have been rendered first.
    if (this.#latest !== detail) return;
    const { words, status } = this.#options;
    this.#shared = { title: (detail.title ?? words.shared).slice(0, MAX_TITLE), node };
    this.#show();
    // Only the title: the content may be pages long, and can be read in its region.
    status.textContent = detail.title ? `${words.shared}: ${this.#shared.title}` : words.shared;
  }

  #show(): void {
    this.#options.panel.showExtra(html`${this.#drawer()} ${this.#captions ?? nothing}`);
  }

  #drawer(): TemplateResult | typeof nothing {
    if (!this.#shared) return nothing;
    const { title, node } = this.#shared;
    const { words } = this.#options;
    return html`<section part="content" aria-label=${title}>
      <div class="drawer-head">
        <h3>${title}</h3>
        ${iconButton({ name: words.close, icon: 'close', look: 'corner', act: this.#closeDrawer })}
      </div>
      <div class="drawer-body" tabindex="0" role="group" aria-label=${title} dir="auto">${node}</div>
    </section>`;
  }

  readonly #closeDrawer = (): void => {
    this.#shared = undefined;
    this.#show();
  };
}
