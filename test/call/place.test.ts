// A call for a host that writes down what it is told. First with a call interface turned by hand, then with the built-in
// one, a real microphone, and a token that does not come.
import { expect } from 'chai';
import { permissionHelp } from '../../src/ui/texts/permission-help.js';
import type { CallElement, CallHost, CallRun, StopReason } from '../../src/call/call-host.js';
import { startCall, warmUp } from '../../src/call/place.js';
import { ClickToCallError } from '../../src/errors.js';
// Here beforehand: a call waits two seconds for its words, and then does with English.
import '../../src/locales/de.js';
import { en } from '../../src/locales/en.js';
import { buttonNamed, buttonNames, isVisible } from '../by-role.js';
import { FakeCallUi } from '../fake-call-ui.js';
import { makeJwe, PUBLIC_TOKEN } from '../token/made-tokens.js';
import { later } from '../later.js';

interface Begun {
  readonly run: CallRun;
  readonly stop: AbortController;
}

const begun: Begun[] = [];
const containers: HTMLElement[] = [];

/** What is asked of an element; without a network or a microphone unless a test says so. */
function elementWith(settings: Partial<CallElement> = {}) {
  return Object.assign(document.createElement('div'), {
    destination: '/public/support',
    host: 'embeds.signalwire.com',
    tokenProvider: () => Promise.resolve({ token: makeJwe() }),
    strings: {},
    theme: 'auto',
    display: 'dialog',
    ...settings,
  }) as unknown as CallElement;
}

interface Given extends Partial<CallElement> {
  readonly prevented?: boolean;
  readonly onError?: () => void;
}

/** What fails with the built-in interface on the screen. */
const UNREACHABLE: Given = {
  callUi: null,
  tokenProvider: () => Promise.reject(new ClickToCallError('token-network')),
};

/** Starts a call for a host that writes down what it is told. */
function start({ prevented = false, onError, ...settings }: Given = {}) {
  const ui = new FakeCallUi();
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
  const fallback = document.createElement('slot');
  fallback.textContent = '+1 555 0100';
  const container = document.createElement('div');
  root.append(fallback, container);
  containers.push(root.host as HTMLElement);
  const stop = new AbortController();
  const told: string[] = [];
  const said: string[] = [];
  let loud = false;
  const host: CallHost = {
    element: elementWith({ callUi: ui.callUi, ...settings }),
    dialVariables: [],
    signal: stop.signal,
    container,
    fallback,
    audio: new Audio(),
    setState: (state) => void told.push(state),
    emit(event) {
      const { code } = (event as CustomEvent<{ code?: string }>).detail;
      told.push(code ?? event.type);
      if (event.type === 'sw-error') onError?.();
      return !(prevented && event.type === 'sw-error');
    },
    // What the element does: a failure that nobody else shows is shown beside the button, with the page's own way out.
    say(text, failed = false) {
      said.push(text);
      loud = failed;
      fallback.hidden = !failed;
    },
    finish: (state) => void told.push(`finish ${state}`),
    tellHangup: () => void told.push('sw-call-hangup'),
    hangup: () => stop.abort('hangup' satisfies StopReason),
    redial: () => void told.push('redial'),
    focusButton: () => void told.push('focus'),
  };
  const run = startCall(host);
  begun.push({ run, stop });
  return { host, run, ui, stop, told, said, container, fallback, isLoud: () => loud };
}

afterEach(async () => {
  for (const { stop, run } of begun.splice(0)) {
    stop.abort('removed' satisfies StopReason);
    await run.released;
  }
  for (const container of containers.splice(0)) container.remove();
});

