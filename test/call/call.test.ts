// A call as its owner sees it: sw-dial first, then the code, then one end, whatever listeners do in between. The code that
// places the call is a stub here; place.test.ts tests the real one.
import { expect } from 'chai';
import type { Call } from '../../src/call/call.js';
import { ClickToCallError } from '../../src/errors.js';
import type { SwCallEndedDetail, SwDialDetail } from '../../src/events.js';
import { LOAD_FAILED } from '../../src/locales/button-texts.js';
import { later } from '../later.js';
import { reasonOf } from '../rejects.js';
import { makeCall, makeElement, removeCalls, type FakeElement } from './made-call.js';

/** Code that loads when the test says so, and records the calls that it is to place. */
class FakeCode {
  readonly placed: Call[] = [];
  arrive!: () => void;
  fail!: (reason: unknown) => void;
  readonly #arrived = new Promise<void>((resolve, reject) => {
    this.arrive = resolve;
    this.fail = reject;
  });

  readonly load = async () => {
    await this.#arrived;
    return { placeCall: async (call: Call) => void this.placed.push(call) };
  };
}

function setUp(properties: Partial<FakeElement> = {}) {
  const element = makeElement(properties);
  const code = new FakeCode();
  return { element, code, call: makeCall(element, { call: code.load }) };
}

/** A call whose code has arrived, so that it has a state of its own. */
async function placed(properties: Partial<FakeElement> = {}) {
  const made = setUp(properties);
  made.code.arrive();
  await made.call.start();
  made.element.told.length = 0;
  return made;
}

/** The handle of a call UI that records what it is asked. */
function makeHandle() {
  const asked: string[] = [];
  return {
    asked,
    hangup: () => void asked.push('hangup'),
    mute: (on: boolean) => void asked.push(`mute ${on}`),
    sendDigits: (digits: string) => void asked.push(`digits ${digits}`),
    ended: new Promise<never>(() => {}),
  };
}

const FAILURE = new ClickToCallError('call-busy').toDetail();
const FAILED = {
  state: 'failed',
  error: FAILURE,
  sentence: 'The line is busy.',
  help: 'Try later.',
  end: { status: 'failed', reason: 'busy' },
} as const;

const endOf = (element: FakeElement) =>
  new Promise<SwCallEndedDetail>((resolve) =>
    element.addEventListener('sw-call-ended', ({ detail }) => resolve(detail), { once: true }),
  );

afterEach(removeCalls);

describe('sw-dial', () => {
  it('comes before the state changes and before any code is requested', async () => {
    const { element, call, code } = setUp();
    let stateThen: string | undefined;
    let loads = 0;
    element.addEventListener('sw-dial', () => (stateThen = `${call.snapshot.state}, ${loads} loads`));
    const counted = makeCall(element, {
      call: () => {
        loads += 1;
        return code.load();
      },
    });
    void counted.start();
    expect(stateThen).to.equal('idle, 0 loads');
    expect(loads).to.equal(1);
    expect(element.told).to.deep.equal(['preparing']);
  });

  it('ends the attempt without an event when it is prevented', async () => {
    const { element, call } = setUp({ state: 'ended' });
    element.addEventListener('sw-dial', (event) => event.preventDefault());
    await call.start();
    expect(element.told).to.deep.equal(['idle']);
    expect(call.isOver).to.equal(true);
  });

  it('has the address without white space, and video unless the markup says audio-only', () => {
    const element = makeElement({ destination: ' /public/a\n', video: true });
    const seen: SwDialDetail[] = [];
    element.addEventListener('sw-dial', ({ detail }) => seen.push(detail));
    void makeCall(element).start();
    element.setAttribute('audio-only', '');
    void makeCall(element).start();
    expect(seen.map(({ destination, video }) => [destination, video])).to.deep.equal([
      ['/public/a', true],
      ['/public/a', false],
    ]);
  });

  it('collects the variables of all listeners, in their order', () => {
    const { element, call } = setUp();
    for (const plan of ['gold', 'blue'])
      element.addEventListener('sw-dial', ({ detail }) => detail.setUserVariables({ plan }));
    void call.start();
    expect(call.dialVariables).to.deep.equal([{ plan: 'gold' }, { plan: 'blue' }]);
  });
});

