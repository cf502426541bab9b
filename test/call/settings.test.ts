// From the settings of an element to a plan: where the token comes from, which variables go along, or what is wrong with the
// markup. Nothing is fetched.
import { expect } from 'chai';
import { planCall, planToken, settingsOf, type CallSettings } from '../../src/call/settings.js';
import type { SharedSourceConfig } from '../../src/token/shared-source.js';
import type { GuestTokenSource } from '../../src/token/source.js';
import { throws } from '../rejects.js';
import { makeJwe, PUBLIC_TOKEN } from '../token/made-tokens.js';
import { FakeElement } from './made-call.js';

const PAGE = { url: 'https://shop.example/cart?id=1', title: 'Cart', referrer: 'https://search.example/' };
const SETTINGS: CallSettings = {
  token: PUBLIC_TOKEN,
  destination: '/public/support',
  host: 'embeds.signalwire.com',
  proxyUrl: '',
  tokenTtl: 900,
  tokenProvider: null,
  callUi: null,
  video: false,
  userVariables: {},
  pageContext: false,
  tokenInAttribute: true,
};

function plan(settings: Partial<CallSettings> = {}, ...dialVariables: unknown[]) {
  const asked: SharedSourceConfig[] = [];
  const findSource = (config: SharedSourceConfig) => {
    asked.push(config);
    return {} as GuestTokenSource;
  };
  return { ...planCall({ ...SETTINGS, ...settings }, dialVariables, PAGE, findSource), asked: asked[0]! };
}

describe('the source of the guest token', () => {
  it('is the exchange at the host', () => {
    expect(plan().asked).to.include({
      endpoint: 'https://embeds.signalwire.com/api/fabric/embeds/tokens',
      token: PUBLIC_TOKEN,
      tokenTtlSec: 900,
    });
    expect(plan({ host: 'example' }).asked.endpoint).to.equal(
      'https://example.signalwire.com/api/fabric/embeds/tokens',
    );
  });

  it('is the default host where a framework emptied it', () => {
    expect(plan({ host: '' }).asked.endpoint).to.equal(
      'https://embeds.signalwire.com/api/fabric/embeds/tokens',
    );
  });

  it('is the proxy where there is one, relative to the page, with or without a token', () => {
    expect(plan({ proxyUrl: '/token', token: '' }).asked).to.include({
      endpoint: 'https://shop.example/token',
      token: '',
    });
    expect(plan({ proxyUrl: ' https://proxy.example/t ', token: 'sales' }).asked).to.include({
      endpoint: 'https://proxy.example/t',
      token: 'sales',
    });
  });

  it("is the page's provider before anything else", () => {
    const tokenProvider = () => Promise.resolve({ token: makeJwe() });
    const { asked } = plan({ tokenProvider, token: '', proxyUrl: '/token' });
    expect(asked.tokenProvider).to.equal(tokenProvider);
    expect(asked.endpoint).to.equal(undefined);
  });

  it('trusts a silent token for the default time when token-ttl makes no sense', () => {
    for (const tokenTtl of [NaN, -1, Infinity])
      expect(plan({ tokenTtl }).asked.tokenTtlSec).to.equal(undefined);
    expect(plan({ tokenTtl: 60 }).asked.tokenTtlSec).to.equal(60);
  });

  it('is enough to fetch a token ahead of the click, without a destination', () => {
    const { kind } = planToken({ ...SETTINGS, destination: '' }, PAGE, () => ({}) as GuestTokenSource);
    expect(kind).to.equal('public');
  });

  it('knows an endpoint on this machine', () => {
    expect(plan().local).to.equal(false);
    expect(plan({ host: 'http://localhost:5173' }).local).to.equal(true);
    expect(plan({ proxyUrl: 'http://127.0.0.1:1/t' }).local).to.equal(true);
  });
});

