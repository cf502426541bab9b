// Which failures are retried, how often and after which delay. The test sets the time and the random numbers.
import { expect } from 'chai';
import { ClickToCallError } from '../../src/errors.js';
import { withRetries } from '../../src/token/retry.js';
import { reasonOf } from '../rejects.js';
import { HandClock } from './hand-clock.js';
import { turn } from './turn.js';

const NETWORK = new ClickToCallError('token-network');
const TIMEOUT = new ClickToCallError('token-timeout');
const status = (status: number, retryAfterMs?: number) =>
  new ClickToCallError('token-server-error', { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });

/** One try: how long it takes, and the error it fails with. */
type Try = readonly [tookMs: number, failure?: unknown];

/** Runs the tries of a plan, repeating the last one; returns the outcome and when each try started. */
async function play(plan: readonly Try[], { chance = 0.5 } = {}) {
  const clock = new HandClock();
  const startMs = clock.monotonicMs;
  const begun: { atMs: number; timeoutMs: number }[] = [];
  let outcome: unknown;
  const done = withRetries(
    (timeoutMs) => {
      const [tookMs, failure] = plan[Math.min(begun.length, plan.length - 1)]!;
      begun.push({ atMs: clock.monotonicMs - startMs, timeoutMs });
      return new Promise((resolve, reject) => {
        const settle = () => (failure === undefined ? resolve('token') : reject(failure as Error));
        clock.setTimeout(settle, Math.min(tookMs, timeoutMs));
      });
    },
    { signal: new AbortController().signal, clock, timers: clock, random: () => chance },
  ).then(
    (value) => (outcome = value),
    (error: unknown) => (outcome = error),
  );
  await turn();
  while (outcome === undefined) {
    clock.pass(clock.nextTimerMs!);
    await turn();
  }
  await done;
  expect(clock.pendingTimers).to.equal(0);
  return { outcome, tries: begun.map(({ atMs }) => atMs), begun, tookMs: clock.monotonicMs - startMs };
}

describe('withRetries', () => {
  it('does not repeat a try that succeeds', async () => {
    expect(await play([[100]])).to.deep.include({ outcome: 'token', tries: [0] });
  });

  it('tries three times, with random delays of up to 300 ms and then 600 ms', async () => {
    expect((await play([[100, NETWORK]])).tries).to.deep.equal([0, 250, 650]);
    expect((await play([[100, NETWORK]], { chance: 0 })).tries).to.deep.equal([0, 100, 200]);
    expect((await play([[100, NETWORK]], { chance: 0.99 })).tries).to.deep.equal([0, 397, 1091]);
  });

  it('throws the error of the last try', async () => {
    expect(
      (
        await play([
          [1, NETWORK],
          [1, status(500)],
          [1, status(429)],
        ])
      ).outcome,
    ).to.include({
      status: 429,
    });
    expect((await play([[1, NETWORK], [1]])).outcome).to.equal('token');
  });

  for (const code of [408, 425, 429, 500, 502, 503, 504]) {
    it(`retries after ${code}`, async () => {
      expect((await play([[1, status(code)], [1]])).outcome).to.equal('token');
    });
  }

  const final = [
    ...[400, 401, 403, 404, 409, 422, 501, 505, 201].map((code) => status(code)),
    new ClickToCallError('token-blocked'),
    new ClickToCallError('token-bad-response'),
    new TypeError('internal error'),
  ];
  for (const failure of final) {
    const name = failure instanceof ClickToCallError ? `${failure.code} ${failure.status ?? ''}` : failure;
    it(`does not retry after ${name}`, async () => {
      const { outcome, tries } = await play([[1, failure], [1]]);
      expect(outcome).to.equal(failure);
      expect(tries).to.deep.equal([0]);
    });
  }

  it('limits each try to 8 s, and all of them to 15 s', async () => {
    const { outcome, begun, tookMs } = await play([[60_000, TIMEOUT]]);
    expect(outcome).to.equal(TIMEOUT);
    expect(begun).to.deep.equal([
      { atMs: 0, timeoutMs: 8_000 },
      { atMs: 8_150, timeoutMs: 6_850 },
    ]);
    expect(tookMs).to.equal(15_000);
  });

  it('does not start a try with less than a second left', async () => {
    const late = await play([
      [8_000, TIMEOUT],
      [6_000, NETWORK],
    ]);
    expect(late.tries).to.deep.equal([0, 8_150]);
    expect(late.outcome).to.equal(NETWORK);
  });

  describe('with Retry-After', () => {
    it('waits at least that long, plus a random delay', async () => {
      expect((await play([[0, status(429, 2_000)], [0]])).tries).to.deep.equal([0, 2_150]);
      expect((await play([[0, status(503, 2_000)], [0, status(503, 1_000)], [0]])).tries).to.deep.equal([
        0, 2_150, 3_450,
      ]);
    });

    it('treats Retry-After: 0 like no header', async () => {
      expect((await play([[7_500, status(503, 0)], [0]])).tries).to.deep.equal([0, 7_650]);
    });

    it('fails at once when the wait leaves no time for a whole try', async () => {
      for (const retryAfterMs of [7_000, 10_000, 60_000, 86_400_000]) {
        const { outcome, tookMs } = await play([[20, status(429, retryAfterMs)], [0]]);
        expect(outcome).to.include({ retryAfterMs });
        expect(tookMs).to.equal(20);
      }
    });

    it('never makes a visitor wait for 7 s or more', async () => {
      for (const retryAfterMs of [1_000, 3_000, 5_000, 6_600]) {
        const { outcome, tookMs } = await play([[20, status(429, retryAfterMs)]]);
        expect(outcome).to.include({ retryAfterMs });
        expect(tookMs).to.be.within(retryAfterMs, 7_000);
      }
    });
  });

  describe('aborted', () => {
    it('between two tries, rejects at once with the reason and leaves no timer', async () => {
      const clock = new HandClock();
      const stop = new AbortController();
      let tries = 0;
      const attempt = () => ((tries += 1), Promise.reject(NETWORK));
      const tools = { signal: stop.signal, clock, timers: clock, random: () => 1 };
      const reason = reasonOf(withRetries(attempt, tools));
      await turn();
      expect(clock.pendingTimers).to.equal(1);
      stop.abort('gone');
      expect(await reason).to.equal('gone');
      expect(clock.pendingTimers).to.equal(0);
      clock.pass(20_000);
      await turn();
      expect(tries).to.equal(1);
    });

    it('during a try, does not start another', async () => {
      const clock = new HandClock();
      const stop = new AbortController();
      let tries = 0;
      const attempt = () => (stop.abort('gone'), Promise.reject(NETWORK));
      const tools = { signal: stop.signal, clock, timers: clock, random: () => 1 };
      expect(await reasonOf(withRetries(() => ((tries += 1), attempt()), tools))).to.equal('gone');
      expect(tries).to.equal(1);
      expect(clock.pendingTimers).to.equal(0);
    });
  });

  it('does not retry when its timer fires too late, as in a background page', async () => {
    const clock = new HandClock();
    const tools = { signal: new AbortController().signal, clock, timers: clock, random: () => 1 };
    let tries = 0;
    const reason = reasonOf(withRetries(() => ((tries += 1), Promise.reject(NETWORK)), tools));
    await turn();
    clock.pass(60_000);
    expect(await reason).to.equal(NETWORK);
    expect(tries).to.equal(1);
  });
});
