// What the far end received from the caller: packet and frame counts, and the loudness of the audio. Opus is decoded
// only when a test asks for the loudness.
import { OpusDecoder } from 'opus-decoder';

const KEPT_MS = 10_000;

export class ReceivedMedia {
  /** The audio of the last 10 seconds. */
  #recentAudio: { readonly atMs: number; readonly payload: Buffer }[] = [];
  readonly #onChange: () => void;
  audioPackets = 0;
  /** Complete frames. */
  videoFrames = 0;

  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  addAudio(payload: Buffer): void {
    const atMs = performance.now();
    this.audioPackets++;
    this.#recentAudio.push({ atMs, payload });
    while (this.#recentAudio[0] && this.#recentAudio[0].atMs < atMs - KEPT_MS) this.#recentAudio.shift();
    this.#onChange();
  }

  addVideoFrame(): void {
    this.videoFrames++;
    this.#onChange();
  }

  /** Root mean square (0 to 1) of the audio that arrived in the last `windowMs`; 0 if none did. */
  async loudness(windowMs = 1000): Promise<number> {
    const since = performance.now() - Math.min(windowMs, KEPT_MS);
    const payloads = this.#recentAudio.filter(({ atMs }) => atMs >= since).map(({ payload }) => payload);
    if (payloads.length === 0) return 0;
    const decoder = new OpusDecoder();
    await decoder.ready;
    try {
      const samples = decoder.decodeFrames(payloads).channelData[0] ?? new Float32Array();
      const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
      return samples.length ? Math.sqrt(energy / samples.length) : 0;
    } finally {
      decoder.free();
    }
  }
}
