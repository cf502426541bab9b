// What the interface says of a device: what it is called, and what became of it. Text only.
// Must not know menus, tracks, or how a sentence is shown.
import type { Strings } from '../../locales/en.js';
import type { DeviceKind } from '../../media/device-list.js';
import type { DeviceNotice } from '../../media/devices.js';

/**
 * The name of a device; "Microphone 2" where the browser does not tell.
 * @param place which of its kind it is, from 1; 0 where that is not known.
 */
export function deviceName(words: Strings, kind: DeviceKind, label: string, place: number): string {
  return label || [words[kind], place || ''].join(' ').trim();
}

/** A notice as a sentence. */
export function deviceSentence(words: Strings, { kind, device, label, place }: DeviceNotice): string {
  if (kind === 'refused') return words.deviceRefused;
  if (kind === 'lost') return words[`${device}Lost`];
  return words[`${device}Changed`](deviceName(words, device, label, place));
}
