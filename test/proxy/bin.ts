// Runs the bin as a real process with only the environment that a test gives it, and records its output line by line.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { ORIGIN, PATH, TOKEN } from './proxy-client.js';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'src/proxy/cli.ts');

export interface Line {
  readonly listening?: number;
  readonly stopped?: boolean;
  readonly redis?: string;
  readonly status?: number;
  readonly [name: string]: unknown;
}

export class Bin {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly lines: Line[] = [];
  stdout = '';
  stderr = '';
  readonly exited: Promise<[code: number | null, signal: string | null]>;
  readonly #waiting = new Set<() => void>();

  /** Runs the source file with tsx. */
  constructor(environment: Record<string, string>) {
    const env = { PATH: process.env['PATH'] ?? '', PORT: '0', BIND_ADDRESS: '127.0.0.1', ...environment };
    const args = ['--import', import.meta.resolve('tsx'), CLI];
    this.child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = once(this.child, 'close') as Bin['exited'];
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.stdout += `${line}\n`;
      this.lines.push(JSON.parse(line) as Line);
      for (const look of [...this.#waiting]) look();
    });
    this.child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    void this.exited.then(() => {
      for (const look of [...this.#waiting]) look();
    });
  }

  /** The first matching line, now or later. Rejects when the process ends without one. */
  line(fits: (line: Line) => boolean): Promise<Line> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.lines.find(fits);
        const { exitCode, signalCode } = this.child;
        if (!found && exitCode === null && signalCode === null) return;
        this.#waiting.delete(look);
        if (found) resolve(found);
        else reject(new Error(`It ended with ${exitCode ?? signalCode}: ${this.stderr}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  async port(): Promise<number> {
    return (await this.line(({ listening }) => listening !== undefined)).listening!;
  }

  /** Sends one request. */
  async ask(
    { method = 'POST', path = PATH, headers = {}, body = JSON.stringify({ token: TOKEN }) } = {} as {
      readonly method?: string;
      readonly path?: string;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    },
  ): Promise<{ status: number; text: string }> {
    const request = send({
      port: await this.port(),
      host: '127.0.0.1',
      agent: false,
      method,
      path,
      headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
    });
    request.end(method === 'POST' ? body : undefined);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode ?? 0, text };
  }

  /** Kills the process. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
