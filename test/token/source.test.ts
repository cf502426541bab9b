// What a source of guest tokens caches, shares, renews and forgets, one case at a time, with a fake fetch, clocks and
// timers. Random sequences are in source.property.test.ts.
import { expect } from 'chai';
import { ClickToCallError } from '../../src/errors.js';
import { GuestTokenSource, type GuestTokenSourceOptions } from '../../src/token/source.js';
import { reasonOf, rejects, throws } from '../rejects.js';
import { FakeEndpoint, json } from './fake-endpoint.js';
import { HandClock } from './hand-clock.js';
import { makeJwe, makeJwt, PUBLIC_TOKEN } from './made-tokens.js';
import { turn } from './turn.js';

const ENDPOINT = 'https://example.signalwire.com/api/fabric/embeds/tokens';
/** For the default lifetime of 900 s. */
const SOFT_MS = 675_000;
const HARD_MS = 840_000;

describe('GuestTokenSource', () => {
  let clock: HandClock;
  let endpoint: FakeEndpoint;
  beforeEach(() => {
    clock = new HandClock();
    endpoint = new FakeEndpoint();
  });
  const make = (more: GuestTokenSourceOptions = {}) =>
    new GuestTokenSource({
      endpoint: ENDPOINT,
      token: PUBLIC_TOKEN,
      fetch: endpoint.fetch,
      clock,
      timers: clock,
      ...more,
    });
  /** A source that has `token` in its cache. */
  const makeWith = async (token: string, more?: GuestTokenSourceOptions) => {
    const source = make(more);
    const first = source.get();
    endpoint.last.answer(json({ token }));
    expect(await first).to.equal(token);
    return source;
  };

  describe('caches the token', () => {
    for (const [kind, token] of [
      ['encrypted', makeJwe()],
      ['signed', makeJwt({ iat: 0, exp: 900 })],
    ] as const) {
      it(`returns an ${kind} token again without a request`, async () => {
        const source = await makeWith(token);
        clock.pass(SOFT_MS - 1);
        expect(await source.get()).to.equal(token);
        expect(endpoint.sent).to.have.length(1);
      });
    }

    it('sends no request before get() is called', () => {
      make();
      expect(endpoint.sent).to.have.length(0);
      expect(clock.pendingTimers).to.equal(0);
    });

    it('says whether get() would need a request, without sending one', async () => {
      const empty = make();
      expect(empty.isReady).to.equal(false);
      const waiting = empty.get();
      expect(empty.isReady).to.equal(false);
      endpoint.last.answer(json({ token: makeJwe() }));
      await waiting;
      clock.pass(HARD_MS - 1);
      expect(empty.isReady, 'renewed behind at most').to.equal(true);
      clock.pass(1);
      expect(empty.isReady).to.equal(false);
      expect(make({ token: makeJwe() }).isReady, 'a token that was given').to.equal(true);
      expect(endpoint.sent).to.have.length(1);
    });

    it('renews in the background past the soft limit and returns the cached token at once', async () => {
      const [old, renewed] = [makeJwe(), makeJwe()];
      const source = await makeWith(old);
      clock.pass(SOFT_MS);
      expect(await source.get()).to.equal(old);
      expect(await source.get()).to.equal(old);
      expect(endpoint.sent).to.have.length(2);
      const landed = source.get({ fresh: true });
      endpoint.last.answer(json({ token: renewed }));
      expect(await landed).to.equal(renewed);
      expect(await source.get()).to.equal(renewed);
      expect(endpoint.sent).to.have.length(2);
    });

    it('returns the cached token until the hard limit when the renewal fails, and renews again later', async () => {
      const token = makeJwe();
      const source = await makeWith(token);
      clock.pass(SOFT_MS);
      expect(await source.get()).to.equal(token);
      const landed = source.get({ fresh: true });
      const failing = rejects(landed, 'token-server-error');
      await endpoint.endEveryTry(clock, (sent) => sent.answer(json({}, 500)));
      await failing;
      expect(await source.get()).to.equal(token);
      expect(endpoint.sent, 'no storm').to.have.length(4);
      clock.pass(2_000);
      expect(await source.get()).to.equal(token);
      expect(endpoint.sent).to.have.length(5);
    });

    it('causes no unhandled rejection when a background renewal fails', async () => {
      const seen: unknown[] = [];
      const onUnhandled = (event: PromiseRejectionEvent) => seen.push(event.reason);
      addEventListener('unhandledrejection', onUnhandled);
      const source = await makeWith(makeJwe());
      clock.pass(SOFT_MS);
      await source.get();
      await endpoint.endEveryTry(clock, (sent) => sent.fail(new TypeError('Failed to fetch')));
      // Two turns of the event loop, which is when a browser reports.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setTimeout(resolve));
      removeEventListener('unhandledrejection', onUnhandled);
      expect(source.isIdle).to.equal(true);
      expect(seen).to.deep.equal([]);
    });

    it('waits for a new token past the hard limit', async () => {
      const renewed = makeJwe();
      const source = await makeWith(makeJwe());
      clock.pass(HARD_MS);
      const waiting = source.get();
      expect(endpoint.sent).to.have.length(2);
      endpoint.last.answer(json({ token: renewed }));
      expect(await waiting).to.equal(renewed);
    });

    it('fails past the hard limit when the endpoint cannot be reached', async () => {
      const source = await makeWith(makeJwe());
      clock.pass(HARD_MS);
      const waiting = rejects(source.get(), 'token-network');
      await endpoint.endEveryTry(clock, (sent) => sent.fail(new TypeError('Failed to fetch')));
      await waiting;
    });

    it('renews after a sleep by either clock, and when the wall clock went back', async () => {
      const turns = [
        () => (clock.wallMs += HARD_MS),
        () => (clock.monotonicMs += HARD_MS),
        () => (clock.wallMs -= 1_001),
      ];
      for (const turn of turns) {
        const source = await makeWith(makeJwe());
        const before = endpoint.sent.length;
        turn();
        const renewed = makeJwe();
        const waiting = source.get();
        expect(endpoint.sent).to.have.length(before + 1);
        endpoint.last.answer(json({ token: renewed }));
        expect(await waiting).to.equal(renewed);
      }
    });

    it('gives a token with a lifetime under five seconds only to the callers that waited', async () => {
      const short = makeJwe();
      const source = make();
      const waiting = [source.get(), source.get()];
      endpoint.last.answer(json({ token: short, expires_in: 4 }));
      expect(await Promise.all(waiting)).to.deep.equal([short, short]);
      const next = source.get();
      expect(endpoint.sent).to.have.length(2);
      endpoint.last.answer(json({ token: makeJwe() }));
      expect(await next).to.not.equal(short);
    });

    it('does not replace a valid token by one with a lifetime under five seconds', async () => {
      const token = makeJwe();
      const source = await makeWith(token);
      clock.pass(SOFT_MS);
      const landed = source.get({ fresh: true });
      endpoint.last.answer(json({ token: makeJwe(), expires_in: 4 }));
      expect(await landed).to.not.equal(token);
      expect(await source.get()).to.equal(token);
    });

    it('ignores its cache with fresh', async () => {
      const [old, renewed] = [makeJwe(), makeJwe()];
      const source = await makeWith(old);
      const waiting = source.get({ fresh: true });
      expect(await source.get()).to.equal(old);
      endpoint.last.answer(json({ token: renewed }));
      expect(await waiting).to.equal(renewed);
      expect(await source.get()).to.equal(renewed);
    });

    it('applies a true expiry, but only of the cached token', async () => {
      const token = makeJwe();
      const source = await makeWith(token);
      source.noteExpiry(makeJwe(), clock.wallMs);
      expect(await source.get()).to.equal(token);
      source.noteExpiry(token, clock.wallMs + 100_000);
      clock.pass(89_999);
      expect(await source.get()).to.equal(token);
      clock.pass(1);
      const waiting = source.get();
      endpoint.last.answer(json({ token: makeJwe() }));
      expect(await waiting).to.not.equal(token);
    });

    it('trusts a token without expiry for token-ttl, and for less after limitTtl', async () => {
      const token = makeJwe();
      const source = await makeWith(token, { tokenTtlSec: 200 });
      source.limitTtl(100);
      source.limitTtl(5_000);
      clock.pass(89_999);
      expect(await source.get()).to.equal(token);
      clock.pass(1);
      const [second, waiting] = [makeJwe(), source.get()];
      endpoint.last.answer(json({ token: second }));
      expect(await waiting).to.equal(second);
      clock.pass(90_000);
      const third = source.get();
      endpoint.last.answer(json({ token: makeJwe() }));
      expect(await third).to.not.equal(second);
    });

    it('uses the default for an invalid token-ttl, and never caches with 0', async () => {
      for (const tokenTtlSec of [NaN, -1, Infinity]) {
        const token = makeJwe();
        const source = await makeWith(token, { tokenTtlSec });
        clock.pass(SOFT_MS - 1);
        expect(await source.get(), String(tokenTtlSec)).to.equal(token);
      }
      const source = await makeWith(makeJwe(), { tokenTtlSec: 0 });
      const before = endpoint.sent.length;
      void source.get();
      expect(endpoint.sent).to.have.length(before + 1);
    });
  });

  describe('shares one request', () => {
    it('serves fifty callers with one exchange', async () => {
      const token = makeJwe();
      const source = make();
      const waiting = Array.from({ length: 50 }, () => source.get());
      expect(endpoint.sent).to.have.length(1);
      endpoint.last.answer(json({ token }));
      expect(new Set(await Promise.all(waiting))).to.deep.equal(new Set([token]));
      expect(endpoint.sent).to.have.length(1);
    });

    it('rejects all waiting callers with the same failure', async () => {
      const source = make();
      const waiting = Array.from({ length: 50 }, () => reasonOf(source.get()));
      endpoint.last.answer(json({}, 403));
      const reasons = new Set(await Promise.all(waiting));
      expect(reasons.size).to.equal(1);
      expect([...reasons][0]).to.have.property('code', 'token-forbidden');
      expect(endpoint.sent).to.have.length(1);
    });

    it('goes on for the others when one caller aborts', async () => {
      const token = makeJwe();
      const source = make();
      const leaver = new AbortController();
      const leaving = source.get({ signal: leaver.signal });
      const staying = source.get();
      leaver.abort('gone');
      expect(await reasonOf(leaving)).to.equal('gone');
      expect(endpoint.aborted).to.equal(false);
      endpoint.last.answer(json({ token }));
      expect(await staying).to.equal(token);
    });

    it('is aborted with its last caller, and the next caller starts a new one', async () => {
      const source = make();
      const leavers = [new AbortController(), new AbortController()];
      const leaving = leavers.map(({ signal }) => reasonOf(source.get({ signal })));
      leavers.forEach((leaver, index) => leaver.abort(index));
      expect(await Promise.all(leaving)).to.deep.equal([0, 1]);
      expect(endpoint.aborted).to.equal(true);
      expect(source.isIdle).to.equal(true);
      expect(clock.pendingTimers).to.equal(0);
      const token = makeJwe();
      const next = source.get();
      expect(endpoint.sent).to.have.length(2);
      endpoint.last.answer(json({ token }));
      expect(await next).to.equal(token);
    });

    it('does not remember an abort as a failure', async () => {
      const source = make();
      const leaver = new AbortController();
      const leaving = source.get({ signal: leaver.signal });
      leaver.abort();
      await reasonOf(leaving);
      const next = source.get();
      endpoint.last.answer(json({ token: makeJwe() }));
      await next;
    });

    it('can be joined in the tick in which the last caller aborts', async () => {
      const token = makeJwe();
      const source = make();
      const leaver = new AbortController();
      const leaving = reasonOf(source.get({ signal: leaver.signal }));
      leaver.abort();
      const joining = source.get();
      await leaving;
      expect(endpoint.aborted).to.equal(false);
      endpoint.last.answer(json({ token }));
      expect(await joining).to.equal(token);
    });

    it('is not sent for a signal that is already aborted', async () => {
      const source = make();
      expect(await reasonOf(source.get({ signal: AbortSignal.abort('late') }))).to.equal('late');
      expect(endpoint.sent).to.have.length(0);
    });

    it('can be joined during a background renewal, and is aborted when those callers leave', async () => {
      const token = makeJwe();
      const source = await makeWith(token);
      clock.pass(SOFT_MS);
      await source.get();
      const leaver = new AbortController();
      const leaving = source.get({ fresh: true, signal: leaver.signal });
      expect(endpoint.sent).to.have.length(2);
      leaver.abort();
      await reasonOf(leaving);
      expect(endpoint.aborted).to.equal(true);
      expect(source.isIdle).to.equal(true);
    });
  });

  describe('a background renewal that got stuck', () => {
    /** A source whose second token does not come, `ageMs` after it was asked for behind; the first one has ended. */
    async function stuckFor(ageMs: number) {
      const signals: AbortSignal[] = [];
      const [old, renewed] = [makeJwe(), makeJwe()];
      const answers = [Promise.resolve({ token: old }), new Promise<never>(() => {})];
      const source = make({
        tokenProvider: ({ signal }) => {
          signals.push(signal);
          return answers.shift() ?? Promise.resolve({ token: renewed });
        },
      });
      await source.get();
      clock.pass(HARD_MS - ageMs);
      expect(await source.get()).to.equal(old);
      clock.pass(ageMs);
      return { source, signals, renewed };
    }

    it('is waited for up to eight seconds after its start, and aborted with its last caller', async () => {
      const { source, signals, renewed } = await stuckFor(8_000);
      const leaver = new AbortController();
      const leaving = reasonOf(source.get({ signal: leaver.signal }));
      await turn();
      expect(signals.map(({ aborted }) => aborted)).to.deep.equal([false, false]);
      leaver.abort('left');
      expect(await leaving).to.equal('left');
      expect(await source.get()).to.equal(renewed);
    });

    it('is aborted and replaced after eight seconds', async () => {
      const { source, signals, renewed } = await stuckFor(8_001);
      expect(await source.get()).to.equal(renewed);
      expect(signals.map(({ aborted }) => aborted)).to.deep.equal([false, true, false]);
    });
  });

  describe('forgets failures', () => {
    it('after two seconds', async () => {
      const source = make();
      const first = source.get();
      endpoint.last.answer(json({}, 404));
      const failure = await rejects(first, 'token-not-found');
      clock.pass(1_999);
      expect(await reasonOf(source.get())).to.equal(failure);
      expect(endpoint.sent).to.have.length(1);
      clock.pass(1);
      const token = makeJwe();
      const second = source.get();
      endpoint.last.answer(json({ token }));
      expect(await second).to.equal(token);
    });

    it('at once when a visitor asks again', async () => {
      const source = make();
      const first = source.get({ userInitiated: true });
      endpoint.last.answer(json({}, 403));
      await rejects(first, 'token-forbidden');
      const token = makeJwe();
      const second = source.get({ userInitiated: true });
      expect(endpoint.sent).to.have.length(2);
      endpoint.last.answer(json({ token }));
      expect(await second).to.equal(token);
      expect(await source.get()).to.equal(token);
    });

    it('for all callers once a visitor asks again', async () => {
      const source = make();
      const first = source.get();
      endpoint.last.answer(json({}, 403));
      await rejects(first, 'token-forbidden');
      const token = makeJwe();
      const waiting = [source.get({ userInitiated: true }), source.get()];
      endpoint.last.answer(json({ token }));
      expect(await Promise.all(waiting)).to.deep.equal([token, token]);
      expect(endpoint.sent).to.have.length(2);
    });
  });

  describe('retries', () => {
    it('within the same request, for all callers, including those that join later', async () => {
      const token = makeJwe();
      const source = make({ random: () => 0.5 });
      const early = source.get();
      endpoint.last.answer(json({}, 503));
      await turn();
      const joined = source.get({ userInitiated: true });
      clock.pass(149);
      expect(endpoint.sent).to.have.length(1);
      clock.pass(1);
      await turn();
      expect(endpoint.sent).to.have.length(2);
      endpoint.last.answer(json({ token }));
      expect(await Promise.all([early, joined])).to.deep.equal([token, token]);
      expect(clock.pendingTimers).to.equal(0);
    });

    it('but not for callers that have aborted', async () => {
      const source = make();
      const leaver = new AbortController();
      const leaving = reasonOf(source.get({ signal: leaver.signal }));
      endpoint.last.answer(json({}, 503));
      await turn();
      expect(clock.pendingTimers).to.equal(1);
      leaver.abort('gone');
      expect(await leaving).to.equal('gone');
      expect(clock.pendingTimers).to.equal(0);
      expect(source.isIdle).to.equal(true);
      clock.pass(20_000);
      await turn();
      expect(endpoint.sent).to.have.length(1);
    });

    it('but not with a provider', async () => {
      let asked = 0;
      const source = make({
        tokenProvider: () => {
          asked += 1;
          return Promise.reject(new ClickToCallError('token-network'));
        },
      });
      await rejects(source.get(), 'token-provider');
      clock.pass(20_000);
      expect(asked).to.equal(1);
    });

    it('counts the lifetime of a token from the try that returned it', async () => {
      const token = makeJwe();
      const source = make({ random: () => 0 });
      const waiting = source.get();
      clock.pass(6_000);
      endpoint.last.fail(new TypeError('Failed to fetch'));
      await turn();
      clock.pass(0);
      await turn();
      clock.pass(4_000);
      endpoint.last.answer(json({ token, expires_in: 20 }));
      await waiting;
      clock.pass(13_999);
      expect(await source.get()).to.equal(token);
      clock.pass(1);
      const next = source.get();
      endpoint.last.answer(json({ token: makeJwe() }));
      expect(await next, '18 s after the second try began').to.not.equal(token);
    });
  });

  describe('drops a refused token', () => {
    it('and requests one new token, however many calls were refused', async () => {
      const [refused, next] = [makeJwe(), makeJwe()];
      const source = await makeWith(refused);
      const retry = () => {
        source.invalidate(refused);
        return source.get({ reason: 'refused', userInitiated: true });
      };
      const early = [retry(), retry()];
      endpoint.last.answer(json({ token: next }));
      expect(await Promise.all(early)).to.deep.equal([next, next]);
      expect(await retry(), 'a late one').to.equal(next);
      expect(endpoint.sent).to.have.length(2);
    });

    it('only if it is still the cached one', async () => {
      const token = makeJwe();
      const source = await makeWith(token);
      source.invalidate(makeJwe());
      expect(await source.get()).to.equal(token);
      expect(endpoint.sent).to.have.length(1);
    });

    it('and does not cache the late answer of an earlier renewal', async () => {
      const [refused, late, next] = [makeJwe(), makeJwe(), makeJwe()];
      const source = await makeWith(refused);
      clock.pass(SOFT_MS);
      const joined = source.get({ fresh: true });
      const renewal = endpoint.last;
      source.invalidate(refused);
      const retried = source.get({ reason: 'refused' });
      expect(endpoint.sent).to.have.length(3);
      endpoint.last.answer(json({ token: next }));
      expect(await retried).to.equal(next);
      renewal.answer(json({ token: late }));
      expect(await joined, 'those who waited for it get it').to.equal(late);
      expect(await source.get()).to.equal(next);
    });

    it('and does not remember the late failure of an earlier renewal', async () => {
      const [refused, next] = [makeJwe(), makeJwe()];
      const source = await makeWith(refused);
      const joined = source.get({ fresh: true });
      const renewal = endpoint.last;
      source.invalidate(refused);
      renewal.answer(json({}, 403));
      await rejects(joined, 'token-forbidden');
      const retried = source.get({ reason: 'refused' });
      endpoint.last.answer(json({ token: next }));
      expect(await retried).to.equal(next);
    });

    it('and aborts a renewal without callers', async () => {
      const refused = makeJwe();
      const source = await makeWith(refused);
      clock.pass(SOFT_MS);
      await source.get();
      expect(source.isIdle).to.equal(false);
      source.invalidate(refused);
      await turn();
      expect(endpoint.aborted).to.equal(true);
      expect(source.isIdle).to.equal(true);
    });
  });

  describe('with a provider', () => {
    it('calls it in the same tick with the reason and a signal, and caches the result', async () => {
      const asked: string[] = [];
      const token = makeJwe();
      const source = make({
        tokenProvider: ({ signal, reason }) => {
          expect(signal).to.be.instanceOf(AbortSignal);
          asked.push(reason);
          return Promise.resolve({ token, expiresIn: 100 });
        },
      });
      const first = source.get();
      expect(asked).to.deep.equal(['dial']);
      expect(await first).to.equal(token);
      clock.pass(74_999);
      expect(await source.get()).to.equal(token);
      expect(asked).to.deep.equal(['dial']);
      source.invalidate(token);
      await source.get({ reason: 'refused' });
      expect(asked).to.deep.equal(['dial', 'refused']);
      expect(endpoint.sent).to.have.length(0);
    });

    it('shares one call, but not one that started before the refusal', async () => {
      const asked: { reason: string; give: (token: string) => void }[] = [];
      const source = make({
        tokenProvider: ({ reason }) =>
          new Promise((resolve) => asked.push({ reason, give: (token) => resolve({ token }) })),
      });
      const dialling = [source.get(), source.get()];
      const refused = [source.get({ reason: 'refused' }), source.get({ reason: 'refused' }), source.get()];
      expect(asked.map(({ reason }) => reason)).to.deep.equal(['dial', 'refused']);
      const [stale, good] = [makeJwe(), makeJwe()];
      asked[1]?.give(good);
      asked[0]?.give(stale);
      expect(await Promise.all(refused)).to.deep.equal([good, good, good]);
      expect(await Promise.all(dialling)).to.deep.equal([stale, stale]);
      expect(await source.get()).to.equal(good);
    });

    it('reports its failure, with the thrown error as the cause', async () => {
      const cause = new Error('session over');
      const rejecting = make({ tokenProvider: () => Promise.reject(cause) });
      expect((await rejects(rejecting.get(), 'token-provider')).cause).to.equal(cause);
      const throwing = make({
        tokenProvider: () => {
          throw cause;
        },
      });
      expect((await rejects(throwing.get(), 'token-provider')).cause).to.equal(cause);
    });

    it('refuses a result that is not a guest token', async () => {
      const bad = [undefined, null, 'x', makeJwe(), {}, { token: PUBLIC_TOKEN }, { token: 1 }, [makeJwe()]];
      for (const provided of bad) {
        const source = make({ tokenProvider: () => Promise.resolve(provided as never) });
        await rejects(source.get(), 'token-provider');
      }
    });

    it('accepts a result without a promise, from plain JavaScript', async () => {
      const token = makeJwe();
      const source = make({ tokenProvider: (() => ({ token })) as never });
      expect(await source.get()).to.equal(token);
    });

    it('stops waiting for a provider that never settles and ignores its signal', async () => {
      let signal: AbortSignal | undefined;
      const source = make({
        tokenProvider: (context) => {
          signal = context.signal;
          return new Promise(() => undefined);
        },
      });
      const leaver = new AbortController();
      const leaving = source.get({ signal: leaver.signal });
      leaver.abort('gone');
      expect(await reasonOf(leaving)).to.equal('gone');
      expect(signal?.aborted).to.equal(true);
      expect(source.isIdle).to.equal(true);
    });

    it('does not abort the signal after the provider has settled', async () => {
      let signal: AbortSignal | undefined;
      const source = make({
        tokenProvider: (context) => {
          signal = context.signal;
          return Promise.resolve({ token: makeJwe() });
        },
      });
      await source.get();
      expect(signal?.aborted).to.equal(false);
    });
  });

  describe('with a given guest token', () => {
    it('returns it without an exchange, and for ever when it states no expiry', async () => {
      const token = makeJwe();
      const source = make({ token: ` ${token}\n` });
      clock.pass(9e9);
      expect(await source.get()).to.equal(token);
      expect(endpoint.sent).to.have.length(0);
    });

    it('returns it until its stated expiry, without a safety margin', async () => {
      const token = makeJwt({ iat: 0, exp: 60 });
      const source = make({ token });
      clock.pass(59_999);
      expect(await source.get()).to.equal(token);
      clock.pass(1);
      await rejects(source.get(), 'connect-unauthorized');
    });

    it('returns it until an expiry that becomes known later', async () => {
      const token = makeJwe();
      const source = make({ token });
      source.noteExpiry(token, clock.wallMs + 10_000);
      clock.pass(10_000);
      await rejects(source.get(), 'connect-unauthorized');
    });

    it('fails when the gateway refused it', async () => {
      const token = makeJwe();
      const source = make({ token });
      source.invalidate(token);
      await rejects(source.get({ reason: 'refused' }), 'connect-unauthorized');
      expect(await source.get(), 'the next call may try it again').to.equal(token);
    });
  });

  describe('when constructed', () => {
    it('refuses secrets, invalid tokens and missing tokens', () => {
      throws(() => make({ token: `PT${'0123456789abcdef'.repeat(3)}` }), 'config-token-secret');
      throws(() => make({ token: 'not a token' }), 'config-token-invalid');
      throws(() => new GuestTokenSource({}), 'config-token-missing');
      throws(() => new GuestTokenSource({ token: 'alias' }), 'config-token-invalid');
    });

    it('refuses an endpoint to which a token must not be sent', () => {
      for (const bad of ['http://embeds.signalwire.com/x', 'https://me:pw@example.org/', 'ftp://x/']) {
        throws(() => make({ endpoint: bad }), 'config-endpoint-invalid');
      }
    });

    it("uses SignalWire's endpoint by default", async () => {
      const endpoints = {
        '': 'https://embeds.signalwire.com/api/fabric/embeds/tokens',
        '/api/call-token': `${location.origin}/api/call-token`,
      };
      for (const [own, url] of Object.entries(endpoints)) {
        const getting = make({ endpoint: own || undefined }).get();
        expect(endpoint.last.url).to.equal(url);
        endpoint.last.answer(json({ token: makeJwe() }));
        await getting;
      }
    });

    it('accepts an alias or no token with its own endpoint', async () => {
      const bodies = { support: '{"token":"support"}', '': '{}' };
      for (const [token, body] of Object.entries(bodies)) {
        const source = make({ token });
        const getting = source.get();
        expect(endpoint.last.init.body).to.equal(body);
        endpoint.last.answer(json({ token: makeJwe() }));
        await getting;
      }
    });

    it('has no enumerable or own keys', async () => {
      const source = await makeWith(makeJwe());
      expect(JSON.stringify(source)).to.equal('{}');
      expect(Reflect.ownKeys(source)).to.deep.equal([]);
    });
  });
});
