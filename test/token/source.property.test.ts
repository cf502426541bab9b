// Random sequences of events for a source: it always agrees with the model and never breaks its invariants.
import { expect } from 'chai';
import fc from 'fast-check';
import { ClickToCallError, ERRORS } from '../../src/errors.js';
import { GuestTokenSource } from '../../src/token/source.js';
import { isGuestToken } from '../../src/token/token-form.js';
import { FakeEndpoint } from './fake-endpoint.js';
import { HandClock } from './hand-clock.js';
import { base64url, makeJwe, makeJwt, PUBLIC_TOKEN } from './made-tokens.js';
import { SourceModel, type Life, type Reply, type Waiter } from './source-model.js';
import { turn } from './turn.js';

/** As many as a test run has time for. Try thousands after a change of the source; a failure is printed with its seed. */
const RUNS = 600;

/** The tests take five seconds on an idle machine. A run that exceeds the limit fails and prints its seed. */
const LIMIT_MS = 120_000;
const TIMEOUT_MS = LIMIT_MS + 30_000;
const plugins = [fc.interruptAfterTimeLimit(LIMIT_MS, { failOnInterrupt: true })];

/** How time passes: awake, or asleep with one clock stopped or both running. */
type Lapse = 'pass' | 'sleep' | 'wall stands' | 'wake late';

type Action =
  | { readonly do: 'get'; readonly count: number; readonly how: Parameters<SourceModel['get']>[1] }
  | { readonly do: 'give up' | 'invalidate'; readonly which: number }
  | { readonly do: 'answer'; readonly which: number; readonly reply: AnyReply }
  | { readonly do: Lapse | 'set clock'; readonly ms: number }
  | { readonly do: 'near limit'; readonly part: number; readonly by: Lapse; readonly offMs: number }
  | { readonly do: 'note expiry'; readonly which: number; readonly inMs: number }
  | { readonly do: 'limit ttl'; readonly sec: number };

type AnyReply = Exclude<Reply, { kind: 'token' }> | { readonly kind: 'token'; readonly life: Life };

/** Times at which something changes, and random ones. */
const anyMs = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.constantFrom(0, 1, 600, 1_999, 2_000, 7_999, 8_000, 8_001, 15_000, 675_000, 840_000, 900_000),
  fc.integer({ min: 0, max: 4_000_000 }),
);
const anySec = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(4.999, 5, 100, 900, 7_200));

const anyReply: fc.Arbitrary<AnyReply> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('token' as const),
      life: fc.oneof<fc.Arbitrary<Life>[]>(
        fc.constant({ by: 'nobody' }),
        fc.record({ by: fc.constantFrom('reply' as const, 'duration' as const), sec: anySec }),
        // As seen by a device whose clock may be far off.
        fc.record({ by: fc.constant('end' as const), atSec: fc.integer({ min: -5_000, max: 9_000 }) }),
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind: fc.constant('status' as const),
        status: fc.constantFrom(400, 401, 403, 404, 408, 422, 425, 429, 500, 501, 502, 503, 504),
        retryAfterSec: fc.constantFrom(0, 1, 3, 6, 7, 60),
      },
      { requiredKeys: ['kind', 'status'] },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'garbage' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'network' as const }) },
);