describe('the code of a call', () => {
  it('is given the call when it arrives', async () => {
    const { call, code } = setUp();
    const started = call.start();
    expect(code.placed).to.deep.equal([]);
    code.arrive();
    await started;
    expect(code.placed).to.deep.equal([call]);
    expect(call.isOver).to.equal(false);
  });

  it('is not given a call that was hung up before it arrived', async () => {
    const { element, call, code } = setUp();
    const started = call.start();
    const end = endOf(element);
    await call.hangup();
    code.arrive();
    await started;
    expect(code.placed).to.deep.equal([]);
    expect(element.told).to.deep.equal(['preparing', 'sw-call-hangup', 'ended', 'sw-call-ended']);
    expect(await end).to.deep.equal({ status: 'disconnected', reason: 'hangup', durationMs: 0 });
  });

  it('ends the call with ui-load-failed when it does not load', async () => {
    const { element, call, code } = setUp();
    code.fail(new TypeError('Failed to fetch'));
    await call.start();
    expect(element.told).to.deep.equal(['preparing', 'failed', 'ui-load-failed']);
    expect(call.snapshot.error).to.deep.equal(new ClickToCallError('ui-load-failed').toDetail());
    expect(call.snapshot.sentence).to.equal(LOAD_FAILED);
  });

  it('ends the call with preflight-offline when it does not load without a network', async () => {
    const { element, call, code } = setUp();
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    try {
      code.fail(new TypeError('Failed to fetch'));
      await call.start();
    } finally {
      delete (navigator as Partial<Record<'onLine', boolean>>).onLine;
    }
    expect(element.told).to.deep.equal(['preparing', 'failed', 'preflight-offline']);
    expect(call.snapshot.error).to.deep.equal(new ClickToCallError('preflight-offline').toDetail());
    expect(call.snapshot.sentence).to.equal(LOAD_FAILED);
  });

  it("that does not load is reported in the page's own words", async () => {
    const { call, code } = setUp({ strings: { loadFailed: 'Bitte neu laden.' } });
    code.fail(new TypeError('Failed to fetch'));
    await call.start();
    expect(call.snapshot.sentence).to.equal('Bitte neu laden.');
  });

  it('that fails to load after a hang-up changes nothing', async () => {
    const { element, call, code } = setUp();
    const started = call.start();
    await call.hangup();
    const before = [...element.told];
    code.fail(new TypeError('Failed to fetch'));
    await started;
    expect(element.told).to.deep.equal(before);
  });
});

describe('a call that is stopped', () => {
  const STATES = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'] as const;

  for (const state of STATES) {
    it(`by the visitor while ${state} has ended, disconnected`, async () => {
      const { element, call } = await placed();
      call.update({ state });
      element.told.length = 0;
      const end = endOf(element);
      call.stop('hangup');
      expect(element.told).to.deep.equal(['ended', 'sw-call-ended']);
      expect(await end).to.include({ status: 'disconnected', reason: 'hangup' });
      expect(call.signal.reason).to.equal('hangup');
    });
  }

  it('because the element is removed while preparing is idle again, without an end', async () => {
    const { element, call } = await placed();
    call.stop('removed');
    expect(element.told).to.deep.equal(['idle']);
    expect(call.signal.reason).to.equal('removed');
  });

  for (const state of STATES.slice(1)) {
    it(`because the element is removed while ${state} has ended, destroyed`, async () => {
      const { element, call } = await placed();
      call.update({ state });
      element.told.length = 0;
      const end = endOf(element);
      call.stop('removed');
      expect(element.told).to.deep.equal(['ended', 'sw-call-ended']);
      expect(await end).to.include({ status: 'destroyed', reason: 'hangup' });
    });
  }

  it('aborts its signal after its end has been told', async () => {
    const { element, call } = await placed();
    let wasAborted: boolean | undefined;
    element.addEventListener('sw-call-ended', () => (wasAborted = call.signal.aborted));
    call.stop('hangup');
    expect([wasAborted, call.signal.aborted]).to.deep.equal([false, true]);
  });

  it('resolves hangup() when everything is released', async () => {
    const { call } = await placed();
    let release!: () => void;
    call.released = new Promise((resolve) => (release = resolve));
    let isSettled = false;
    const hungUp = call.hangup().then(() => (isSettled = true));
    await later();
    expect(isSettled).to.equal(false);
    release();
    await hungUp;
  });
});

