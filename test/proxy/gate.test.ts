// Concurrency at the upstream: places, the queue in front of them, and the pause for an upstream that is down.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Breaker, Gate } from '../../src/proxy/gate.js';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { Stop } from '../../src/proxy/stop.js';
import { ORIGIN, TOKEN } from './proxy-client.js';
import { GUEST } from './scripted-upstream.js';

/** A signal that exposes its listeners. */
class CountedStop extends Stop {
  readonly waiting = new Set<() => void>();

  override addEventListener(type: 'abort', listener: () => void): void {
    super.addEventListener(type, listener);
    this.waiting.add(listener);
  }

  override removeEventListener(type: 'abort', listener: () => void): void {
    super.removeEventListener(type, listener);
    this.waiting.delete(listener);
  }
}

/** Whether an entry has succeeded; `waiting` while it is pending. */
const isIn = (entering: Promise<unknown>) =>
  Promise.race([
    entering.then((leave) => leave !== undefined),
    new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting')),
  ]);

describe('the gate', () => {
  const enter = (gate: Gate, signal = new Stop()) => gate.enter(signal);

  it('has a fixed number of places and a queue of the same length, first come, first served', async () => {
    const gate = new Gate(2);
    const [one, two, three, four, five] = Array.from({ length: 5 }, () => enter(gate));
    const states = () => Promise.all([one!, two!, three!, four!, five!].map(isIn));
    assert.deepEqual(await states(), [true, true, 'waiting', 'waiting', false]);
    (await two)!();
    assert.deepEqual(await states(), [true, true, true, 'waiting', false]);
    (await one)!();
    (await three)!();
    assert.deepEqual(await states(), [true, true, true, true, false]);
    // One place is taken, one is free, and the queue is empty again.
    const again = Array.from({ length: 4 }, () => enter(gate));
    assert.deepEqual(await Promise.all(again.map(isIn)), [true, 'waiting', 'waiting', false]);
    (await four)!();
    assert.equal(await isIn(again[1]!), true);
  });

  it('ends a wait after a second, and reserves no place for a caller that gave up', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const gate = new Gate(1);
    const signal = new CountedStop();
    const leave = await enter(gate);
    const late = enter(gate, signal);
    context.mock.timers.tick(999);
    assert.equal(await isIn(late), 'waiting');
    context.mock.timers.tick(1);
    assert.equal(await late, undefined);
    assert.equal(signal.waiting.size, 0);
    const next = enter(gate, signal);
    leave!();
    assert.equal(await isIn(next), true);
    assert.equal(signal.waiting.size, 0);
    context.mock.timers.reset();
  });

  it('refuses an aborted signal, and ends the wait of one that aborts', async () => {
    const gate = new Gate(1);
    const left = new Stop();
    left.stop('gone');
    assert.equal(await enter(gate, left), undefined);
    const leave = await enter(gate);
    assert.ok(leave, 'the aborted caller took the place');
    const leaving = new Stop();
    const waiting = enter(gate, leaving);
    leaving.stop('gone');
    assert.equal(await isIn(waiting), false);
    const next = enter(gate);
    leave();
    assert.equal(await isIn(next), true);
  });

  it('passes a place on when its receiver aborts in the same moment', async () => {
    const gate = new Gate(2);
    const [leave] = [await enter(gate), await enter(gate)];
    const aborting = new Stop();
    const [first, second] = [enter(gate, aborting), enter(gate)];
    leave!();
    aborting.stop('gone');
    assert.deepEqual([await isIn(first), await isIn(second)], [false, true]);
  });
});