describe('starting a call', () => {
  // First in this file: a later call waits for the one before it to be released.
  it('gives the run to its host before the page is asked anything', async () => {
    const { ui, told } = start();
    expect(ui.calls).to.have.lengthOf(0);
    expect(told).to.deep.equal([]);
    await ui.next();
  });

  it('is over when the page is left before there is a call, so that it does not begin when the page comes back', async () => {
    const { run, ui, told } = start();
    const call = await ui.next();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(call.request.signal.aborted).to.equal(true);
    await run.released;
    expect(told).to.deep.equal(['finish ended', 'sw-call-ended']);
    const second = start();
    const placed = await second.ui.next();
    placed.hand();
    await second.run.handed;
    // From here on it is the interface's to end: the built-in one says goodbye (line.ts).
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(placed.request.signal.aborted).to.equal(false);
  });

  it('hangs up what an interface hands over that cannot be followed', async () => {
    for (const ended of [undefined, { then: 1 }]) {
      const { run, ui, told } = start();
      const call = await ui.next();
      Object.assign(call, { ended });
      const { hangup } = call;
      let hungUp = false;
      call.hangup = () => {
        hungUp = true;
        throw hangup;
      };
      call.hand();
      await run.handed;
      expect(told).to.deep.equal(['finish failed', 'call-failed', 'sw-call-ended']);
      expect(hungUp).to.equal(true);
    }
  });

  it('connects when the call can be hung up, even if the interface does not say so', async () => {
    const { run, ui, told } = start();
    (await ui.next()).hand();
    await run.handed;
    expect(told).to.deep.equal(['connecting']);
  });

  it('does not go back to connecting when the interface said more meanwhile', async () => {
    const { run, ui, told } = start();
    const call = await ui.next();
    call.report('ringing');
    call.hand();
    await run.handed;
    expect(told).to.deep.equal(['ringing']);
  });

  it('mutes nothing before there is a call', async () => {
    const { run, ui } = start();
    const call = await ui.next();
    await run.mute(true);
    await run.sendDigits('1');
    expect(call.asked).to.deep.equal([]);
  });

  it('tells each state once, however often the interface says it', async () => {
    const { ui, told } = start();
    const call = await ui.next();
    call.report('ringing');
    call.report('ringing');
    expect(told).to.deep.equal(['ringing']);
  });

  it('does nothing more with a call that is over', async () => {
    const { run, ui, stop } = start();
    const call = await ui.next();
    call.hand();
    await run.handed;
    await run.mute(true);
    stop.abort('hangup' satisfies StopReason);
    await run.mute(false);
    await run.sendDigits('1');
    await run.released;
    expect(call.asked).to.deep.equal(['mute true', 'hangup']);
  });

  it('asks for no more of the browser than the interface needs', async () => {
    const { mediaDevices } = navigator;
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
    try {
      const { run, told } = start({ callUi: null });
      await run.handed;
      expect(told).to.deep.equal(['finish failed', 'preflight-unsupported']);
      const own = start();
      await own.ui.next();
    } finally {
      delete (navigator as { mediaDevices?: unknown }).mediaDevices;
    }
    expect(navigator.mediaDevices === mediaDevices).to.equal(true);
  });

  it('keeps the line for itself until it is over', async () => {
    const first = start();
    const call = await first.ui.next();
    const second = start();
    await second.run.handed;
    await second.run.released;
    expect(second.told).to.deep.equal(['finish failed', 'preflight-in-call']);
    call.hand();
    await first.run.handed;
    expect(first.told).to.deep.equal(['connecting']);
  });

  it('is released although the call interface never answers', async () => {
    const { run, ui, stop } = start();
    ui.stubborn = true;
    await ui.next();
    stop.abort('hangup' satisfies StopReason);
    await run.released;
  });
});

