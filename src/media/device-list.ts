// Lists the microphones, speakers and cameras, and keeps the list up to date.
// One query at a time, however many events a single headset causes; a query that hangs is abandoned.
import { waitFor, type Timers } from '../wait.js';

export type DeviceKind = 'microphone' | 'speaker' | 'camera';

export interface Device {
  readonly id: string;
  /** Empty when the browser does not reveal it. */
  readonly label: string;
}

export type AvailableDevices = Readonly<Record<DeviceKind, readonly Device[]>>;

type DeviceInfo = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;

/** The part of `navigator.mediaDevices` that is used here. */
export interface DeviceSource {
  enumerateDevices(): Promise<readonly DeviceInfo[]>;
  addEventListener(type: 'devicechange', listener: () => void): void;
  removeEventListener(type: 'devicechange', listener: () => void): void;
}

/** Time limit for one query in milliseconds: waking up a headset takes seconds, and a system service may hang. */
export const QUERY_MS = 10_000;

export class DeviceList {
  available: AvailableDevices = { microphone: [], speaker: [], camera: [] };
  readonly #source: DeviceSource;
  readonly #onChange: (before: AvailableDevices) => void;
  readonly #timers: Timers | undefined;
  #reading: Promise<void> | undefined;
  #outdated = false;

  /** @param onChange called after each refresh, with the previous list. */
  constructor(source: DeviceSource, onChange: (before: AvailableDevices) => void, timers?: Timers) {
    this.#source = source;
    this.#onChange = onChange;
    this.#timers = timers;
  }

  /** Reads the list and listens for changes. */
  start(): void {
    this.#source.addEventListener('devicechange', this.#onDeviceChange);
    void this.refresh();
  }

  stop(): void {
    this.#source.removeEventListener('devicechange', this.#onDeviceChange);
  }

  /** Resolves when the list is current. It stays unchanged when the browser refuses to list devices. */
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
      const query = waitFor(this.#source.enumerateDevices(), { ms: QUERY_MS, timers: this.#timers });
      const found = await query.catch(() => undefined);
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
 * The devices of one kind, without duplicates. Without permission there is one entry with an empty id, which cannot be
 * chosen. Chromium adds aliases: `default` follows the system setting and is kept; `communications`, a second default
 * on Windows, is dropped.
 */
function devicesOf(found: readonly DeviceInfo[], kind: MediaDeviceKind): Device[] {
  const labels = new Map<string, string>();
  for (const device of found) {
    const { deviceId, label } = device;
    if (device.kind !== kind || !deviceId || deviceId === 'communications' || labels.has(deviceId)) continue;
    labels.set(deviceId, label);
  }
  return [...labels].map(([id, label]) => ({ id, label }));
}

/** The label of a device; empty when it is unknown. */
export function labelOf(available: AvailableDevices, kind: DeviceKind, id: string): string {
  return available[kind].find((device) => device.id === id)?.label ?? '';
}
