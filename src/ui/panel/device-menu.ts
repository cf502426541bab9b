// Which microphone, speaker and camera are used, and how loud: a form of plain selects and a slider.
import type { Strings } from '../../locales/en.js';
import { deviceName } from '../texts/device-texts.js';
import type { Device, DeviceKind } from '../../media/devices.js';
import { iconButton } from './icon-button.js';
import type { PanelActions, PanelModel } from './panel-model.js';
import { html, nothing, type TemplateResult } from './template.js';

export interface DeviceMenuOptions {
  readonly words: Strings;
  readonly video: boolean;
  readonly actions: PanelActions;
  readonly show: (change: Partial<PanelModel>) => void;
}

/** The menu; a kind without a choice has no line. */
export function deviceMenu(model: PanelModel, options: DeviceMenuOptions): TemplateResult {
  const { words, video, show } = options;
  const { volume, speakerMuted } = model;
  const kinds: DeviceKind[] = ['microphone', 'speaker', ...(video ? (['camera'] as const) : [])];
  return html`<div part="devices" role="group" aria-label=${words.devices}>
    ${kinds.map((kind) => deviceSelect(kind, model, options))}
    <div class="volume">
      <label>
        ${words.volume}
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          .value=${String(volume)}
          @input=${(event: Event) => show({ volume: Number((event.target as HTMLInputElement).value) })}
        />
      </label>
      ${iconButton({
        name: words.muteSpeaker,
        icon: speakerMuted ? 'speakerOff' : 'speaker',
        pressed: speakerMuted,
        act: () => show({ speakerMuted: !speakerMuted }),
      })}
    </div>
  </div>`;
}

function deviceSelect(kind: DeviceKind, { choices }: PanelModel, { words, actions }: DeviceMenuOptions) {
  const available: readonly Device[] = choices?.available[kind] ?? [];
  if (!available.length) return nothing;
  const current = choices?.current[kind];
  const choose = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    const { value } = select;
    // Shows what is in use, also when the choice is refused; the next choices tell that it was taken.
    select.value = current ?? '';
    actions.useDevice(kind, value);
  };
  return html`<label>
    ${words[kind]}
    <select @change=${choose}>
      ${available.map(
        ({ id, label }, index) =>
          html`<option value=${id} .selected=${id === current}>
            ${deviceName(words, kind, label, index + 1)}
          </option>`,
      )}
    </select>
  </label>`;
}
