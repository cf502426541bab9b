// The audio clips of the far end, read from the Ogg Opus files in clips/, which clips/make.sh generates.
import { readFileSync } from 'node:fs';

/** Opus packets of 20 ms each. */
export type Clip = readonly Buffer[];

export type ClipName = 'greeting' | 'agent-hello' | 'agent-reply' | 'agent-long' | 'tone';

const loaded = new Map<ClipName, Clip>();

/** Reads a clip from disk on first use. */
export function loadClip(name: ClipName): Clip {
  let clip = loaded.get(name);
  if (!clip) {
    clip = opusPackets(readFileSync(new URL(`clips/${name}.opus`, import.meta.url)));
    loaded.set(name, clip);
  }
  return clip;
}

/** Extracts the audio packets of an Ogg Opus file. Container format: https://www.rfc-editor.org/rfc/rfc3533#section-6 */
export function opusPackets(file: Buffer): Clip {
  const packets: Buffer[] = [];
  let unfinished: Buffer[] = [];
  for (let page = 0; page < file.length;) {
    if (file.toString('latin1', page, page + 4) !== 'OggS') throw new Error('Not an Ogg file.');
    const segments = file.subarray(page + 27, page + 27 + file.readUInt8(page + 26));
    let at = page + 27 + segments.length;
    for (const length of segments) {
      unfinished.push(file.subarray(at, at + length));
      at += length;
      // A segment of 255 bytes means that the packet continues in the next one, possibly on the next page.
      if (length === 255) continue;
      packets.push(Buffer.concat(unfinished));
      unfinished = [];
    }
    page = at;
  }
  // The first two packets are headers: https://www.rfc-editor.org/rfc/rfc7845#section-3
  return packets.slice(2);
}
