// From the click to the INVITE on the wire and to the first sound that is played, over a slow line, with the code still
// to be fetched (`preload="none"`) and with it there (`preload="intent"`, after hovering); beside the lower bound, the
// longest chain of steps that have to wait for each other, each step measured alone in the same round (bare-call.ts).
import type { BrowserContext, Page } from 'playwright';
import { bareCall, type BareSteps } from './bare-call.js';
import { openProfile, type BenchServer } from './bench-server.js';
import { openSlowLine } from './slow-line.js';
import { median, ROUNDS, spread, table } from './spread.js';

export const LINE = { roundTripMs: 60, bytesPerSecond: 1_250_000 };
const DESTINATION = '/public/tone';

interface Timeline {
  readonly inviteMs: number;
  readonly heardMs: number;
  /** What happened when, in milliseconds after the click. */
  readonly marks: Readonly<Record<string, number>>;
}

interface Round {
  /** The first chunk alone, which exchanges the token; and all that a call needs. */
  readonly firstCodeMs: number;
  readonly allCodeMs: number;
  readonly bare: BareSteps;
  readonly cold: Timeline;
  readonly warm: Timeline;
}

/** When the INVITE can be sent at the earliest. */
function bounds({ firstCodeMs, allCodeMs, bare }: Round) {
  const { exchangeMs, exchangeConnectedMs, microphoneMs, sessionMs, offerMs, answerMs, soundMs } = bare;
  // The token's code waits for the click, the session for the token and the SDK, the offer for the session (it names
  // the ICE servers) and for the microphone.
  const invite = (tokenMs: number, codeMs: number) =>
    Math.max(Math.max(tokenMs, codeMs) + sessionMs, microphoneMs) + offerMs;
  const cold = invite(firstCodeMs + exchangeMs, allCodeMs);
  const warm = invite(exchangeConnectedMs, 0);
  return {
    cold: { inviteMs: cold, heardMs: cold + answerMs + soundMs },
    warm: { inviteMs: warm, heardMs: warm + answerMs + soundMs },
  };
}

/** The timeline as two tables: against the bound, and the steps. */
export async function measureCall(server: BenchServer, report: (progress: string) => void): Promise<string> {
  const profile = await openProfile();
  const rounds: Round[] = [];
  try {
    const scene = new Scene(server, profile.context);
    // One of each that is not counted: the first call of a browser opens its audio.
    await scene.round();
    for (let nth = 1; nth <= ROUNDS; nth++) {
      report(`call, round ${nth} of ${ROUNDS}`);
      const round = await scene.round();
      rounds.push(round);
      report(`  cold ${steps(round.cold)}`);
      report(`  warm ${steps(round.warm)}`);
    }
  } finally {
    await profile.close();
  }
  const rows = (['cold', 'warm'] as const).flatMap((way) =>
    (['inviteMs', 'heardMs'] as const).map((what) => {
      const ours = rounds.map((round) => round[way][what]);
      const least = rounds.map((round) => bounds(round)[way][what]);
      const start = way === 'cold' ? 'a click, no code yet' : '`preload="intent"`, after hovering';
      return [
        start,
        what === 'inviteMs' ? 'INVITE on the wire' : 'first sound',
        spread(ours),
        spread(least),
        `**${(median(ours) / median(least)).toFixed(2)}×**`,
        spread(
          rounds.map((_, nth) => ours[nth]! / least[nth]!),
          2,
        ),
      ];
    }),
  );
  const stepNames = Object.keys(rounds[0]!.bare) as (keyof BareSteps)[];
  const alone = [
    ['code that exchanges the token', spread(rounds.map(({ firstCodeMs }) => firstCodeMs))],
    ['all the code', spread(rounds.map(({ allCodeMs }) => allCodeMs))],
    ...stepNames.map((step) => [STEP_NAMES[step], spread(rounds.map(({ bare }) => bare[step]))]),
  ];
  return [
    table(['from', 'to', 'ms', 'lower bound, ms', 'ratio', 'ratio by round'], rows),
    table(['step of the bound, alone', 'ms'], alone),
  ].join('\n\n');
}

/** "exchange 95, captured 150, …": for whoever looks for the milliseconds above the bound. */
function steps({ marks }: Timeline): string {
  return Object.entries(marks)
    .map(([what, ms]) => `${what} ${Math.round(ms)}`)
    .join(', ');
}

const STEP_NAMES: Readonly<Record<keyof BareSteps, string>> = {
  exchangeMs: 'token exchange (connection, preflight, request)',
  exchangeConnectedMs: 'the same over a connection that is there',
  microphoneMs: 'microphone',
  sessionMs: 'session with the gateway (WebSocket, admission)',
  offerMs: 'offer with all candidates',
  answerMs: 'INVITE to answer',
  soundMs: 'answer to first sound (ICE, DTLS, playout)',
};

