// Reads the microphone level and the connection quality from WebRTC statistics while a call is up.
// Never throws and never has two reads pending. Browsers report different fields: a missing one counts as 0.
import { TIMERS, type Timers } from '../wait.js';

export interface LineReading {
  /** 0 to 1 in steps of 0.05. 0 while muted, and in browsers that do not report a level. */
  readonly microphoneLevel: number;
  readonly quality: Quality;
}

type Quality = 'good' | 'poor';

/** One entry of a statistics report. Source: https://www.w3.org/TR/webrtc-stats/ */
type Entry = Readonly<Record<string, unknown>>;

/** The part of an `RTCPeerConnection` that is used here. */
export interface StatisticsPeer {
  readonly signalingState: string;
  getStats(): Promise<{ forEach(visit: (entry: Entry) => void): void }>;
}

export interface LineWatchOptions {
  readonly peer: StatisticsPeer;
  /** Called with the first reading, then with each one that differs from the last. */
  readonly onReading: (reading: LineReading) => void;
  /** Default: the global timers. */
  readonly timers?: Timers | undefined;
  /** Between an answer and the next read. Default: 250. */
  readonly intervalMs?: number | undefined;
}

/** Speech suffers above these. Loss is a fraction of the packets; the others are seconds. */
const POOR = { loss: 0.05, roundTrip: 0.4, jitter: 0.05 };
const ASSESS_EVERY_MS = 2_000;
/** So many equal assessments in a row change the quality, so that it does not flicker. */
const ASSESSMENTS = 2;

/** Reads until it is stopped or the peer connection is closed. @returns stops it. */
export function watchLine(options: LineWatchOptions): () => void {
  const watch = new LineWatch(options);
  return () => watch.stop();
}

class LineWatch {
  readonly #options: LineWatchOptions;
  readonly #timers: Timers;
  readonly #intervalMs: number;
  readonly #quality = new QualityMeter();
  #level = 0;
  #reads = 0;
  #reported: LineReading | undefined;
  #timer: unknown;
  #stopped = false;

  constructor(options: LineWatchOptions) {
    this.#options = options;
    this.#timers = options.timers ?? TIMERS;
    this.#intervalMs = options.intervalMs ?? 250;
    void this.#read();
  }

  stop(): void {
    this.#stopped = true;
    this.#timers.clearTimeout(this.#timer);
  }

  async #read(): Promise<void> {
    const { peer } = this.#options;
    const entries = await entriesOf(peer);
    if (this.#stopped || peer.signalingState === 'closed') return;
    this.#timer = this.#timers.setTimeout(() => void this.#read(), this.#intervalMs);
    const level = microphoneLevel(entries);
    // Rises at once and falls by half per read, so that the meter follows speech without flicker.
    this.#level = level > this.#level ? level : (this.#level + level) / 2;
    const readsPerAssessment = Math.max(1, Math.round(ASSESS_EVERY_MS / this.#intervalMs));
    if (this.#reads++ % readsPerAssessment === 0) this.#quality.assess(entries);
    this.#report({ microphoneLevel: Math.round(this.#level * 20) / 20, quality: this.#quality.value });
  }

  #report(reading: LineReading): void {
    const before = this.#reported;
    if (before?.microphoneLevel === reading.microphoneLevel && before.quality === reading.quality) return;
    this.#reported = reading;
    this.#options.onReading(reading);
  }
}

/** The quality, which changes after several assessments that agree. */
class QualityMeter {
  value: Quality = 'good';
  readonly #loss = new LossMeter();
  #differing = 0;

  assess(entries: readonly Entry[]): void {
    const assessed: Quality = this.#isPoor(entries) ? 'poor' : 'good';
    this.#differing = assessed === this.value ? 0 : this.#differing + 1;
    if (this.#differing < ASSESSMENTS) return;
    this.value = assessed;
    this.#differing = 0;
  }

  #isPoor(entries: readonly Entry[]): boolean {
    const inbound = audio(entries, 'inbound-rtp');
    const remote = audio(entries, 'remote-inbound-rtp');
    return (
      this.#loss.since(inbound) > POOR.loss ||
      remote.some(({ fractionLost }) => numberOf(fractionLost) > POOR.loss) ||
      remote.some(({ roundTripTime }) => numberOf(roundTripTime) > POOR.roundTrip) ||
      inbound.some(({ jitter }) => numberOf(jitter) > POOR.jitter)
    );
  }
}

/** Packet loss between two assessments: reports count packets from the start of the call. */
class LossMeter {
  #before = new Map<unknown, PacketCount>();

  /** The fraction of the packets lost since the last time; 0 when there were none. */
  since(inbound: readonly Entry[]): number {
    const counts = new Map(inbound.map((entry) => [entry.id, packetCount(entry)]));
    let lost = 0;
    let received = 0;
    for (const [id, count] of counts) {
      // What a new stream has counted so far says nothing about this interval.
      const before = this.#before.get(id) ?? count;
      // Duplicate packets reduce the lost count.
      lost += Math.max(0, count.lost - before.lost);
      received += Math.max(0, count.received - before.received);
    }
    this.#before = counts;
    return lost && lost / (lost + received);
  }
}

interface PacketCount {
  readonly lost: number;
  readonly received: number;
}

function packetCount({ packetsLost, packetsReceived }: Entry): PacketCount {
  return { lost: numberOf(packetsLost), received: numberOf(packetsReceived) };
}

async function entriesOf(peer: StatisticsPeer): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    (await peer.getStats()).forEach((entry) => entries.push(entry));
  } catch {
    // The connection is closing or a track is being replaced. The next read may succeed.
  }
  return entries;
}

function microphoneLevel(entries: readonly Entry[]): number {
  const levels = audio(entries, 'media-source').map(({ audioLevel }) => numberOf(audioLevel));
  return Math.min(1, Math.max(0, ...levels));
}

function audio(entries: readonly Entry[], type: string): Entry[] {
  return entries.filter((entry) => entry.type === type && entry.kind === 'audio');
}

/** The value if it is a finite number, else 0. */
function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