describe('the end of a call', () => {
  it('is told once and in the order state, sw-error, sw-call-ended', async () => {
    const { element, call } = await placed();
    call.end(FAILED);
    call.end(FAILED);
    call.stop('hangup');
    call.stop('removed');
    await call.hangup();
    expect(element.told).to.deep.equal(['failed', 'call-busy', 'sw-call-ended']);
  });

  it('has the error in the snapshot before sw-error, and its words after it', async () => {
    const { element, call } = await placed();
    const { sentence: before } = call.snapshot;
    element.addEventListener('sw-error', () => {
      const { state, error, sentence } = call.snapshot;
      expect({ state, error, sentence }).to.deep.equal({
        state: 'failed',
        error: FAILURE,
        sentence: undefined,
      });
    });
    call.end(FAILED);
    const { sentence, help } = call.snapshot;
    expect([before, sentence, help]).to.deep.equal([undefined, FAILED.sentence, FAILED.help]);
  });

  it('has no words when the page prevents sw-error', async () => {
    const { element, call } = await placed();
    element.addEventListener('sw-error', (event) => event.preventDefault());
    call.end(FAILED);
    const { sentence, help } = call.snapshot;
    expect([sentence, help]).to.deep.equal(['', undefined]);
    expect(element.told).to.include('sw-call-ended');
  });

  it('has the time since the answer, the same in the snapshot and the event', async () => {
    const { element, call } = await placed();
    call.update({ state: 'active', answeredAtMs: performance.now() - 75_000 });
    const end = endOf(element);
    call.stop('hangup');
    expect(call.snapshot.durationMs).to.be.within(75_000, 76_000);
    expect((await end).durationMs).to.equal(call.snapshot.durationMs);
  });

  it('lets the browser release the audio element', async () => {
    const { call } = await placed();
    const { audio } = call;
    audio.srcObject = new MediaStream();
    call.stop('hangup');
    expect(audio.srcObject).to.equal(null);
  });

  it('is final: later updates are ignored, and only the interface may still change', async () => {
    const { call } = await placed();
    call.stop('hangup');
    const before = call.snapshot;
    call.update({ state: 'active', muted: true, otherTab: true });
    expect(call.snapshot).to.equal(before);
    const ui = { front() {}, moved() {}, close() {} };
    call.showIn(ui);
    expect(call.snapshot.ui).to.equal(ui);
    call.showIn(undefined);
    expect({ ...call.snapshot, ui: before.ui }).to.deep.equal({ ...before, ui: before.ui });
  });
});

describe('mute and digits', () => {
  it('do nothing before the call can be hung up', async () => {
    const { call } = await placed();
    await call.mute(true);
    await call.sendDigits('1');
    expect(call.snapshot.muted).to.equal(false);
  });

  it('go to the call UI, and muted is shown when the call UI has done it', async () => {
    const { call } = await placed();
    const handle = makeHandle();
    let done!: () => void;
    const isDone = new Promise<void>((resolve) => (done = resolve));
    call.handle = {
      ...handle,
      mute: (on) => {
        handle.mute(on);
        return isDone;
      },
    };
    const muting = call.mute(true);
    expect(call.snapshot.muted).to.equal(false);
    done();
    await muting;
    expect(call.snapshot.muted).to.equal(true);
    await call.sendDigits('12#');
    expect(handle.asked).to.deep.equal(['mute true', 'digits 12#']);
  });

  it('reject as the call UI does, and muted stays as it was', async () => {
    const { call } = await placed();
    const error = new Error('no');
    const refuse = () => Promise.reject(error);
    call.handle = { ...makeHandle(), mute: refuse, sendDigits: refuse };
    expect(await reasonOf(call.mute(true))).to.equal(error);
    expect(await reasonOf(call.sendDigits('1'))).to.equal(error);
    expect(call.snapshot.muted).to.equal(false);
  });

  it('do nothing after the end', async () => {
    const { call } = await placed();
    const handle = makeHandle();
    call.handle = handle;
    call.stop('hangup');
    await call.mute(true);
    await call.sendDigits('1');
    expect(handle.asked).to.deep.equal([]);
    expect(call.snapshot.muted).to.equal(false);
  });
});

