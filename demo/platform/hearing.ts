// What the far end hears and sees of the caller, kept so that tests can ask: packets, loudness, video frames.
// Decodes Opus only when asked, because on a call that nobody measures nothing should be decoded.
// Must not know the call.
import { OpusDecoder } from 'opus-decoder';

const KEPT_MS = 10_000;

export class Hearing {
  #kept: { readonly atMs: number; readonly payload: Buffer }[] = [];
  readonly #onChange: () => void;
  /** Audio packets so far. */
  audioPackets = 0;
  /** Complete video frames so far. */
  videoFrames = 0;

  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  audio(payload: Buffer): void {
    const atMs = performance.now();
    this.audioPackets++;
    this.#kept.push({ atMs, payload });
    while (this.#kept[0] && this.#kept[0].atMs < atMs - KEPT_MS) this.#kept.shift();
    this.#onChange();
  }

  videoFrame(): void {
    this.videoFrames++;
    this.#onChange();
  }

  /** Root mean square, 0 to 1, of the audio that arrived in the last milliseconds; 0 when none did. */
  async loudness(lastMs = 1000): Promise<number> {
    const since = performance.now() - Math.min(lastMs, KEPT_MS);
    const payloads = this.#kept.filter(({ atMs }) => atMs >= since).map(({ payload }) => payload);
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
