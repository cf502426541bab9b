// How loud the microphone is and how good the connection, read from the peer's statistics while a call is up.
// Promise: never throws and never asks twice at a time; tells only what changed enough to be seen.
// Must not know who shows it. Fields differ between browsers: what is missing is silence, and no reason to complain.
import { TIMERS, type Timers } from '../wait.js';

export interface LineReading {
  /** 0 to 1 in steps of a twentieth; 0 while muted, and where the browser does not tell. */
  readonly microphoneLevel: number;
  readonly quality: 'good' | 'poor';
}

export interface LineWatchOptions {
  readonly peer: RTCPeerConnection;
  /** Told the first reading, and then each that differs from the one before. */
  readonly onReading: (reading: LineReading) => void;
  readonly timers?: Timers;
  readonly intervalMs?: number;
}

/** Where speech begins to suffer. Loss is a share of the packets; the others are seconds. */
const POOR = { loss: 0.05, roundTrip: 0.4, jitter: 0.05 };
const JUDGE_EVERY_MS = 2_000;
/** So many judgements in a row change the quality, so that it does not flicker. */
const JUDGEMENTS = 2;

/** One entry of a statistics report, of whatever type. Source: https://www.w3.org/TR/webrtc-stats/ */
type Entry = Readonly<Record<string, unknown>>;

/** Reads until it is stopped or the peer is closed. @returns stops it. */
export function watchLine(options: LineWatchOptions): () => void {
  const { peer, onReading, timers = TIMERS, intervalMs = 250 } = options;
  const readsPerJudgement = Math.max(1, Math.round(JUDGE_EVERY_MS / intervalMs));
  const isPoor = qualityJudge();
  let stopped = false;
  let timer: unknown;
  let reads = 0;
  let level = 0;
  let quality: LineReading['quality'] = 'good';
  let dissents = 0;
  let told = '';

  const judge = (entries: readonly Entry[]) => {
    const judged = isPoor(entries) ? 'poor' : 'good';
    dissents = judged === quality ? 0 : dissents + 1;
    if (dissents < JUDGEMENTS) return;
    quality = judged;
    dissents = 0;
  };
  const tell = () => {
    const reading = { microphoneLevel: Math.round(level * 20) / 20, quality };
    if (JSON.stringify(reading) === told) return;
    told = JSON.stringify(reading);
    onReading(reading);
  };
  const read = async () => {
    const entries = await entriesOf(peer);
    if (stopped || peer.signalingState === 'closed') return;
    timer = timers.setTimeout(() => void read(), intervalMs);
    const now = microphoneLevel(entries);
    // Up at once, down by halves: a meter that follows speech without trembling.
    level = now > level ? now : (level + now) / 2;
    if (reads++ % readsPerJudgement === 0) judge(entries);
    tell();
  };
  void read();

  return () => {
    stopped = true;
    timers.clearTimeout(timer);
  };
}

async function entriesOf(peer: RTCPeerConnection): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    (await peer.getStats()).forEach((entry: Entry) => entries.push(entry));
  } catch {
    // The peer is closing, or a sender is just being replaced; the next report may come.
  }
  return entries;
}

function microphoneLevel(entries: readonly Entry[]): number {
  const levels = audio(entries, 'media-source').map(({ audioLevel }) => amount(audioLevel));
  return Math.min(1, Math.max(0, ...levels));
}

/** A judge that remembers the counts of the last time, because reports count from the beginning of the call. */
function qualityJudge(): (entries: readonly Entry[]) => boolean {
  let before = new Map<unknown, { lost: number; received: number }>();
  return (entries) => {
    const inbound = audio(entries, 'inbound-rtp');
    const remote = audio(entries, 'remote-inbound-rtp');
    const counts = new Map(
      inbound.map(({ id, packetsLost, packetsReceived }) => [
        id,
        { lost: amount(packetsLost), received: amount(packetsReceived) },
      ]),
    );
    let lost = 0;
    let received = 0;
    for (const [id, count] of counts) {
      // A stream seen for the first time may have counted for long.
      const last = before.get(id) ?? count;
      // Duplicates make the number of lost packets smaller.
      lost += Math.max(0, count.lost - last.lost);
      received += Math.max(0, count.received - last.received);
    }
    before = counts;
    return (
      lost > POOR.loss * (lost + received) ||
      remote.some(({ fractionLost }) => amount(fractionLost) > POOR.loss) ||
      remote.some(({ roundTripTime }) => amount(roundTripTime) > POOR.roundTrip) ||
      inbound.some(({ jitter }) => amount(jitter) > POOR.jitter)
    );
  };
}

function audio(entries: readonly Entry[], type: string): Entry[] {
  return entries.filter((entry) => entry.type === type && entry.kind === 'audio');
}

/** The number that is there, or none. */
function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
