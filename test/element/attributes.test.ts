// Every attribute by the same promises, from one table: its default, its value in markup, and nothing that a framework sets
// breaks the button. No property shows in the markup.
import { expect } from 'chai';
import type { SwClickToCall } from '../../src/element/sw-click-to-call.js';
import { isVisible } from '../by-role.js';
import { FakeCallUi } from '../fake-call-ui.js';
import { buttonOf, clearPage, place, readable, textOf } from '../placed-element.js';
import { makeJwe, PUBLIC_TOKEN } from '../token/made-tokens.js';

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
        expect(isVisible(buttonOf(element))).to.equal(true);
        expect(buttonOf(element).disabled).to.equal(false);
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
    const { register } = await import('../../src/register.js');
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

  it('that take one of a few words take any spelling, and the default for another word', () => {
    const element = document.createElement('sw-click-to-call');
    for (const [name, known, initial] of [
      ['preload', 'eager', 'intent'],
      ['display', 'inline', 'dialog'],
      ['theme', 'dark', 'auto'],
    ] as const) {
      element.setAttribute(name, known.toUpperCase());
      expect(element[name]).to.equal(known);
      for (const other of ['bogus', '']) {
        element.setAttribute(name, other);
        expect(element[name]).to.equal(initial);
      }
    }
  });

  it('token-ttl: is the default where it is no time', () => {
    const element = document.createElement('sw-click-to-call');
    for (const [written, seconds] of [
      ['soon', 900],
      ['', 900],
      ['-5', 900],
      ['0', 0],
      [' 60 ', 60],
    ] as const) {
      element.setAttribute('token-ttl', written);
      expect(element.tokenTtl, written).to.equal(seconds);
    }
  });

  it('stay as the page wrote them, and a new element has none of its own', async () => {
    const { element } = place({}, { display: 'dialog', preload: 'EAGER' });
    await element.updateComplete;
    expect([element.getAttribute('display'), element.getAttribute('preload')]).to.deep.equal([
      'dialog',
      'EAGER',
    ]);
    const bare = document.createElement('sw-click-to-call');
    expect(bare.attributes).to.have.lengthOf(0);
    document.body.append(bare);
    await bare.updateComplete;
    expect([...bare.attributes].map(({ name }) => name)).to.deep.equal(['data-state']);
    bare.display = 'inline';
    await bare.updateComplete;
    expect(bare.getAttribute('display')).to.equal('inline');
    bare.remove();
  });

  it('never throw: what makes no sense is judged when it is used', async () => {
    const { element } = place(
      {},
      { 'user-variables': '{"a":', 'token-ttl': 'soon', preload: 'x', host: ':/' },
    );
    await element.updateComplete;
    expect(element.state).to.equal('idle');
    expect(isVisible(buttonOf(element))).to.equal(true);
  });
});
