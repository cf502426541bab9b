// A real redis-server of a test's own: a free port, nothing on disk, killed with it. And whether there is one at all.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** For `describe`'s `skip`: false, or why. Says so loudly, because whoever sees green should know what was left out. */
export function skipWithoutRedis(what: string): false | string {
  if (spawnSync('redis-server', ['--version']).status === 0) return false;
  console.warn(
    `\n*** SKIPPED: ${what}. There is no redis-server in the PATH (Debian: apt-get install redis-server). ***\n`,
  );
  return 'no redis-server in the PATH';
}

export class RedisServer {
  port = 0;
  #child: ChildProcess | undefined;

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, at the same port when it is started again. */
  async start(): Promise<this> {
    const again = this.port;
    // Between us and it, somebody else may take the port.
    for (let trial = 0; trial < 10; trial++) {
      this.port = again || (await freePort());
      if (await this.#listens()) return this;
    }
    throw new Error('redis-server did not start.');
  }

  /** Starts it at the port; whether it listens there. */
  async #listens(): Promise<boolean> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('Ready to accept connections')) {
        child.stdout.resume();
        return true;
      }
    }
    return false;
  }

  /** Ends it without a word, as a crash would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
