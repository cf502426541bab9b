// npm run demo: the demo page and the local platform on one port, so that real calls work without an account.
// Promises that the first line it prints is the page's address, and that Ctrl-C leaves nothing running.
// Must not know what the page or the platform do.
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer as createVite } from 'vite';
import { mountProxies } from './exchange/proxies.js';
import { createPlatform } from './platform/platform.js';

const DEFAULT_PORT = 5173;
const PORTS_TRIED = 20;

const HELP = `Usage: npm run demo -- [options]

Serves the demo page together with a local platform that answers its calls: no account, no network.

  --port N       listen there; without it the first free port from ${DEFAULT_PORT} on
  --space NAME   open the page for a real SignalWire space (NAME.signalwire.com): it then calls that one
  --help         print this`;

interface Options {
  readonly port?: number;
  readonly space?: string;
}

/** What the command line asks for; ends the process when it asks for help or makes no sense. */
function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, space: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const { port, space } = values;
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65535)) {
      throw new Error(`--port takes a number from 0 to 65535, not "${port}".`);
    }
    if (space !== undefined && !/^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(space)) {
      throw new Error(`--space takes the name of a space, such as "example", not "${space}".`);
    }
    return { ...(port !== undefined && { port: Number(port) }), ...(space !== undefined && { space }) };
  } catch (error) {
    fail(`${(error as Error).message.replace(/\.?$/, '.')} Try --help.`, 2);
  }
}

function fail(sentence: string, exitCode: number): never {
  console.error(sentence);
  process.exit(exitCode);
}

/** Listens on the port that was asked for, or on the next free one when none was. */
async function listen(server: Server, asked: number | undefined): Promise<number> {
  const first = asked ?? DEFAULT_PORT;
  const last = asked === undefined ? first + PORTS_TRIED : first;
  for (let port = first; port <= last; port++) {
    try {
      if (await answers(port)) throw Object.assign(new Error('The port is taken.'), { code: 'EADDRINUSE' });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        // Loopback only: what is served here is meant for the person at this machine.
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port < last) continue;
      const why = code === 'EADDRINUSE' ? 'it is taken' : (error as Error).message;
      fail(`Cannot listen on port ${port}: ${why}. Choose another one with --port.`, 1);
    }
  }
  return fail('There is no free port.', 1);
}

/** Whether somebody is at this port by the name that we print; another server may have taken ::1 only. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: 'localhost' });
    const settle = (taken: boolean): void => {
      probe.destroy();
      resolve(taken);
    };
    probe.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

const options = readOptions(process.argv.slice(2));
const platform = createPlatform();
const server = createServer((request, response) => {
  if (platform.handle(request, response) || proxies(request, response)) return;
  vite.middlewares(request, response);
});
const vite = await createVite({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  appType: 'spa',
  // Servers that start at the same time on an empty cache would pull it from under each other: tests name one each.
  cacheDir: fileURLToPath(
    new URL(`../node_modules/.vite/${process.env['DEMO_CACHE'] ?? 'demo'}`, import.meta.url),
  ),
  plugins: [
    {
      // How the page knows that somebody answers it.
      name: 'stand-in',
      transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'stand-in', content: 'local' } }],
    },
  ],
  logLevel: 'warn',
  clearScreen: false,
  server: {
    middlewareMode: true,
    // Its connection for hot updates comes in on our port; upgrades that are not its own it leaves alone.
    hmr: { server },
    fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] },
  },
  // Found by Vite only at the first click, each of these would reload the page in the middle of it.
  optimizeDeps: {
    include: [
      ...['@signalwire/js', 'jwt-decode', '@lit/reactive-element', 'lit/html.js', 'lit/directive.js'],
      ...['dompurify', 'marked'],
    ],
  },
});
// A socket that is neither the platform's nor Vite's would otherwise stay open for ever.
server.on('upgrade', (request, socket, head) => {
  const viteTakesIt = request.headers['sec-websocket-protocol']?.startsWith('vite-') ?? false;
  if (!platform.upgrade(request, socket, head) && !viteTakesIt) socket.destroy();
});

const port = await listen(server, options.port);
// They name their pages' origins, so the port has to be known.
const proxies = mountProxies(`http://localhost:${port}`, `http://127.0.0.1:${port}`);
const space = options.space ? `?space=${encodeURIComponent(options.space)}` : '';
console.log(`http://localhost:${port}/${space}`);
console.log(
  options.space
    ? 'The page calls your space. Press Ctrl-C to stop.'
    : 'The page calls the local platform: answered here, with real sound. Press Ctrl-C to stop.',
);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  platform.close();
  await vite.close();
  server.close();
  server.closeAllConnections();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
