// Which microphone, speaker and camera are used, and how loud: a form of plain selects and a slider.
import { deviceName } from '../texts/device-texts.js';
import type { Device, DeviceKind } from '../../media/devices.js';
import { iconButton } from './icon-button.js';
import type { PanelModel, PanelOptions } from './panel-model.js';
import { html, nothing, type TemplateResult } from './template.js';

/** The menu; a kind without a choice has no row. */
export function deviceMenu(model: PanelModel, options: PanelOptions): TemplateResult {
  const { words, video, media } = options;
  const { volume, speakerMuted } = model;
  const kinds: DeviceKind[] = ['microphone', 'speaker', ...(video ? (['camera'] as const) : [])];
  const onVolume = (event: Event) => media.setVolume(Number((event.target as HTMLInputElement).value));
  return html`<div part="devices" role="group" aria-label=${words.devices}>
    ${kinds.map((kind) => deviceSelect(kind, model, options))}
    <div class="volume">
      <label>
        ${words.volume}
        <input type="range" min="0" max="1" step="0.05" .value=${String(volume)} @input=${onVolume} />
      </label>
      ${iconButton({
        name: words.muteSpeaker,
        icon: speakerMuted ? 'speakerOff' : 'speaker',
        pressed: speakerMuted,
        act: () => media.muteSpeaker(!speakerMuted),
      })}
    </div>
  </div>`;
}

function deviceSelect(kind: DeviceKind, { choices }: PanelModel, { words, media }: PanelOptions) {
  const available: readonly Device[] = choices?.available[kind] ?? [];
  if (!available.length) return nothing;
  const current = choices?.current[kind];
  const choose = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    const { value } = select;
    // Shows what is in use, in case the choice is refused; the next snapshot confirms it.
    select.value = current ?? '';
    media.useDevice(kind, value);
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
