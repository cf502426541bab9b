// What the far end says: one continuous Opus stream, made of clips, or of the caller's own packets sent back.
// Promises sequence numbers without gaps and timestamps that never jump, whatever follows on what, because a
// receiver takes a jump for lost packets.
// Must not know the transport: packets leave through a function.
import type { Clip } from './sound.js';

export interface VoicePacket {
  readonly payload: Buffer;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  /** First packet after a silence. */
  readonly marker: boolean;
}

const FRAME_MS = 20;
const TICKS_PER_MS = 48;
const FRAME_TICKS = FRAME_MS * TICKS_PER_MS;
/** Half a second: long enough to hear yourself as an echo, short enough not to wait for it. */
const ECHO_DELAY_FRAMES = 25;
const PAUSE_MS = 200;

export class Voice {
  readonly #send: (packet: VoicePacket) => void;
  readonly #now: () => number;
  #sequenceNumber = Math.floor(Math.random() * 0x8000);
  #timestamp = Math.floor(Math.random() * 0x80000000);
  #sentAtMs = 0;
  #saying: { readonly timer: NodeJS.Timeout; readonly end: () => void } | undefined;
  #echo: { payload: Buffer; timestamp: number }[] | undefined;
  #echoedTimestamp: number | undefined;

  constructor(send: (packet: VoicePacket) => void, now: () => number = () => performance.now()) {
    this.#send = send;
    this.#now = now;
  }

  /** Says a clip; settles when it is said or when something else takes its place. */
  say(clip: Clip): Promise<void> {
    return this.#play((frame) => clip[frame]);
  }

  /** Plays the second half of a clip over and over, after its first half: a coder needs that long to settle. */
  loop(clip: Clip): void {
    const half = Math.floor(clip.length / 2);
    void this.#play((frame) => clip[frame < half ? frame : half + ((frame - half) % half)]);
  }

  /** From now on the caller hears what `hear` is given. */
  echo(): void {
    this.hush();
    this.#echo = [];
  }

  hush(): void {
    clearInterval(this.#saying?.timer);
    this.#saying?.end();
    this.#saying = undefined;
    this.#echo = undefined;
  }

  /** Takes a packet of the caller. */
  hear(payload: Buffer, timestamp: number): void {
    if (!this.#echo) return;
    const newest = this.#echo.at(-1);
    // After a pause the old words are stale: the line starts empty, as it did at first.
    if (newest && ticksBetween(newest.timestamp, timestamp) > PAUSE_MS * TICKS_PER_MS) this.#echo.length = 0;
    this.#echo.push({ payload, timestamp });
    if (this.#echo.length <= ECHO_DELAY_FRAMES) return;
    const oldest = this.#echo.shift();
    if (!oldest) return;
    const ticks =
      this.#echoedTimestamp === undefined ? 0 : ticksBetween(this.#echoedTimestamp, oldest.timestamp);
    this.#echoedTimestamp = oldest.timestamp;
    this.#emit(oldest.payload, ticks, this.#now());
  }

  #play(frameAt: (frame: number) => Buffer | undefined): Promise<void> {
    this.hush();
    return new Promise((resolve) => {
      const startedAt = this.#now();
      let frame = 0;
      const tick = (): void => {
        // Timers come late on a busy machine: send whatever is due by the clock.
        const due = Math.floor((this.#now() - startedAt) / FRAME_MS) + 1;
        while (frame < due) {
          // A late packet is none after a silence: it counts for when it was due.
          const dueAt = startedAt + frame * FRAME_MS;
          const payload = frameAt(frame++);
          if (!payload) return this.hush();
          this.#emit(payload, FRAME_TICKS, dueAt);
        }
      };
      this.#saying = { timer: setInterval(tick, FRAME_MS), end: resolve };
      tick();
    });
  }

  #emit(payload: Buffer, ticks: number, atMs: number): void {
    const silentMs = atMs - this.#sentAtMs;
    const marker = silentMs > PAUSE_MS;
    this.#sentAtMs = atMs;
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    const step = marker ? Math.round(Math.min(silentMs, 60_000)) * TICKS_PER_MS : ticks || FRAME_TICKS;
    this.#timestamp = (this.#timestamp + step) >>> 0;
    this.#send({ payload, sequenceNumber: this.#sequenceNumber, timestamp: this.#timestamp, marker });
  }
}

/** From one RTP timestamp to a later one; they wrap at 32 bits. */
function ticksBetween(earlier: number, later: number): number {
  return (later - earlier) >>> 0;
}
