// An AI agent's side of a call: its messages as events of the element, and, where wanted, as captions and shared content.
// Promise: an event first, so that the page may keep content to itself; what shows it is loaded when it is needed.
import { SwDisplayContentEvent, SwTranscriptEvent, type SwDisplayContentDetail } from '../../events.js';
import type { Strings } from '../../locales/en.js';
import { agentEvent, type AgentEventType } from '../../sdk/agent-events.js';
import type { DebugLog } from '../../debug-log.js';
import { iconButton } from '../panel/icon-button.js';
import { lazy } from '../../lazy.js';
import { html, nothing, type TemplateResult } from '../panel/template.js';
import type { Transcript } from './transcript.js';

const loadTranscript = lazy(() => import('./transcript.js'));
const loadSharedContent = lazy(() => import('./shared-content.js'));

/** In UTF-16 units. What is longer is cut. */
const MOST_TITLE = 200;

export interface AgentViewOptions {
  readonly panel: { showExtra(extra: TemplateResult): void };
  readonly words: Strings;
  /** Whether captions are shown. */
  readonly captions: boolean;
  /** Dispatches an event; false when the page prevented it. */
  readonly emit: (event: Event) => boolean;
  /** Says one thing to a screen reader. */
  readonly announce: (text: string) => void;
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

  /** Takes in one message of the gateway. */
  take(type: AgentEventType, payload: unknown): void {
    const event = agentEvent(type, payload);
    if (!event) return;
    const wanted = this.#options.emit(event);
    const showing =
      event instanceof SwTranscriptEvent
        ? this.#caption(event)
        : event instanceof SwDisplayContentEvent && wanted
          ? this.#share(event.detail)
          : undefined;
    showing?.catch((error: unknown) => this.#options.log('not shown', error));
  }

  async #caption({ detail }: SwTranscriptEvent): Promise<void> {
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
    // What was shared later may have been ready earlier.
    if (this.#latest !== detail) return;
    const { words, announce } = this.#options;
    this.#shared = { title: (detail.title ?? words.shared).slice(0, MOST_TITLE), node };
    this.#show();
    // That it is there, and not what it says: that may be pages, and is read where it stands.
    announce(detail.title ? `${words.shared}: ${this.#shared.title}` : words.shared);
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
