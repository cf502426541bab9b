// Placing a call: first with a page's own call UI that the test controls, then with the built-in one, a real microphone,
// and a guest token that never arrives.
import { expect } from 'chai';
import { openBuiltIn } from '../../src/call/built-in.js';
import type { CallLoaders } from '../../src/call/call.js';
import { placeCall, warmUp } from '../../src/call/place.js';
import { ClickToCallError } from '../../src/errors.js';
// Loaded beforehand: a call waits two seconds for its texts, and then uses English.
import '../../src/locales/de.js';
import { en } from '../../src/locales/en.js';
import { permissionHelp } from '../../src/ui/texts/permission-help.js';
import { buttonNamed, buttonNames, isVisible } from '../by-role.js';
import { FakeCallUi } from '../fake-call-ui.js';
import { later } from '../later.js';
import { makeJwe, PUBLIC_TOKEN } from '../token/made-tokens.js';
import { makeCall, makeElement, removeCalls, type FakeElement } from './made-call.js';

/** Everything of a call but a gateway, which never answers. */
const LOADERS: CallLoaders = {
  call: () => Promise.resolve({ placeCall }),
  builtIn: () => Promise.resolve({ openBuiltIn }),
  sdk: () => Promise.resolve({ connectGateway: () => new Promise(() => {}) }),
};

/** What keeps the built-in call UI on the screen while it prepares. */
const NO_TOKEN_YET: Partial<FakeElement> = { callUi: null, tokenProvider: () => new Promise(() => {}) };

/** What makes the built-in call UI show a failure. */
const UNREACHABLE: Partial<FakeElement> = {
  callUi: null,
  tokenProvider: () => Promise.reject(new ClickToCallError('token-network')),
};

/** Starts a call on an element. With `callUi: null` the built-in call UI places it. */
function startOn(element: FakeElement, loaders: Partial<CallLoaders> = {}) {
  const call = makeCall(element, { ...LOADERS, ...loaders });
  const { told, surface } = element;
  return { call, started: call.start(), element, told, ...surface };
}

/** Starts a call on a new element. */
function start(properties: Partial<FakeElement> = {}, loaders: Partial<CallLoaders> = {}) {
  const ui = new FakeCallUi();
  return { ui, ...startOn(makeElement({ callUi: ui.callUi, ...properties }), loaders) };
}

afterEach(removeCalls);

