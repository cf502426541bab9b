// The call interface as templates: the dialog, the card with everything in it, and the pill of a minimised call.
// Focus, top layer and clock belong to panel.ts.
import { controls } from './controls.js';
import { deviceMenu } from './device-menu.js';
import { iconButton } from './icon-button.js';
import { icon } from './icons.js';
import { keypad } from './keypad.js';
import { isLive, type PanelModel, type PanelOptions, type PanelView } from './panel-model.js';
import { clockTime } from '../../locales/texts.js';
import { deviceSentence } from '../texts/device-texts.js';
import { headline, nameOf } from '../texts/panel-texts.js';
import { html, nothing, type TemplateResult } from './template.js';

/** Languages that are written from right to left, by primary subtag. */
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

type Maybe = TemplateResult | typeof nothing;

/** The whole panel. */
export function panelTemplate(model: PanelModel, view: PanelView): TemplateResult {
  const { words, language, element, destination } = view.options;
  return html`
    <dialog
      part="dialog"
      popover=${view.isInline ? nothing : 'manual'}
      class=${view.isInline ? 'inline' : 'floating'}
      data-view=${model.view}
      data-theme=${element.theme}
      data-call=${model.state}
      lang=${language}
      dir=${RIGHT_TO_LEFT.includes(language.split('-')[0]!) ? 'rtl' : 'ltr'}
      tabindex="-1"
      aria-label=${words.callTo(nameOf(destination))}
      @keydown=${view.onKey}
    >
      ${model.view === 'pill' ? pill(view) : card(model, view)}
    </dialog>
  `;
}

function timerOf({ elapsedMs }: PanelView): string {
  return elapsedMs === undefined ? '' : clockTime(elapsedMs);
}

/** The minimised panel. */
function pill(view: PanelView): TemplateResult {
  const { words, destination } = view.options;
  const name = nameOf(destination);
  const timer = timerOf(view);
  // Begins with the visible text, for visitors who say what they want to press.
  const label = [name, timer, words.restore].filter(Boolean).join(' ');
  return html`<button part="pill" type="button" aria-label=${label} @click=${view.front}>
    <span class="dot"></span>
    <span class="name">${name}</span>
    <span class="timer">${timer}</span>
    ${icon('restore')}
  </button>`;
}

/** The panel that is not minimised. */
function card(model: PanelModel, view: PanelView): TemplateResult {
  const { options, stage, extra } = view;
  const live = isLive(model.state);
  return html`<div part="panel">
    ${head(model, view)} ${live ? banner(model, options) : nothing} ${live && stage ? stage(model) : nothing}
    ${model.state === 'failed' ? failure(model, options) : nothing} ${extra ?? nothing}
    ${live ? sheet(model, view) : nothing} ${controls(model, view)}
  </div>`;
}

function head(model: PanelModel, view: PanelView): TemplateResult {
  const { options, minimise, close } = view;
  const { words, destination } = options;
  const live = isLive(model.state);
  return html`<div class="head">
    <div class="avatar" aria-hidden="true">${icon(model.state === 'failed' ? 'close' : 'handset')}</div>
    <div class="who">
      <h2>${nameOf(destination)}</h2>
      <p class="state">${timerOf(view) || headline(model, options)}</p>
    </div>
    ${iconButton({
      name: live ? words.minimise : words.close,
      icon: live ? 'minimise' : 'close',
      look: 'corner',
      act: live ? minimise : close,
    })}
  </div>`;
}

function sheet(model: PanelModel, { options, press }: PanelView): Maybe {
  if (model.sheet === 'keypad') return keypad(model.digits, options.words, press);
  return model.sheet === 'devices' ? deviceMenu(model, options) : nothing;
}

function banner(
  { soundBlocked, notice, quality, otherTab, state }: PanelModel,
  { words, media }: PanelOptions,
): Maybe {
  if (soundBlocked) {
    return html`<button part="banner" class="tap" type="button" @click=${() => media.hear()}>
      ${icon('speaker')}${words.tapToHear}
    </button>`;
  }
  const lasting = quality === 'poor' ? words.poorLine : otherTab ? words.otherTab : '';
  const news = notice ? deviceSentence(words, notice) : lasting;
  const text = state === 'reconnecting' ? words.reconnecting : news;
  return text ? html`<p part="banner">${text}</p>` : nothing;
}

function failure({ sentence, help }: PanelModel, { surface: { fallback } }: PanelOptions): TemplateResult {
  fallback.hidden = false;
  return html`<div class="failure">
    ${sentence ? html`<p>${sentence}</p>` : nothing} ${help ? html`<p class="help">${help}</p>` : nothing}
    <div class="fallback">${fallback}</div>
  </div>`;
}
