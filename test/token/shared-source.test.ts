// Equal configurations share a source, and different ones never do. The registry in these tests keeps three sources.
import { expect } from 'chai';
import { createSharedSource, sharedSource, type SharedSource } from '../../src/token/shared-source.js';
import { GuestTokenSource } from '../../src/token/source.js';
import { throws } from '../rejects.js';
import { FakeEndpoint, json } from './fake-endpoint.js';
import { HandClock } from './hand-clock.js';
import { makeJwe, PUBLIC_TOKEN } from './made-tokens.js';

const endpoint = 'https://example.signalwire.com/api/fabric/embeds/tokens';
const token = PUBLIC_TOKEN;

describe('sharedSource', () => {
  let clock: HandClock;
  let fake: FakeEndpoint;
  let shared: SharedSource;
  beforeEach(() => {
    clock = new HandClock();
    fake = new FakeEndpoint();
    shared = createSharedSource(
      (config) => new GuestTokenSource({ ...config, fetch: fake.fetch, clock, timers: clock }),
      3,
    );
  });

  it('gives equal configurations one source, one request and one token', async () => {
    const guest = makeJwe();
    const both = [shared({ endpoint, token }).get(), shared({ endpoint, token: ` ${token} ` }).get()];
    fake.last.answer(json({ token: guest }));
    expect(await Promise.all(both)).to.deep.equal([guest, guest]);
    expect(await shared({ endpoint, token }).get()).to.equal(guest);
    expect(fake.sent).to.have.length(1);
  });

  it('compares whole endpoints and tokens', () => {
    const sources = [
      shared({ endpoint, token }),
      shared({ endpoint, token: `${token}0` }),
      shared({ endpoint: `${endpoint}0`, token }),
    ];
    expect(new Set(sources).size).to.equal(3);
  });

  it('compares providers by identity, whatever else is set', () => {
    const makeProvider = () => () => Promise.resolve({ token: makeJwe() });
    const [one, other] = [makeProvider(), makeProvider()];
    const source = shared({ endpoint, token, tokenProvider: one });
    expect(shared({ tokenProvider: one })).to.equal(source);
    expect(shared({ tokenProvider: other })).to.not.equal(source);
    expect(shared({ endpoint, token })).to.not.equal(source);
  });

  it('uses the smallest token-ttl of all sharers for a token without expiry, in either order', async () => {
    for (const ttls of [
      [900, 100],
      [100, 900],
    ]) {
      const config = { endpoint: `${endpoint}?${ttls.join()}`, token };
      const [source] = ttls.map((tokenTtlSec) => shared({ ...config, tokenTtlSec }));
      const first = source?.get();
      fake.last.answer(json({ token: makeJwe() }));
      const guest = await first;
      clock.pass(90_000);
      const second = source?.get();
      fake.last.answer(json({ token: makeJwe() }));
      expect(await second).to.not.equal(guest);
    }
  });

  const at = (number: number) => ({ endpoint: `${endpoint}?${number}`, token });

  it('drops the least recently used source beyond its capacity', () => {
    const [first, second] = [shared(at(1)), shared(at(2))];
    shared(at(3));
    expect(shared(at(1)), 'used again').to.equal(first);
    shared(at(4));
    expect(shared(at(1))).to.equal(first);
    expect(shared(at(2))).to.not.equal(second);
  });

  it('keeps a source with a request under way and drops the oldest idle one', async () => {
    const busy = shared(at(1));
    const getting = busy.get();
    const rest = [2, 3, 4].map((number) => shared(at(number)));
    expect(shared(at(1))).to.equal(busy);
    expect(shared(at(2)), 'the oldest idle one went').to.not.equal(rest[0]);
    fake.last.answer(json({ token: makeJwe() }));
    await getting;
  });

  it('does not keep a refused configuration', () => {
    for (let turn = 0; turn < 2; turn += 1) {
      throws(() => shared({ endpoint, token: 'two words' }), 'config-token-invalid');
    }
  });

  it('is one registry for the whole page', () => {
    expect(sharedSource({ endpoint, token })).to.equal(sharedSource({ endpoint, token }));
  });
});
