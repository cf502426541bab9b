// The call interface as a template: the card with everything in it, and the pill that is left when it is minimised.
// Must not know focus, the top layer, clocks; the panel does.
import { controls } from './controls.js';
import { deviceMenu } from './device-menu.js';
import { iconButton } from './icon-button.js';
import { icon } from './icons.js';
import { keypad } from './keypad.js';
import { isLive, type PanelModel, type PanelOptions } from './panel-model.js';
import { headline, nameOf } from '../texts/panel-texts.js';
import { html, nothing, type TemplateResult } from './template.js';
import type { Stage } from '../video/video-stage.js';

/** What a template asks the panel for. */
export interface PanelView {
  readonly options: PanelOptions;
  /** The pictures of a video call, once they are loaded. */
  readonly stage: Stage | undefined;
  /** Captions and what an agent shares. */
  readonly extra: TemplateResult | undefined;
  /** The running time, or nothing. */
  readonly timer: string;
  readonly show: (change: Partial<PanelModel>) => void;
  readonly front: () => void;
  readonly minimise: () => void;
  readonly close: () => void;
  readonly hear: () => void;
  readonly press: (digit: string) => void;
}

type Maybe = TemplateResult | typeof nothing;

/** What is left of the interface when it is minimised. */
export function pill({ options: { words, destination }, timer, front }: PanelView): TemplateResult {
  const name = nameOf(destination);
  // Begins with what is written on it, for those who say what they want to press.
  const label = [name, timer, words.restore].filter(Boolean).join(' ');
  return html`<button part="pill" type="button" aria-label=${label} @click=${front}>
    <span class="dot"></span>
    <span class="name">${name}</span>
    <span class="timer">${timer}</span>
    ${icon('restore')}
  </button>`;
}

/** The whole interface. */
export function card(model: PanelModel, view: PanelView): TemplateResult {
  const { options, stage, extra, timer, show, minimise, close, press } = view;
  const { words, video, actions, destination } = options;
  const live = isLive(model.state);
  return html`<div part="panel">
    <div class="head">
      <div class="avatar" aria-hidden="true">${icon(model.state === 'failed' ? 'close' : 'handset')}</div>
      <div class="who">
        <h2>${nameOf(destination)}</h2>
        <p class="state">${timer || headline(model, options)}</p>
      </div>
      ${iconButton({
        name: live ? words.minimise : words.close,
        icon: live ? 'minimise' : 'close',
        look: 'corner',
        act: live ? minimise : close,
      })}
    </div>
    ${banner(model, view)} ${live && stage ? stage(model) : nothing} ${failure(model, options)}
    ${extra ?? nothing} ${live && model.sheet === 'keypad' ? keypad(model.digits, words, press) : nothing}
    ${live && model.sheet === 'devices' ? deviceMenu(model, { words, video, actions, show }) : nothing}
    ${controls(model, { words, video, actions, show, close })}
  </div>`;
}

function banner(
  { soundBlocked, notice, quality, otherTab, state }: PanelModel,
  { options: { words }, hear }: PanelView,
): Maybe {
  if (soundBlocked) {
    return html`<button part="banner" class="tap" type="button" @click=${hear}>
      ${icon('speaker')}${words.tapToHear}
    </button>`;
  }
  const lasting = quality === 'poor' ? words.poorLine : otherTab ? words.otherTab : '';
  const text = state === 'reconnecting' ? words.reconnecting : notice || lasting;
  return text && isLive(state) ? html`<p part="banner">${text}</p>` : nothing;
}

function failure({ state, sentence, help }: PanelModel, { fallback }: PanelOptions): Maybe {
  if (state !== 'failed') return nothing;
  fallback.hidden = false;
  return html`<div class="failure">
    ${sentence ? html`<p>${sentence}</p>` : nothing} ${help ? html`<p class="help">${help}</p>` : nothing}
    <div class="fallback">${fallback}</div>
  </div>`;
}