describe('placing a call', () => {
  // First in this file: a later call waits until the one before it is released.
  it('asks the call UI only after dial() has returned', async () => {
    const { ui, told } = start();
    expect(ui.calls).to.have.lengthOf(0);
    expect(told).to.deep.equal(['preparing']);
    await ui.next();
  });

  it('ends when the visitor leaves the page before the call UI answers, so that no call starts when the page comes back', async () => {
    const { call, ui, told } = start();
    const asked = await ui.next();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(asked.request.signal.aborted).to.equal(true);
    await call.released;
    expect(told).to.deep.equal(['preparing', 'sw-call-hangup', 'ended', 'sw-call-ended']);
  });

  it('leaves a call that is up to its call UI when the visitor leaves the page', async () => {
    const { ui, started } = start();
    const placed = await ui.next();
    placed.hand();
    await started;
    // The built-in one hangs up (sdk/call.ts).
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(placed.request.signal.aborted).to.equal(false);
  });

  it('hangs up a handle that it cannot follow, and fails', async () => {
    for (const ended of [undefined, { then: 1 }]) {
      const { ui, told, started } = start();
      const placed = await ui.next();
      let isHungUp = false;
      const hangup = () => {
        isHungUp = true;
        throw new Error('of the page');
      };
      placed.hand();
      Object.assign(placed, { ended, hangup });
      await started;
      expect(told).to.deep.equal(['preparing', 'failed', 'call-failed', 'sw-call-ended']);
      expect(isHungUp).to.equal(true);
    }
  });

  it('is connecting when the call can be hung up, even if the call UI does not report it', async () => {
    const { ui, told, started } = start();
    (await ui.next()).hand();
    await started;
    expect(told).to.deep.equal(['preparing', 'connecting']);
  });

  it('does not go back to connecting when the call UI has reported more meanwhile', async () => {
    const { ui, told, started } = start();
    const placed = await ui.next();
    placed.report('ringing');
    placed.hand();
    await started;
    expect(told).to.deep.equal(['preparing', 'ringing']);
  });

  it('does not mute or send digits before the call UI has returned a handle', async () => {
    const { call, ui } = start();
    const placed = await ui.next();
    await call.mute(true);
    await call.sendDigits('1');
    expect(placed.asked).to.deep.equal([]);
  });

  it('changes the state once, however often the call UI reports it', async () => {
    const { ui, told } = start();
    const placed = await ui.next();
    placed.report('ringing');
    placed.report('ringing');
    expect(told).to.deep.equal(['preparing', 'ringing']);
  });

  it('tells the answer once, also when the connection was lost and came back', async () => {
    const { call, ui, told } = start();
    const placed = await ui.next();
    for (const state of ['active', 'reconnecting'] as const) placed.report(state);
    const { answeredAtMs } = call.snapshot;
    placed.report('active');
    expect(told).to.deep.equal(['preparing', 'active', 'sw-call-started', 'reconnecting', 'active']);
    expect(call.snapshot.answeredAtMs).to.equal(answeredAtMs);
  });

  it('ignores every report that is not documented', async () => {
    const { ui, told } = start();
    const { request } = await ui.next();
    for (const report of [undefined, null, 'active', {}, { state: 'failed' }, { state: 'idle' }]) {
      request.report(report as Parameters<typeof request.report>[0]);
    }
    expect(told).to.deep.equal(['preparing']);
  });

  it('asks nothing of a call that is over, except to hang up', async () => {
    const { call, ui, started } = start();
    const placed = await ui.next();
    placed.hand();
    await started;
    await call.mute(true);
    call.stop('hangup');
    await call.mute(false);
    await call.sendDigits('1');
    await call.released;
    expect(placed.asked).to.deep.equal(['mute true', 'hangup']);
  });

  it('needs WebRTC for the built-in call UI only', async () => {
    const { mediaDevices } = navigator;
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
    try {
      const { told, started } = start({ callUi: null });
      await started;
      expect(told).to.deep.equal(['preparing', 'failed', 'preflight-unsupported']);
      const own = start();
      await own.ui.next();
    } finally {
      delete (navigator as { mediaDevices?: unknown }).mediaDevices;
    }
    expect(navigator.mediaDevices === mediaDevices).to.equal(true);
  });

  it('refuses a second call on the page, and the first one goes on', async () => {
    const first = start();
    const placed = await first.ui.next();
    const second = start();
    await second.started;
    await second.call.released;
    expect(second.told).to.deep.equal(['preparing', 'failed', 'preflight-in-call']);
    placed.hand();
    await first.started;
    expect(first.told).to.deep.equal(['preparing', 'connecting']);
  });

  it('asks the next call UI only after the last call has released everything', async () => {
    const first = start();
    const placed = await first.ui.next();
    let release!: () => void;
    Object.assign(placed, { hangup: () => new Promise<void>((resolve) => (release = resolve)) });
    placed.hand();
    await first.started;
    first.call.stop('hangup');
    const second = start();
    await later();
    expect(second.ui.calls).to.have.lengthOf(0);
    const asked = second.ui.next();
    release();
    await asked;
  });

  it('is released after five seconds even if the call UI never answers', async () => {
    const { call, ui } = start();
    ui.stubborn = true;
    await ui.next();
    call.stop('hangup');
    await call.released;
  });
});

describe('the guest token of a call', () => {
  it('is fetched at the click, also when fetching it ahead has just failed', async () => {
    const answers = [() => Promise.reject(new Error('no')), () => Promise.resolve({ token: makeJwe() })];
    const tokenProvider = () => answers.shift()!();
    await warmUp(makeElement({ tokenProvider }), true);
    const { ui } = start({ tokenProvider });
    expect(await (await ui.next()).request.guestToken()).to.be.a('string');
  });

  it('is kept for the next call, and fetched again when the gateway says that it ends', async () => {
    let fetches = 0;
    const tokenProvider = () => {
      fetches += 1;
      return Promise.resolve({ token: makeJwe(), expiresIn: 3600 });
    };
    const first = start({ tokenProvider });
    const { request } = await first.ui.next();
    const token = await request.guestToken();
    expect(await request.guestToken()).to.equal(token);
    request.report({ expiresAtMs: Date.now() + 1_000 });
    expect(await request.guestToken()).to.not.equal(token);
    expect(fetches).to.equal(2);
  });

  it('rejects when the call is hung up while it is being fetched', async () => {
    const { call, ui } = start({ tokenProvider: () => new Promise(() => {}) });
    const fetching = (await ui.next()).request.guestToken();
    call.stop('hangup');
    expect(await fetching.catch((reason: unknown) => reason)).to.equal('hangup');
  });

  it('can be fetched ahead of the click, without a destination', async () => {
    let fetches = 0;
    const tokenProvider = () => {
      fetches += 1;
      return Promise.resolve({ token: makeJwe(), expiresIn: 3600 });
    };
    const element = makeElement({ tokenProvider, destination: '' });
    await warmUp(element, false);
    expect(fetches).to.equal(0);
    await warmUp(element, true);
    const { ui } = start({ tokenProvider });
    await (await ui.next()).request.guestToken();
    expect(fetches).to.equal(1);
  });

  it('that cannot be fetched ahead of the click causes no error', async () => {
    const failing = makeElement({ tokenProvider: () => Promise.reject(new Error('no')) });
    expect(await warmUp(failing, true)).to.equal(undefined);
    const misconfigured = makeElement({ tokenProvider: null, token: '' });
    expect(await warmUp(misconfigured, true)).to.equal(undefined);
    expect([failing.told, misconfigured.told]).to.deep.equal([[], []]);
  });

  it('is given up when fetching it ahead takes too long, so that the click fetches it again', async () => {
    const signals: AbortSignal[] = [];
    const tokenProvider: FakeElement['tokenProvider'] = ({ signal }) => {
      signals.push(signal);
      return signals.length > 1 ? Promise.resolve({ token: makeJwe() }) : new Promise(() => {});
    };
    await warmUp(makeElement({ tokenProvider }), true, 1);
    expect(signals[0]!.aborted).to.equal(true);
    const { ui } = start({ tokenProvider });
    expect(await (await ui.next()).request.guestToken()).to.be.a('string');
  });
});

