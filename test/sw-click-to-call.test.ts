import { sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import { ClickToCallError, type ErrorCode } from '../src/errors.js';
import type { CallState, EndReason } from '../src/events.js';
import { loadStart } from '../src/call/load.js';
import type { SwClickToCall } from '../src/sw-click-to-call.js';
import { isVisible, part } from './by-role.js';
import { FakeCallUi, type FakeCall } from './fake-call-ui.js';
import { nextEvent, type Heard } from './next-event.js';
import { answered, clearPage, over, place, prepare } from './placed-element.js';
import { makeJwe, PUBLIC_TOKEN } from './token/made-tokens.js';

const button = (element: SwClickToCall) => part(element.shadowRoot!, 'button') as HTMLButtonElement;
/** What the button says; WebKit counts a slot without content as a line. */
const textOf = (element: SwClickToCall) => button(element).innerText.trim();
const message = (element: SwClickToCall) => part(element.shadowRoot!, 'status').textContent;

/** Everything of an element that can be read in the page: attributes, slots, shadow tree. */
const readable = (element: SwClickToCall) =>
  element.outerHTML + new XMLSerializer().serializeToString(element.shadowRoot!);

before(() => loadStart());
afterEach(clearPage);

describe('attributes and properties', () => {
  interface Row {
    readonly property: keyof SwClickToCall;
    readonly attribute: string;
    readonly initial: unknown;
    /** Markup, and the value that it means. */
    readonly text: string;
    readonly value: unknown;
  }
  const ROWS: Row[] = [
    { property: 'token', attribute: 'token', initial: '', text: PUBLIC_TOKEN, value: PUBLIC_TOKEN },
    { property: 'destination', attribute: 'destination', initial: '', text: '/public/a', value: '/public/a' },
    {
      property: 'host',
      attribute: 'host',
      initial: 'embeds.signalwire.com',
      text: 'example',
      value: 'example',
    },
    { property: 'proxyUrl', attribute: 'proxy-url', initial: '', text: '/token', value: '/token' },
    { property: 'tokenTtl', attribute: 'token-ttl', initial: 900, text: '60', value: 60 },
    { property: 'label', attribute: 'label', initial: '', text: 'Call us', value: 'Call us' },
    { property: 'video', attribute: 'video', initial: false, text: '', value: true },
    {
      property: 'userVariables',
      attribute: 'user-variables',
      initial: {},
      text: '{"a":[1]}',
      value: { a: [1] },
    },
    { property: 'pageContext', attribute: 'page-context', initial: false, text: '', value: true },
    { property: 'preload', attribute: 'preload', initial: 'intent', text: 'eager', value: 'eager' },
    { property: 'display', attribute: 'display', initial: 'dialog', text: 'inline', value: 'inline' },
    { property: 'transcript', attribute: 'transcript', initial: false, text: '', value: true },
    { property: 'theme', attribute: 'theme', initial: 'auto', text: 'dark', value: 'dark' },
    { property: 'lang', attribute: 'lang', initial: '', text: 'de', value: 'de' },
    { property: 'disabled', attribute: 'disabled', initial: false, text: '', value: true },
    { property: 'htmlFor', attribute: 'for', initial: '', text: 'a', value: 'a' },
    { property: 'debug', attribute: 'debug', initial: false, text: '', value: true },
  ];

  for (const { property, attribute, initial, text, value } of ROWS) {
    it(`${attribute}: starts with its default, is read from markup, and falls back when it is removed`, () => {
      const element = document.createElement('sw-click-to-call');
      expect(element[property]).to.deep.equal(initial);
      element.setAttribute(attribute, text);
      expect(element[property]).to.deep.equal(value);
      element.removeAttribute(attribute);
      expect(element[property]).to.deep.equal(initial);
    });

    it(`${attribute}: takes null and undefined from a framework and still makes a button`, async () => {
      const { element } = place();
      for (const nothing of [null, undefined]) {
        Object.assign(element, { [property]: nothing });
        await element.updateComplete;
        expect(isVisible(button(element))).to.equal(true);
        expect(button(element).disabled).to.equal(false);
      }
    });
  }

  it('keep secrets out of the markup: properties are not reflected', async () => {
    const { element } = place({ token: PUBLIC_TOKEN, userVariables: { secret: 'abc' }, proxyUrl: '/secret' });
    await element.updateComplete;
    expect(readable(element)).to.not.match(new RegExp(`${PUBLIC_TOKEN}|abc|/secret`));
  });

  for (const nothing of [null, undefined]) {
    it(`strings: takes ${nothing} from a framework and still makes a button`, async () => {
      const { element } = place();
      await element.updateComplete;
      element.strings = nothing as never;
      await element.updateComplete;
      expect(textOf(element)).to.equal('Call');
      element.strings = { call: nothing as never };
      await element.updateComplete;
      expect(textOf(element)).to.equal('Call');
    });
  }

  it('share no variables between elements', () => {
    const [one, two] = [
      document.createElement('sw-click-to-call'),
      document.createElement('sw-click-to-call'),
    ];
    for (const element of [one, two]) {
      element.setAttribute('user-variables', '{"a":1}');
      element.removeAttribute('user-variables');
    }
    one.userVariables.leak = true;
    expect(two.userVariables).to.deep.equal({});
  });

  it('set before the class arrived are taken in', async () => {
    const { register } = await import('../src/register.js');
    const early = document.createElement('late-call') as SwClickToCall;
    early.setAttribute('destination', '/public/early');
    early.setAttribute('label', 'Early');
    const tokenProvider = () => Promise.resolve({ token: makeJwe() });
    const { callUi } = new FakeCallUi();
    Object.assign(early, { tokenProvider, callUi });
    document.body.append(early);
    register('late-call');
    await early.updateComplete;
    expect(early.tokenProvider).to.equal(tokenProvider);
    expect(early.callUi).to.equal(callUi);
    expect(early.destination).to.equal('/public/early');
    expect(textOf(early)).to.equal('Early');
    early.remove();
  });

  it('are accessors of the class, by which frameworks tell a property from an attribute', () => {
    const element = document.createElement('sw-click-to-call');
    const rich = ['tokenProvider', 'callUi', 'strings'];
    for (const name of [...ROWS.map(({ property }) => property), ...rich]) {
      expect(name in Object.getPrototypeOf(element), name).to.equal(true);
      expect(Object.hasOwn(element, name), name).to.equal(false);
    }
  });

  it('that are properties only start empty', () => {
    const element = document.createElement('sw-click-to-call');
    const { tokenProvider, callUi, state, error } = element;
    expect({ tokenProvider, callUi, state, error }).to.deep.equal({
      tokenProvider: null,
      callUi: null,
      state: 'idle',
      error: null,
    });
    expect(element.strings).to.deep.equal({});
  });

  it('never throw: what makes no sense is judged when it is used', async () => {
    const { element } = place(
      {},
      { 'user-variables': '{"a":', 'token-ttl': 'soon', preload: 'x', host: ':/' },
    );
    await element.updateComplete;
    expect(element.state).to.equal('idle');
    expect(isVisible(button(element))).to.equal(true);
  });
});

describe('the button', () => {
  it('shows what is slotted, else the label, else "Call" in the language around it', async () => {
    const { element } = place();
    await element.updateComplete;
    expect(textOf(element)).to.equal('Call');
    element.strings = { call: 'Ring us' };
    await element.updateComplete;
    expect(textOf(element)).to.equal('Ring us');
    element.label = 'Call support';
    await element.updateComplete;
    expect(textOf(element)).to.equal('Call support');
    element.textContent = 'Slotted';
    const [slot] = button(element).querySelectorAll<HTMLSlotElement>('slot:not([name])');
    expect(slot?.assignedNodes().map(({ textContent }) => textContent)).to.deep.equal(['Slotted']);
  });

  it('keeps its label when only other slots are filled, on lines of their own', async () => {
    const { element } = place();
    element.label = 'Call support';
    const fallback = document.createElement('a');
    fallback.slot = 'fallback';
    element.append('\n  ', fallback, '\n');
    await nextEvent(button(element).querySelector('slot:not([name])')!, 'slotchange');
    expect(textOf(element)).to.equal('Call support');
    element.append('Slotted');
    await nextEvent(button(element).querySelector('slot:not([name])')!, 'slotchange');
    expect(button(element).querySelector<HTMLElement>('[part=label] span')?.hidden).to.equal(true);
  });

  it('follows the language that it is in, and its own before that', async () => {
    const around = document.createElement('div');
    around.lang = 'fr-CA';
    document.body.append(around);
    const { element } = place();
    around.append(element);
    element.requestUpdate();
    await element.updateComplete;
    expect(textOf(element)).to.equal('Appeler');
    element.lang = 'de';
    await element.updateComplete;
    expect(textOf(element)).to.equal('Anrufen');
    element.removeAttribute('lang');
    await element.updateComplete;
    expect(textOf(element)).to.equal('Appeler');
    around.remove();
  });

  it('follows the language of the place that it is moved to', async () => {
    const { element } = place();
    await element.updateComplete;
    const around = document.body.appendChild(document.createElement('div'));
    around.lang = 'es';
    around.append(element);
    await element.updateComplete;
    expect(textOf(element)).to.equal('Llamar');
    around.remove();
  });

  it('takes the focus of the element', () => {
    const { element } = place();
    element.focus();
    expect(element.shadowRoot!.activeElement === button(element)).to.equal(true);
    element.blur();
  });

  it('does nothing while disabled, and says so in the markup', async () => {
    const { element, heard, ui } = place({ disabled: true });
    await element.updateComplete;
    expect(button(element).disabled).to.equal(true);
    expect(element.hasAttribute('disabled')).to.equal(true);
    button(element).click();
    await element.dial();
    expect(heard.events).to.deep.equal([]);
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('can be hidden as any element', () => {
    const { element } = place();
    element.hidden = true;
    expect(isVisible(element)).to.equal(false);
  });

  it('can be styled from outside by its parts', () => {
    const names = [...place().element.shadowRoot!.querySelectorAll('[part]')].map((one) =>
      one.getAttribute('part'),
    );
    expect(names).to.include.members(['button', 'icon', 'label', 'status']);
  });
});

describe('the state', () => {
  it('is told as a property, as data-state and to CSS', async () => {
    const { element, call, dialled } = await prepare();
    const expectState = (state: CallState) => {
      expect(element.state).to.equal(state);
      expect(element.dataset.state).to.equal(state);
      expect(element.matches(`:state(${state})`), `:state(${state})`).to.equal(true);
    };
    expectState('preparing');
    expect(element.matches(':state(idle)')).to.equal(false);
    call.hand();
    await dialled;
    expectState('connecting');
    for (const state of ['ringing', 'active', 'reconnecting', 'active'] as const) {
      call.report(state);
      expectState(state);
    }
    await element.hangup();
    expectState('ended');
  });

  it('begins with idle', () => {
    const { element } = place();
    expect(element.dataset.state).to.equal('idle');
    expect(element.matches(':state(idle)')).to.equal(true);
  });

  it('is told by an event at every change, with the one before, and only at changes', async () => {
    const { element, heard, call } = await answered();
    call.report('active');
    await element.hangup();
    expect(heard.of('sw-call-state').map(({ detail }) => [detail.previous, detail.state])).to.deep.equal([
      ['idle', 'preparing'],
      ['preparing', 'connecting'],
      ['connecting', 'ringing'],
      ['ringing', 'active'],
      ['active', 'ended'],
    ]);
  });

  it('is what the event says while the event is told', async () => {
    const { element, ui } = place();
    const seen: [string, string, boolean][] = [];
    element.addEventListener('sw-call-state', ({ detail }) =>
      seen.push([detail.state, element.state, element.dataset.state === detail.state]),
    );
    const asked = ui.next();
    void element.dial();
    (await asked).hand();
    await element.hangup();
    for (const [told, state, marked] of seen) {
      expect(state).to.equal(told);
      expect(marked).to.equal(true);
    }
    expect(seen).to.not.have.lengthOf(0);
  });

  it('takes no other word from a call interface', async () => {
    const { element, call } = await answered();
    for (const state of ['idle', 'ended', 'failed', 'preparing', 'nonsense', '', undefined]) {
      call.request.report({ state } as never);
      expect(element.state).to.equal('active');
    }
    call.request.report({} as never);
    expect(element.state).to.equal('active');
  });

  it('is not disturbed by a report of nothing at all', async () => {
    const { element, call } = await answered();
    for (const nothing of [undefined, null, 'active']) {
      expect(() => call.request.report(nothing as never), String(nothing)).to.not.throw();
    }
    expect(element.state).to.equal('active');
  });

  it('makes the button busy while preparing, for assistive technology', async () => {
    const { element, call, dialled } = await prepare();
    expect(button(element).getAttribute('aria-busy')).to.equal('true');
    call.hand();
    await dialled;
    expect(button(element).getAttribute('aria-busy')).to.equal('false');
  });
});

describe('dial()', () => {
  it('settles when the call can be hung up', async () => {
    const { dialled, call } = await prepare();
    let settled = false;
    void dialled.then(() => (settled = true));
    call.report('ringing');
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(settled).to.equal(false);
    call.hand();
    expect(await dialled).to.equal(undefined);
  });

  it('settles without rejecting when it was stopped, prevented or failed', async () => {
    const stopped = await prepare();
    await stopped.element.hangup();
    expect(await stopped.dialled).to.equal(undefined);
    const failed = await prepare();
    failed.call.refuse(new Error('no'));
    expect(await failed.dialled).to.equal(undefined);
    const prevented = place();
    prevented.element.addEventListener('sw-dial', (event) => event.preventDefault());
    expect(await prevented.element.dial()).to.equal(undefined);
    expect(await place({ destination: '' }).element.dial()).to.equal(undefined);
  });

  it('starts one call however often it is asked', async () => {
    const { element, ui, heard, call } = await prepare();
    await element.dial();
    button(element).click();
    call.hand();
    await element.dial();
    button(element).click();
    expect(ui.calls).to.have.lengthOf(1);
    expect(heard.names).to.deep.equal(['sw-dial']);
  });

  it('is what a click does, and a double click does it once', async () => {
    const { element, ui, heard } = place();
    const { left, top, width, height } = element.getBoundingClientRect();
    const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    const asked = ui.next();
    await sendMouse({ type: 'click', position });
    await sendMouse({ type: 'click', position });
    (await asked).hand();
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(ui.calls).to.have.lengthOf(1);
  });

  it('hands the settings of the moment to the call interface', async () => {
    const { call } = await prepare({
      destination: ' /public/a ',
      host: 'example',
      video: true,
      userVariables: { a: 1 },
    });
    const { destination, host, video } = call.request;
    expect({ destination, host, video }).to.deep.equal({
      destination: '/public/a',
      host: 'example',
      video: true,
    });
    expect(call.request.userVariables).to.deep.equal({ a: 1 });
    expect(call.request.container.isConnected).to.equal(true);
    expect(call.request.signal.aborted).to.equal(false);
  });

  it('neither rejects nor locks an element that is in no document', async () => {
    const { element, ui } = place();
    const loose = document.createElement('sw-click-to-call');
    loose.destination = '/public/support';
    loose.callUi = ui.callUi;
    loose.tokenProvider = element.tokenProvider;
    expect(await loose.dial()).to.equal(undefined);
    document.body.append(loose);
    const asked = ui.next();
    void loose.dial();
    await asked;
    await loose.hangup();
    loose.remove();
  });
});

describe('sw-dial', () => {
  it('comes first, before anything was asked, with what is to be called', () => {
    const { element, heard, ui } = place({ video: true });
    void element.dial();
    expect(heard.events.map(({ type }) => type)).to.deep.equal(['sw-dial', 'sw-call-state']);
    expect(heard.of('sw-dial')[0]?.detail).to.include({ destination: '/public/support', video: true });
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('tells the same as the call interface is handed, whatever was set', async () => {
    const { heard, call } = await prepare({ destination: ' /public/a ', video: undefined as never });
    const { destination, video } = heard.of('sw-dial')[0]!.detail;
    expect({ destination, video }).to.deep.equal({
      destination: call.request.destination,
      video: call.request.video,
    });
  });

  it('tells audio only where the official markup says so', async () => {
    const { element, heard, ui } = place({}, { video: '', 'audio-only': '' });
    const asked = ui.next();
    void element.dial();
    expect((await asked).request.video).to.equal(false);
    expect(heard.of('sw-dial')[0]?.detail.video).to.equal(false);
  });

  it('prevented, stops everything: idle, and nothing more', async () => {
    const { element, heard, ui } = place();
    element.addEventListener('sw-dial', (event) => event.preventDefault(), { once: true });
    await element.dial();
    expect(heard.events.map(({ type }) => type)).to.deep.equal(['sw-dial']);
    expect(element.state).to.equal('idle');
    expect(ui.calls).to.have.lengthOf(0);
    const asked = ui.next();
    void element.dial();
    await asked;
  });

  it('prevented after a failure, leaves an idle button without the old message', async () => {
    const { element } = place({ destination: '' });
    element.insertAdjacentHTML('beforeend', '<a slot="fallback" href="tel:+15550100">+1 555 0100</a>');
    await element.dial();
    element.addEventListener('sw-dial', (event) => event.preventDefault());
    await element.dial();
    expect(element.state).to.equal('idle');
    expect(element.error).to.equal(null);
    expect(message(element)).to.equal('');
    expect(isVisible(element.querySelector('a')!)).to.equal(false);
  });

  it('merges variables over those of the element, for this call only', async () => {
    const { element, ui } = place({ userVariables: { plan: 'gold', lang: 'en' } });
    element.addEventListener(
      'sw-dial',
      ({ detail }) => {
        detail.setUserVariables({ plan: 'red', cart: { items: 2 } });
        detail.setUserVariables({ seat: '4a' });
      },
      { once: true },
    );
    const first = ui.next();
    void element.dial();
    expect((await first).request.userVariables).to.deep.equal({
      plan: 'red',
      lang: 'en',
      cart: { items: 2 },
      seat: '4a',
    });
    await element.hangup();
    const second = ui.next();
    void element.dial();
    expect((await second).request.userVariables).to.deep.equal({ plan: 'gold', lang: 'en' });
  });

  it('goes with the page where that is asked for', async () => {
    const { call } = await prepare({ pageContext: true, userVariables: { plan: 'gold' } });
    expect(call.request.userVariables).to.deep.equal({
      page_url: location.href,
      page_title: document.title,
      referrer: document.referrer,
      plan: 'gold',
    });
  });

  it('may hang up: then nothing is called', async () => {
    const { element, heard, ui } = place();
    element.addEventListener('sw-dial', () => void element.hangup());
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-hangup', 'sw-call-ended']);
    expect(element.state).to.equal('ended');
    expect(ui.calls).to.have.lengthOf(0);
  });
});

describe('hangup()', () => {
  const CANCELLED = ['sw-dial', 'sw-call-hangup', 'sw-call-ended'];

  it('does nothing without a call', async () => {
    const { element, heard } = place();
    await element.hangup();
    expect(heard.events).to.deep.equal([]);
  });

  it('while the code is still coming ends the attempt', async () => {
    const { element, heard, ui } = place();
    const dialled = element.dial();
    await element.hangup();
    await dialled;
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(element.state).to.equal('ended');
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('while preparing tells the call interface at once', async () => {
    const { element, heard, call } = await prepare();
    const over = element.hangup();
    expect(call.request.signal.aborted).to.equal(true);
    expect(element.state).to.equal('ended');
    await over;
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(heard.of('sw-call-ended')[0]?.detail).to.deep.equal({
      status: 'disconnected',
      reason: 'hangup',
      durationMs: 0,
    });
  });

  it('while ringing is a cancelled call, not a failed one', async () => {
    const { element, heard, call, dialled } = await prepare();
    call.hand();
    await dialled;
    call.report('ringing');
    await element.hangup();
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(call.asked).to.deep.equal(['hangup']);
  });

  it('settles when everything is released, and hangs up once', async () => {
    const { element, call } = await answered();
    let release!: () => void;
    let released = false;
    call.hangup = () => {
      call.asked.push('hangup');
      return new Promise<void>((resolve) => (release = resolve)) as never;
    };
    const over = element.hangup().then(() => expect(released).to.equal(true));
    void element.hangup();
    await new Promise((resolve) => setTimeout(resolve, 0));
    released = true;
    release();
    await over;
    expect(call.asked).to.deep.equal(['hangup']);
  });

  it('hangs up a call that is placed after all', async () => {
    const { element, ui, heard, call, dialled } = await prepare();
    ui.stubborn = true;
    const over = element.hangup();
    await dialled;
    const before = heard.events.length;
    call.report('ringing');
    call.report('active');
    call.hand();
    await over;
    expect(call.asked).to.deep.equal(['hangup']);
    expect(element.state).to.equal('ended');
    expect(heard.events).to.have.lengthOf(before);
  });

  for (const state of ['preparing', 'connecting', 'ringing', 'active'] as const) {
    it(`inside the event of "${state}" ends the call, once, with nothing after it`, async () => {
      const { element, ui, heard } = place();
      element.addEventListener('sw-call-state', ({ detail }) => {
        if (detail.state === state) void element.hangup();
      });
      const follow = async (call: FakeCall) => {
        call.hand();
        await dialled;
        call.report('ringing');
        call.report('active');
      };
      const asked = ui.next();
      const dialled = element.dial();
      if (state === 'preparing') await dialled;
      else await follow(await asked);
      await element.hangup();
      expect(heard.names.filter((name) => name !== 'sw-call-started')).to.deep.equal(CANCELLED);
      expect(heard.names.at(-1)).to.equal('sw-call-ended');
      expect(element.state).to.equal('ended');
    });
  }
});

describe('mute() and sendDigits()', () => {
  it('reach the call', async () => {
    const { element, call } = await answered();
    await element.mute();
    await element.mute(false);
    await element.sendDigits('12#');
    expect(call.asked).to.deep.equal(['mute true', 'mute false', 'digits 12#']);
  });

  it('do nothing without a call', async () => {
    const { element, call } = await answered();
    await element.hangup();
    await element.mute();
    await element.sendDigits('1');
    expect(call.asked).to.deep.equal(['hangup']);
    await place().element.mute();
  });
});

describe('the outcome', () => {
  it('of an answered call that the far end ends', async () => {
    const { element, heard, call } = await answered();
    call.end({ status: 'disconnected', reason: 'remote' });
    await over(element);
    await nothingMore(element);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-ended']);
    expect(heard.of('sw-call-started')[0]?.detail).to.deep.equal({ destination: '/public/support' });
    expect(heard.of('sw-call-ended')[0]?.detail).to.include({ status: 'disconnected', reason: 'remote' });
    expect(element.state).to.equal('ended');
    expect(call.asked).to.deep.equal([]);
  });

  it('of an answered call that the visitor ends with the element', async () => {
    const { element, heard } = await answered();
    await element.hangup();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    expect(heard.of('sw-call-hangup')[0]?.detail).to.deep.equal({});
  });

  it("of an answered call that the visitor ends in the page's own interface", async () => {
    const { element, heard, call } = await answered();
    call.end({ status: 'disconnected', reason: 'hangup' });
    await over(element);
    await nothingMore(element);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
  });

  it('tells the answer once, however often the connection comes back, and how long it was up', async () => {
    const { element, heard, call } = await answered();
    await new Promise((resolve) => setTimeout(resolve, 20));
    call.report('reconnecting');
    call.report('active');
    await element.hangup();
    expect(heard.of('sw-call-started')).to.have.lengthOf(1);
    expect(heard.of('sw-call-ended')[0]?.detail.durationMs)
      .to.be.a('number')
      .that.is.within(15, 4_000)
      .and.satisfies(Number.isInteger);
  });

  const REASONS: [EndReason, ErrorCode][] = [
    ['busy', 'call-busy'],
    ['rejected', 'call-rejected'],
    ['no-answer', 'call-no-answer'],
    ['failed', 'call-failed'],
  ];
  for (const [reason, code] of REASONS) {
    it(`of a far end that is not there: ${reason}`, async () => {
      const { element, heard, call } = await prepare();
      call.hand();
      call.end({ status: 'failed', reason });
      await over(element);
      await nothingMore(element);
      expect(heard.names).to.deep.equal(['sw-dial', 'sw-error', 'sw-call-ended']);
      expect(heard.of('sw-error')[0]?.detail).to.include({ code, phase: 'call' });
      expect(heard.of('sw-call-ended')[0]?.detail).to.deep.equal({ status: 'failed', reason, durationMs: 0 });
      expect(element.state).to.equal('failed');
    });
  }

  it('of a call that is dropped after it was answered', async () => {
    const { element, heard, call } = await answered();
    call.fail(new ClickToCallError('call-dropped'));
    await over(element);
    await nothingMore(element);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-error', 'sw-call-ended']);
    expect(heard.of('sw-error')[0]?.detail.code).to.equal('call-dropped');
    expect(heard.of('sw-call-ended')[0]?.detail).to.include({ status: 'failed', reason: 'dropped' });
    expect(element.state).to.equal('failed');
  });

  const BEFORE: ErrorCode[] = ['media-denied', 'ui-load-failed', 'connect-timeout', 'token-network'];
  for (const code of BEFORE) {
    it(`of an attempt that fails before anybody was called: ${code}`, async () => {
      const { element, heard, call, dialled } = await prepare();
      call.refuse(new ClickToCallError(code));
      await dialled;
      await nothingMore(element);
      expect(heard.names).to.deep.equal(['sw-dial', 'sw-error']);
      expect(heard.of('sw-error')[0]?.detail.code).to.equal(code);
      expect(element.state).to.equal('failed');
    });
  }

  it('has the state first, then the error, then the end', async () => {
    const { element, heard, call } = await prepare();
    call.hand();
    call.end({ status: 'failed', reason: 'busy' });
    await over(element);
    await nothingMore(element);
    const order = heard.events.map(({ type, detail }) => (type === 'sw-call-state' ? detail.state : type));
    expect(order.slice(-3)).to.deep.equal(['failed', 'sw-error', 'sw-call-ended']);
  });

  it('reports after the end change nothing', async () => {
    const { element, heard, call } = await answered();
    await element.hangup();
    const before = heard.events.length;
    call.report('active');
    call.report('reconnecting');
    call.request.report({ expiresAtMs: Date.now() });
    call.fail(new Error('late'));
    await nothingMore(element);
    expect(heard.events).to.have.lengthOf(before);
    expect(element.state).to.equal('ended');
  });
});

describe('a call interface of the page', () => {
  it('that rejects with anything else is a failed call', async () => {
    for (const reason of [new Error('x'), 'text', undefined, null]) {
      const { element, heard, call, dialled } = await prepare();
      call.refuse(reason);
      await dialled;
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal(['call-failed']);
      expect(element.state).to.equal('failed');
    }
  });

  it('that throws without a promise is a failed call', async () => {
    const { element, heard } = place({
      callUi: () => {
        throw new Error('x');
      },
    });
    await element.dial();
    expect(heard.of('sw-error')[0]?.detail.code).to.equal('call-failed');
  });

  it('whose ended rejects gives the own code of the error, else call-failed', async () => {
    for (const [reason, code] of [
      [new ClickToCallError('call-busy'), 'call-busy'],
      [new Error('x'), 'call-failed'],
    ] as const) {
      const { element, heard, call } = await prepare();
      call.hand();
      call.fail(reason);
      await over(element);
      await nothingMore(element);
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal([code]);
    }
  });

  for (const [what, handle] of [
    ['nothing', undefined],
    ['a handle that cannot end', {}],
  ] as const) {
    it(`that resolves to ${what} is a failed call, and dial() does not reject`, async () => {
      const { element, heard } = place({ callUi: () => Promise.resolve(handle as never) });
      expect(await element.dial()).to.equal(undefined);
      await nothingMore(element);
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal(['call-failed']);
      expect(element.state).to.equal('failed');
    });
  }

  it('leaves the microphone alone', async () => {
    const { mediaDevices } = navigator;
    let asked = false;
    mediaDevices.getUserMedia = () => {
      asked = true;
      return Promise.reject(new Error('no'));
    };
    try {
      await answered();
    } finally {
      delete (mediaDevices as Partial<MediaDevices>).getUserMedia;
    }
    expect(asked).to.equal(false);
  });

  it('gets an empty container every time', async () => {
    const { element, ui, call } = await prepare();
    call.request.container.append('of the first call');
    call.hand();
    await element.hangup();
    const asked = ui.next();
    void element.dial();
    expect((await asked).request.container.childNodes).to.have.lengthOf(0);
  });
});

describe('sw-error', () => {
  it('comes once for a failure, and is kept as a property until the next sw-dial', async () => {
    const { element, heard, ui } = place({ destination: '' });
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-error']);
    const { detail } = heard.of('sw-error')[0]!;
    expect(element.error).to.deep.equal(detail);
    expect(detail).to.include({ code: 'config-destination-missing', phase: 'config', retryable: false });
    expect(JSON.parse(JSON.stringify(detail))).to.deep.equal(detail);
    element.destination = '/public/support';
    element.addEventListener('sw-dial', () => expect(element.error).to.equal(null));
    const asked = ui.next();
    void element.dial();
    await asked;
    expect(element.error).to.equal(null);
  });

  it('shows a sentence for the visitor, which the page can replace or hide', async () => {
    const { element } = place({ destination: '' });
    await element.dial();
    expect(message(element)).to.be.a('string').that.contains('not available');
    expect(isVisible(part(element.shadowRoot!, 'status'))).to.equal(true);
    element.strings = { unavailable: 'Please write to us.' };
    await element.dial();
    expect(message(element)).to.equal('Please write to us.');
    element.addEventListener('sw-error', (event) => event.preventDefault());
    await element.dial();
    expect(message(element)).to.equal('');
  });

  it('brings up the fallback, which goes away with the next call', async () => {
    const { element, ui } = place({ destination: '' });
    element.insertAdjacentHTML('beforeend', '<a slot="fallback" href="tel:+15550100">+1 555 0100</a>');
    const fallback = element.querySelector('a')!;
    expect(isVisible(fallback)).to.equal(false);
    await element.dial();
    expect(isVisible(fallback)).to.equal(true);
    element.destination = '/public/support';
    const asked = ui.next();
    void element.dial();
    expect(isVisible(fallback)).to.equal(false);
    await asked;
    expect(message(element)).to.equal('');
  });

  it('leaves a button that works again', async () => {
    const { element, ui, call, dialled } = await prepare();
    call.refuse(new Error('x'));
    await dialled;
    expect(button(element).disabled).to.equal(false);
    const asked = ui.next();
    button(element).click();
    const second = await asked;
    second.hand();
    second.report('active');
    expect(element.state).to.equal('active');
    expect(element.error).to.equal(null);
  });

  it('may dial again: the message of the first failure does not show over the second call', async () => {
    const { element, ui } = place({ destination: '' });
    element.addEventListener(
      'sw-error',
      () => {
        element.destination = '/public/support';
        void element.dial();
      },
      { once: true },
    );
    const asked = ui.next();
    await element.dial();
    await asked;
    expect(element.state).to.equal('preparing');
    expect(element.error).to.equal(null);
    expect(message(element)).to.equal('');
  });

  const ROWS: [string, Partial<SwClickToCall>, Record<string, string>, ErrorCode][] = [
    ['no destination', { destination: '   ' }, {}, 'config-destination-missing'],
    ['destination null', { destination: null as never }, {}, 'config-destination-missing'],
    ['broken variables', {}, { 'user-variables': '{"a":' }, 'config-variables-invalid'],
    ['a list of variables', {}, { 'user-variables': '[1]' }, 'config-variables-invalid'],
    ['no token', { tokenProvider: null }, {}, 'config-token-missing'],
    [
      'no token at all',
      { tokenProvider: undefined as never, token: null as never },
      {},
      'config-token-missing',
    ],
    ['not a token', { tokenProvider: null, token: 'hello' }, {}, 'config-token-invalid'],
    [
      'a host that is none',
      { tokenProvider: null, token: PUBLIC_TOKEN, host: 'a b' },
      {},
      'config-endpoint-invalid',
    ],
  ];
  for (const [what, settings, markup, code] of ROWS) {
    it(`tells ${code} for ${what}, before the call interface is asked`, async () => {
      const { element, heard, ui } = place(settings, markup);
      await element.dial();
      expect(heard.of('sw-error').map(({ detail }) => detail.code)).to.deep.equal([code]);
      expect(ui.calls).to.have.lengthOf(0);
    });
  }
});

describe('secrets', () => {
  /** Everything that is written to the console while `run` runs. */
  async function printed(run: () => Promise<unknown>): Promise<string> {
    const lines: unknown[][] = [];
    const names = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
    const kept = names.map((name) => console[name]);
    for (const name of names) console[name] = (...facts: unknown[]) => void lines.push([name, ...facts]);
    try {
      await run();
    } finally {
      names.forEach((name, index) => (console[name] = kept[index]!));
    }
    return lines.map((line) => line.map((fact) => String(fact)).join(' ')).join('\n');
  }
  const everythingHeard = ({ events }: Heard) =>
    JSON.stringify(events.map(({ type, detail }) => [type, detail]));
  const stored = () =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]);

  it('of a server in the place of the token are refused and repeated nowhere', async () => {
    const secret = 'PT0123456789abcdef0123456789abcdef0123456789abcdef';
    const { element, heard } = place({ tokenProvider: null, token: secret, debug: true });
    const console = await printed(() => element.dial());
    expect(heard.of('sw-error')[0]?.detail.code).to.equal('config-token-secret');
    for (const place of [
      everythingHeard(heard),
      readable(element),
      console,
      JSON.stringify(element.error),
      stored(),
    ]) {
      expect(place).to.not.contain(secret);
    }
  });

  it('that are guest tokens reach the call interface, and nothing else', async () => {
    const { element, ui, heard, token } = place({ debug: true });
    const console = await printed(async () => {
      const asked = ui.next();
      const dialled = element.dial();
      const call = await asked;
      expect(await call.request.guestToken()).to.equal(token);
      expect(JSON.stringify(call.request)).to.not.contain(token);
      call.hand();
      await dialled;
      call.report('active');
      await element.hangup();
    });
    for (const part of token.split('.').filter(Boolean)) {
      for (const place of [everythingHeard(heard), readable(element), console, stored()]) {
        expect(place).to.not.contain(part);
      }
    }
    expect(console).to.contain('active');
  });

  it('are fetched for a call and not before, and asked of the provider once', async () => {
    const token = makeJwe();
    const reasons: string[] = [];
    const { element, ui } = place({
      tokenProvider: ({ reason }) => {
        reasons.push(reason);
        return Promise.resolve({ token, expiresIn: 600 });
      },
    });
    expect(reasons).to.deep.equal([]);
    const asked = ui.next();
    void element.dial();
    const { request } = await asked;
    await request.guestToken();
    await request.guestToken();
    expect(reasons).to.deep.equal(['dial']);
    await request.guestToken({ refused: token });
    expect(reasons).to.deep.equal(['dial', 'refused']);
  });

  it('that are guest tokens in the attribute are used, with one warning however often it is called', async () => {
    const token = makeJwe();
    const { element, ui } = place({ tokenProvider: null }, { token });
    const console = await printed(async () => {
      for (let count = 0; count < 2; count += 1) {
        const asked = ui.next();
        void element.dial();
        expect(await (await asked).request.guestToken()).to.equal(token);
        await element.hangup();
      }
    });
    expect(console.match(/tokenProvider/g)).to.have.lengthOf(1);
    expect(console).to.not.contain(token);
  });
});

describe('for', () => {
  const pageButtons: HTMLElement[] = [];
  const pageButton = (id: string, root: Node = document.body) => {
    const own = document.createElement('button');
    own.id = id;
    own.append(document.createElement('span'));
    pageButtons.push(own);
    return root.appendChild(own);
  };
  afterEach(() => {
    for (const own of pageButtons.splice(0)) own.remove();
  });

  it("hides the element's own button", async () => {
    const { element } = place({ htmlFor: 'own' });
    await element.updateComplete;
    expect(isVisible(button(element))).to.equal(false);
    element.removeAttribute('for');
    element.htmlFor = '';
    await element.updateComplete;
    expect(isVisible(button(element))).to.equal(true);
  });

  it('lets a button of the page start the call, also one that comes later, also by what is in it', async () => {
    const { ui } = place({ htmlFor: 'own' });
    const asked = ui.next();
    pageButton('own').querySelector('span')!.click();
    await asked;
    expect(ui.calls).to.have.lengthOf(1);
  });

  it('follows another id, and takes odd ones', async () => {
    const { element, ui, heard } = place({ htmlFor: 'first' });
    const [first, second] = [pageButton('first'), pageButton('a:b.c 1')];
    element.htmlFor = 'a:b.c 1';
    first.click();
    expect(heard.events).to.deep.equal([]);
    const asked = ui.next();
    second.click();
    await asked;
  });

  it('is deaf to other buttons and to a disabled element', () => {
    const { element, heard } = place({ htmlFor: 'own' });
    pageButton('other').click();
    element.disabled = true;
    pageButton('own').click();
    expect(heard.events).to.deep.equal([]);
  });

  it('finds the button inside the same shadow root', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    const { element, ui } = place({ htmlFor: 'own' });
    root.append(element);
    const asked = ui.next();
    pageButton('own', root).click();
    await asked;
    await element.hangup();
    host.remove();
  });

  it('no longer answers when the element is gone', () => {
    const { element, heard } = place({ htmlFor: 'own' });
    element.remove();
    pageButton('own').click();
    expect(heard.events).to.deep.equal([]);
  });

  it('works even if the page stops the event', async () => {
    const { ui } = place({ htmlFor: 'own' });
    const own = pageButton('own');
    own.addEventListener('click', (event) => event.stopImmediatePropagation());
    const asked = ui.next();
    own.click();
    await asked;
  });

  it("gives the focus of the element to the page's button", () => {
    const { element } = place({ htmlFor: 'own' });
    const own = pageButton('own');
    element.focus();
    expect(document.activeElement === own).to.equal(true);
  });
});

describe('moving the element', () => {
  const elsewhere = () => {
    const place = document.createElement('section');
    document.body.append(place);
    return place;
  };

  it('does not disturb a call that is being prepared', async () => {
    const { element, heard, call, dialled } = await prepare();
    const place = elsewhere();
    place.append(element);
    await Promise.resolve();
    expect(call.request.signal.aborted).to.equal(false);
    call.hand();
    await dialled;
    expect(element.state).to.equal('connecting');
    expect(heard.names).to.deep.equal(['sw-dial']);
    await element.hangup();
    place.remove();
  });

  it('does not disturb a call, and the button goes on working', async () => {
    const { element, heard, call } = await answered();
    const place = elsewhere();
    element.remove();
    place.append(element);
    await Promise.resolve();
    expect(element.state).to.equal('active');
    expect(element.dataset.state).to.equal('active');
    expect(element.matches(':state(active)')).to.equal(true);
    call.report('reconnecting');
    expect(element.state).to.equal('reconnecting');
    await element.hangup();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    place.remove();
  });
});

describe('removing the element', () => {
  it('while preparing leaves nothing: idle, and no more events', async () => {
    const { element, heard, call, dialled } = await prepare();
    element.remove();
    await dialled;
    expect(call.request.signal.aborted).to.equal(true);
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(heard.states).to.deep.equal(['preparing', 'idle']);
    expect(element.state).to.equal('idle');
    expect(element.error).to.equal(null);
  });

  it('while the code is still coming leaves nothing either', async () => {
    const { element, heard, ui } = place();
    const dialled = element.dial();
    element.remove();
    await dialled;
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(element.state).to.equal('idle');
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('inside sw-dial starts no call', async () => {
    const { element, heard, ui } = place();
    element.addEventListener('sw-dial', () => element.remove());
    await element.dial();
    expect(heard.names).to.deep.equal(['sw-dial']);
    expect(element.state).to.equal('idle');
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('in a call destroys it and hangs up', async () => {
    const { element, heard, call } = await answered();
    const ended = nextEvent(element, 'sw-call-ended');
    element.remove();
    expect((await ended).detail).to.include({ status: 'destroyed' });
    await element.hangup();
    expect(call.asked).to.deep.equal(['hangup']);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-ended']);
    expect(element.state).to.equal('ended');
  });

  it('lets it be used again when it comes back', async () => {
    const { element, ui, dialled } = await prepare();
    element.remove();
    await dialled;
    document.body.append(element);
    const asked = ui.next();
    void element.dial();
    expect((await asked).request.signal.aborted).to.equal(false);
  });
});

describe('two elements on a page', () => {
  it('have one call at a time', async () => {
    const first = await answered();
    const second = place();
    await second.element.dial();
    expect(second.heard.names).to.deep.equal(['sw-dial', 'sw-error']);
    expect(second.heard.of('sw-error')[0]?.detail.code).to.equal('preflight-in-call');
    expect(second.ui.calls).to.have.lengthOf(0);
    expect(first.element.state).to.equal('active');
    await first.element.hangup();
    const asked = second.ui.next();
    void second.element.dial();
    await asked;
  });

  it('do not shut each other out by a failure', async () => {
    const failing = place({ destination: '' });
    await failing.element.dial();
    await prepare();
  });

  it('wait until the call before is released', async () => {
    const first = await answered();
    let release!: () => void;
    first.call.hangup = () => new Promise<void>((resolve) => (release = resolve)) as never;
    const over = first.element.hangup();
    const second = place();
    const asked = second.ui.next();
    void second.element.dial();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await loadStart();
    expect(second.ui.calls).to.have.lengthOf(0);
    expect(second.element.state).to.equal('preparing');
    release();
    await over;
    await asked;
  });
});

describe('a late answer of an abandoned attempt', () => {
  it('changes nothing for the next one', async () => {
    const { element, ui, heard, call } = await prepare();
    ui.stubborn = true;
    void element.hangup();
    const asked = ui.next();
    void element.dial();
    call.hand();
    const second = await asked;
    call.report('active');
    call.fail(new Error('late'));
    second.hand();
    second.report('ringing');
    await nothingMore(element);
    expect(element.state).to.equal('ringing');
    expect(call.asked).to.deep.equal(['hangup']);
    expect(second.asked).to.deep.equal([]);
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-hangup', 'sw-call-ended', 'sw-dial']);
  });
});

describe('preloading', () => {
  it('asks for no token unless it is eager, and for one on intent when it is', async () => {
    let asked = 0;
    let tell!: () => void;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const tokenProvider = () => {
      asked += 1;
      tell();
      return Promise.resolve({ token: makeJwe() });
    };
    const { element } = place({ tokenProvider });
    button(element).dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await element.preloadCode();
    expect(asked).to.equal(0);
    element.preload = 'eager';
    button(element).dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await told;
    expect(asked).to.equal(1);
  });

  it('tells nobody what went wrong', async () => {
    let tell!: () => void;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const tokenProvider = () => {
      tell();
      return Promise.reject(new Error('no'));
    };
    const { element, heard } = place({ tokenProvider, preload: 'eager' });
    button(element).dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await told;
    await nothingMore(element);
    expect(heard.events).to.deep.equal([]);
    expect(element.error).to.equal(null);
  });

  it('never rejects and may be asked often', async () => {
    const { element } = place();
    expect(await Promise.all([element.preloadCode(), element.preloadCode()])).to.deep.equal([
      undefined,
      undefined,
    ]);
  });
});

/** Every promise that could still tell something has settled. */
async function nothingMore(element: SwClickToCall): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await element.updateComplete;
}
