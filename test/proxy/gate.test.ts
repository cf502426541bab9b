// How much is asked of the upstream at once: places, the short queue before them, and the rest of an upstream that is down.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Breaker, Gate } from '../../src/proxy/gate.js';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { Stop } from '../../src/proxy/stop.js';
import { ORIGIN, TOKEN } from './proxy-client.js';
import { GUEST } from './scripted-upstream.js';

/** A signal that knows who waits by it. */
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

/** Whether somebody was let in by now, `waiting` when that is open. */
const isIn = (entering: Promise<unknown>) =>
  Promise.race([
    entering.then((leave) => leave !== undefined),
    new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting')),
  ]);

describe('the gate', () => {
  const enter = (gate: Gate, signal = new Stop()) => gate.enter(signal);

  it('has so many places, and a queue for as many again, first come first served', async () => {
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

  it('lets nobody wait for longer than a second, and keeps no place for who has given up', async (context) => {
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

  it('lets nobody in who has left, and nobody wait who leaves', async () => {
    const gate = new Gate(1);
    const left = new Stop();
    left.stop('gone');
    assert.equal(await enter(gate, left), undefined);
    const leave = await enter(gate);
    assert.ok(leave, 'who had left took the place');
    const leaving = new Stop();
    const waiting = enter(gate, leaving);
    leaving.stop('gone');
    assert.equal(await isIn(waiting), false);
    const next = enter(gate);
    leave();
    assert.equal(await isIn(next), true);
  });
});

describe('an upstream that failed', () => {
  /** A breaker at a time that stands still, after so many failures. */
  function broken(failures: number) {
    const clock = { ms: 1000 };
    const breaker = new Breaker(() => clock.ms);
    for (let failure = 0; failure < failures; failure++) {
      assert.equal(breaker.pass(), 0);
      breaker.report('down');
    }
    return { breaker, clock };
  }

  it('ten times in a row has a rest of five seconds, and no more', () => {
    const { breaker, clock } = broken(10);
    assert.equal(breaker.pass(), 5);
    clock.ms += 4000;
    assert.equal(breaker.pass(), 1);
    clock.ms += 999.5;
    assert.equal(breaker.pass(), 1);
    clock.ms += 0.5;
    assert.equal(breaker.pass(), 0);
  });

  it('less often, or not in a row, is asked on', () => {
    const { breaker } = broken(9);
    assert.equal(breaker.pass(), 0);
    breaker.report('alive');
    for (let failure = 0; failure < 9; failure++) {
      assert.equal(breaker.pass(), 0);
      breaker.report('down');
    }
    assert.equal(breaker.pass(), 0);
  });

  it('gets one trial after its rest, and whoever comes meanwhile waits', () => {
    const { breaker, clock } = broken(10);
    clock.ms += 5000;
    assert.equal(breaker.pass(), 0);
    assert.equal(breaker.pass(), 1);
    breaker.report('alive');
    assert.deepEqual([breaker.pass(), breaker.pass()], [0, 0]);
  });

  it('rests again when the trial fails, and gets another one when nobody knows how it ended', () => {
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
  /** A proxy whose upstream answers when it is told to: each request with what is said to it. */
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

  it('asks for one, lets one wait, and tells the others to come again: 503, a time to wait, and CORS', async () => {
    const { ask, asked } = narrow();
    const all = [ask(), ask(), ask()];
    // Which one of them waits is promised to nobody.
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

  it('has it free again, however the exchange ended', async () => {
    const { ask, asked } = narrow();
    const endings = [new Error('Nobody is there.'), new Response(null, { status: 401 }), new Response('{}')];
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

  it('forgets a page that leaves while it waits', async () => {
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