describe('the guest token of a call', () => {
  it('is asked for at a click, also when it was refused ahead of it a moment ago', async () => {
    const answers = [() => Promise.reject(new Error('no')), () => Promise.resolve({ token: makeJwe() })];
    const tokenProvider = () => answers.shift()!();
    await warmUp(elementWith({ tokenProvider }), true);
    const { ui } = start({ tokenProvider });
    expect(await (await ui.next()).request.guestToken()).to.be.a('string');
  });

  it('is kept for the next call, and fetched anew when the gateway says that it ends', async () => {
    let fetched = 0;
    const tokenProvider = () => {
      fetched += 1;
      return Promise.resolve({ token: makeJwe(), expiresIn: 3600 });
    };
    const first = start({ tokenProvider });
    const call = await first.ui.next();
    const token = await call.request.guestToken();
    expect(await call.request.guestToken()).to.equal(token);
    call.request.report({ expiresAtMs: Date.now() + 1_000 });
    expect(await call.request.guestToken()).to.not.equal(token);
    expect(fetched).to.equal(2);
  });

  it('is not waited for by a call that was given up', async () => {
    const { ui, stop } = start({ tokenProvider: () => new Promise(() => {}) });
    const asked = (await ui.next()).request.guestToken();
    stop.abort('hangup' satisfies StopReason);
    expect(await asked.catch((reason: unknown) => reason)).to.equal('hangup');
  });

  it('can be fetched ahead, and nobody is told when that fails', async () => {
    let fetched = 0;
    const tokenProvider = () => {
      fetched += 1;
      return Promise.resolve({ token: makeJwe(), expiresIn: 3600 });
    };
    await warmUp(elementWith({ tokenProvider, destination: '' }), false);
    expect(fetched).to.equal(0);
    await warmUp(elementWith({ tokenProvider, destination: '' }), true);
    const { ui } = start({ tokenProvider });
    await (await ui.next()).request.guestToken();
    expect(fetched).to.equal(1);
    const failing = elementWith({ tokenProvider: () => Promise.reject(new Error('no')) });
    expect(await warmUp(failing, true)).to.equal(undefined);
    expect(await warmUp(elementWith({ tokenProvider: null, token: '' }), true)).to.equal(undefined);
  });

  it('is given up when it gets stuck before anybody clicked, so that the click asks anew', async () => {
    const signals: AbortSignal[] = [];
    const tokenProvider: CallElement['tokenProvider'] = ({ signal }) => {
      signals.push(signal);
      return signals.length > 1 ? Promise.resolve({ token: makeJwe() }) : new Promise(() => {});
    };
    await warmUp(elementWith({ tokenProvider }), true, 1);
    expect(signals[0]!.aborted).to.equal(true);
    const { ui } = start({ tokenProvider });
    expect(await (await ui.next()).request.guestToken()).to.be.a('string');
  });
});

describe('the connection to the token endpoint', () => {
  /** The servers that a connection was opened to, ahead of a click on such an element. */
  const openedFor = async (settings: Partial<CallElement>) => {
    const opened: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        opened.push(...[...(addedNodes as NodeListOf<HTMLLinkElement>)].map(({ href }) => href));
    });
    observer.observe(document.head, { childList: true });
    await warmUp(elementWith({ host: 'example.invalid', tokenProvider: null, ...settings }), false);
    await Promise.resolve();
    observer.disconnect();
    return opened;
  };

  it('is opened ahead of the click', async () => {
    expect(await openedFor({ token: PUBLIC_TOKEN })).to.deep.equal(['https://example.invalid/']);
  });

  it('is not opened where there is a guest token already, or nothing to ask', async () => {
    expect(await openedFor({ token: makeJwe() })).to.deep.equal([]);
    const tokenProvider = () => Promise.resolve({ token: makeJwe() });
    expect(await openedFor({ tokenProvider })).to.deep.equal([]);
  });
});

