// Everything seen and heard during one call: its microphone, camera and speaker, the far end's tracks, and the notices
// about them. The only owner of these facts; the call interface subscribes.
// Callers can rely on this: after stop() nothing runs and nothing changes. It knows nothing about texts, tokens or states.
import { Store } from '../store.js';
import { TIMERS, type Timers } from '../wait.js';
import { captureMedia, mayPrompt } from './capture.js';
import {
  DeviceSwitch,
  type DeviceChoices,
  type DeviceKind,
  type DeviceNotice,
  type DeviceSwitchOptions,
} from './devices.js';
import { Playback } from './playback.js';

export interface MediaSnapshot {
  /** The browser may be asking for the microphone right now. */
  readonly asking: boolean;
  /** Undefined until the devices are known. */
  readonly choices: DeviceChoices | undefined;
  /** What became of a device, for a few seconds. */
  readonly notice: DeviceNotice | undefined;
  readonly cameraOff: boolean;
  /** 0 to 1. */
  readonly microphoneLevel: number;
  readonly quality: 'good' | 'poor';
  /** 0 to 1. */
  readonly volume: number;
  readonly speakerMuted: boolean;
  /** The browser wants a tap before it plays the far end. */
  readonly soundBlocked: boolean;
  readonly remoteVideo: MediaStream | undefined;
  readonly localVideo: MediaStream | undefined;
}

export interface CallMediaOptions {
  /** Plays the far end; unlocked in the visitor's gesture. */
  readonly audio: HTMLAudioElement;
  readonly devices?: DeviceSwitchOptions['devices'];
  readonly timers?: Timers;
}

/** How long a notice stays, in milliseconds. */
const NOTICE_MS = 6_000;

export class CallMedia extends Store<MediaSnapshot> {
  readonly #options: CallMediaOptions;
  readonly #timers: Timers;
  readonly #playback: Playback;
  #stream: MediaStream | undefined;
  #devices: DeviceSwitch | undefined;
  #peerOwner: { readonly peer: RTCPeerConnection | undefined } | undefined;
  #noticeTimer: unknown;

  constructor(options: CallMediaOptions) {
    super({
      asking: false,
      choices: undefined,
      notice: undefined,
      cameraOff: false,
      microphoneLevel: 0,
      quality: 'good',
      volume: 1,
      speakerMuted: false,
      soundBlocked: false,
      remoteVideo: undefined,
      localVideo: undefined,
    });
    this.#options = options;
    this.#timers = options.timers ?? TIMERS;
    this.#playback = new Playback({
      audio: options.audio,
      onBlockedChange: (soundBlocked) => this.change({ soundBlocked }),
    });
  }

  /**
   * Asks for the microphone, and the camera for video; says so for as long as the browser may be asking the visitor.
   * @throws ClickToCallError of the phase media; the signal's reason when aborted.
   */
  capture(video: boolean, signal: AbortSignal): Promise<MediaStream> {
    const capturing = captureMedia(video, signal);
    let isAnswered = false;
    const onAnswer = () => {
      isAnswered = true;
      this.change({ asking: false });
    };
    capturing.then(onAnswer, onAnswer);
    void mayPrompt(video).then((asking) => this.change({ asking: asking && !isAnswered }));
    return capturing;
  }

  /** Starts to watch the devices of a captured stream. */
  start(stream: MediaStream): void {
    this.#stream = stream;
    const { audio, devices } = this.#options;
    this.#devices = new DeviceSwitch({
      stream,
      audio,
      sender: (kind) => this.#peerOwner?.peer?.getSenders().find(({ track }) => track?.kind === kind),
      onChange: (choices) => {
        this.change({ choices });
        if (this.#saysGone && !this.#isMicrophoneGone()) this.#endNotice();
      },
      onNotice: (notice) => this.#show(notice),
      timers: this.#timers,
      ...(devices && { devices }),
    });
    this.#devices.start();
    if (stream.getVideoTracks().length) this.change({ localVideo: stream });
  }

  /** Whose senders the devices feed from now on. */
  feed(owner: { readonly peer: RTCPeerConnection | undefined }): void {
    this.#peerOwner = owner;
  }

  /** Takes in a reading of the connection's statistics. */
  read({ microphoneLevel, quality }: Pick<MediaSnapshot, 'microphoneLevel' | 'quality'>): void {
    this.change({ microphoneLevel, quality });
  }

  /** Plays a track of the far end. */
  play(track: MediaStreamTrack): void {
    if (track.kind === 'video') this.change({ remoteVideo: new MediaStream([track]) });
    else this.#playback.play(track);
  }

  /** Tries again to play the far end, as in the visitor's tap. */
  hear(): void {
    this.#playback.resume();
  }

  setVolume(volume: number): void {
    this.#playback.setVolume(volume);
    this.change({ volume });
  }

  muteSpeaker(speakerMuted: boolean): void {
    this.#playback.setMuted(speakerMuted);
    this.change({ speakerMuted });
  }

  /** The camera keeps its light, and comes back without another permission. */
  turnCameraOff(cameraOff: boolean): void {
    for (const track of this.#stream?.getVideoTracks() ?? []) track.enabled = !cameraOff;
    this.change({ cameraOff });
  }

  useDevice(kind: DeviceKind, id: string): void {
    void this.#devices?.use(kind, id);
  }

  /** The call is over. The captured tracks are the caller's to stop. */
  stop(): void {
    this.#devices?.stop();
    this.#playback.stop();
    this.#timers.clearTimeout(this.#noticeTimer);
    this.change({ remoteVideo: undefined, localVideo: undefined, notice: undefined });
  }

  #isMicrophoneGone(): boolean {
    return this.#stream!.getAudioTracks().every(({ readyState }) => readyState === 'ended');
  }

  /** Whether the notice stays until there is a microphone again. */
  get #saysGone(): boolean {
    const { notice } = this.snapshot;
    return notice?.kind === 'lost' && notice.device === 'microphone';
  }

  #show(notice: DeviceNotice): void {
    this.#timers.clearTimeout(this.#noticeTimer);
    this.change({ notice });
    if (this.#saysGone && this.#isMicrophoneGone()) return;
    this.#noticeTimer = this.#timers.setTimeout(() => this.#endNotice(), NOTICE_MS);
  }

  #endNotice(): void {
    this.#timers.clearTimeout(this.#noticeTimer);
    this.change({ notice: undefined });
  }
}
