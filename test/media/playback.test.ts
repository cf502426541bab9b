// Playback of the far end: on the given element, in every state of the browser's autoplay policy. One test plays real sound.
import { expect } from 'chai';
import { Playback } from '../../src/media/playback.js';
import { later } from '../later.js';
import { madeTrack } from './made-track.js';

/** An audio element that records plays and answers them as the test says. */
class FakeAudio {
  srcObject: MediaProvider | null = null;
  volume = 1;
  muted = false;
  plays = 0;
  /** Name of the exception that play() rejects with. */
  refusal: string | undefined;
  answer = (): Promise<void> =>
    this.refusal ? Promise.reject(new DOMException('no', this.refusal)) : Promise.resolve();

  play(): Promise<void> {
    this.plays += 1;
    return this.answer();
  }
}

class FakePage extends EventTarget {
  hidden = false;

  show(visible: boolean): void {
    this.hidden = !visible;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const tracks: MediaStreamTrack[] = [];
afterEach(() => tracks.splice(0).forEach((track) => track.stop()));

function farEnd(): MediaStreamTrack {
  const track = madeTrack('audio', 'far end');
  tracks.push(track);
  return track;
}

function setUp() {
  const audio = new FakeAudio();
  const page = new FakePage();
  const changes: boolean[] = [];
  const playback = new Playback({ audio, page, onBlockedChange: (blocked) => changes.push(blocked) });
  return { audio, page, changes, playback, playing: () => (audio.srcObject as MediaStream).getTracks() };
}

describe('Playback', () => {
  it('plays a track on the given element, and a later track in its place', async () => {
    const { audio, playback, playing, changes } = setUp();
    const [first, second] = [farEnd(), farEnd()];
    playback.play(first);
    expect(playing()).to.deep.equal([first]);
    playback.play(second);
    expect(playing()).to.deep.equal([second]);
    await later();
    expect([audio.plays, changes]).to.deep.equal([2, []]);
  });

  it('releases the track on stop and plays again afterwards', () => {
    const { audio, playback, playing } = setUp();
    const track = farEnd();
    playback.play(track);
    playback.stop();
    expect(audio.srcObject).to.equal(null);
    expect(track.readyState).to.equal('live');
    playback.play(track);
    expect(playing()).to.deep.equal([track]);
  });

  it('sets the volume within 0 and 1, and mutes', () => {
    const { audio, playback } = setUp();
    for (const [volume, expected] of [
      [0.25, 0.25],
      [-1, 0],
      [1.5, 1],
    ] as const) {
      playback.setVolume(volume);
      expect(audio.volume).to.equal(expected);
    }
    playback.setMuted(true);
    expect(audio.muted).to.equal(true);
    playback.setMuted(false);
    expect(audio.muted).to.equal(false);
  });

  it('plays real sound on a real element', async () => {
    const audio = new Audio();
    const playback = new Playback({ audio });
    const playing = new Promise((resolve) => audio.addEventListener('playing', resolve, { once: true }));
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    tracks.push(...stream.getTracks());
    playback.play(stream.getAudioTracks()[0]!);
    await playing;
    expect([audio.paused, playback.blocked]).to.deep.equal([false, false]);
    playback.stop();
    expect(audio.srcObject).to.equal(null);
  });
});

describe('blocked sound', () => {
  it('is reported once and resumes in a gesture', async () => {
    const { audio, playback, changes } = setUp();
    audio.refusal = 'NotAllowedError';
    playback.play(farEnd());
    await later();
    playback.resume();
    await later();
    expect(playback.blocked).to.equal(true);
    expect(changes).to.deep.equal([true]);
    audio.refusal = undefined;
    playback.resume();
    await later();
    expect(playback.blocked).to.equal(false);
    expect(changes).to.deep.equal([true, false]);
  });

  it('is not reported when play() fails for another reason', async () => {
    const { audio, playback, changes } = setUp();
    audio.refusal = 'AbortError';
    playback.play(farEnd());
    await later();
    expect([playback.blocked, changes]).to.deep.equal([false, []]);
  });

  it('is over when playback stops', async () => {
    const { audio, playback, changes } = setUp();
    audio.refusal = 'NotAllowedError';
    playback.play(farEnd());
    await later();
    playback.stop();
    expect([playback.blocked, changes]).to.deep.equal([false, [true, false]]);
  });

  it('is not reported by an answer that arrives after stop or for an earlier track', async () => {
    const { audio, playback, changes } = setUp();
    const refusals: (() => void)[] = [];
    audio.answer = () =>
      new Promise((_, reject) => refusals.push(() => reject(new DOMException('no', 'NotAllowedError'))));
    playback.play(farEnd());
    playback.stop();
    refusals[0]!();
    await later();
    playback.play(farEnd());
    audio.answer = () => Promise.resolve();
    playback.play(farEnd());
    refusals[1]!();
    await later();
    expect([refusals.length, playback.blocked, changes]).to.deep.equal([2, false, []]);
  });
});

describe('a page in the background', () => {
  it('resumes the sound when the visitor returns, and only then', () => {
    const { audio, page, playback } = setUp();
    playback.play(farEnd());
    page.show(false);
    expect(audio.plays).to.equal(1);
    page.show(true);
    expect(audio.plays).to.equal(2);
  });

  it('resumes nothing before play or after stop', () => {
    const { audio, page, playback } = setUp();
    page.show(true);
    playback.resume();
    expect(audio.plays).to.equal(0);
    playback.play(farEnd());
    playback.stop();
    page.show(true);
    playback.resume();
    expect(audio.plays).to.equal(1);
  });

  it('resumes once per return, also after several tracks', () => {
    const { audio, page, playback } = setUp();
    playback.play(farEnd());
    playback.play(farEnd());
    page.show(true);
    expect(audio.plays).to.equal(3);
  });
});
