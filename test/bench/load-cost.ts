// What a page pays at load, before anybody shows interest: bytes, main-thread time on a phone's processor, requests,
// sockets and token exchanges. Every contender is loaded once in every round, so that all see the same machine.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { BenchServer } from './bench-server.js';
import { lineUp, type Contender } from './contenders.js';
import { median, ROUNDS, spread, table } from './spread.js';

/** Of this machine's own processor. */
export const CPU_THROTTLE = 4;

interface Cost {
  /** Everything the page's main thread did, in milliseconds. */
  readonly busyMs: number;
  readonly scriptMs: number;
  /** Besides the document. */
  readonly requests: number;
  /** To anybody else than the page's own origin. */
  readonly foreign: number;
  readonly sockets: number;
  readonly exchanges: number;
}

/** Bytes and load cost of all contenders, as a table. */
export async function measureLoad(server: BenchServer, report: (progress: string) => void): Promise<string> {
  const contenders = await lineUp(server);
  const costs = new Map<Contender, Cost[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < ROUNDS; round++) {
    report(`load, round ${round + 1} of ${ROUNDS}`);
    for (const contender of contenders) costs.get(contender)!.push(await loadOnce(server, contender));
  }
  const empty = costs.get(contenders[0]!)!;
  const rows = contenders.map((contender) => {
    const runs = costs.get(contender)!;
    const of = (what: keyof Cost) => runs.map((run) => run[what]);
    const bytes = (compress: (code: Buffer) => Buffer) =>
      contender.code ? compress(contender.code).length.toLocaleString('en') : '0';
    return [
      contender.name,
      bytes((code) => brotliCompressSync(code)),
      bytes((code) => gzipSync(code, { level: 9 })),
      spread(of('busyMs')),
      `${(median(of('busyMs')) / median(empty.map(({ busyMs }) => busyMs))).toFixed(1)}×`,
      spread(of('scriptMs')),
      String(median(of('requests'))),
      String(median(of('foreign'))),
      String(median(of('sockets'))),
      String(median(of('exchanges'))),
    ];
  });
  return table(
    [
      'page with',
      'brotli',
      'gzip',
      'main thread, ms',
      'of an empty page',
      'of it script, ms',
      'requests',
      'of them to others',
      'sockets',
      'exchanges',
    ],
    rows,
  );
}

async function loadOnce({ browser, port, platform }: BenchServer, { page: path }: Contender): Promise<Cost> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const origin = `http://localhost:${port}`;
    // A first page of the same origin, so that the measured one starts in a process that is already there.
    await page.goto(`${origin}/empty`);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_THROTTLE });
    const seconds = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
      return { busy: of('TaskDuration'), script: of('ScriptDuration') };
    };
    const urls: string[] = [];
    let sockets = 0;
    page.on('request', (request) => urls.push(request.url()));
    page.on('websocket', () => (sockets += 1));
    const exchanged = platform.exchanges;
    const before = await seconds();
    await page.goto(origin + path, { waitUntil: 'networkidle' });
    // Some begin only when the processor has time; what they then fetch belongs to it.
    const idle = () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await idle();
    await page.waitForLoadState('networkidle');
    await idle();
    const after = await seconds();
    const fetched = urls.filter((url) => !url.startsWith('data:') && url !== origin + path);
    return {
      busyMs: (after.busy - before.busy) * 1000,
      scriptMs: (after.script - before.script) * 1000,
      requests: fetched.length,
      foreign: fetched.filter((url) => !url.startsWith(origin)).length,
      sockets,
      exchanges: platform.exchanges - exchanged,
    };
  } finally {
    await context.close();
  }
}
