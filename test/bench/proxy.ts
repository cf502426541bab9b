// What the proxy costs: throughput and p99 beside a bare node:http forwarder of the same request, as a ratio in one
// run, its memory over 200 000 requests, and what is lost when it is stopped under load. Loopback only, bounded, stops by
// itself: "npm run build && npm run bench:proxy". REQUESTS and SECONDS make it shorter. Three processes: an upstream, the
// server under test, and the load in this one.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request as send, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import autocannon from 'autocannon';
import type { serve as Serve } from '../../src/proxy/node.js';

const PATH = '/api/fabric/embeds/tokens';
const ORIGIN = 'https://example.com';
const TOKEN = 'c2c_7acc0e5e968706a032983cd80cdca219';
const REQUESTS = Number(process.env['REQUESTS'] ?? 200_000);
const SECONDS = Number(process.env['SECONDS'] ?? 6);
const ROUNDS = 3;
const CONNECTIONS = 32;
/** A reply of the size that production gives. */
const REPLY = JSON.stringify({
  token: `eyJhbGciOiJkaXIifQ..${'a'.repeat(16)}.${'b'.repeat(700)}.${'c'.repeat(22)}`,
});

const listen = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Whole body in, whole body out, nothing checked. */
function bare(upstream: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const collect = (stream: NodeJS.ReadableStream, done: (body: Buffer) => void) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(Buffer.concat(chunks)));
  };
  return listen((incoming, outgoing) =>
    collect(incoming, (body) => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const forwarded = send(
        { host: '127.0.0.1', port: upstream, path: PATH, method: 'POST', agent, headers },
        (reply) =>
          collect(reply, (answer) =>
            outgoing
              .writeHead(reply.statusCode ?? 502, {
                'content-type': 'application/json',
                'content-length': answer.length,
              })
              .end(answer),
          ),
      );
      forwarded.end(body);
    }),
  );
}

const ROLES: Record<string, (upstream: number) => Promise<number>> = {
  upstream: () =>
    listen((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        outgoing.writeHead(201, { 'content-type': 'application/json', 'content-length': REPLY.length });
        outgoing.end(REPLY);
      });
    }),
  bare,
  async proxy(upstream) {
    // The built one: what is compiled on the fly is slower.
    const built = new URL('../../dist/proxy/node.js', import.meta.url).href;
    const { serve } = (await import(built)) as { serve: typeof Serve };
    const { port, drain } = await serve({
      host: `http://127.0.0.1:${upstream}`,
      allowedOrigins: [ORIGIN],
      rateLimit: { perClient: { requests: 1e6, seconds: 60 }, perToken: { requests: 1e6, seconds: 60 } },
      log: () => undefined,
      port: 0,
      bindAddress: '127.0.0.1',
      signals: false,
    });
    process.on('message', (message) => void (message === 'drain' && drain().then(() => process.exit())));
    return port;
  },
};

interface Role {
  readonly port: number;
  readonly child: ChildProcess;
}

async function start(role: string, upstream = 0): Promise<Role> {
  const child = fork(import.meta.filename, [role, String(upstream)], {
    execArgv: ['--import', import.meta.resolve('tsx'), '--expose-gc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return { port, child };
}

/** What a server has used: processor time in microseconds, and heap after a collection in MB. */
async function usageOf({ child }: Role): Promise<{ cpuUs: number; heapMb: number }> {
  child.send('usage');
  const [usage] = (await once(child, 'message')) as [{ cpuUs: number; heapMb: number }];
  return usage;
}

async function load(role: Role, limit: { duration: number } | { amount: number }) {
  const before = await usageOf(role);
  const result = await autocannon({
    url: `http://127.0.0.1:${role.port}${PATH}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ token: TOKEN }),
    connections: CONNECTIONS,
    ...limit,
  });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} requests failed`);
  const { cpuUs, heapMb } = await usageOf(role);
  return {
    perSecond: result.requests.average,
    p99: result.latency.p99,
    cpuUs: (cpuUs - before.cpuUs) / result.requests.total,
    heapMb,
  };
}

/** Stops the proxy while 32 pages keep asking; counts what was answered, what was refused a connection, what was lost. */
async function drainUnderLoad({ port, child }: Role) {
  const agent = new Agent({ keepAlive: true });
  const body = JSON.stringify({ token: TOKEN });
  const headers = { 'content-type': 'application/json', origin: ORIGIN, 'content-length': body.length };
  const counts = { answered: 0, refused: 0, lost: 0 };
  const one = () =>
    new Promise<keyof typeof counts>((resolve) => {
      const request = send(
        { host: '127.0.0.1', port, path: PATH, method: 'POST', agent, headers },
        (reply) => {
          reply.resume().once('end', () => resolve(reply.statusCode === 201 ? 'answered' : 'lost'));
          reply.once('error', () => resolve('lost'));
        },
      );
      request.once('error', ({ code }: NodeJS.ErrnoException) =>
        resolve(code === 'ECONNREFUSED' ? 'refused' : 'lost'),
      );
      request.end(body);
    });
  const page = async () => {
    for (;;) {
      const outcome = await one();
      counts[outcome]++;
      if (counts.answered === 2000) child.send('drain');
      if (outcome === 'refused') return;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, page));
  agent.destroy();
  return counts;
}

async function main(): Promise<void> {
  const upstream = await start('upstream');
  const roles = { bare: await start('bare', upstream.port), proxy: await start('proxy', upstream.port) };
  const median = (values: number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  try {
    const runs: Record<'bare' | 'proxy', Awaited<ReturnType<typeof load>>[]> = { bare: [], proxy: [] };
    for (const role of ['bare', 'proxy'] as const) await load(roles[role], { duration: 3 });
    for (let round = 0; round < ROUNDS; round++) {
      for (const role of ['bare', 'proxy'] as const) {
        runs[role].push(await load(roles[role], { duration: SECONDS }));
      }
    }
    const of = (role: 'bare' | 'proxy', fact: 'perSecond' | 'p99' | 'cpuUs') =>
      median(runs[role].map((run) => run[fact]));
    for (const role of ['bare', 'proxy'] as const) {
      console.log(
        `${role}: ${of(role, 'perSecond').toFixed(0)} requests/s, p99 ${of(role, 'p99')} ms, ${of(role, 'cpuUs').toFixed(0)} µs of processor each (${ROUNDS} runs of ${SECONDS} s)`,
      );
    }
    const throughput = of('proxy', 'perSecond') / of('bare', 'perSecond');
    const p99 = of('proxy', 'p99') / of('bare', 'p99');
    console.log(`ratio: throughput ${throughput.toFixed(2)}, p99 ${p99.toFixed(2)}`);
    const parts = 4;
    for (let part = 1; part <= parts && REQUESTS > 0; part++) {
      const { heapMb } = await load(roles.proxy, { amount: REQUESTS / parts });
      console.log(`heap after ${(REQUESTS / parts) * part} requests: ${heapMb.toFixed(1)} MB`);
    }
    const { answered, refused, lost } = await drainUnderLoad(roles.proxy);
    console.log(`stopped under load: ${answered} answered, ${refused} refused a connection, ${lost} lost`);
  } finally {
    for (const { child } of [upstream, roles.bare, roles.proxy]) child.kill('SIGKILL');
  }
}

const role = ROLES[process.argv[2] ?? ''];
if (role) {
  process.on('message', (message) => {
    if (message !== 'usage') return;
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuUs: user + system, heapMb: process.memoryUsage().heapUsed / 1e6 });
  });
  process.once('disconnect', () => process.exit());
  process.send?.(await role(Number(process.argv[3])));
} else await main();
