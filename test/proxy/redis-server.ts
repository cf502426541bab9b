// A real redis-server for a test: on a free port, without files, killed by the test.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** For `describe`'s `skip`: false, or the reason. Warns, so that a green run does not hide what was skipped. */
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

  /** Starts the server, at the same port as before when it is restarted. */
  async start(): Promise<this> {
    const again = this.port;
    // Another process may take the port first.
    for (let trial = 0; trial < 10; trial++) {
      this.port = again || (await freePort());
      if (await this.#listens()) return this;
    }
    throw new Error('redis-server did not start.');
  }

  /** Starts the server at the port. Resolves to whether it listens. */
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

  /** Kills the server, as a crash would. */
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
