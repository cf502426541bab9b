// The far end sends one continuous stream, whatever it plays next.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadClip } from '../../demo/platform/media/clips.js';
import { OutgoingAudio, type AudioPacket } from '../../demo/platform/media/outgoing-audio.js';

const clip = (...payloads: string[]): Buffer[] => payloads.map((payload) => Buffer.from(payload));
const payloads = (packets: readonly AudioPacket[]): string[] => packets.map(({ payload }) => String(payload));

/** A clock that advances by one frame each time it is read. */
function frameClock(): () => number {
  let ms = 1000;
  return () => (ms += 20);
}

function assertContinuous(packets: readonly AudioPacket[]): void {
  for (const [index, packet] of packets.entries()) {
    const previous = packets[index - 1];
    if (!previous) continue;
    assert.equal(packet.sequenceNumber, (previous.sequenceNumber + 1) & 0xffff);
    assert.equal((packet.timestamp - previous.timestamp) >>> 0, 960);
  }
}

describe('outgoing audio', () => {
  it('plays one clip after another without a gap', async () => {
    const sent: AudioPacket[] = [];
    const audio = new OutgoingAudio((packet) => sent.push(packet), frameClock());
    await audio.play(clip('a', 'b', 'c'));
    await audio.play(clip('d'));
    assert.deepEqual(payloads(sent), ['a', 'b', 'c', 'd']);
    assertContinuous(sent);
  });

  it('catches up without a gap after a late timer, and marks the first packet after a silence', async () => {
    const sent: AudioPacket[] = [];
    let nowMs = 1000;
    const audio = new OutgoingAudio(
      (packet) => sent.push(packet),
      () => nowMs,
    );
    const first = audio.play(clip('a', 'b', 'c'));
    nowMs += 3000;
    await first;
    assert.deepEqual(payloads(sent), ['a', 'b', 'c']);
    assertContinuous(sent);
    const second = audio.play(clip('d'));
    nowMs += 20;
    await second;
    assert.deepEqual([sent[2]!.marker, sent[3]!.marker], [false, true]);
    assert.equal((sent[3]!.timestamp - sent[2]!.timestamp) >>> 0, (3000 - 40) * 48);
  });

  it('repeats the second half of a looped clip', async () => {
    const sent: AudioPacket[] = [];
    await new Promise<void>((resolve) => {
      const audio = new OutgoingAudio((packet) => {
        if (sent.push(packet) < 8) return;
        audio.stop();
        resolve();
      }, frameClock());
      audio.loop(clip('a', 'b', 'c', 'd'));
    });
    assert.deepEqual(payloads(sent).slice(0, 8), ['a', 'b', 'c', 'd', 'c', 'd', 'c', 'd']);
    assertContinuous(sent.slice(0, 8));
  });

  it('resolves play() when it is stopped', async () => {
    const audio = new OutgoingAudio(() => {});
    const playing = audio.play(loadClip('greeting'));
    audio.stop();
    await playing;
  });

  it('echoes half a second later, with timestamps of its own', () => {
    const sent: AudioPacket[] = [];
    const audio = new OutgoingAudio((packet) => sent.push(packet), frameClock());
    audio.echo();
    for (let frame = 0; frame < 40; frame++)
      audio.receive(Buffer.from(String(frame)), (0xfffff000 + frame * 960) >>> 0);
    assert.deepEqual(payloads(sent), [...Array(15).keys()].map(String));
    assertContinuous(sent);
  });

  it('does not echo packets from before a pause', () => {
    const sent: AudioPacket[] = [];
    const audio = new OutgoingAudio((packet) => sent.push(packet), frameClock());
    audio.echo();
    for (let frame = 0; frame < 10; frame++) audio.receive(Buffer.from('stale'), frame * 960);
    for (let frame = 0; frame < 26; frame++) audio.receive(Buffer.from('fresh'), 500_000 + frame * 960);
    assert.deepEqual(payloads(sent), ['fresh']);
  });
});
