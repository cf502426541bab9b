// Plays the far end on an audio element and knows whether the browser blocks the sound.

/** The part of an audio element that is used here. */
export type AudioPlayer = Pick<HTMLMediaElement, 'srcObject' | 'volume' | 'muted' | 'play'>;

/** The part of `document` that says whether the page is in the background. */
export interface PageVisibility {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

export interface PlaybackOptions {
  /** Unlocked in the visitor's click where browsers ask for a gesture. */
  readonly audio: AudioPlayer;
  /** Called when `blocked` changes. */
  readonly onBlockedChange?: (blocked: boolean) => void;
  /** Default: this document. */
  readonly page?: PageVisibility;
}

export class Playback {
  readonly #audio: AudioPlayer;
  readonly #onBlockedChange: (blocked: boolean) => void;
  readonly #page: PageVisibility;
  #stream: MediaStream | undefined;
  #blocked = false;

  constructor({ audio, onBlockedChange = () => {}, page = document }: PlaybackOptions) {
    this.#audio = audio;
    this.#onBlockedChange = onBlockedChange;
    this.#page = page;
  }

  /** Whether the browser plays nothing until the visitor acts; then call resume() in the visitor's next gesture. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** Plays a track in place of the previous one. */
  play(track: MediaStreamTrack): void {
    this.#stream = new MediaStream([track]);
    this.#audio.srcObject = this.#stream;
    this.#page.addEventListener('visibilitychange', this.#onVisibilityChange);
    this.resume();
  }

  /** Tries to start the sound again. Does nothing without a track. */
  resume(): void {
    const stream = this.#stream;
    if (!stream) return;
    // An answer about an earlier track, or after stop(), says nothing about the sound now.
    const report = (blocked: boolean) => {
      if (this.#stream === stream) this.#setBlocked(blocked);
    };
    this.#audio.play().then(
      () => report(false),
      (error: unknown) => {
        if ((error as DOMException | undefined)?.name === 'NotAllowedError') report(true);
      },
    );
  }

  /** Releases the track and removes the listener. A later play() starts again. */
  stop(): void {
    this.#page.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#stream = undefined;
    this.#audio.srcObject = null;
    this.#setBlocked(false);
  }

  /** @param volume 0 to 1. */
  setVolume(volume: number): void {
    this.#audio.volume = Math.min(1, Math.max(0, volume));
  }

  setMuted(on: boolean): void {
    this.#audio.muted = on;
  }

  #setBlocked(blocked: boolean): void {
    if (this.#blocked === blocked) return;
    this.#blocked = blocked;
    this.#onBlockedChange(blocked);
  }

  // iPhones pause the sound when the page goes to the background, and do not start it again on return.
  readonly #onVisibilityChange = (): void => {
    if (!this.#page.hidden) this.resume();
  };
}