describe('a listener that hangs up', () => {
  /** What each event leads to when the visitor hangs up, or the call fails, and the event's listener hangs up too. */
  const EVENTS = [
    ['sw-dial', ['sw-call-hangup', 'ended', 'sw-call-ended']],
    ['sw-call-hangup', ['preparing', 'sw-call-hangup', 'ended', 'sw-call-ended']],
    ['sw-call-ended', ['preparing', 'sw-call-hangup', 'ended', 'sw-call-ended']],
  ] as const;

  for (const [type, told] of EVENTS) {
    it(`in ${type} does not repeat an event`, async () => {
      const { element, call, code } = setUp();
      const hangups: Promise<void>[] = [];
      element.addEventListener(type, () => hangups.push(call.hangup()));
      const started = call.start();
      await call.hangup();
      code.arrive();
      await Promise.all([started, ...hangups]);
      expect(hangups).to.have.lengthOf(1);
      expect(element.told).to.deep.equal(told);
      expect(code.placed).to.deep.equal([]);
    });
  }

  it('in sw-error does not change how the call ended', async () => {
    const { element, call } = await placed();
    element.addEventListener('sw-error', () => void call.hangup());
    call.end(FAILED);
    expect(element.told).to.deep.equal(['failed', 'call-busy', 'sw-call-ended']);
    expect(call.snapshot).to.include({ state: 'failed', sentence: FAILED.sentence });
  });

  for (const state of ['preparing', 'ringing', 'active', 'ended'] as const) {
    it(`when the state becomes ${state} ends the call once`, async () => {
      const { element, call, code } = setUp();
      call.subscribe(() => {
        if (call.snapshot.state === state) void call.hangup();
      });
      const started = call.start();
      call.update({ state: 'ringing' });
      call.update({ state: 'active' });
      await call.hangup();
      code.arrive();
      await started;
      expect(element.told.filter((one) => one === 'sw-call-hangup')).to.have.lengthOf(1);
      expect(element.told.slice(-2)).to.deep.equal(['ended', 'sw-call-ended']);
      expect(element.told.filter((one) => one === 'ended' || one === 'sw-call-ended')).to.have.lengthOf(2);
      expect(code.placed).to.deep.equal([]);
    });
  }
});

describe('a listener that dials again', () => {
  for (const type of ['sw-error', 'sw-call-ended'] as const) {
    it(`in ${type} starts a call of its own, and the first one is told to its end`, async () => {
      const { element, call, code } = await placed();
      let next: Call | undefined;
      element.addEventListener(
        type,
        () => {
          next = makeCall(element, { call: code.load });
          void next.start();
        },
        { once: true },
      );
      const end = endOf(element);
      call.end(FAILED);
      await later();
      expect(await end).to.include(FAILED.end);
      expect(element.told.filter((one) => one === 'sw-call-ended')).to.have.lengthOf(1);
      expect(call.snapshot).to.include({ state: 'failed', sentence: FAILED.sentence });
      expect(code.placed).to.deep.equal([call, next]);
      expect(next!.snapshot).to.include({ state: 'preparing', error: null });
    });
  }

  it('when the state becomes ended starts a call of its own, and the first one is told to its end', async () => {
    const { element, call, code } = await placed();
    let next: Call | undefined;
    call.subscribe(() => {
      if (call.snapshot.state !== 'ended' || next) return;
      next = makeCall(element, { call: code.load });
      void next.start();
    });
    await call.hangup();
    await later();
    expect(element.told).to.deep.equal(['sw-call-hangup', 'ended', 'preparing', 'sw-call-ended']);
    expect(code.placed).to.deep.equal([call, next]);
    expect(next!.isOver).to.equal(false);
  });
});

describe('the fallback of the page', () => {
  it('is beside the button again when the next call starts', async () => {
    const { element, call } = setUp();
    const { fallback, container } = element.surface;
    container.append(fallback);
    void call.start();
    expect(fallback.nextElementSibling).to.equal(container);
  });
});