describe('the built-in call interface', () => {
  // Debian's WebKit has none: preflight.test.ts tells what comes of that.
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
  const tracksAre = () =>
    captured.flatMap((stream) => stream.getTracks()).map(({ readyState }) => readyState);
  /** Resolves when the microphone was given. */
  const untilCaptured = () =>
    new Promise<void>((resolve) => {
      const { getUserMedia } = mediaDevices;
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
        resolve();
        return stream;
      };
    });

  it('shows itself at once, and asks for the microphone and the token in the same tick', async () => {
    let asked = false;
    const microphone = untilCaptured();
    const { container, said } = start({
      callUi: null,
      tokenProvider: () => {
        asked = true;
        return new Promise(() => {});
      },
    });
    await microphone;
    expect(asked).to.equal(true);
    expect(buttonNames(container)).to.include('Hang up');
    expect(said[0]).to.equal('Getting ready…');
  });

  it('asks the visitor to allow the microphone where the browser does, until it is allowed', async () => {
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
      const { said, container } = start({ callUi: null, tokenProvider: () => new Promise(() => {}) });
      const shows = async (text: string) => {
        while (!container.innerText.includes(text)) await later();
      };
      await shows(ASKING);
      expect(said).to.deep.equal(['Getting ready…', ASKING]);
      allow();
      await shows('Getting ready…');
      expect(container.innerText).to.not.contain(ASKING);
    } finally {
      delete (permissions as Partial<Permissions>).query;
    }
  });

  it('says nothing of a prompt that was answered before it was known', async () => {
    const { permissions } = navigator;
    let tell!: () => void;
    permissions.query = () =>
      new Promise((resolve) => (tell = () => resolve({ state: 'prompt' } as PermissionStatus)));
    const microphone = untilCaptured();
    try {
      const { said } = start({ callUi: null, tokenProvider: () => new Promise(() => {}) });
      await microphone;
      await later();
      tell();
      await later();
      expect(said).to.deep.equal(['Getting ready…']);
    } finally {
      delete (permissions as Partial<Permissions>).query;
    }
  });

  it('gives the microphone back when there is no token, and says so with another try', async () => {
    const microphone = untilCaptured();
    const { run, container, told, said, isLoud, fallback } = start({
      callUi: null,
      tokenProvider: () => Promise.reject(new Error('no')),
    });
    await run.handed;
    await run.released;
    expect(told).to.deep.equal(['finish failed', 'token-provider']);
    expect(said.at(-1)).to.contain('try again later');
    expect(container.innerText).to.contain('try again later');
    expect(isLoud()).to.equal(false);
    expect(container.contains(fallback) && isVisible(fallback.parentElement!)).to.equal(true);
    expect(fallback.hidden).to.equal(false);
    expect(buttonNames(container)).to.deep.equal(['Close', 'Try again', 'Close']);
    await microphone;
    await later();
    expect(tracksAre()).to.include('ended').and.not.include('live');
    buttonNamed(container, 'Try again').click();
    expect(told.at(-1)).to.equal('redial');
  });

  it('goes away when the page tells a failure itself', async () => {
    const { run, container, told, said, isLoud } = start({
      callUi: null,
      prevented: true,
      tokenProvider: () => Promise.reject(new Error('no')),
    });
    await run.handed;
    expect(told.filter((one) => one !== 'focus')).to.deep.equal(['finish failed', 'token-provider']);
    expect(container.childElementCount).to.equal(0);
    expect(said.at(-1)).to.equal('');
    expect(isLoud()).to.equal(true);
  });

  it('gives the keyboard back when it is closed, and leaves the failure beside the button', async () => {
    const { run, container, told, said, isLoud, fallback } = start({
      callUi: null,
      tokenProvider: () => Promise.reject(new ClickToCallError('token-network')),
    });
    await run.handed;
    buttonNamed(container, 'Close').focus();
    buttonNamed(container, 'Close').click();
    expect(told.at(-1)).to.equal('focus');
    expect(buttonNames(container)).to.deep.equal([]);
    expect(said.at(-1)).to.contain('try again later');
    expect(isLoud()).to.equal(true);
    expect(fallback.nextElementSibling === container && !fallback.hidden).to.equal(true);
  });

  it('gives the way out back to the button when the element calls again', async () => {
    const { run, host, container, fallback } = start(UNREACHABLE);
    await run.handed;
    expect(container.contains(fallback)).to.equal(true);
    const stop = new AbortController();
    const again = startCall({ ...host, signal: stop.signal });
    begun.push({ run: again, stop });
    expect(fallback.nextElementSibling === container).to.equal(true);
  });

  it('goes away when another element calls, and leaves what went wrong beside its button', async () => {
    const { run, container, said, isLoud } = start(UNREACHABLE);
    await run.handed;
    const other = start();
    expect(buttonNames(container)).to.deep.equal([]);
    expect(said.at(-1)).to.contain('try again');
    expect(isLoud()).to.equal(true);
    await other.ui.next();
  });

  it('can be hung up while it prepares: microphone off, and another call offered', async () => {
    const microphone = untilCaptured();
    const { run, container, told } = start({ callUi: null, tokenProvider: () => new Promise(() => {}) });
    await microphone;
    buttonNamed(container, 'Hang up').click();
    await run.handed;
    await run.released;
    expect(told).to.deep.equal(['finish ended', 'sw-call-ended']);
    expect(buttonNames(container)).to.deep.equal(['Close', 'Call again', 'Close']);
    expect(tracksAre()).to.include('ended').and.not.include('live');
  });

  it('goes away without a word when the element does', async () => {
    const microphone = untilCaptured();
    const { run, container, told, stop } = start({
      callUi: null,
      tokenProvider: () => new Promise(() => {}),
    });
    await microphone;
    stop.abort('removed' satisfies StopReason);
    await run.released;
    expect(told.filter((one) => one !== 'focus')).to.deep.equal(['finish idle']);
    expect(container.childElementCount).to.equal(0);
    expect(tracksAre()).to.include('ended').and.not.include('live');
  });

  it('gives way on the screen to the call that the page dials while it is told of a failure', async () => {
    let next!: ReturnType<typeof start>;
    const microphone = untilCaptured();
    const { run, container, said, isLoud } = start({
      callUi: null,
      tokenProvider: () => Promise.reject(new Error('no')),
      onError: () => {
        next = start({ callUi: null, tokenProvider: () => new Promise(() => {}) });
      },
    });
    await run.handed;
    await microphone;
    expect(container.childElementCount).to.equal(0);
    expect(isLoud()).to.equal(true);
    expect(said.at(-1)).to.contain('try again later');
    await later();
    expect(buttonNames(next.container)).to.include('Hang up');
  });

  it('comes to the front, and back into the top layer after a move', async () => {
    const microphone = untilCaptured();
    const { run, container } = start({ callUi: null, tokenProvider: () => new Promise(() => {}) });
    await microphone;
    buttonNamed(container, en.minimise).click();
    expect(buttonNames(container)).to.not.include('Hang up');
    run.front();
    expect(buttonNames(container)).to.include('Hang up');
    document.body.append((container.getRootNode() as ShadowRoot).host);
    run.moved();
    expect(container.querySelector('dialog')!.matches(':popover-open')).to.equal(true);
  });

  it('calls what nobody foresaw an error of its own', async () => {
    mediaDevices.getUserMedia = () => {
      throw new Error('odd');
    };
    const { run, told } = start({ callUi: null });
    await run.handed;
    expect(told).to.deep.equal(['finish failed', 'internal']);
  });

  it('says what is wrong with the microphone', async () => {
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    const { run, told, said, container } = start({ callUi: null });
    await run.handed;
    expect(told).to.deep.equal(['finish failed', 'media-denied']);
    expect(container.innerText).to.contain('The microphone is blocked');
    const help = en[permissionHelp(navigator)];
    expect(container.innerText).to.contain(help);
    buttonNamed(container, 'Close').click();
    expect(said.at(-1), 'beside the button').to.equal(`The microphone is blocked. ${help}`);
  });

  it('names the camera too, where the call has video', async () => {
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError'));
    const { run, container } = start({ callUi: null, video: true });
    await run.handed;
    expect(container.innerText).to.contain('No microphone or camera was found');
  });

  it('speaks the language of the element', async () => {
    const microphone = untilCaptured();
    const element = { callUi: null, tokenProvider: () => new Promise<never>(() => {}) };
    const { container } = start({ ...element, getAttribute: () => 'de-AT' });
    await microphone;
    expect(buttonNames(container)).to.include('Auflegen');
    expect(container.querySelector('dialog')!.lang).to.equal('de-AT');
  });

  it('says when another tab of the site is in a call, and calls all the same', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const other = navigator.locks.request('sw-click-to-call', () => held);
    const microphone = untilCaptured();
    const { container, said } = start({ callUi: null, tokenProvider: () => new Promise(() => {}) });
    await microphone;
    await navigator.locks.query();
    expect(said).to.include('A call is going on in another tab of this site.');
    expect(buttonNames(container)).to.include('Hang up');
    release();
    await other;
  });

  it('lets the page replace its words, and ignores words that are missing', async () => {
    const microphone = untilCaptured();
    const { container } = start({
      callUi: null,
      strings: { hangUp: 'Auflegen', minimise: undefined as never },
      tokenProvider: () => new Promise(() => {}),
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