describe('what is wrong with the markup', () => {
  const ROWS: [string, Partial<CallSettings>, Parameters<typeof throws>[1]][] = [
    ['no token', { token: '' }, 'config-token-missing'],
    ['not a token', { token: 'hello world' }, 'config-token-invalid'],
    ['a secret', { token: 'PT1234567890abcdef1234567890abcdef' }, 'config-token-secret'],
    ['no destination', { destination: '' }, 'config-destination-missing'],
    ['a host with a path', { host: 'x.example/y' }, 'config-endpoint-invalid'],
    ['plain http elsewhere', { host: 'http://x.example' }, 'config-endpoint-invalid'],
    ['a proxy with a password', { proxyUrl: 'https://u:p@x.example' }, 'config-endpoint-invalid'],
    ['broken variables', { userVariables: '{"a":' as never }, 'config-variables-invalid'],
    ['a list of variables', { userVariables: [1] as never }, 'config-variables-invalid'],
    ['a number for variables', { userVariables: 7 as never }, 'config-variables-invalid'],
    ['variables that JSON cannot hold', { userVariables: { n: 1n } }, 'config-variables-invalid'],
  ];
  for (const [what, settings, code] of ROWS) {
    it(`is told as ${code} for ${what}`, () => {
      const error = throws(() => plan(settings), code);
      for (const value of Object.values(settings)) {
        if (value) expect(error.message + error.remediation).to.not.contain(String(value));
      }
    });
  }

  it('includes what the page set at the last moment', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    throws(() => plan({}, circular), 'config-variables-invalid');
    for (const odd of [[1], 5, 'text', true])
      throws(() => plan({}, { ok: 1 }, odd), 'config-variables-invalid');
  });

  it('leaves out what the page did not set', () => {
    expect(plan({}, undefined, null, { ok: 1 }).userVariables).to.deep.equal({ ok: 1 });
  });
});

describe('the variables of a call', () => {
  it('are those of the element, with those of sw-dial over them', () => {
    const userVariables = { plan: 'gold', cart: { items: [1] } };
    expect(plan({ userVariables }, { plan: 'blue', agent: 7 }, { plan: 'red' }).userVariables).to.deep.equal({
      plan: 'red',
      cart: { items: [1] },
      agent: 7,
    });
    expect(userVariables.plan).to.equal('gold');
  });

  it('hold nothing of the page unless it is asked for', () => {
    expect(plan().userVariables).to.deep.equal({});
  });

  it('hold the page where it is asked for, under what the page says itself', () => {
    const { userVariables } = plan({ pageContext: true, userVariables: { page_title: 'Mine' } });
    expect(userVariables).to.deep.equal({ page_url: PAGE.url, page_title: 'Mine', referrer: PAGE.referrer });
  });
});

describe('a guest token in the place of a public one', () => {
  it('earns a warning in the attribute, without being quoted', () => {
    const token = makeJwe();
    const { warning, asked } = plan({ token });
    expect(asked.token).to.equal(token);
    expect(warning).to.be.a('string').that.contains('tokenProvider');
    expect(warning).to.not.contain(token);
  });

  it('earns none as a property', () => {
    expect(plan({ token: makeJwe(), tokenInAttribute: false }).warning).to.equal(undefined);
    expect(plan().warning).to.equal(undefined);
  });
});

describe('the settings of an element', () => {
  const elementWith = (properties: object, attributes: Record<string, string> = {}) => {
    const element = Object.assign(new FakeElement(), properties);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return settingsOf(element);
  };

  it('take null and undefined for the defaults', () => {
    for (const nothing of [null, undefined]) {
      const names = [
        'token',
        'destination',
        'host',
        'proxyUrl',
        'userVariables',
        'video',
        'tokenProvider',
        'callUi',
      ];
      const settings = elementWith(Object.fromEntries(names.map((name) => [name, nothing])));
      expect(settings).to.include({ token: '', destination: '', host: '', proxyUrl: '', video: false });
      expect(settings.userVariables).to.deep.equal({});
    }
  });

  it('take white space around a destination away', () => {
    expect(elementWith({ destination: ' /public/a\n' }).destination).to.equal('/public/a');
    expect(elementWith({ destination: '  ' }).destination).to.equal('');
  });

  it('are audio only where the official markup says so', () => {
    expect(elementWith({ video: true }).video).to.equal(true);
    expect(elementWith({ video: true }, { 'audio-only': '' }).video).to.equal(false);
  });

  it('know whether the token came by the attribute', () => {
    expect(elementWith({ token: 'c2c_a' }, { token: 'c2c_a' }).tokenInAttribute).to.equal(true);
    expect(elementWith({ token: 'c2c_a' }).tokenInAttribute).to.equal(false);
    // The attribute is left over; the property was set since.
    expect(elementWith({ token: makeJwe() }, { token: 'c2c_a' }).tokenInAttribute).to.equal(false);
  });

  it('keep a token-ttl of 0, which means never to keep a silent token', () => {
    const { tokenTtl } = elementWith({ tokenTtl: 0 });
    expect(plan({ tokenTtl }).asked.tokenTtlSec).to.equal(0);
  });

  it('take a missing token-ttl for the default', () => {
    for (const nothing of [null, undefined]) {
      expect(plan({ tokenTtl: elementWith({ tokenTtl: nothing }).tokenTtl }).asked.tokenTtlSec).to.be.oneOf([
        undefined,
        900,
      ]);
    }
  });
});
