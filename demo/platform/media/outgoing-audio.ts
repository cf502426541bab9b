// The audio that the far end sends: one continuous Opus stream of clips and of the caller's own packets (echo).
// Sequence numbers have no gaps and timestamps never jump between sources, because a receiver takes either for packet
// loss.
import type { Clip } from './clips.js';

export interface AudioPacket {
  readonly payload: Buffer;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  /** First packet after a silence. */
  readonly marker: boolean;
}

const FRAME_MS = 20;
const TICKS_PER_MS = 48;
const FRAME_TICKS = FRAME_MS * TICKS_PER_MS;
/** Half a second. */
const ECHO_DELAY_FRAMES = 25;
/** A longer gap counts as silence. */
const PAUSE_MS = 200;

export class OutgoingAudio {
  readonly #send: (packet: AudioPacket) => void;
  readonly #now: () => number;
  #sequenceNumber = Math.floor(Math.random() * 0x8000);
  #timestamp = Math.floor(Math.random() * 0x80000000);
  #sentAtMs = 0;
  #playing: { readonly timer: NodeJS.Timeout; readonly resolve: () => void } | undefined;
  /** The packets that wait for their echo. Undefined while nothing is echoed. */
  #echo: { payload: Buffer; timestamp: number }[] | undefined;
  #echoedTimestamp: number | undefined;

  constructor(send: (packet: AudioPacket) => void, now: () => number = () => performance.now()) {
    this.#send = send;
    this.#now = now;
  }

  /** Plays a clip once. Resolves when it has finished or something else has replaced it. */
  play(clip: Clip): Promise<void> {
    return this.#playFrames((frame) => clip[frame]);
  }

  /** Plays a clip and then repeats its second half. The first half lets the decoder settle. */
  loop(clip: Clip): void {
    const half = Math.floor(clip.length / 2);
    void this.#playFrames((frame) => clip[frame < half ? frame : half + ((frame - half) % half)]);
  }

  /** Sends the packets given to `receive` back from now on. */
  echo(): void {
    this.stop();
    this.#echo = [];
  }

  stop(): void {
    clearInterval(this.#playing?.timer);
    this.#playing?.resolve();
    this.#playing = undefined;
    this.#echo = undefined;
  }

  /** Takes a packet of the caller, which is sent back if echo is on. */
  receive(payload: Buffer, timestamp: number): void {
    if (!this.#echo) return;
    const newest = this.#echo.at(-1);
    // Packets from before a pause are stale.
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

  #playFrames(frameAt: (frame: number) => Buffer | undefined): Promise<void> {
    this.stop();
    return new Promise((resolve) => {
      const startedAt = this.#now();
      let frame = 0;
      const tick = (): void => {
        // Timers are late on a busy machine, so send every frame that is due by now.
        const due = Math.floor((this.#now() - startedAt) / FRAME_MS) + 1;
        while (frame < due) {
          // A late frame does not follow a silence: it counts as sent when it was due.
          const dueAt = startedAt + frame * FRAME_MS;
          const payload = frameAt(frame++);
          if (!payload) return this.stop();
          this.#emit(payload, FRAME_TICKS, dueAt);
        }
      };
      this.#playing = { timer: setInterval(tick, FRAME_MS), resolve };
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

/** The distance from one RTP timestamp to a later one. They wrap at 32 bits. */
function ticksBetween(earlier: number, later: number): number {
  return (later - earlier) >>> 0;
}
