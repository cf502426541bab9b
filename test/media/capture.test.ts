// Capturing microphone and camera: each browser exception maps to an error code, and no track stays live after the caller
// gave up. Where a test needs a granted stream, it is the browser's own.
import { expect } from 'chai';
import { captureMedia, mayPrompt, stopStream } from '../../src/media/capture.js';
import { reasonOf, rejects } from '../rejects.js';

const never = new AbortController().signal;
const refusing = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException('no', name)),
});

describe('captureMedia', () => {
  const CODES = {
    NotAllowedError: 'media-denied',
    SecurityError: 'media-denied',
    NotFoundError: 'media-not-found',
    OverconstrainedError: 'media-not-found',
    NotReadableError: 'media-in-use',
    AbortError: 'media-in-use',
    TypeError: 'media-failed',
  } as const;
  for (const [name, code] of Object.entries(CODES)) {
    it(`rejects with ${code} for ${name}, which is kept as the cause`, async () => {
      const { cause } = await rejects(captureMedia(false, never, refusing(name)), code);
      expect((cause as DOMException).name).to.equal(name);
    });
  }

  it('rejects with media-failed when the browser rejects with undefined', async () => {
    const devices = { getUserMedia: () => Promise.reject(undefined) };
    await rejects(captureMedia(false, never, devices), 'media-failed');
  });

  it('captures only the microphone without video', async () => {
    const stream = await captureMedia(false, never);
    expect(stream.getTracks().map(({ kind, readyState }) => [kind, readyState])).to.deep.equal([
      ['audio', 'live'],
    ]);
    stopStream(stream);
    expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
  });

  it('captures the camera too with video', async () => {
    const stream = await captureMedia(true, never);
    expect(stream.getTracks().map(({ kind }) => kind)).to.have.members(['audio', 'video']);
    stopStream(stream);
  });

  it('asks for echo cancellation, noise suppression and gain control', async () => {
    let asked: MediaStreamConstraints | undefined;
    const devices = {
      getUserMedia: (constraints?: MediaStreamConstraints) => {
        asked = constraints;
        return Promise.resolve(new MediaStream());
      },
    };
    await captureMedia(false, never, devices);
    expect(asked?.audio).to.include({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
    expect(asked?.video).to.equal(false);
  });
});

describe('captureMedia, when aborted', () => {
  it('stops a microphone that is granted afterwards', async () => {
    const controller = new AbortController();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    let grant!: (stream: MediaStream) => void;
    const devices = { getUserMedia: () => new Promise<MediaStream>((resolve) => (grant = resolve)) };
    const reason = reasonOf(captureMedia(false, controller.signal, devices));
    controller.abort('hangup');
    grant(stream);
    expect(await reason).to.equal('hangup');
    expect(stream.getAudioTracks()[0]?.readyState).to.equal('ended');
  });

  it('rejects at once, while the permission prompt is still open', async () => {
    const controller = new AbortController();
    const devices = { getUserMedia: () => new Promise<MediaStream>(() => {}) };
    const reason = reasonOf(captureMedia(false, controller.signal, devices));
    controller.abort('hangup');
    expect(await reason).to.equal('hangup');
  });

  it("rejects with the signal's reason when the prompt is denied afterwards", async () => {
    const controller = new AbortController();
    const reason = reasonOf(captureMedia(false, controller.signal, refusing('NotAllowedError')));
    controller.abort('removed');
    expect(await reason).to.equal('removed');
  });
});

describe('stopStream', () => {
  it('does nothing without a stream', () => expect(() => stopStream(undefined)).to.not.throw());
});

describe('mayPrompt', () => {
  type States = Readonly<Record<'microphone' | 'camera', PermissionState>>;
  /** The answers without and with video, for these permissions. */
  const answers = (states: States) => {
    const query = ({ name }: { name: PermissionName }) =>
      Promise.resolve({ state: states[name as keyof States] });
    return Promise.all([mayPrompt(false, { query }), mayPrompt(true, { query })]);
  };

  it('is true when any device of the call needs permission', async () => {
    expect(await answers({ microphone: 'prompt', camera: 'granted' })).to.deep.equal([true, true]);
    expect(await answers({ microphone: 'granted', camera: 'prompt' })).to.deep.equal([false, true]);
    expect(await answers({ microphone: 'denied', camera: 'denied' })).to.deep.equal([false, false]);
  });

  it('is true when the browser does not say', async () => {
    const query = () => Promise.reject(new TypeError('no such permission'));
    expect(await mayPrompt(false, { query })).to.equal(true);
  });

  it('asks this browser by default', async () => {
    expect(await mayPrompt(true)).to.be.a('boolean');
  });
});