const which = fc.nat(20);
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('get' as const),
      count: fc.constantFrom(1, 1, 2, 5),
      how: fc.record({
        fresh: fc.constantFrom(false, false, false, true),
        userInitiated: fc.boolean(),
        reason: fc.constantFrom('dial' as const, 'dial' as const, 'refused' as const),
      }),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('answer' as const), which, reply: anyReply }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: anyMs }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom<Lapse[]>('sleep', 'wall stands', 'wake late'), ms: anyMs }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('near limit' as const),
      part: fc.constantFrom(0.75, 0.9, 1),
      by: fc.constantFrom<Lapse[]>('pass', 'sleep', 'wall stands', 'wake late'),
      offMs: fc.constantFrom(-1, 0, 1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set clock' as const),
      ms: fc.oneof(fc.integer({ min: -4_000_000, max: 4_000_000 }), fc.constantFrom(-1_001, -1_000, -999)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('give up' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('invalidate' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('note expiry' as const),
      which,
      inMs: fc.integer({ min: -10_000, max: 900_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('limit ttl' as const), sec: fc.constantFrom(0, 6, 100, 1_000) }),
  },
);

/** A source and its model, driven through the same events. */
class Play {
  readonly clock = new HandClock();
  readonly endpoint = new FakeEndpoint();
  readonly source: GuestTokenSource;
  readonly model: SourceModel;
  readonly waiters: Waiter[] = [];
  /** Every issued token, with the time on both clocks after which it must not come from the cache. */
  readonly minted: { text: string; endMs: number; endMonotonicMs: number }[] = [];
  readonly #refused = new Set<string>();

  constructor(chance: number) {
    const { clock, endpoint } = this;
    this.source = new GuestTokenSource({
      token: PUBLIC_TOKEN,
      fetch: endpoint.fetch,
      clock,
      timers: clock,
      random: () => chance,
    });
    this.model = new SourceModel(clock, chance);
  }

  async run(action: Action): Promise<void> {
    const { model, source, clock } = this;
    switch (action.do) {
      case 'get':
        for (let count = 0; count < action.count; count += 1) this.#get(action.how);
        break;
      case 'give up': {
        const waiting = this.waiters.filter(({ expected }) => expected === undefined);
        const waiter = waiting[action.which % waiting.length];
        waiter?.abort.abort('gave up');
        if (waiter) model.giveUp(waiter);
        break;
      }
      case 'answer':
        this.#answer(action.which, action.reply);
        break;
      case 'near limit': {
        // Of the cached token, by the clock that keeps running.
        const { kept } = model;
        if (!kept) break;
        const marginMs = action.part === 0.9 ? Math.min(60_000, kept.lifeMs * 0.1) : 0;
        const limitMs = marginMs > 0 ? kept.lifeMs - marginMs : kept.lifeMs * action.part;
        const ageMs =
          action.by === 'wall stands' ? clock.monotonicMs - kept.bornMonotonicMs : clock.wallMs - kept.bornMs;
        const ms = limitMs + action.offMs - ageMs;
        if (ms > 0) await this.run({ do: action.by, ms });
        return;
      }
      case 'pass':
        return this.#pass(action.ms);
      case 'sleep':
      case 'wall stands':
      case 'wake late':
        // Timers run late, when the device is awake again.
        if (action.do !== 'wall stands') clock.wallMs += action.ms;
        if (action.do !== 'sleep') clock.monotonicMs += action.ms;
        break;
      case 'set clock':
        clock.wallMs += action.ms;
        break;
      case 'invalidate': {
        const text = this.#token(action.which);
        if (!text) break;
        if (model.kept?.text === text) this.#refused.add(text);
        source.invalidate(text);
        model.invalidate(text);
        break;
      }
      case 'note expiry': {
        const text = this.#token(action.which);
        source.noteExpiry(text ?? makeJwe(), clock.wallMs + action.inMs);
        if (text) model.noteExpiry(text, clock.wallMs + action.inMs);
        break;
      }
      case 'limit ttl':
        source.limitTtl(action.sec);
        model.limitTtl(action.sec);
        break;
    }
    await this.#check();
  }

  /** Without any more answers, every caller is still settled. */
  async end(): Promise<void> {
    await this.#pass(60_000);
    for (const { actual } of this.waiters) expect(actual, 'a lost caller').to.be.a('string');
    expect(this.clock.pendingTimers).to.equal(0);
    expect(this.source.isIdle).to.equal(true);
    expect(this.#open()).to.deep.equal([]);
  }

  #get(how: Parameters<SourceModel['get']>[1]): void {
    const waiter: Waiter = { abort: new AbortController() };
    this.waiters.push(waiter);
    const [{ wallMs, monotonicMs }, { size }] = [this.clock, this.model.flights];
    this.model.get(waiter, how);
    const fromMemory = this.minted.find(({ text }) => text === waiter.expected);
    if (fromMemory) {
      // Independent of the model: not expired by either clock, and not refused by the gateway.
      expect(wallMs, 'a stale token').to.be.lessThan(fromMemory.endMs);
      expect(monotonicMs, 'a stale token').to.be.lessThan(fromMemory.endMonotonicMs);
      expect(this.#refused.has(fromMemory.text), 'a refused token').to.equal(false);
    }
    expect(this.model.flights.size - size).to.be.at.most(1);
    this.source.get({ ...how, signal: waiter.abort.signal }).then(
      (token) => (waiter.actual = token),
      (reason: unknown) =>
        (waiter.actual = reason instanceof ClickToCallError ? reason.code : String(reason)),
    );
  }

  #answer(number: number, reply: AnyReply): void {
    const answerable = [...this.model.flights].filter(({ request }) => request !== undefined);
    const flight = answerable[number % answerable.length];
    if (!flight) return;
    const sent = this.endpoint.sent[flight.request!]!;
    if (reply.kind !== 'token') {
      if (reply.kind === 'network') sent.fail(new TypeError('Failed to fetch'));
      else if (reply.kind === 'garbage') sent.answer(written('<!doctype html>', 200));
      else sent.answer(written('', reply.status, reply.retryAfterSec));
      return this.model.answer(flight, reply);
    }
    const nowSec = Math.floor(this.clock.wallMs / 1000);
    const life: Life = reply.life.by === 'end' ? { by: 'end', atSec: nowSec + reply.life.atSec } : reply.life;
    const text = life.by === 'duration' ? makeJwt({ iat: 5, exp: 5 + life.sec }) : tokenWith(life);
    // Counted from the request, except for an expiry as clock time, which counts from now.
    const { sentMs, sentMonotonicMs } = flight;
    const [fromMs, fromMonotonicMs] =
      life.by === 'end' ? [this.clock.wallMs, this.clock.monotonicMs] : [sentMs, sentMonotonicMs];
    const lifeMs =
      life.by === 'nobody' ? 900_000 : life.by === 'end' ? life.atSec * 1000 - fromMs : life.sec * 1000;
    this.minted.push({ text, endMs: fromMs + lifeMs, endMonotonicMs: fromMonotonicMs + lifeMs });
    sent.answer(
      written(JSON.stringify({ token: text, ...(life.by === 'reply' && { expires_in: life.sec }) })),
    );
    this.model.answer(flight, { kind: 'token', text, life });
  }

  /** Lets time pass on a device that is awake, from one timer to the next. */
  async #pass(ms: number): Promise<void> {
    const { clock, model } = this;
    for (let leftMs = ms; ;) {
      const stepMs = Math.min(leftMs, clock.nextTimerMs ?? leftMs);
      clock.pass(stepMs);
      model.runTimers();
      await this.#check();
      leftMs -= stepMs;
      if (leftMs === 0 && clock.nextTimerMs !== 0) return;
    }
  }

  async #check(): Promise<void> {
    await turn();
    const { model, endpoint, source } = this;
    expect(endpoint.sent.length, 'requests').to.equal(model.sent);
    for (const { actual, expected } of this.waiters) expect(actual).to.equal(expected);
    expect(source.isIdle, 'idle').to.equal(model.flight === undefined);
    const flights = [...model.flights];
    expect(this.#open()).to.deep.equal(
      flights.flatMap(({ request }) => request ?? []).sort((one, other) => one - other),
    );
    expect(this.clock.pendingTimers, 'timers').to.equal(flights.length);
    // An abandoned request exists only while callers wait for it; there is at most one other.
    for (const flight of flights) expect(flight === model.flight || flight.waiters.size > 0).to.equal(true);
  }

  /** Numbers of the requests that are neither answered nor aborted. */
  #open(): number[] {
    return this.endpoint.sent.flatMap(({ init, isOver }, number) =>
      init.signal?.aborted || isOver() ? [] : number,
    );
  }

  #token(number: number): string | undefined {
    // Mostly the cached one.
    return number < 12 ? this.model.kept?.text : this.minted[number % this.minted.length]?.text;
  }
}

