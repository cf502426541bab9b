// The built-in call UI on a gateway that the test controls: what it opens and shows, and that it releases everything however
// the call ends.
import { expect } from 'chai';
import { loadVideoStage, openBuiltIn } from '../../src/call/built-in.js';
import type { CallLoaders } from '../../src/call/call.js';
import type { CallChange, CallEnd } from '../../src/call/port.js';
import { ClickToCallError } from '../../src/errors.js';
import { SwTranscriptEvent } from '../../src/events.js';
import { en } from '../../src/locales/en.js';
import type { PlacedCallControls } from '../../src/sdk/call.js';
import type { DialOptions, GatewayOptions, GatewaySession } from '../../src/sdk/gateway.js';
import { buttonNamed, buttonNames, fieldNamed } from '../by-role.js';
import { later } from '../later.js';
import '../media/needs-webrtc.js';
import { reasonOf, rejects } from '../rejects.js';
import { makeCall, makeElement, removeCalls, type FakeElement } from './made-call.js';

/** A gateway that records what it is asked, and the call on it. */
class FakeGateway implements GatewaySession {
  expiresAtMs: number | undefined;
  peer: RTCPeerConnection | undefined = new RTCPeerConnection();
  readonly asked: string[] = [];
  readonly dialled: DialOptions[] = [];
  sendAgentEvent!: (event: Event) => void;
  end!: (end: CallEnd) => void;
  cannotDial = false;
  cannotSendDigits = false;

  onAgentEvent(listener: (event: Event) => void): void {
    this.sendAgentEvent = listener;
  }

  async dial(options: DialOptions): Promise<PlacedCallControls> {
    this.dialled.push(options);
    if (this.cannotDial) throw new ClickToCallError('call-failed');
    return {
      ended: new Promise<CallEnd>((resolve) => (this.end = resolve)),
      peer: this.peer,
      hangup: async () => void this.asked.push('hangup'),
      mute: (on) => void this.asked.push(`mute ${on}`),
      sendDigits: async (digits) => {
        this.asked.push(`digits ${digits}`);
        if (this.cannotSendDigits) throw new Error('no');
      },
    };
  }

  async close(): Promise<void> {
    this.asked.push('close');
  }
}

const isLive = ({ readyState }: MediaStreamTrack) => readyState === 'live';

const { mediaDevices } = navigator;
const captured: MediaStream[] = [];
/** Settles when the browser has answered every request; a call that failed meanwhile does not wait for that. */
let capturing: Promise<unknown>[] = [];
const allCaptured = () => Promise.allSettled(capturing);
const gateways: FakeGateway[] = [];

beforeEach(() => {
  mediaDevices.getUserMedia = (constraints) => {
    const asking = MediaDevices.prototype.getUserMedia.call(mediaDevices, constraints).then((stream) => {
      captured.push(stream);
      return stream;
    });
    capturing.push(asking);
    return asking;
  };
});
afterEach(async () => {
  delete (mediaDevices as Partial<MediaDevices>).getUserMedia;
  // What arrives late must not be taken for the next test's.
  await allCaptured();
  capturing = [];
  for (const stream of captured.splice(0)) for (const track of stream.getTracks()) track.stop();
  await removeCalls();
  for (const gateway of gateways.splice(0)) {
    gateway.end?.({ status: 'disconnected', reason: 'hangup' });
    gateway.peer?.close();
  }
});

interface Given {
  readonly element?: Partial<FakeElement>;
  readonly video?: boolean;
  /** What the gateway refuses the first tokens with, one after the other. */
  readonly refusals?: unknown[];
  readonly connect?: (options: GatewayOptions) => Promise<GatewaySession>;
  readonly sdk?: CallLoaders['sdk'];
}

/** An open interface, whose call can be placed. */
function open({ element: properties, video = false, refusals = [], connect, sdk }: Given = {}) {
  const gateway = new FakeGateway();
  gateways.push(gateway);
  const tokens: string[] = [];
  const connectGateway = (options: GatewayOptions) => {
    tokens.push(options.token);
    if (refusals.length > 0) return Promise.reject(refusals.shift());
    return connect?.(options) ?? Promise.resolve(gateway);
  };
  const element = makeElement(properties);
  const call = makeCall(element, { sdk: sdk ?? (() => Promise.resolve({ connectGateway })) });
  call.update({ state: 'preparing' });
  const logged: unknown[] = [];
  const callUi = openBuiltIn(call, {
    words: en,
    language: 'en',
    log: (step, ...facts) => void logged.push(step, ...facts),
    destination: '/public/support',
    video,
  });
  const { container } = element.surface;
  const changes: CallChange[] = [];
  const refused: unknown[] = [];
  const place = () =>
    callUi({
      destination: '/public/support',
      host: 'embeds.signalwire.com',
      video,
      container,
      userVariables: { plan: 'gold' },
      signal: call.signal,
      async guestToken(asked) {
        refused.push(asked?.refused);
        return `token ${refused.length}`;
      },
      report: (change) => void changes.push(change),
    });
  return { call, element, container, gateway, tokens, changes, refused, logged, place };
}

