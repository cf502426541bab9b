// The row of buttons: what can be done while a call is up, and after it. Templates only.
import type { Strings } from '../locales/en.js';
import { icon, type IconName } from './icons.js';
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
  const early = state === 'preparing';
  const toggleSheet = (name: 'keypad' | 'devices') => () => show({ sheet: sheet === name ? 'none' : name });
  return html`
    ${toggle({
      name: words.mute,
      icon: muted ? 'microphoneOff' : 'microphone',
      pressed: muted,
      disabled: early,
      act: () => actions.mute(!muted),
      level: muted ? 0 : model.microphoneLevel,
    })}
    ${
      video
        ? toggle({
            name: words.cameraOff,
            icon: cameraOff ? 'cameraOff' : 'camera',
            pressed: cameraOff,
            disabled: early,
            act: () => actions.turnCameraOff(!cameraOff),
          })
        : nothing
    }
    ${opener(words.keypad, 'keypad', sheet === 'keypad', early, toggleSheet('keypad'))}
    ${opener(words.devices, 'devices', sheet === 'devices', early, toggleSheet('devices'))}
    <button
      part="control hangup"
      type="button"
      aria-label=${words.hangUp}
      title=${words.hangUp}
      @click=${actions.hangup}
    >
      ${icon('hangUp')}
    </button>
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

interface Toggle {
  readonly name: string;
  readonly icon: IconName;
  readonly pressed: boolean;
  readonly disabled: boolean;
  readonly act: () => void;
  /** A level to show around the button, 0 to 1. */
  readonly level?: number;
}

function toggle({ name, icon: drawing, pressed, disabled, act, level = 0 }: Toggle): TemplateResult {
  return html`<button
    part="control"
    type="button"
    aria-label=${name}
    title=${name}
    aria-pressed=${pressed}
    ?disabled=${disabled}
    data-level=${Math.round(Math.sqrt(level) * 10)}
    @click=${act}
  >
    ${icon(drawing)}
  </button>`;
}

function opener(
  name: string,
  drawing: IconName,
  open: boolean,
  disabled: boolean,
  act: () => void,
): TemplateResult {
  return html`<button
    part="control"
    type="button"
    aria-label=${name}
    title=${name}
    aria-expanded=${open}
    ?disabled=${disabled}
    @click=${act}
  >
    ${icon(drawing)}
  </button>`;
}
