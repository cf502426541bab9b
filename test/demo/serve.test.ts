// npm run demo: the first line is the address, the page and the platform are there, and it stops when told to.
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

  /** From another directory, because nothing may depend on where it is started. */
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

  it('prints the address first, serves page and platform there, and ends on SIGTERM', async () => {
    const running = serve('--port', '0');
    const address = await firstLine(running);
    assert.match(address, /^http:\/\/localhost:\d+\/$/);
    assert.match(await (await fetch(address)).text(), /<!doctype html>/i);
    const response = await fetch(`${address}api/fabric/embeds/tokens`, {
      method: 'POST',
      body: '{"token":"c2c_demo"}',
    });
    assert.equal(response.status, 201);
    // The page reads the stories from where the platform lives: neither may hide the other.
    assert.match(await (await fetch(`${address}platform/token-stories.ts`)).text(), /c2c_demo/);
    running.kill('SIGTERM');
    assert.deepEqual(await once(running, 'exit'), [0, null]);
  });

  it('puts the space into the address', async () => {
    assert.match(await firstLine(serve('--port', '0', '--space', 'example')), /\/\?space=example$/);
  });

  it('says in one sentence which option it does not understand', async () => {
    for (const args of [['--port', 'many'], ['--colour'], ['--space', 'no space'], ['extra']]) {
      const refused = serve(...args);
      let said = '';
      refused.stderr?.on('data', (data: Buffer) => (said += data.toString()));
      assert.deepEqual(await once(refused, 'close'), [2, null]);
      assert.equal(said.trim().split('\n').length, 1);
    }
  });

  it('says so when the port it was told to use is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const refused = serve('--port', String((squatter.address() as AddressInfo).port));
    assert.deepEqual(await once(refused, 'exit'), [1, null]);
    squatter.close();
  });
});
