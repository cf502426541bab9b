// What runs beside a call while it is up: its devices and its line statistics, told to the panel.
// Promise: after stop() nothing of it runs. Must not know: tokens, states, how a call is placed.
import type { Strings } from '../locales/en.js';
import { deviceSentence } from '../ui/texts/device-texts.js';
import {
  DeviceSwitch,
  type DeviceKind,
  type DeviceNotice,
  type DeviceSwitchOptions,
} from '../media/devices.js';
import type { Line } from '../sdk/call.js';
import { watchLine } from '../sdk/statistics.js';
import type { PanelModel } from '../ui/panel/panel-model.js';
import { TIMERS, type Timers } from '../wait.js';

export interface LiveCallOptions {
  /** The call's own microphone and camera. */
  readonly stream: MediaStream;
  readonly panel: { show(news: Partial<PanelModel>): void; hear(): void };
  readonly audio: HTMLAudioElement;
  readonly words: Strings;
  readonly devices?: DeviceSwitchOptions['devices'];
  readonly timers?: Timers;
}

/** How long a notice stays, in milliseconds. */
const NOTICE_MS = 6_000;

export class LiveCall {
  readonly #options: LiveCallOptions;
  readonly #devices: DeviceSwitch;
  #line: Line | undefined;
  #stopWatching: (() => void) | undefined;
  #notice: unknown;
  #saysGone = false;

  constructor(options: LiveCallOptions) {
    const { stream, panel, audio, devices } = options;
    this.#options = options;
    this.#devices = new DeviceSwitch({
      stream,
      audio,
      sender: (kind) => this.#line?.peer?.getSenders().find(({ track }) => track?.kind === kind),
      onChange: (choices) => {
        panel.show({ choices });
        if (this.#saysGone && !this.#isGone()) this.#endNotice();
      },
      onNotice: (notice) => this.#tell(notice),
      timers: this.#timers,
      ...(devices && { devices }),
    });
    this.#devices.start();
    document.addEventListener('visibilitychange', this.#onReturn);
    if (stream.getVideoTracks().length) panel.show({ localVideo: stream });
  }

  /** The line that the devices feed. */
  use(line: Line): void {
    this.#line = line;
  }

  /** The far end answered: level and quality mean something from now on. */
  watch(): void {
    const peer = this.#line?.peer;
    if (!peer || this.#stopWatching) return;
    this.#stopWatching = watchLine({
      peer,
      timers: this.#timers,
      onReading: ({ microphoneLevel, quality }) => this.#options.panel.show({ microphoneLevel, quality }),
    });
  }

  useDevice(kind: DeviceKind, id: string): void {
    void this.#devices.use(kind, id);
  }

  turnCameraOff(off: boolean): void {
    const { stream, panel } = this.#options;
    for (const track of stream.getVideoTracks()) track.enabled = !off;
    panel.show({ cameraOff: off });
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#onReturn);
    this.#devices.stop();
    this.#stopWatching?.();
    this.#timers.clearTimeout(this.#notice);
  }

  get #timers(): Timers {
    return this.#options.timers ?? TIMERS;
  }

  /** Whether there is no microphone to speak into. */
  #isGone(): boolean {
    return this.#options.stream.getAudioTracks().every(({ readyState }) => readyState === 'ended');
  }

  // iPhones pause the sound of a page that is put away, and do not start it again by themselves.
  readonly #onReturn = (): void => {
    if (!document.hidden) this.#options.panel.hear();
  };

  /** Shows a sentence for a while. */
  #say(notice: string): void {
    this.#options.panel.show({ notice });
    this.#timers.clearTimeout(this.#notice);
    // A microphone that is gone stays said until there is one again.
    if (!this.#saysGone) this.#notice = this.#timers.setTimeout(() => this.#endNotice(), NOTICE_MS);
  }

  #tell(notice: DeviceNotice): void {
    this.#saysGone = notice.kind === 'lost' && notice.device === 'microphone' && this.#isGone();
    this.#say(deviceSentence(this.#options.words, notice));
  }

  #endNotice(): void {
    this.#saysGone = false;
    this.#options.panel.show({ notice: '' });
  }
}
