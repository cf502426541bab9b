// The microphones, speakers and cameras that there are, kept up to date.
// Promise: one inquiry at a time, however many events a headset with three functions sends; one that stands still is
// let go of. Must not know what they are used for.
import { waitFor, type Timers } from '../wait.js';

export type DeviceKind = 'microphone' | 'speaker' | 'camera';

export interface Device {
  readonly id: string;
  /** Empty where the browser does not tell. */
  readonly label: string;
}

export type AvailableDevices = Readonly<Record<DeviceKind, readonly Device[]>>;

export type DeviceInquiry = Pick<
  MediaDevices,
  'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>;

/** How long an inquiry may take, in milliseconds: a sleepy headset takes its time, and a system service may hang. */
export const INQUIRY_MS = 10_000;

/** Lists the devices and listens for changes until it is stopped. */
export class DeviceList {
  available: AvailableDevices = { microphone: [], speaker: [], camera: [] };
  readonly #devices: DeviceInquiry;
  readonly #onChange: (before: AvailableDevices) => void;
  readonly #timers: Timers | undefined;
  #reading: Promise<void> | undefined;
  #outdated = false;

  /** @param onChange told after each inquiry, with the list before it. */
  constructor(devices: DeviceInquiry, onChange: (before: AvailableDevices) => void, timers?: Timers) {
    this.#devices = devices;
    this.#onChange = onChange;
    this.#timers = timers;
  }

  start(): void {
    this.#devices.addEventListener('devicechange', this.#onDeviceChange);
    void this.refresh();
  }

  stop(): void {
    this.#devices.removeEventListener('devicechange', this.#onDeviceChange);
  }

  /** Resolves when the list is as of now; it stays as it was where the browser does not tell. */
  refresh(): Promise<void> {
    this.#outdated = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  readonly #onDeviceChange = () => void this.refresh();

  async #read(): Promise<void> {
    const before = this.available;
    while (this.#outdated) {
      this.#outdated = false;
      const limit = { ms: INQUIRY_MS, timeUp: () => undefined, timers: this.#timers };
      const found = await waitFor(this.#devices.enumerateDevices(), limit).catch(() => undefined);
      if (!found || this.#outdated) continue;
      this.available = {
        microphone: devicesOf(found, 'audioinput'),
        speaker: devicesOf(found, 'audiooutput'),
        camera: devicesOf(found, 'videoinput'),
      };
    }
    this.#onChange(before);
  }
}

/**
 * Those of one kind, once each. Without a permission there is one entry without an id, which nobody can choose.
 * Chromium has aliases: `default` follows the system's choice and stays; `communications` is Windows' second one.
 */
function devicesOf(found: readonly MediaDeviceInfo[], kind: MediaDeviceKind): Device[] {
  const labels = new Map<string, string>();
  for (const { kind: itsKind, deviceId, label } of found) {
    if (itsKind !== kind || !deviceId || deviceId === 'communications' || labels.has(deviceId)) continue;
    labels.set(deviceId, label);
  }
  return [...labels].map(([id, label]) => ({ id, label }));
}

/** The label of a device; empty where it is not known. */
export function labelOf(available: AvailableDevices, kind: DeviceKind, id: string): string {
  return available[kind].find((device) => device.id === id)?.label ?? '';
}