function tokenWith(life: Life): string {
  if (life.by === 'end') return makeJwe({ exp: life.atSec });
  return makeJwe();
}

/** An answer whose body can be read within one turn of the event loop. */
function written(body: string, status = 201, retryAfterSec?: number): Response {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body));
      controller.close();
    },
  });
  const headers = retryAfterSec === undefined ? undefined : { 'Retry-After': String(retryAfterSec) };
  return new Response(stream, { status, headers });
}

describe('GuestTokenSource under random events', function () {
  this.timeout(TIMEOUT_MS);

  it('agrees with its model: no stale token, no second request, no lost caller', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 0.25, 0.5, 1),
        fc.array(anyAction, { minLength: 1, maxLength: 50, size: 'max' }),
        async (chance, actions) => {
          const play = new Play(chance);
          for (const action of actions) await play.run(action);
          await play.end();
        },
      ),
      { numRuns: RUNS, plugins },
    );
  });

  it('serves a thousand callers with one exchange, however many of them abort', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(999), { maxLength: 999, size: 'max' }), async (leaving) => {
        const { source, endpoint } = new Play(0);
        const token = makeJwe();
        const stops = Array.from({ length: 1_000 }, () => new AbortController());
        const outcomes = stops.map(({ signal }) => source.get({ signal }).catch(String));
        for (const index of leaving) stops[index]?.abort('gone');
        await turn();
        endpoint.last.answer(written(JSON.stringify({ token })));
        const gone = new Set(leaving);
        expect(await Promise.all(outcomes)).to.deep.equal(
          stops.map((_, index) => (gone.has(index) ? 'gone' : token)),
        );
        expect(endpoint.sent).to.have.length(1);
      }),
      { numRuns: 10, plugins },
    );
  });

  it('returns a token after a sleep only while it is valid by both clocks', async () => {
    const anySleep = fc.record({ ms: fc.integer({ min: 0, max: 400_000 }), halts: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(anySleep, { minLength: 1 }), async (sleeps) => {
        const { source, endpoint, clock } = new Play(0);
        const token = makeJwe();
        const first = source.get();
        endpoint.last.answer(written(JSON.stringify({ token, expires_in: 1_000 })));
        expect(await first).to.equal(token);
        let sleptMs = 0;
        let sent = 1;
        let renewedMs: number | undefined;
        for (const { ms, halts } of sleeps) {
          sleptMs += ms;
          clock.wallMs += ms;
          if (!halts) clock.monotonicMs += ms;
          let given: unknown;
          void source.get().then((text) => (given = text));
          await turn();
          expect(given).to.equal(sleptMs < 940_000 ? token : undefined);
          // A background renewal, and another one when a caller needs a token and the first got stuck.
          const isStuck = renewedMs !== undefined && clock.monotonicMs - renewedMs > 8_000;
          if (sleptMs >= 750_000 && (renewedMs === undefined || (given === undefined && isStuck))) {
            sent += 1;
            renewedMs = clock.monotonicMs;
          }
          expect(endpoint.sent).to.have.length(sent);
          if (given === undefined) break;
        }
      }),
      { plugins },
    );
  });

  it('sends a new request when the clock was set back by more than a second, even if it is corrected', async () => {
    const back = fc.integer({ min: 0, max: 100_000 });
    await fc.assert(
      fc.asyncProperty(back, fc.boolean(), async (backMs, again) => {
        const { source, endpoint, clock } = new Play(0);
        const token = makeJwe();
        const first = source.get();
        endpoint.last.answer(written(JSON.stringify({ token })));
        await first;
        clock.wallMs -= backMs;
        // The source notices the change only when it is asked.
        void source.get().catch(String);
        if (again) clock.wallMs += backMs;
        void source.get().catch(String);
        await turn();
        expect(endpoint.sent).to.have.length(backMs > 1_000 ? 2 : 1);
      }),
      { plugins },
    );
  });
});