/** A call that is up. */
async function active(given: Given = {}) {
  const opened = open(given);
  const { call, gateway } = opened;
  const handle = await opened.place();
  call.handle = handle;
  const [dialled] = gateway.dialled;
  call.update({ state: 'active', answeredAtMs: performance.now() });
  dialled!.report({ state: 'active' });
  return { ...opened, handle, dialled: dialled! };
}

/** Counts the timers of the page that are still to run, for as long as `run` takes. */
async function countTimers(run: (count: () => number) => Promise<void>): Promise<void> {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  const pending = new Set<number | undefined>();
  Object.assign(window, {
    setTimeout(callback: () => void, ms?: number) {
      const id: number = Number(
        setTimeout(() => {
          pending.delete(id);
          callback();
        }, ms),
      );
      pending.add(id);
      return id;
    },
    clearTimeout(id?: number) {
      pending.delete(id);
      clearTimeout(id);
    },
    setInterval(callback: () => void, ms?: number) {
      const id = Number(setInterval(callback, ms));
      pending.add(id);
      return id;
    },
    clearInterval(id?: number) {
      pending.delete(id);
      clearInterval(id);
    },
  });
  try {
    await run(() => pending.size);
  } finally {
    Object.assign(window, { setTimeout, clearTimeout, setInterval, clearInterval });
  }
}

