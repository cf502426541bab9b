// What the far end says is one continuous stream, whatever follows on what.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hearing } from '../../demo/platform/hearing.js';
import { sound, type SoundName } from '../../demo/platform/sound.js';
import { Voice, type VoicePacket } from '../../demo/platform/voice.js';

const SOUNDS: readonly SoundName[] = ['greeting', 'agent-hello', 'agent-reply', 'agent-long', 'tone'];
const clip = (...names: string[]): Buffer[] => names.map((name) => Buffer.from(name));
const words = (packets: readonly VoicePacket[]): string[] => packets.map(({ payload }) => String(payload));

/** A clock that goes on by one frame whenever somebody looks. */
function clock(): () => number {
  let ms = 1000;
  return () => (ms += 20);
}

function assertContinuous(packets: readonly VoicePacket[]): void {
  for (const [index, packet] of packets.entries()) {
    const previous = packets[index - 1];
    if (!previous) continue;
    assert.equal(packet.sequenceNumber, (previous.sequenceNumber + 1) & 0xffff);
    assert.equal((packet.timestamp - previous.timestamp) >>> 0, 960);
  }
}

describe('the sounds', () => {
  for (const name of SOUNDS) {
    it(`${name} is small, one channel, in frames of 20 ms, and can be heard`, async () => {
      const packets = sound(name);
      assert.ok(packets.length > 50);
      assert.ok(packets.reduce((sum, { length }) => sum + length, 0) < 40_000);
      // https://www.rfc-editor.org/rfc/rfc6716#section-3.1: configuration, stereo, one frame per packet.
      for (const [toc = 0] of packets) {
        const config = toc >> 3;
        assert.ok(config < 12 ? config % 4 === 1 : config < 16 ? config % 2 === 1 : config % 4 === 3);
        assert.equal(toc & 0b111, 0);
      }
      const hearing = new Hearing();
      for (const packet of packets) hearing.audio(packet);
      assert.ok((await hearing.loudness()) > 0.02);
    });
  }
});

describe('the voice', () => {
  it('says a clip, then another, without a gap between them', async () => {
    const said: VoicePacket[] = [];
    const voice = new Voice((packet) => said.push(packet), clock());
    await voice.say(clip('a', 'b', 'c'));
    await voice.say(clip('d'));
    assert.deepEqual(words(said), ['a', 'b', 'c', 'd']);
    assertContinuous(said);
  });

  it('goes on without a gap where it was held up, and marks the end of a silence', async () => {
    const said: VoicePacket[] = [];
    let nowMs = 1000;
    const voice = new Voice(
      (packet) => said.push(packet),
      () => nowMs,
    );
    const saying = voice.say(clip('a', 'b', 'c'));
    nowMs += 3000;
    await saying;
    assert.deepEqual(words(said), ['a', 'b', 'c']);
    assertContinuous(said);
    const speaking = voice.say(clip('d'));
    nowMs += 20;
    await speaking;
    assert.deepEqual([said[2]!.marker, said[3]!.marker], [false, true]);
    assert.equal((said[3]!.timestamp - said[2]!.timestamp) >>> 0, (3000 - 40) * 48);
  });

  it('repeats the second half of a loop', async () => {
    const said: VoicePacket[] = [];
    await new Promise<void>((resolve) => {
      const voice = new Voice((packet) => {
        if (said.push(packet) < 8) return;
        voice.hush();
        resolve();
      }, clock());
      voice.loop(clip('a', 'b', 'c', 'd'));
    });
    assert.deepEqual(words(said).slice(0, 8), ['a', 'b', 'c', 'd', 'c', 'd', 'c', 'd']);
    assertContinuous(said.slice(0, 8));
  });

  it('settles what it was saying when it is hushed', async () => {
    const voice = new Voice(() => {});
    const saying = voice.say(sound('greeting'));
    voice.hush();
    await saying;
  });

  it('echoes half a second later, in a stream of its own', () => {
    const said: VoicePacket[] = [];
    const voice = new Voice((packet) => said.push(packet), clock());
    voice.echo();
    for (let frame = 0; frame < 40; frame++)
      voice.hear(Buffer.from(String(frame)), (0xfffff000 + frame * 960) >>> 0);
    assert.deepEqual(words(said), [...Array(15).keys()].map(String));
    assertContinuous(said);
  });

  it('forgets what was in the line when the caller pauses', () => {
    const said: VoicePacket[] = [];
    const voice = new Voice((packet) => said.push(packet), clock());
    voice.echo();
    for (let frame = 0; frame < 10; frame++) voice.hear(Buffer.from('stale'), frame * 960);
    for (let frame = 0; frame < 26; frame++) voice.hear(Buffer.from('fresh'), 500_000 + frame * 960);
    assert.deepEqual(words(said), ['fresh']);
  });
});
