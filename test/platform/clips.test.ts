// The audio clips that the far end plays.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadClip, type ClipName } from '../../demo/platform/media/clips.js';
import { ReceivedMedia } from '../../demo/platform/media/received-media.js';

const CLIPS: readonly ClipName[] = ['greeting', 'agent-hello', 'agent-reply', 'agent-long', 'tone'];

describe('the clips', () => {
  for (const name of CLIPS) {
    it(`${name} is small, mono, in frames of 20 ms, and audible`, async () => {
      const packets = loadClip(name);
      assert.ok(packets.length > 50);
      assert.ok(packets.reduce((sum, { length }) => sum + length, 0) < 40_000);
      // The first byte holds configuration, stereo and frames per packet:
      // https://www.rfc-editor.org/rfc/rfc6716#section-3.1
      for (const [toc = 0] of packets) {
        const config = toc >> 3;
        assert.ok(config < 12 ? config % 4 === 1 : config < 16 ? config % 2 === 1 : config % 4 === 3);
        assert.equal(toc & 0b111, 0);
      }
      const received = new ReceivedMedia();
      for (const packet of packets) received.addAudio(packet);
      assert.ok((await received.loudness()) > 0.02);
    });
  }
});