const CODES = Object.keys(ERRORS).filter((code) => code.startsWith('token-'));
const API_TOKEN = `PT${'0123456789abcdef'.repeat(3)}`;
const BODY_WORD = 'InternalBodyWord';
const TOKENS = [PUBLIC_TOKEN, makeJwe(), makeJwt({ sub: 'guest' })];

describe('an endpoint with random answers', function () {
  this.timeout(TIMEOUT_MS);

  const anySecret = fc.constantFrom(...TOKENS, API_TOKEN, BODY_WORD);
  const anyText = fc.array(fc.oneof(anySecret, fc.string()), { maxLength: 4 }).map((parts) => parts.join(''));
  const anyJson = fc.jsonValue().chain((value) =>
    fc.record(
      {
        token: fc.oneof(anySecret, anyText, fc.jsonValue(), fc.constant(base64url(BODY_WORD))),
        expires_in: fc.oneof(fc.double(), fc.jsonValue()),
        error: fc.constant(value),
        errors: fc.array(
          fc.oneof(
            fc.record({ type: anyText, code: anyText, message: anyText, attribute: anyText, url: anyText }),
            fc.jsonValue(),
          ),
        ),
      },
      { requiredKeys: [] },
    ),
  );
  const anyBody = fc.oneof(
    fc.tuple(anyJson, fc.nat(3)).map(([value, cut]) => {
      const text = JSON.stringify(value);
      // Sometimes the connection ends early.
      return new TextEncoder().encode(cut > 0 ? text : text.slice(0, text.length / 2));
    }),
    anyText.map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 200 }),
  );
  const anyRetryAfter = fc.oneof(
    fc.nat(100).map(String),
    fc.string({ unit: 'grapheme-ascii' }),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  const anyAnswer = fc.record({
    status: fc.oneof(fc.integer({ min: 200, max: 599 }), fc.constantFrom(200, 201, 422, 429, 500)),
    retryAfter: fc.option(anyRetryAfter),
    body: anyBody,
    end: fc.constantFrom<('close' | 'break' | 'hang')[]>('close', 'close', 'close', 'break', 'hang'),
  });
  type Answer = typeof anyAnswer extends fc.Arbitrary<infer Value> ? Value : never;

  const responseOf = ({ status, retryAfter, body, end }: Answer) => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(body);
        if (end === 'close') controller.close();
        if (end === 'break') controller.error(new TypeError(`network error ${PUBLIC_TOKEN}`));
      },
    });
    const hasBody = ![204, 205, 304].includes(status);
    const headers = retryAfter === null ? undefined : { 'Retry-After': retryAfter };
    return new Response(hasBody ? stream : null, { status, headers });
  };

  /** The outcome of a source when every try ends like this. */
  async function outcomeOf(end: (sent: FakeEndpoint['last']) => void): Promise<unknown> {
    const { source, endpoint, clock } = new Play(0.5);
    let outcome: unknown;
    source.get().then(
      (token) => (outcome = token),
      (error: unknown) => (outcome = error),
    );
    for (let answered = 0, turns = 0; outcome === undefined; turns += 1) {
      expect(turns, 'a lost caller').to.be.lessThan(20);
      if (endpoint.sent.length > answered) {
        answered += 1;
        end(endpoint.last);
      } else clock.pass(clock.nextTimerMs ?? 0);
      await turn();
    }
    expect(clock.pendingTimers).to.equal(0);
    expect(endpoint.sent.length).to.be.at.most(3);
    return outcome;
  }

  function expectListedAndSilent(outcome: unknown): void {
    if (!(outcome instanceof ClickToCallError)) expect.fail(`not one of ours: ${String(outcome)}`);
    expect(CODES).to.include(outcome.code);
    const { message, remediation, stack } = outcome;
    const said = [String(outcome), message, remediation, stack].join('\n');
    expect(said).to.not.contain(BODY_WORD).and.not.contain(API_TOKEN);
    // Its items are texts of the endpoint, which must not contain a token.
    const told = said + JSON.stringify(outcome) + JSON.stringify(outcome.toDetail());
    for (const token of TOKENS) expect(told).to.not.contain(token).and.not.contain(token.slice(-12));
  }

  it('results in a guest token or a listed code, and repeats no secret', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (answer) => {
        const outcome = await outcomeOf((sent) => sent.answer(responseOf(answer)));
        if (isGuestToken(outcome)) expect(answer.status).to.be.within(200, 299);
        else expectListedAndSilent(outcome);
      }),
      { numRuns: 5 * RUNS, plugins },
    );
  });

  it('results in a listed code whatever error fetch throws', async () => {
    const anything = fc.oneof(
      fc.anything(),
      anyText.map((text) => new TypeError(text)),
      anyText.map((text) => new DOMException(text, 'AbortError')),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.boolean(), async (thing, fails) => {
        expectListedAndSilent(
          await outcomeOf((sent) => (fails ? sent.fail(thing) : sent.answer(thing as never))),
        );
      }),
      { numRuns: RUNS, plugins },
    );
  });
});
