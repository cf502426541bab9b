// Texts about devices: their names, and notices when one was lost, replaced or refused.
import type { Strings } from '../../locales/en.js';
import type { DeviceKind } from '../../media/device-list.js';
import type { DeviceNotice } from '../../media/devices.js';

/**
 * The label of a device, or "Microphone 2" when the browser does not reveal it.
 * @param place position among the devices of its kind, from 1; 0 when it is unknown.
 */
export function deviceName(words: Strings, kind: DeviceKind, label: string, place: number): string {
  return label || [words[kind], place || ''].join(' ').trim();
}

/** The sentence for a notice. */
export function deviceSentence(words: Strings, { kind, device, label, place }: DeviceNotice): string {
  if (kind === 'refused') return words.deviceRefused;
  if (kind === 'lost') return words[`${device}Lost`];
  return words[`${device}Changed`](deviceName(words, device, label, place));
}
