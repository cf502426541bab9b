// What the far end measures of the audio that it receives.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadClip } from '../../demo/platform/media/clips.js';
import { ReceivedMedia } from '../../demo/platform/media/received-media.js';

describe('received media', () => {
  it('counts packets and frames, and reports each change', () => {
    let changes = 0;
    const received = new ReceivedMedia(() => changes++);
    received.addAudio(Buffer.from([0]));
    received.addVideoFrame();
    assert.deepEqual([received.audioPackets, received.videoFrames, changes], [1, 1, 2]);
  });

  it('measures the loudness of the audio that arrived last, and 0 without any', async () => {
    const received = new ReceivedMedia();
    assert.equal(await received.loudness(), 0);
    for (const packet of loadClip('tone')) received.addAudio(packet);
    assert.ok((await received.loudness()) > 0.02);
  });
});
