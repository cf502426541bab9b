// The row of buttons at the bottom: during a call, and after it.
import { iconButton } from './icon-button.js';
import { icon } from './icons.js';
import { isLive, type PanelModel, type PanelOptions, type PanelView } from './panel-model.js';
import { html, nothing, type TemplateResult } from './template.js';

/** The buttons that fit the state. */
export function controls(model: PanelModel, view: PanelView): TemplateResult {
  const row = isLive(model.state) ? liveControls(model, view) : endControls(model, view);
  return html`<div part="controls">${row}</div>`;
}

function liveControls(model: PanelModel, { options, show }: PanelView): TemplateResult {
  const { words, video, call } = options;
  const { state, sheet, muted, microphoneLevel } = model;
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
      // Never fails: the track itself goes silent.
      act: () => void call.mute(!muted),
      level: muted ? 0 : microphoneLevel,
    })}
    ${video ? cameraButton(model, options) : nothing} ${opener('keypad')} ${opener('devices')}
    ${iconButton({ name: words.hangUp, icon: 'hangUp', part: 'control hangup', act: () => void call.hangup() })}
  `;
}

function cameraButton({ state, cameraOff }: PanelModel, { words, media }: PanelOptions): TemplateResult {
  return iconButton({
    name: words.cameraOff,
    icon: cameraOff ? 'cameraOff' : 'camera',
    pressed: cameraOff,
    disabled: state === 'preparing',
    act: () => media.turnCameraOff(!cameraOff),
  });
}

function endControls({ state, error }: PanelModel, { options, close }: PanelView): TemplateResult {
  const { words, element } = options;
  const again = state === 'ended' ? words.callAgain : error?.retryable ? words.tryAgain : '';
  return html`
    ${
      again
        ? html`<button part="control" class="wide go" type="button" @click=${() => void element.dial()}>
            ${icon('handset')}${again}
          </button>`
        : nothing
    }
    <button part="control" class="wide" type="button" @click=${close}>${words.close}</button>
  `;
}
