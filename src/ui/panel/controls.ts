// The row of buttons: what can be done while a call is up, and after it. Templates only.
import type { Strings } from '../../locales/en.js';
import { iconButton } from './icon-button.js';
import { icon } from './icons.js';
import { isLive, type PanelActions, type PanelModel } from './panel-model.js';
import { html, nothing, type TemplateResult } from './template.js';

/** What the row needs beside the model. */
export interface ControlsOptions {
  readonly words: Strings;
  readonly video: boolean;
  readonly actions: PanelActions;
  /** Changes what is only on the screen. */
  readonly show: (change: Partial<PanelModel>) => void;
  readonly close: () => void;
}

/** The buttons that fit the state. */
export function controls(model: PanelModel, options: ControlsOptions): TemplateResult {
  const row = isLive(model.state) ? liveControls(model, options) : endControls(model, options);
  return html`<div part="controls">${row}</div>`;
}

function liveControls(model: PanelModel, { words, video, actions, show }: ControlsOptions): TemplateResult {
  const { state, sheet, muted, cameraOff } = model;
  const disabled = state === 'preparing';
  const opener = (name: 'keypad' | 'devices') =>
    iconButton({
      name: words[name],
      icon: name,
      expanded: sheet === name,
      disabled,
      act: () => show({ sheet: sheet === name ? 'none' : name }),
    });
  return html`
    ${iconButton({
      name: words.mute,
      icon: muted ? 'microphoneOff' : 'microphone',
      pressed: muted,
      disabled,
      act: () => actions.mute(!muted),
      level: muted ? 0 : model.microphoneLevel,
    })}
    ${
      video
        ? iconButton({
            name: words.cameraOff,
            icon: cameraOff ? 'cameraOff' : 'camera',
            pressed: cameraOff,
            disabled,
            act: () => actions.turnCameraOff(!cameraOff),
          })
        : nothing
    }
    ${opener('keypad')} ${opener('devices')}
    ${iconButton({ name: words.hangUp, icon: 'hangUp', part: 'control hangup', act: actions.hangup })}
  `;
}

function endControls(model: PanelModel, { words, actions, close }: ControlsOptions): TemplateResult {
  const { state, canRetry } = model;
  const again = state === 'ended' ? words.callAgain : canRetry ? words.tryAgain : '';
  return html`
    ${
      again
        ? html`<button part="control" class="wide go" type="button" @click=${actions.redial}>
            ${icon('handset')}${again}
          </button>`
        : nothing
    }
    <button part="control" class="wide" type="button" @click=${close}>${words.close}</button>
  `;
}
