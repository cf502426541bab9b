// npm run demo: serves the demo page and the local platform on one port, so that real calls work without an account.
// The first line of the output is the page's address.
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer as createVite } from 'vite';
import { mountTokenProxies } from './exchange/token-proxies.js';
import { LOCAL_PLATFORM_META } from './local-platform.js';
import { createPlatform } from './platform/platform.js';

const DEFAULT_PORT = 5173;
/** How many ports after the default one are tried. */
const PORTS_TRIED = 20;

const HELP = `Usage: npm run demo -- [options]

Serves the demo page and a local platform that answers its calls. Needs no account and no network.

  --port N       the port to listen on (default: the first free one from ${DEFAULT_PORT})
  --space NAME   make calls to a SignalWire space (NAME.signalwire.com) instead of the local platform
  --help         print this help`;

interface Options {
  readonly port?: number;
  readonly space?: string;
}

/** Parses the command line. Exits after --help or an invalid option. */
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

function fail(message: string, exitCode: number): never {
  console.error(message);
  process.exit(exitCode);
}

/** Listens on the requested port, or on the first free one. */
async function listen(server: Server, requested: number | undefined): Promise<number> {
  if (requested !== undefined) {
    if (await tryListen(server, requested)) return portOf(server);
    fail(`Cannot listen on port ${requested}: it is in use. Choose another one with --port.`, 1);
  }
  const last = DEFAULT_PORT + PORTS_TRIED;
  for (let port = DEFAULT_PORT; port <= last; port++) {
    if (await tryListen(server, port)) return portOf(server);
  }
  return fail(`No port from ${DEFAULT_PORT} to ${last} is free. Choose one with --port.`, 1);
}

/** Resolves with false if the port is in use; exits if the server cannot listen for another reason. */
async function tryListen(server: Server, port: number): Promise<boolean> {
  if (await accepts(port)) return false;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // Loopback only, because the demo is for this machine.
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    return fail(
      `Cannot listen on port ${port}: ${(error as Error).message}. Choose another one with --port.`,
      1,
    );
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Whether something accepts connections at localhost. Another server may use the port on ::1 only. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host: 'localhost' });
    const settle = (accepted: boolean): void => {
      probe.destroy();
      resolve(accepted);
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
  // Servers that fill the same empty cache at the same time break each other, so each test names its own.
  cacheDir: fileURLToPath(
    new URL(`../node_modules/.vite/${process.env['DEMO_CACHE'] ?? 'demo'}`, import.meta.url),
  ),
  plugins: [
    {
      // Tells the page that the local platform answers its calls.
      name: LOCAL_PLATFORM_META,
      transformIndexHtml: () => [{ tag: 'meta', attrs: { name: LOCAL_PLATFORM_META, content: 'true' } }],
    },
  ],
  logLevel: 'warn',
  clearScreen: false,
  server: {
    middlewareMode: true,
    // Vite receives its hot-update connection on this server, and ignores other upgrades.
    hmr: { server },
    fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] },
  },
  // Vite would discover these at the first click, and reload the page.
  optimizeDeps: {
    include: [
      ...['@signalwire/js', 'jwt-decode', '@lit/reactive-element', 'lit/html.js', 'lit/directive.js'],
      ...['dompurify', 'marked'],
    ],
  },
});
// Closes upgrades that neither the platform nor Vite handles.
server.on('upgrade', (request, socket, head) => {
  const isVite = request.headers['sec-websocket-protocol']?.startsWith('vite-') ?? false;
  if (!platform.upgrade(request, socket, head) && !isVite) socket.destroy();
});

const port = await listen(server, options.port);
// The proxies check origins, which contain the port.
const proxies = mountTokenProxies(`http://localhost:${port}`, `http://127.0.0.1:${port}`);
const space = options.space ? `?space=${encodeURIComponent(options.space)}` : '';
console.log(`http://localhost:${port}/${space}`);
console.log(
  options.space
    ? 'Calls go to your space. Press Ctrl-C to stop.'
    : 'The local platform answers the calls, with real media. Press Ctrl-C to stop.',
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
