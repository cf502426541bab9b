// The sounds of the far end, as lists of Opus packets of 20 ms each, read from the Ogg files in sounds/.
// They were made with sounds/make.sh (espeak-ng, ffmpeg, opusenc), which makes them again.
// Must not know who plays them.
import { readFileSync } from 'node:fs';

/** Opus packets of 20 ms, in order. */
export type Clip = readonly Buffer[];

export type SoundName = 'greeting' | 'agent-hello' | 'agent-reply' | 'agent-long' | 'tone';

const loaded = new Map<SoundName, Clip>();

/** The packets of a sound; read from disk once. */
export function sound(name: SoundName): Clip {
  let clip = loaded.get(name);
  if (!clip) {
    clip = opusPackets(readFileSync(new URL(`sounds/${name}.opus`, import.meta.url)));
    loaded.set(name, clip);
  }
  return clip;
}

/** The audio packets of an Ogg Opus file. Container: https://www.rfc-editor.org/rfc/rfc3533#section-6 */
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
      // A full segment says that the packet goes on in the next one, maybe on the next page.
      if (length === 255) continue;
      packets.push(Buffer.concat(unfinished));
      unfinished = [];
    }
    page = at;
  }
  // The first two packets are headers: https://www.rfc-editor.org/rfc/rfc7845#section-3
  return packets.slice(2);
}