describe('the session of a call', () => {
  it('is opened with the guest token, and dials with what was captured', async () => {
    const { tokens, dialled, changes } = await active();
    expect(tokens).to.deep.equal(['token 1']);
    expect(dialled).to.include({ destination: '/public/support', video: false });
    expect(dialled.userVariables).to.deep.equal({ plan: 'gold' });
    expect(dialled.stream === captured[0]).to.equal(true);
    expect(changes).to.deep.equal([{ state: 'active' }]);
  });

  it('is opened with another token when the gateway refuses the first one, once', async () => {
    const refusal = () => new ClickToCallError('connect-unauthorized');
    const once = open({ refusals: [refusal()] });
    await once.place();
    expect(once.tokens).to.deep.equal(['token 1', 'token 2']);
    expect(once.refused).to.deep.equal([undefined, 'token 1']);
    const twice = open({ refusals: [refusal(), refusal()] });
    await rejects(twice.place(), 'connect-unauthorized');
    expect(twice.tokens).to.have.lengthOf(2);
  });

  it('is not tried again after any other error', async () => {
    for (const reason of [new ClickToCallError('connect-failed'), new Error('unexpected')]) {
      const { place, tokens } = open({ refusals: [reason] });
      expect((await reasonOf(place())) === reason).to.equal(true);
      expect(tokens).to.have.lengthOf(1);
    }
  });

  it('reports when the token ends, if the gateway says so', async () => {
    const { gateway, place, changes } = open();
    gateway.expiresAtMs = 1_795_497_284_000;
    await place();
    expect(changes).to.deep.equal([{ expiresAtMs: 1_795_497_284_000 }]);
  });

  it('fails with ui-load-failed when the SDK does not load, and the microphone is released', async () => {
    const cause = new TypeError('Failed to fetch dynamically imported module');
    const { place } = open({ sdk: () => Promise.reject(cause) });
    const error = await rejects(place(), 'ui-load-failed');
    expect(error.cause === cause).to.equal(true);
    await allCaptured();
    await later();
    expect(captured).to.have.lengthOf(1);
    expect(captured.flatMap((stream) => stream.getTracks()).filter(isLive)).to.deep.equal([]);
  });

  it('is closed when it opens after the microphone was refused', async () => {
    let give!: (gateway: GatewaySession) => void;
    const { place, gateway } = open({ connect: () => new Promise((resolve) => (give = resolve)) });
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    await rejects(place(), 'media-denied');
    expect(gateway.asked).to.deep.equal([]);
    give(gateway);
    await later();
    expect(gateway.asked).to.deep.equal(['close']);
  });

  it('is given up when the microphone is refused, so that another try does not get it', async () => {
    let opening!: AbortSignal;
    const { place } = open({
      connect: ({ signal }) => {
        opening = signal;
        return new Promise(() => {});
      },
    });
    mediaDevices.getUserMedia = async () => {
      await later();
      throw new DOMException('no', 'NotAllowedError');
    };
    await rejects(place(), 'media-denied');
    expect(opening.aborted).to.equal(true);
  });

  it('is given up when the call is stopped', async () => {
    let opening!: AbortSignal;
    const { place, call } = open({
      connect: ({ signal }) => {
        opening = signal;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const placing = place();
    await later();
    call.stop('hangup');
    expect(await reasonOf(placing)).to.equal('hangup');
    expect(opening.reason).to.equal('hangup');
  });

  it('is closed, and the microphone released, when it cannot dial', async () => {
    const { place, gateway } = open();
    gateway.cannotDial = true;
    await rejects(place(), 'call-failed');
    await later();
    expect(gateway.asked).to.deep.equal(['close']);
    expect(captured[0]!.getTracks().filter(isLive)).to.deep.equal([]);
  });
});

describe('a call that was placed', () => {
  it('is controlled by its handle', async () => {
    const { handle, gateway } = await active();
    await handle.mute(true);
    await handle.sendDigits('1');
    await handle.hangup();
    expect(gateway.asked).to.deep.equal(['mute true', 'digits 1', 'hangup']);
  });

  it('plays the far end until it is over', async () => {
    const { call, dialled, gateway, handle } = await active();
    const track = captured[0]!.getAudioTracks()[0]!;
    dialled.report({ track });
    expect((call.audio.srcObject as MediaStream).getTracks()[0] === track).to.equal(true);
    gateway.end({ status: 'disconnected', reason: 'remote' });
    expect(await handle.ended).to.deep.equal({ status: 'disconnected', reason: 'remote' });
    expect(call.audio.srcObject).to.equal(null);
  });

  it('releases the lock of the site when it is over, however it ended', async () => {
    const name = 'sw-click-to-call';
    const isHeld = async () => (await navigator.locks.query()).held!.some((lock) => lock.name === name);
    /** Resolves when the lock is free. */
    const isFree = () => navigator.locks.request(name, () => {});
    const { handle, gateway } = await active();
    expect(await isHeld()).to.equal(true);
    gateway.end({ status: 'disconnected', reason: 'remote' });
    await handle.ended;
    await isFree();
    const failing = open();
    failing.gateway.cannotDial = true;
    await rejects(failing.place(), 'call-failed');
    await isFree();
  });

  it('dispatches what an AI agent sends on the element', async () => {
    const { gateway, element } = await active();
    gateway.sendAgentEvent(new SwTranscriptEvent({ speaker: 'agent', text: 'Good morning', final: true }));
    expect(element.told).to.include('sw-transcript');
  });
});

describe('the statistics of a call', () => {
  /** Counts the reads of a peer's statistics, and answers them with a loud microphone. */
  const countReads = (peer: RTCPeerConnection) => {
    let reads = 0;
    peer.getStats = async () => {
      reads += 1;
      return new Map([['S', { id: 'S', type: 'media-source', kind: 'audio', audioLevel: 1 }]]);
    };
    return () => reads;
  };

  it('are read from the answer on, by one watch', async () => {
    const { place, gateway, changes } = open();
    const reads = countReads(gateway.peer!);
    await place();
    const { report } = gateway.dialled[0]!;
    report({ state: 'ringing' });
    expect(reads()).to.equal(0);
    report({ state: 'active' });
    report({ state: 'reconnecting' });
    report({ state: 'active' });
    expect(reads()).to.equal(1);
    const states = ['ringing', 'active', 'reconnecting', 'active'].map((state) => ({ state }));
    expect(changes).to.deep.equal(states);
  });

  it('are shown as the level of the microphone', async () => {
    const { place, call, container, gateway } = open();
    countReads(gateway.peer!);
    await place();
    call.update({ state: 'active' });
    const level = () => buttonNamed(container, 'Mute microphone').style.getPropertyValue('--level');
    const before = level();
    gateway.dialled[0]!.report({ state: 'active' });
    await later();
    expect([before, level()]).to.deep.equal(['0', '10']);
  });

  it('are no longer read when the call is over', () =>
    countTimers(async (count) => {
      const { place, gateway } = open();
      countReads(gateway.peer!);
      const handle = await place();
      const before = count();
      gateway.dialled[0]!.report({ state: 'active' });
      await later();
      expect(count()).to.equal(before + 1);
      gateway.end({ status: 'disconnected', reason: 'remote' });
      await handle.ended;
      expect(count()).to.equal(before);
    }));

  it('are not read when there is no peer connection', async () => {
    const { place, gateway } = open();
    gateway.peer!.close();
    gateway.peer = undefined;
    await place();
    expect(() => gateway.dialled[0]!.report({ state: 'active' })).to.not.throw();
  });
});

describe('the buttons of a call', () => {
  it('control the call', async () => {
    const { call, container, element, gateway } = await active();
    buttonNamed(container, 'Mute microphone').click();
    buttonNamed(container, 'Keypad').click();
    buttonNamed(container, 'Key 5').click();
    buttonNamed(container, 'Hang up').click();
    expect(gateway.asked).to.deep.equal(['mute true', 'digits 5']);
    expect(element.told).to.include('sw-call-hangup');
    expect(call.signal.reason).to.equal('hangup');
  });

  it('ignore digits that could not be sent', async () => {
    const { container, gateway } = await active();
    gateway.cannotSendDigits = true;
    buttonNamed(container, 'Keypad').click();
    const unhandled: Event[] = [];
    const onUnhandled = (event: Event) => unhandled.push(event);
    window.addEventListener('unhandledrejection', onUnhandled);
    buttonNamed(container, 'Key 5').click();
    await later();
    await later();
    window.removeEventListener('unhandledrejection', onUnhandled);
    expect(unhandled).to.deep.equal([]);
    expect(gateway.asked).to.deep.equal(['digits 5']);
    expect(buttonNames(container)).to.include('Hang up');
  });

  it('switch the device and turn the camera off', async () => {
    const { container } = await active({ video: true });
    const stream = captured[0]!;
    buttonNamed(container, en.cameraOff).click();
    expect(stream.getVideoTracks().map(({ enabled }) => enabled)).to.deep.equal([false]);
    const wanted: unknown[] = [];
    mediaDevices.getUserMedia = (constraints) => {
      wanted.push(Object.keys(constraints!));
      return Promise.reject(new DOMException('no', 'NotReadableError'));
    };
    const listed = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audioinput');
    const current = stream.getAudioTracks()[0]!.getSettings().deviceId;
    const other = listed.find(({ deviceId }) => deviceId !== current);
    // Firefox offers only one fake device.
    if (!other) return;
    buttonNamed(container, en.devices).click();
    const select = fieldNamed<HTMLSelectElement>(container, en.microphone);
    select.value = other.deviceId;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(wanted).to.deep.equal([['audio']]);
  });
});

describe('the interface of a call', () => {
  it('follows the call to its end', async () => {
    const { call, container } = await active();
    await call.mute(true);
    expect(buttonNamed(container, 'Mute microphone').ariaPressed).to.equal('true');
    call.update({ answeredAtMs: performance.now() - 75_000 });
    call.stop('hangup');
    expect(container.innerText).to.contain('1 minute');
    expect(buttonNames(container)).to.include('Call again');
  });

  it('is part of the page with display="inline", and above it otherwise', () => {
    const popover = (display: string) => {
      const { container } = open({ element: { display } });
      return container.querySelector('dialog')!.popover;
    };
    expect(popover('inline')).to.equal(null);
    expect(popover('dialog')).to.equal('manual');
  });

  it('shows the pictures of a video call', async () => {
    const { container } = await active({ video: true });
    await loadVideoStage();
    await later();
    const pictures = [...container.querySelectorAll('video')].map(({ srcObject }) => srcObject);
    expect(pictures).to.include(captured[0]);
  });

  it('comes to the front again, and stays there when the element is moved', async () => {
    const { call, element, container } = await active();
    buttonNamed(container, en.minimise).click();
    expect(buttonNames(container)).to.not.include('Hang up');
    call.snapshot.ui!.front();
    expect(buttonNames(container)).to.include('Hang up');
    document.body.append(element);
    call.snapshot.ui!.moved();
    expect(container.querySelector('dialog')!.matches(':popover-open')).to.equal(true);
  });

  it('stops its clock when it is closed, even after the next call has taken its place', () =>
    countTimers(async (count) => {
      const { call, container } = open();
      const before = count();
      call.update({ state: 'active', answeredAtMs: performance.now() });
      expect(count()).to.equal(before + 1);
      container.replaceChildren();
      call.snapshot.ui!.close();
      expect(count()).to.equal(before);
    }));

  it('leaves a failure to the element when it is closed, and nothing after a call that went well', () => {
    const failed = open();
    const { ui } = failed.call.snapshot;
    const error = new ClickToCallError('media-not-found').toDetail();
    failed.call.end({ state: 'failed', error, sentence: 'No microphone.' });
    expect(failed.container.querySelector('.help')).to.equal(null);
    ui!.close();
    expect(failed.call.snapshot).to.include({ sentence: 'No microphone.', ui: undefined });
    const well = open();
    well.call.stop('hangup');
    well.call.snapshot.ui!.close();
    const { sentence, ui: left } = well.call.snapshot;
    expect([sentence, left]).to.deep.equal([undefined, undefined]);
  });
});
