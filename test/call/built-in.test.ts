// The built-in call interface with a gateway in the test's hand: what it opens, shows, and gives back however it ends.
import { expect } from 'chai';
import type { AgentEventType } from '../../src/sdk/agent-events.js';
import { createOwnUi } from '../../src/call/built-in.js';
import { loadVideoStage } from '../../src/call/built-in.js';
import type { Line } from '../../src/sdk/call.js';
import type { CallElement, CallHost } from '../../src/call/call-host.js';
import type { CallChange, CallEnd, CallRequest } from '../../src/call/port.js';
import type { DialOptions, Gateway, GatewayOptions } from '../../src/sdk/gateway.js';
import { ClickToCallError } from '../../src/errors.js';
import { en } from '../../src/locales/en.js';
import { buttonNamed, buttonNames, fieldNamed } from '../by-role.js';
import { reasonOf, rejects } from '../rejects.js';
import '../media/needs-webrtc.js';
import { later } from '../later.js';

/** A gateway in the test's hand, and the line on it. */
class FakeGateway implements Gateway {
  expiresAtMs: number | undefined;
  readonly peer = new RTCPeerConnection();
  readonly asked: string[] = [];
  readonly dialled: DialOptions[] = [];
  tell!: (type: AgentEventType, payload: unknown) => void;
  end!: (end: CallEnd) => void;
  cannotDial = false;

  onAgentEvent(listener: FakeGateway['tell']): void {
    this.tell = listener;
  }
  async dial(options: DialOptions): Promise<Line> {
    this.dialled.push(options);
    if (this.cannotDial) throw new ClickToCallError('call-failed');
    return {
      ended: new Promise<CallEnd>((resolve) => (this.end = resolve)),
      peer: this.peer,
      hangup: async () => void this.asked.push('hangup'),
      mute: (on) => void this.asked.push(`mute ${on}`),
      sendDigits: async (digits) => void this.asked.push(`digits ${digits}`),
    };
  }
  async close(): Promise<void> {
    this.asked.push('close');
  }
}

const isLive = ({ readyState }: MediaStreamTrack) => readyState === 'live';

const { mediaDevices } = navigator;
const captured: MediaStream[] = [];
/** Until the browser has given all that it was asked for; a call that failed meanwhile does not wait for that. */
let capturing: Promise<unknown>[] = [];
const allCaptured = () => Promise.allSettled(capturing);
const hosts: { container: HTMLElement; stop: AbortController; gateway: FakeGateway }[] = [];

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
  // What comes late must not be taken for the next test's.
  await allCaptured();
  capturing = [];
  for (const stream of captured.splice(0)) for (const track of stream.getTracks()) track.stop();
  for (const { container, stop, gateway } of hosts.splice(0)) {
    stop.abort('removed');
    gateway.end?.({ status: 'disconnected', reason: 'hangup' });
    gateway.peer.close();
    (container.getRootNode() as ShadowRoot).host.remove();
  }
});

interface Given {
  readonly element?: Partial<CallElement>;
  readonly video?: boolean;
  readonly sendDigits?: (digits: string) => Promise<void>;
  /** What the gateway says to each token, one after the other; then it takes them. */
  readonly refusals?: unknown[];
  readonly connect?: (options: GatewayOptions) => Promise<Gateway>;
  readonly load?: () => Promise<never>;
}

/** The interface of one call, which can be placed. */
function open({ element, video = false, refusals = [], connect, ...options }: Given = {}) {
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
  const container = document.createElement('div');
  const fallback = document.createElement('slot');
  root.append(fallback, container);
  const said: [string, boolean | undefined][] = [];
  const told: string[] = [];
  const emitted: Event[] = [];
  const logged: unknown[] = [];
  const stop = new AbortController();
  const gateway = new FakeGateway();
  hosts.push({ container, stop, gateway });
  const host = {
    element: { display: 'dialog', theme: 'auto', transcript: false, ...element },
    container,
    fallback,
    audio: new Audio(),
    emit(event: Event) {
      emitted.push(event);
      return true;
    },
    say: (text: string, failed?: boolean) => void said.push([text, failed]),
    hangup: () => void told.push('hangup'),
    redial: () => void told.push('redial'),
    focusButton: () => void told.push('focus'),
  } as unknown as CallHost;
  const tokens: string[] = [];
  const connectGateway = (given: GatewayOptions) => {
    tokens.push(given.token);
    if (refusals.length > 0) return Promise.reject(refusals.shift());
    return connect?.(given) ?? Promise.resolve(gateway);
  };
  const ui = createOwnUi(host, {
    words: en,
    language: 'en',
    log: (step, ...facts) => void logged.push(step, ...facts),
    destination: '/public/support',
    video,
    mute: async (on) => void told.push(`mute ${on}`),
    sendDigits: async (digits) => void told.push(`digits ${digits}`),
    load: (() => Promise.resolve({ connectGateway })) as never,
    ...options,
  });
  const changes: CallChange[] = [];
  const refused: unknown[] = [];
  const place = () =>
    ui.callUi({
      destination: '/public/support',
      host: 'embeds.signalwire.com',
      video,
      container,
      userVariables: { plan: 'gold' },
      signal: stop.signal,
      async guestToken(asked) {
        refused.push(asked?.refused);
        return `token ${refused.length}`;
      },
      report: (change) => void changes.push(change),
    } satisfies CallRequest);
  return { ui, host, container, said, told, emitted, logged, stop, gateway, tokens, changes, refused, place };
}