describe('the connection to the token endpoint', () => {
  /** The servers to which a warm-up opens a connection. */
  const openedFor = async (properties: Partial<FakeElement>) => {
    const opened: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node instanceof HTMLLinkElement) opened.push(node.href);
    });
    observer.observe(document.head, { childList: true });
    await warmUp(makeElement({ host: 'example.invalid', tokenProvider: null, ...properties }), false);
    await Promise.resolve();
    observer.disconnect();
    return opened;
  };

  it('is opened ahead of the click', async () => {
    expect(await openedFor({ token: PUBLIC_TOKEN })).to.deep.equal(['https://example.invalid/']);
  });

  it('is not opened when there is a guest token already, or no endpoint', async () => {
    expect(await openedFor({ token: makeJwe() })).to.deep.equal([]);
    const tokenProvider = () => Promise.resolve({ token: makeJwe() });
    expect(await openedFor({ tokenProvider })).to.deep.equal([]);
  });
});

describe('the built-in call UI', () => {
  // Debian's WebKit has no WebRTC; preflight.test.ts tests what happens there.
  before(function () {
    if (!('RTCPeerConnection' in window)) this.skip();
  });

  const { mediaDevices } = navigator;
  const captured: MediaStream[] = [];
  beforeEach(() => {
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await MediaDevices.prototype.getUserMedia.call(mediaDevices, constraints);
      captured.push(stream);
      return stream;
    };
  });
  afterEach(() => {
    captured.length = 0;
    delete (mediaDevices as Partial<MediaDevices>).getUserMedia;
  });
  const trackStates = () =>
    captured.flatMap((stream) => stream.getTracks()).map(({ readyState }) => readyState);
  /** Resolves when the microphone is captured. */
  const untilCaptured = () =>
    new Promise<void>((resolve) => {
      const { getUserMedia } = mediaDevices;
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
        resolve();
        return stream;
      };
    });

  it('opens at once, and asks for the microphone and the token in the same tick', async () => {
    let isTokenAsked = false;
    const microphone = untilCaptured();
    const { element, container } = start({
      callUi: null,
      tokenProvider: () => {
        isTokenAsked = true;
        return new Promise(() => {});
      },
    });
    await microphone;
    expect(isTokenAsked).to.equal(true);
    expect(buttonNames(container)).to.include('Hang up');
    expect(element.announced[0]).to.equal('Getting ready…');
  });

  it('asks the visitor to allow the microphone while the browser shows its prompt', async () => {
    const { permissions } = navigator;
    permissions.query = () => Promise.resolve({ state: 'prompt' } as PermissionStatus);
    const { getUserMedia } = mediaDevices;
    let allow!: () => void;
    const allowed = new Promise<void>((resolve) => (allow = resolve));
    mediaDevices.getUserMedia = async (constraints) => {
      await allowed;
      return getUserMedia(constraints);
    };
    const ASKING = 'Please allow the microphone.';
    try {
      const { element, container } = start(NO_TOKEN_YET);
      const shows = async (text: string) => {
        while (!container.innerText.includes(text)) await later();
      };
      await shows(ASKING);
      expect(element.announced).to.deep.equal(['Getting ready…', ASKING]);
      allow();
      await shows('Getting ready…');
      expect(container.innerText).to.not.contain(ASKING);
    } finally {
      delete (permissions as Partial<Permissions>).query;
    }
  });

  it('does not mention a prompt that was answered before the browser reported it', async () => {
    const { permissions } = navigator;
    let answer!: () => void;
    permissions.query = () =>
      new Promise((resolve) => (answer = () => resolve({ state: 'prompt' } as PermissionStatus)));
    const microphone = untilCaptured();
    try {
      const { element } = start(NO_TOKEN_YET);
      await microphone;
      await later();
      answer();
      await later();
      expect(element.announced).to.deep.equal(['Getting ready…']);
    } finally {
      delete (permissions as Partial<Permissions>).query;
    }
  });

  it('releases the microphone when there is no token, shows the failure and offers another try', async () => {
    const microphone = untilCaptured();
    const { call, started, element, container, told, fallback } = start({
      callUi: null,
      tokenProvider: () => Promise.reject(new Error('no')),
    });
    await started;
    await call.released;
    expect(told).to.deep.equal(['preparing', 'failed', 'token-provider']);
    expect(call.snapshot.sentence).to.contain('try again later');
    expect(container.innerText).to.contain('try again later');
    expect(call.snapshot.ui).to.not.equal(undefined);
    expect(container.contains(fallback) && isVisible(fallback.parentElement!)).to.equal(true);
    expect(fallback.hidden).to.equal(false);
    expect(buttonNames(container)).to.deep.equal(['Close', 'Try again', 'Close']);
    await microphone;
    await later();
    expect(trackStates()).to.include('ended').and.not.include('live');
    buttonNamed(container, 'Try again').click();
    expect(element.asked.at(-1)).to.equal('dial');
  });

  it('closes when the page shows the failure itself', async () => {
    const element = makeElement({
      callUi: null,
      tokenProvider: () => Promise.reject(new Error('no')),
    });
    element.addEventListener('sw-error', (event) => event.preventDefault());
    const { call, started, container, told } = startOn(element);
    await started;
    expect(told).to.deep.equal(['preparing', 'failed', 'token-provider']);
    expect(container.childElementCount).to.equal(0);
    expect(call.snapshot).to.include({ sentence: '', ui: undefined });
  });

  it('gives the focus back when it is closed, and leaves the failure to the element', async () => {
    const { call, started, element, container, fallback } = start(UNREACHABLE);
    await started;
    buttonNamed(container, 'Close').focus();
    buttonNamed(container, 'Close').click();
    expect(element.asked.at(-1)).to.equal('focus');
    expect(buttonNames(container)).to.deep.equal([]);
    expect(call.snapshot.sentence).to.contain('try again later');
    expect(call.snapshot.ui).to.equal(undefined);
    expect(fallback.nextElementSibling === container && !fallback.hidden).to.equal(true);
  });

  it('gives the fallback back when the same element calls again', async () => {
    const { started, element, container, fallback } = start(UNREACHABLE);
    await started;
    expect(container.contains(fallback)).to.equal(true);
    startOn(element);
    expect(fallback.nextElementSibling === container).to.equal(true);
  });

  it('closes when another element calls, and leaves the failure to its own element', async () => {
    const { call, started, container } = start(UNREACHABLE);
    await started;
    const other = start();
    await other.ui.next();
    expect(buttonNames(container)).to.deep.equal([]);
    expect(call.snapshot.sentence).to.contain('try again');
    expect(call.snapshot.ui).to.equal(undefined);
  });

  it('can be hung up while it prepares: releases the microphone and offers another call', async () => {
    const microphone = untilCaptured();
    const { call, started, container, told } = start(NO_TOKEN_YET);
    await microphone;
    buttonNamed(container, 'Hang up').click();
    await started;
    await call.released;
    expect(told).to.deep.equal(['preparing', 'sw-call-hangup', 'ended', 'sw-call-ended']);
    expect(buttonNames(container)).to.deep.equal(['Close', 'Call again', 'Close']);
    expect(trackStates()).to.include('ended').and.not.include('live');
  });

  it('closes without an event when the element is removed while it prepares', async () => {
    const microphone = untilCaptured();
    const { call, container, told } = start(NO_TOKEN_YET);
    await microphone;
    call.stop('removed');
    await call.released;
    expect(told).to.deep.equal(['preparing', 'idle']);
    expect(container.childElementCount).to.equal(0);
    expect(call.snapshot.ui).to.equal(undefined);
    expect(trackStates()).to.include('ended').and.not.include('live');
  });

  it('closes for a call that the page starts on another element in a listener of sw-error', async () => {
    const element = makeElement({ callUi: null, tokenProvider: () => Promise.reject(new Error('no')) });
    let second: ReturnType<typeof start> | undefined;
    element.addEventListener('sw-error', () => (second = start(NO_TOKEN_YET)));
    const microphone = untilCaptured();
    const { call, started, container } = startOn(element);
    await started;
    await microphone;
    await later();
    expect(container.childElementCount).to.equal(0);
    expect(call.snapshot.ui).to.equal(undefined);
    expect(call.snapshot.sentence).to.contain('try again later');
    expect(buttonNames(second!.container)).to.include('Hang up');
  });

  it('gives its place to a call that the page starts on the same element in a listener of sw-error', async () => {
    const element = makeElement({ callUi: null, tokenProvider: () => Promise.reject(new Error('no')) });
    let second: ReturnType<typeof startOn> | undefined;
    element.addEventListener('sw-error', () => {
      element.tokenProvider = () => new Promise(() => {});
      second ??= startOn(element);
    });
    const { started, container, told } = startOn(element);
    await started;
    while (!second?.call.snapshot.ui) await later();
    expect(told).to.deep.equal(['preparing', 'failed', 'token-provider', 'preparing']);
    expect(container.querySelectorAll('dialog')).to.have.lengthOf(1);
    expect(buttonNames(container)).to.include('Hang up');
  });

  it('comes to the front, and back into the top layer after a move', async () => {
    const microphone = untilCaptured();
    const { call, element, container } = start(NO_TOKEN_YET);
    await microphone;
    buttonNamed(container, en.minimise).click();
    expect(buttonNames(container)).to.not.include('Hang up');
    call.snapshot.ui!.front();
    expect(buttonNames(container)).to.include('Hang up');
    document.body.append(element);
    call.snapshot.ui!.moved();
    expect(container.querySelector('dialog')!.matches(':popover-open')).to.equal(true);
  });

  it('fails with ui-load-failed when its code does not load', async () => {
    const cause = new TypeError('Failed to fetch dynamically imported module');
    const { call, started, told } = start({ callUi: null }, { builtIn: () => Promise.reject(cause) });
    await started;
    expect(told).to.deep.equal(['preparing', 'failed', 'ui-load-failed']);
    expect(call.snapshot.sentence).to.equal(en.loadFailed);
  });

  it('fails with internal when it throws an error without a code', async () => {
    const openBuiltIn = () => {
      throw new Error('unexpected');
    };
    const { started, told } = start({ callUi: null }, { builtIn: () => Promise.resolve({ openBuiltIn }) });
    await started;
    expect(told).to.deep.equal(['preparing', 'failed', 'internal']);
  });

  it('explains a microphone that the visitor has blocked', async () => {
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    const { call, started, told, container } = start({ callUi: null });
    await started;
    expect(told).to.deep.equal(['preparing', 'failed', 'media-denied']);
    const help = en[permissionHelp(navigator)];
    expect(container.innerText).to.contain('The microphone is blocked');
    expect(container.innerText).to.contain(help);
    buttonNamed(container, 'Close').click();
    const beside = { sentence: 'The microphone is blocked.', help, ui: undefined };
    expect(call.snapshot).to.include(beside);
  });

  it('names the camera too when the call has video', async () => {
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError'));
    const { started, container } = start({ callUi: null, video: true });
    await started;
    expect(container.innerText).to.contain('No microphone or camera was found');
  });

  it('speaks the language of the element', async () => {
    const microphone = untilCaptured();
    const { container } = start({ ...NO_TOKEN_YET, lang: 'de-AT' });
    await microphone;
    expect(buttonNames(container)).to.include('Auflegen');
    expect(container.querySelector('dialog')!.lang).to.equal('de-AT');
  });

  it('tells when another tab of the site is in a call, and calls all the same', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const other = navigator.locks.request('sw-click-to-call', () => held);
    const microphone = untilCaptured();
    const { call, element, container } = start(NO_TOKEN_YET);
    await microphone;
    await navigator.locks.query();
    expect(call.snapshot.otherTab).to.equal(true);
    expect(element.announced).to.include('A call is going on in another tab of this site.');
    expect(buttonNames(container)).to.include('Hang up');
    release();
    await other;
  });

  it('lets the page replace its texts, and ignores texts that are not set', async () => {
    const microphone = untilCaptured();
    const { container } = start({
      ...NO_TOKEN_YET,
      strings: { hangUp: 'Auflegen', minimise: undefined as never },
    });
    await microphone;
    expect(buttonNames(container)).to.deep.equal([
      'Minimise',
      'Mute microphone',
      'Keypad',
      'Sound and devices',
      'Auflegen',
    ]);
  });
});
