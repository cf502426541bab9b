// One exchange: the request down to its headers, and every way it can fail, with a fake fetch, clocks and timers.
import { expect } from 'chai';
import { exchangeToken, type Exchange, type RequestWatch } from '../../src/token/exchange.js';
import { reasonOf, rejects } from '../rejects.js';
import { FakeEndpoint, hangingAnswer, json } from './fake-endpoint.js';
import { HandClock } from './hand-clock.js';
import { makeJwe, PUBLIC_TOKEN } from './made-tokens.js';

const ENDPOINT = 'https://embeds.signalwire.com/api/fabric/embeds/tokens';

describe('exchangeToken', () => {
  let clock: HandClock;
  let endpoint: FakeEndpoint;
  beforeEach(() => {
    clock = new HandClock();
    endpoint = new FakeEndpoint();
  });
  const exchange = (more: Partial<Exchange> = {}) =>
    exchangeToken({
      endpoint: ENDPOINT,
      token: PUBLIC_TOKEN,
      fetch: endpoint.fetch,
      clock,
      timers: clock,
      ...more,
    });

  it('sends one request with the token, without credentials and without following redirects', async () => {
    const token = makeJwe();
    const exchanging = exchange();
    endpoint.last.answer(json({ token, expires_in: 60 }));
    expect(await exchanging).to.deep.equal({ token, expiresInSec: 60, ageMs: 0 });
    expect(endpoint.sent).to.have.length(1);
    const { signal, ...init } = endpoint.last.init;
    expect(signal).to.be.instanceOf(AbortSignal);
    expect(endpoint.last.url).to.equal(ENDPOINT);
    expect(init).to.deep.equal({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"token":"${PUBLIC_TOKEN}"}`,
      mode: 'cors',
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'strict-origin-when-cross-origin',
    });
  });

  it('leaves an answered request alone: the page may still be reading a clone of the answer', async () => {
    const exchanging = exchange();
    endpoint.last.answer(json({ token: makeJwe() }));
    await exchanging;
    expect(endpoint.last.init.signal!.aborted).to.equal(false);
  });

  it('sends an empty object when the proxy has the token', async () => {
    const exchanging = exchange({ token: '' });
    endpoint.last.answer(json({ token: makeJwe() }, 200));
    await exchanging;
    expect(endpoint.last.init.body).to.equal('{}');
  });

  it("uses the browser's own fetch and timers when none are given", async () => {
    const token = makeJwe();
    const here = `data:application/json,${encodeURIComponent(JSON.stringify({ token }))}`;
    const { ageMs, ...reply } = await exchangeToken({ endpoint: here, token: PUBLIC_TOKEN });
    expect(reply).to.deep.equal({ token });
    expect(ageMs).to.be.within(0, 8_000);
  });

  it('times out when no answer comes, even if fetch ignores its signal', async () => {
    for (const fetch of [endpoint.fetch, () => new Promise<Response>(() => undefined)]) {
      const exchanging = exchange({ fetch });
      clock.pass(7_999);
      expect(clock.pendingTimers).to.equal(1);
      clock.pass(1);
      await rejects(exchanging, 'token-timeout');
    }
    expect(endpoint.aborted).to.equal(true);
  });

  it('times out when the body hangs', async () => {
    const hanging = hangingAnswer();
    const exchanging = exchange({ timeoutMs: 300 });
    endpoint.last.answer(hanging.response);
    await hanging.begun;
    clock.pass(300);
    await rejects(exchanging, 'token-timeout');
    expect(hanging.cancelled()).to.equal(true);
  });

  it('reports the maximum age of the token', async () => {
    for (const [wallMs, monotonicMs, ageMs] of [
      [2_000, 2_000, 2_000],
      [8_000, 500, 8_000],
      [-9_000, 700, 700],
    ] as const) {
      const exchanging = exchange();
      clock.wallMs += wallMs;
      clock.monotonicMs += monotonicMs;
      endpoint.last.answer(json({ token: makeJwe() }));
      expect((await exchanging).ageMs).to.equal(ageMs);
    }
  });

  it('times out when the device slept until the answer, by either clock', async () => {
    for (const clockName of ['wallMs', 'monotonicMs'] as const) {
      const exchanging = exchange();
      clock[clockName] += 8_001;
      endpoint.last.answer(json({ token: makeJwe() }));
      await rejects(exchanging, 'token-timeout');
    }
  });

  describe('watched by the page', () => {
    /** A watch with this verdict, and the calls that it received. */
    const watching = (verdict: Awaited<ReturnType<RequestWatch['verdict']>>) => {
      const asked: string[] = [];
      const watch = (url: string): RequestWatch => {
        asked.push(`watch ${url} with ${endpoint.sent.length} sent`);
        return {
          verdict: () => (asked.push('verdict'), Promise.resolve(verdict)),
          stop: () => void asked.push('stop'),
        };
      };
      return { asked, watch };
    };
    const cause = new TypeError('Failed to fetch');
    const begin = `watch ${ENDPOINT} with 0 sent`;

    it("reports a request that the page's policy blocked as token-blocked", async () => {
      const { asked, watch } = watching('blocked');
      const exchanging = exchange({ watch });
      endpoint.last.fail(cause);
      expect((await rejects(exchanging, 'token-blocked')).cause).to.equal(cause);
      expect(asked).to.deep.equal([begin, 'verdict', 'stop']);
    });

    it('reports being offline differently from an unreachable endpoint', async () => {
      const messages = new Set<string>();
      for (const verdict of ['offline', undefined] as const) {
        const exchanging = exchange({ watch: watching(verdict).watch });
        endpoint.last.fail(cause);
        const error = await rejects(exchanging, 'token-network');
        expect(error.cause).to.equal(cause);
        expect(error.message.includes('offline')).to.equal(verdict === 'offline');
        messages.add(error.message);
      }
      expect(messages.size).to.equal(2);
    });

    it('is not asked after an answer, a timeout or an abort, and is always stopped', async () => {
      const { asked, watch } = watching('blocked');
      const good = exchange({ watch });
      endpoint.last.answer(json({ token: makeJwe() }));
      await good;
      const refused = exchange({ watch });
      endpoint.last.answer(json({}, 500));
      await rejects(refused, 'token-server-error');
      const late = exchange({ watch });
      clock.pass(8_000);
      await rejects(late, 'token-timeout');
      const caller = new AbortController();
      const left = exchange({ watch, signal: caller.signal });
      caller.abort('gone');
      expect(await reasonOf(left)).to.equal('gone');
      expect(asked.filter((one) => one === 'verdict')).to.deep.equal([]);
      expect(asked.filter((one) => one === 'stop')).to.have.length(4);
    });

    it("rethrows the caller's own reason when that comes before the verdict", async () => {
      const caller = new AbortController();
      const verdict = () => (caller.abort('gone'), Promise.resolve('blocked' as const));
      const watch = () => ({ verdict, stop: () => undefined });
      const left = exchange({ watch, signal: caller.signal });
      endpoint.last.fail(cause);
      expect(await reasonOf(left)).to.equal('gone');
    });
  });

  it("rethrows the caller's own reason, and stops the request", async () => {
    const caller = new AbortController();
    const exchanging = exchange({ signal: caller.signal });
    const reason = { why: 'left' };
    caller.abort(reason);
    expect(await reasonOf(exchanging)).to.equal(reason);
    expect(endpoint.aborted).to.equal(true);
  });

  it("rethrows the caller's own reason while the body hangs", async () => {
    const hanging = hangingAnswer();
    const caller = new AbortController();
    const exchanging = exchange({ signal: caller.signal });
    endpoint.last.answer(hanging.response);
    await hanging.begun;
    caller.abort();
    expect(await reasonOf(exchanging)).to.equal(caller.signal.reason);
    expect(hanging.cancelled()).to.equal(true);
  });

  it('sends nothing when its signal is already aborted', async () => {
    const signal = AbortSignal.abort('late');
    expect(await reasonOf(exchange({ signal }))).to.equal('late');
    expect(endpoint.sent).to.have.length(0);
    expect(clock.pendingTimers).to.equal(0);
  });

  it('reports an unreachable endpoint, with the error of fetch as the cause', async () => {
    const cause = new TypeError('Failed to fetch');
    const exchanging = exchange();
    endpoint.last.fail(cause);
    expect((await rejects(exchanging, 'token-network')).cause).to.equal(cause);
    const broken = new ReadableStream({ start: (controller) => controller.error(cause) });
    const second = exchange();
    endpoint.last.answer(new Response(broken));
    expect((await rejects(second, 'token-network')).cause).to.equal(cause);
    const thrower = () => {
      throw cause;
    };
    expect((await rejects(exchange({ fetch: thrower }), 'token-network')).cause).to.equal(cause);
  });

  it('passes on the error of the answer', async () => {
    const exchanging = exchange();
    endpoint.last.answer(json({}, 429, { 'Retry-After': 'Thu, 01 Jan 2026 00:00:09 GMT' }));
    expect((await rejects(exchanging, 'token-rate-limited')).retryAfterMs).to.equal(9_000);
  });

  it('leaves no timer behind, however it ends', async () => {
    const good = exchange();
    endpoint.last.answer(json({ token: makeJwe() }));
    await good;
    expect(clock.pendingTimers).to.equal(0);
    const refused = exchange();
    endpoint.last.answer(json({}, 403));
    await rejects(refused, 'token-forbidden');
    expect(clock.pendingTimers).to.equal(0);
    const caller = new AbortController();
    const left = exchange({ signal: caller.signal });
    caller.abort();
    await reasonOf(left);
    expect(clock.pendingTimers).to.equal(0);
  });
});