/** A call that was placed, and is up. */
async function placed(given: Given = {}) {
  const opened = open(given);
  const handle = await opened.place();
  const [dialled] = opened.gateway.dialled;
  opened.ui.show('active');
  dialled!.report({ state: 'active' });
  return { ...opened, handle, dialled: dialled! };
}

describe('the session of a call', () => {
  it('is opened with the token, and the call is dialled on it with what was captured', async () => {
    const { tokens, dialled, changes } = await placed();
    expect(tokens).to.deep.equal(['token 1']);
    expect(dialled).to.include({ destination: '/public/support', video: false });
    expect(dialled.userVariables).to.deep.equal({ plan: 'gold' });
    expect(dialled.stream === captured[0]).to.equal(true);
    expect(changes).to.deep.equal([{ state: 'active' }]);
  });

  it('is opened with another token when the gateway refuses the first, once', async () => {
    const refusal = () => new ClickToCallError('connect-unauthorized');
    const once = open({ refusals: [refusal()] });
    await once.place();
    expect(once.tokens).to.deep.equal(['token 1', 'token 2']);
    expect(once.refused).to.deep.equal([undefined, 'token 1']);
    const twice = open({ refusals: [refusal(), refusal()] });
    await rejects(twice.place(), 'connect-unauthorized');
    expect(twice.tokens).to.have.lengthOf(2);
  });

  it('is not tried again when anything else is wrong', async () => {
    for (const reason of [new ClickToCallError('connect-failed'), new Error('odd')]) {
      const { place, tokens } = open({ refusals: [reason] });
      expect((await reasonOf(place())) === reason).to.equal(true);
      expect(tokens).to.have.lengthOf(1);
    }
  });

  it('tells when the token ends, where the gateway says so', async () => {
    const { gateway, place, changes } = open();
    gateway.expiresAtMs = 1_795_497_284_000;
    await place();
    expect(changes).to.deep.equal([{ expiresAtMs: 1_795_497_284_000 }]);
  });

  it('cannot be opened when its code does not arrive, and the microphone is given back', async () => {
    const cause = new TypeError('Failed to fetch dynamically imported module');
    const { place } = open({ load: () => Promise.reject(cause) });
    const error = await rejects(place(), 'ui-load-failed');
    expect(error.cause === cause).to.equal(true);
    await allCaptured();
    await later();
    expect(captured).to.have.lengthOf(1);
    expect(captured.flatMap((stream) => stream.getTracks()).filter(isLive)).to.deep.equal([]);
  });

  it('that comes after the microphone was refused is closed', async () => {
    let give!: (gateway: Gateway) => void;
    const { place, gateway } = open({ connect: () => new Promise((resolve) => (give = resolve)) });
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    await rejects(place(), 'media-denied');
    expect(gateway.asked).to.deep.equal([]);
    give(gateway);
    await later();
    expect(gateway.asked).to.deep.equal(['close']);
  });

  it('is no longer opened when the microphone was refused: another try would get it', async () => {
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

  it('is no longer opened when the call was stopped', async () => {
    let opening!: AbortSignal;
    const { place, stop } = open({
      connect: ({ signal }) => {
        opening = signal;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const placing = place();
    await later();
    stop.abort('hangup');
    expect(await reasonOf(placing)).to.equal('hangup');
    expect(opening.reason).to.equal('hangup');
  });

  it('is closed, and the microphone given back, when the call cannot be dialled', async () => {
    const { place, gateway } = open();
    gateway.cannotDial = true;
    await rejects(place(), 'call-failed');
    await later();
    expect(gateway.asked).to.deep.equal(['close']);
    expect(captured[0]!.getTracks().filter(isLive)).to.deep.equal([]);
  });
});

describe('a call that was placed', () => {
  it('does what it is asked', async () => {
    const { handle, gateway } = await placed();
    await handle.mute(true);
    await handle.sendDigits('1');
    await handle.hangup();
    expect(gateway.asked).to.deep.equal(['mute true', 'digits 1', 'hangup']);
  });

  it('plays the far end until it is over', async () => {
    const { host, dialled, gateway, handle } = await placed();
    const [track] = captured[0]!.getAudioTracks();
    dialled.onTrack(track!);
    expect((host.audio.srcObject as MediaStream).getTracks()[0] === track).to.equal(true);
    gateway.end({ status: 'disconnected', reason: 'remote' });
    expect(await handle.ended).to.deep.equal({ status: 'disconnected', reason: 'remote' });
    expect(host.audio.srcObject).to.equal(null);
  });

  it('gives the site back when it is over, however it ended', async () => {
    const name = 'sw-click-to-call';
    const isHeld = async () => (await navigator.locks.query()).held!.some((lock) => lock.name === name);
    /** Waits until somebody else can have it. */
    const free = () => navigator.locks.request(name, () => {});
    const { handle, gateway } = await placed();
    expect(await isHeld()).to.equal(true);
    gateway.end({ status: 'disconnected', reason: 'remote' });
    await handle.ended;
    await free();
    const failing = open();
    failing.gateway.cannotDial = true;
    await rejects(failing.place(), 'call-failed');
    await free();
  });

  it('measures its line from the answer to its end', async () => {
    let polls = 0;
    const { place, gateway, changes } = open();
    gateway.peer.getStats = () => {
      polls += 1;
      return Promise.resolve(new Map() as unknown as RTCStatsReport);
    };
    await place();
    const { report } = gateway.dialled[0]!;
    report({ state: 'ringing' });
    report({ expiresAtMs: 1 });
    expect(polls).to.equal(0);
    report({ state: 'active' });
    expect(polls).to.equal(1);
    expect(changes).to.deep.equal([{ state: 'ringing' }, { expiresAtMs: 1 }, { state: 'active' }]);
  });

  it('tells what an agent says to the page', async () => {
    const { gateway, emitted } = await placed();
    gateway.tell('ai.completion', { text: 'Good morning' });
    expect(emitted.map(({ type }) => type)).to.deep.equal(['sw-transcript']);
  });
});

describe('the buttons of a call', () => {
  it('reach the call', async () => {
    const { container, told } = await placed();
    buttonNamed(container, 'Mute microphone').click();
    buttonNamed(container, 'Keypad').click();
    buttonNamed(container, 'Key 5').click();
    buttonNamed(container, 'Hang up').click();
    expect(told.filter((one) => one !== 'focus')).to.deep.equal(['mute true', 'digits 5', 'hangup']);
  });

  it('do not mind digits that could not be sent', async () => {
    const { ui, container, logged } = open({ sendDigits: () => Promise.reject(new Error('no')) });
    ui.show('connecting');
    buttonNamed(container, 'Keypad').click();
    buttonNamed(container, 'Key 5').click();
    await later();
    expect(logged).to.include('digit not sent');
  });

  it('change the device and turn the camera off', async () => {
    const { container } = await placed({ video: true });
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
    // Firefox makes up one.
    if (!other) return;
    buttonNamed(container, en.devices).click();
    const select = fieldNamed<HTMLSelectElement>(container, en.microphone);
    select.value = other.deviceId;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(wanted).to.deep.equal([['audio']]);
  });
});

describe('what is shown of a call', () => {
  it('follows it to its end', async () => {
    const { ui, container } = await placed();
    ui.showMuted(true);
    expect(buttonNamed(container, 'Mute microphone').ariaPressed).to.equal('true');
    ui.showEnd(75_000);
    expect(container.innerText).to.contain('1 minute');
    expect(buttonNames(container)).to.include('Call again');
  });

  it('stands in the page where that is asked for', () => {
    const popover = (display: string) => {
      const { container } = open({ element: { display } });
      return container.querySelector('dialog')!.popover;
    };
    expect(popover('inline')).to.equal(null);
    expect(popover('dialog')).to.equal('manual');
  });

  it('has the pictures of a video call', async () => {
    const { container } = await placed({ video: true });
    await loadVideoStage();
    await later();
    expect([...container.querySelectorAll('video')].map(({ srcObject }) => srcObject)).to.include(
      captured[0],
    );
  });

  it('comes to the front again, and stays there when the element is moved', async () => {
    const { ui, container } = await placed();
    buttonNamed(container, en.minimise).click();
    expect(buttonNames(container)).to.not.include('Hang up');
    ui.front();
    expect(buttonNames(container)).to.include('Hang up');
    const { host } = container.getRootNode() as ShadowRoot;
    document.body.append(host);
    ui.moved();
    expect(container.querySelector('dialog')!.matches(':popover-open')).to.equal(true);
  });

  it('counts no longer once it is closed, also when the next call has taken its place', async () => {
    const { setInterval: set, clearInterval: clear } = window;
    const running = new Set<number | undefined>();
    Object.assign(window, {
      setInterval(...args: Parameters<typeof set>) {
        const id = set(...args) as unknown as number;
        running.add(id);
        return id;
      },
      clearInterval(id: number | undefined) {
        running.delete(id);
        clear(id);
      },
    });
    try {
      const { ui, container } = await placed();
      expect(running.size).to.equal(1);
      container.replaceChildren();
      ui.close();
      expect(running.size).to.equal(0);
    } finally {
      Object.assign(window, { setInterval: set, clearInterval: clear });
    }
  });

  it('leaves a failure beside the button when it is closed, and nothing after a call that went well', async () => {
    const failed = open();
    failed.ui.showFailure(new ClickToCallError('media-not-found').toDetail(), 'No microphone.');
    expect(failed.container.querySelector('.help')).to.equal(null);
    failed.ui.close();
    expect(failed.said.at(-1)).to.deep.equal(['No microphone.', true]);
    const well = open();
    well.ui.showEnd(1_000);
    const before = well.said.length;
    well.ui.close();
    expect(well.said).to.have.lengthOf(before);
  });
});