describe('the breaker', () => {
  /** A breaker after this many failures, with a clock set by the test. */
  function broken(failures: number) {
    const clock = { ms: 1000 };
    const breaker = new Breaker(() => clock.ms);
    for (let failure = 0; failure < failures; failure++) {
      assert.equal(breaker.pass(), 0);
      breaker.report('down');
    }
    return { breaker, clock };
  }

  it('stops requests for five seconds after ten failures in a row', () => {
    const { breaker, clock } = broken(10);
    assert.equal(breaker.pass(), 5);
    clock.ms += 4000;
    assert.equal(breaker.pass(), 1);
    clock.ms += 999.5;
    assert.equal(breaker.pass(), 1);
    clock.ms += 0.5;
    assert.equal(breaker.pass(), 0);
  });

  it('lets requests pass after fewer failures, or failures that are not in a row', () => {
    const { breaker } = broken(9);
    assert.equal(breaker.pass(), 0);
    breaker.report('alive');
    for (let failure = 0; failure < 9; failure++) {
      assert.equal(breaker.pass(), 0);
      breaker.report('down');
    }
    assert.equal(breaker.pass(), 0);
  });

  it('lets one trial pass after the pause, and no other request until it ends', () => {
    const { breaker, clock } = broken(10);
    clock.ms += 5000;
    assert.equal(breaker.pass(), 0);
    assert.equal(breaker.pass(), 1);
    breaker.report('alive');
    assert.deepEqual([breaker.pass(), breaker.pass()], [0, 0]);
  });

  it('pauses again when the trial fails, and allows another trial when its outcome is unknown', () => {
    const { breaker, clock } = broken(10);
    clock.ms += 5000;
    assert.equal(breaker.pass(), 0);
    breaker.report('down');
    assert.equal(breaker.pass(), 5);
    clock.ms += 5000;
    assert.equal(breaker.pass(), 0);
    breaker.report('unknown');
    assert.deepEqual([breaker.pass(), breaker.pass()], [0, 1]);
  });
});

describe('the proxy with one place', () => {
  /** A proxy whose upstream answers each request when the test says so. */
  function narrow() {
    const answers: ((response: Response | Error) => void)[] = [];
    const proxy = createTokenProxy({
      host: 'example',
      allowedOrigins: [ORIGIN],
      rateLimit: false,
      maxConcurrent: 1,
      fetch: () =>
        new Promise((resolve, reject) => {
          answers.push((said) => (said instanceof Error ? reject(said) : resolve(said)));
        }),
    });
    const ask = (signal?: AbortSignal) =>
      proxy(
        new Request('https://proxy.example/', {
          method: 'POST',
          headers: { origin: ORIGIN, 'content-type': 'application/json' },
          body: JSON.stringify({ token: TOKEN }),
          ...(signal && { signal }),
        }),
      );
    const asked = async (times: number) => {
      while (answers.length < times) await new Promise(setImmediate);
      return answers[times - 1]!;
    };
    return { ask, asked };
  }

  it('sends one request, queues one, and answers 503 with Retry-After and CORS to the others', async () => {
    const { ask, asked } = narrow();
    const all = [ask(), ask(), ask()];
    // Which of them is queued is not defined.
    const [answer, index] = await Promise.race(all.map(async (asking, at) => [await asking, at] as const));
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '1');
    assert.equal(answer.headers.get('access-control-allow-origin'), ORIGIN);
    const { errors } = (await answer.json()) as { errors: { code: string }[] };
    assert.equal(errors[0]?.code, 'busy');
    (await asked(1))(Response.json({ token: GUEST }));
    (await asked(2))(Response.json({ token: GUEST }));
    const others = await Promise.all(all.filter((_, at) => at !== index));
    assert.deepEqual(
      others.map(({ status }) => status),
      [200, 200],
    );
  });

  it('frees the place however the exchange ends', async () => {
    const { ask, asked } = narrow();
    const endings = [new Error('ECONNRESET'), new Response(null, { status: 401 }), new Response('{}')];
    for (const [turn, ending] of endings.entries()) {
      const answer = ask();
      (await asked(turn + 1))(ending);
      assert.notEqual((await answer).status, 503);
    }
    const gone = new AbortController();
    const left = ask(gone.signal);
    await asked(4);
    gone.abort();
    assert.equal((await left).status, 499);
    const last = ask();
    (await asked(5))(Response.json({ token: GUEST }));
    assert.equal((await last).status, 200);
  });

  it('drops a page that disconnects while it is queued', async () => {
    const { ask, asked } = narrow();
    const first = ask();
    const answerFirst = await asked(1);
    const gone = new AbortController();
    const both = [ask(gone.signal), ask(gone.signal)];
    assert.equal((await Promise.race(both)).status, 503);
    gone.abort();
    assert.deepEqual((await Promise.all(both)).map(({ status }) => status).sort(), [499, 503]);
    answerFirst(Response.json({ token: GUEST }));
    assert.equal((await first).status, 200);
  });
});