/** The pages of one measurement. */
class Scene {
  readonly #server: BenchServer;
  readonly #browser: BrowserContext;

  constructor(server: BenchServer, browser: BrowserContext) {
    this.#server = server;
    this.#browser = browser;
  }

  async round(): Promise<Round> {
    const code = ['place', 'built-in', 'gateway'].map((name) => this.#server.chunk(name));
    // With the entry, as every page has it: what the chunks are added to.
    const firstCodeMs = await this.#onPage(empty, (page) => importing(page, code.slice(0, 1)));
    const cold = await this.#onPage(element('none'), (page) => click(page));
    const allCodeMs = await this.#onPage(empty, (page) => importing(page, code));
    const warm = await this.#onPage(element('intent'), async (page) => {
      await page.getByRole('button', { name: 'Call' }).hover();
      // What the hover began; nothing is fetched twice.
      await page.evaluate(() => document.querySelector('sw-click-to-call')!.preloadCode());
      return click(page);
    });
    const bare = await this.#onPage(empty, (page, host) =>
      page.evaluate(bareCall, { host, destination: DESTINATION }),
    );
    return { firstCodeMs, allCodeMs, bare, cold, warm };
  }

  /**
   * A page, loaded and quiet, over a line of its own: to the browser another server, of which it has neither a connection
   * nor a file. `host` is that server under another name, so another origin, as in production.
   */
  async #onPage<Result>(
    body: (host: string) => string,
    act: (page: Page, host: string) => Promise<Result>,
  ): Promise<Result> {
    const line = await openSlowLine(this.#server.port, LINE);
    const page = await this.#browser.newPage();
    try {
      // tsx names the functions that it sends to the page.
      await page.addInitScript('globalThis.__name = (named) => named');
      await page.addInitScript(watch);
      const host = `http://127.0.0.1:${line.port}`;
      const path = this.#server.document('/page', ENTRY, body(host));
      await page.goto(`http://localhost:${line.port}${path}`, { waitUntil: 'networkidle' });
      return await act(page, host);
    } finally {
      await page.close();
      line.close();
    }
  }
}

const empty = () => '';
const element = (preload: string) => (host: string) =>
  `<sw-click-to-call token="c2c_demo" destination="${DESTINATION}" host="${host}" preload="${preload}">Call</sw-click-to-call>`;

const ENTRY = '<script type="module" src="/cdn/sw-click-to-call.js"></script>';

function importing(page: Page, paths: readonly string[]): Promise<number> {
  return page.evaluate(async (paths) => {
    const before = performance.now();
    await Promise.all(paths.map((path) => import(path)));
    return performance.now() - before;
  }, paths);
}

async function click(page: Page): Promise<Timeline> {
  await page.getByRole('button', { name: 'Call' }).click();
  const done = await page.waitForFunction(() => {
    const { marks } = window as unknown as { marks: Record<string, number> };
    return 'heard' in marks && marks;
  });
  const at = (await done.jsonValue()) as Record<string, number>;
  const marks = Object.fromEntries(Object.entries(at).map(([what, ms]) => [what, ms - at['click']!]));
  return { inviteMs: marks['invite']!, heardMs: marks['heard']!, marks };
}

/** Notes in the page when what happened; changes nothing that it looks at. */
function watch(): void {
  const marks: Record<string, number> = {};
  Object.assign(window, { marks });
  const mark = (what: string, ms = performance.now()) => void (marks[what] ??= ms);
  window.addEventListener('click', ({ timeStamp }) => mark('click', timeStamp), true);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (String(data).includes('"signalwire.connect"')) mark('connect');
    if (String(data).includes('"verto.invite"')) mark('invite');
    send.call(this, data);
  };
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      mark('socket');
      this.addEventListener('open', () => mark('open'), { once: true });
      this.addEventListener('message', () => mark('admitted'), { once: true });
    }
  };
  const post = window.fetch;
  window.fetch = async (...request) => {
    mark('exchange');
    const response = await post(...request);
    mark('exchanged');
    return response;
  };
  const devices = navigator.mediaDevices;
  const capture = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    mark('capture');
    const stream = await capture(constraints);
    mark('captured');
    return stream;
  };
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      mark('peer');
      const timer = setInterval(() => {
        if (!this.getReceivers().some((receiver) => receiver.getSynchronizationSources().length)) return;
        clearInterval(timer);
        mark('heard');
      }, 2);
    }
  };
}
