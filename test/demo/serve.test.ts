// npm run demo: it prints its address first, serves the page and the platform, and stops on a signal.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, it } from 'node:test';

const SERVE = fileURLToPath(new URL('../../demo/serve.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

describe('npm run demo', { timeout: 300_000 }, () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  /** Runs in another directory, because the working directory must not matter. */
  function serve(...args: string[]): ChildProcess {
    child = spawn(process.execPath, ['--import', TSX, SERVE, ...args], {
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return child;
  }
  const firstLine = async ({ stdout }: ChildProcess): Promise<string> => {
    assert.ok(stdout);
    const [line] = (await once(createInterface(stdout), 'line')) as [string];
    return line;
  };

  it('prints its address first, serves page and platform there, and exits on SIGTERM', async () => {
    const running = serve('--port', '0');
    const address = await firstLine(running);
    assert.match(address, /^http:\/\/localhost:\d+\/$/);
    assert.match(await (await fetch(address)).text(), /<!doctype html>/i);
    const response = await fetch(`${address}api/fabric/embeds/tokens`, {
      method: 'POST',
      body: '{"token":"c2c_demo"}',
    });
    assert.equal(response.status, 201);
    // The page imports the scenarios from the folder of the platform, so the platform must not take these requests.
    assert.match(await (await fetch(`${address}platform/scenarios/token-scenarios.ts`)).text(), /c2c_demo/);
    running.kill('SIGTERM');
    assert.deepEqual(await once(running, 'exit'), [0, null]);
  });

  it('adds the space to the address', async () => {
    assert.match(await firstLine(serve('--port', '0', '--space', 'example')), /\/\?space=example$/);
  });

  it('exits with a one-line message for an invalid option', async () => {
    for (const args of [['--port', 'many'], ['--colour'], ['--space', 'no space'], ['extra']]) {
      const refused = serve(...args);
      let output = '';
      refused.stderr?.on('data', (data: Buffer) => (output += data.toString()));
      assert.deepEqual(await once(refused, 'close'), [2, null]);
      assert.equal(output.trim().split('\n').length, 1);
    }
  });

  it('exits with an error if the requested port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const refused = serve('--port', String((other.address() as AddressInfo).port));
    assert.deepEqual(await once(refused, 'exit'), [1, null]);
    other.close();
  });
});
