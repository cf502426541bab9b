// Every refusal of a browser gets its code, and no microphone stays on that came too late. Where one is granted, it is the
// browser's own.
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
    it(`calls ${name} ${code}, and keeps it as the cause`, async () => {
      const { cause } = await rejects(captureMedia(false, never, refusing(name)), code);
      expect((cause as DOMException).name).to.equal(name);
    });
  }

  it('survives a browser that rejects with nothing', async () => {
    await rejects(
      captureMedia(false, never, { getUserMedia: () => Promise.reject(undefined) }),
      'media-failed',
    );
  });

  it('takes the microphone alone when there is no video', async () => {
    const stream = await captureMedia(false, never);
    expect(stream.getTracks().map(({ kind, readyState }) => [kind, readyState])).to.deep.equal([
      ['audio', 'live'],
    ]);
    stopStream(stream);
    expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
  });

  it('takes the camera too for video', async () => {
    const stream = await captureMedia(true, never);
    expect(stream.getTracks().map(({ kind }) => kind)).to.have.members(['audio', 'video']);
    stopStream(stream);
  });

  it('asks for clean speech', async () => {
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

  it('stops a microphone that is granted after the call was given up', async () => {
    const given = new AbortController();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    let grant!: (stream: MediaStream) => void;
    const devices = { getUserMedia: () => new Promise<MediaStream>((resolve) => (grant = resolve)) };
    const reason = reasonOf(captureMedia(false, given.signal, devices));
    given.abort('hangup');
    grant(stream);
    expect(await reason).to.equal('hangup');
    expect(stream.getAudioTracks()[0]?.readyState).to.equal('ended');
  });

  it('does not wait for the visitor to answer a prompt that nobody needs any more', async () => {
    const given = new AbortController();
    const devices = { getUserMedia: () => new Promise<MediaStream>(() => {}) };
    const reason = reasonOf(captureMedia(false, given.signal, devices));
    given.abort('hangup');
    expect(await reason).to.equal('hangup');
  });

  it('rejects with the reason of the signal when the prompt is refused after that', async () => {
    const given = new AbortController();
    const reason = reasonOf(captureMedia(false, given.signal, refusing('NotAllowedError')));
    given.abort('removed');
    expect(await reason).to.equal('removed');
  });
});

describe('stopStream', () => {
  it('takes no stream for an answer', () => expect(() => stopStream(undefined)).to.not.throw());
});

describe('mayPrompt', () => {
  const { permissions } = navigator;
  afterEach(() => void delete (permissions as Partial<Permissions>).query);
  /** The browser says this of each permission. */
  const are = (states: Record<string, PermissionState>) => {
    permissions.query = ({ name }) => Promise.resolve({ state: states[name] } as PermissionStatus);
  };

  it('says whether the visitor may be asked, for any of what the call takes', async () => {
    are({ microphone: 'prompt', camera: 'granted' });
    expect([await mayPrompt(false), await mayPrompt(true)]).to.deep.equal([true, true]);
    are({ microphone: 'granted', camera: 'prompt' });
    expect([await mayPrompt(false), await mayPrompt(true)]).to.deep.equal([false, true]);
    are({ microphone: 'denied', camera: 'denied' });
    expect([await mayPrompt(false), await mayPrompt(true)]).to.deep.equal([false, false]);
  });

  it('expects it where the browser does not tell', async () => {
    permissions.query = () => Promise.reject(new TypeError('no such permission'));
    expect(await mayPrompt(false)).to.equal(true);
  });
});
