// The demo as plain files, in a folder of some host: nobody answers there, the page says so, and the rest works.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'vite';
import { Demo, section } from './demo-page.js';

const ROOT = join(import.meta.dirname, '../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
/** What a host can demand of it. Styles of the element come by adoption and by script, which no policy sees. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; media-src data: blob:; frame-src 'self'; connect-src 'self' https: wss: http://localhost:*";

describe('the demo as plain files', { timeout: 600_000 }, () => {
  let demo: Demo;
  let out: string;
  before(async () => {
    out = mkdtempSync(join(tmpdir(), 'demo-'));
    await build({
      configFile: join(ROOT, 'demo/vite.config.ts'),
      logLevel: 'error',
      build: { outDir: out, emptyOutDir: true },
    });
    const server = createServer((request, response) => {
      const path =
        new URL(request.url!, 'http://localhost').pathname.replace(/^\/some\/folder\//, '') || 'index.html';
      readFile(join(out, path)).then(
        (bytes) =>
          response
            .writeHead(200, {
              'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
              'content-security-policy': POLICY,
            })
            .end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    demo = await Demo.at(`http://localhost:${port}/some/folder/`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  });
  after(async () => {
    await demo?.close();
    rmSync(out, { recursive: true, force: true });
  });

  it('says that nobody answers, offers one’s own space, and asks nobody else', async () => {
    const { page, requests, faults, close } = await demo.open();
    await page.getByText('This copy of the page is served as plain files').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Call support' }).isDisabled(), true);
    assert.equal(
      await section(page, 'Playground').getByRole('button', { name: 'Call us' }).isDisabled(),
      true,
    );
    await page.getByLabel('Space or host').fill('example');
    await page.getByLabel('Destination').first().fill('/public/desk');
    await page.getByLabel('Click-to-Call token').fill('c2c_mine');
    assert.equal(await page.getByRole('button', { name: 'Call support' }).isDisabled(), false);
    assert.deepEqual(
      requests.filter(({ url }) => /^http/.test(url) && !url.startsWith(demo.url)),
      [],
    );
    assert.deepEqual(faults, []);
    await close();
  });

  it('brings about the errors that need no stand-in, and tells the others', async () => {
    const { page, close } = await demo.open();
    const gallery = section(page, 'Every error, at a click');
    for (const code of [
      'config-token-missing',
      'preflight-policy',
      'media-denied',
      'token-network',
      'ui-load-failed',
    ]) {
      await gallery.getByRole('button', { name: code, exact: true }).click();
      await gallery
        .getByText(/^Reproduced in/)
        .waitFor({ timeout: 40_000 })
        .catch(() => assert.fail(code));
      assert.match((await gallery.locator('#error-json').textContent())!, new RegExp(code));
    }
    await gallery.getByRole('button', { name: 'call-busy', exact: true }).click();
    await gallery.getByText('Told, not reproduced').waitFor();
    await gallery.getByText('npm run demo').waitFor();
    await close();
  });

  it('has playground, code, theme and the interface itself', async () => {
    const { page, faults, close } = await demo.open();
    await page.getByRole('tab', { name: 'Vue' }).click();
    assert.match((await page.locator('#snippet').textContent())!, /<template>/);
    const theme = section(page, 'Theme');
    await theme.getByRole('button', { name: 'Clay' }).click();
    await theme.getByRole('button', { name: 'Call us' }).click();
    await theme.getByRole('dialog').waitFor();
    await theme.getByRole('button', { name: 'Hang up' }).click();
    await section(page, 'Bad days').getByRole('radio', { name: 'Offline' }).check({ force: true });
    const frame = section(page, 'Bad days').frameLocator('iframe');
    await frame.getByRole('button', { name: 'Call us' }).click();
    await page.locator('#network-state', { hasText: 'failed' }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });
});
