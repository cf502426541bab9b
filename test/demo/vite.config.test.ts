// The static build of the demo, in a folder of a host: without a local platform, everything else works.
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
/** A strict policy. The element adds its styles by script, which no policy restricts. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; media-src data: blob:; frame-src 'self'; connect-src 'self' https: wss: http://localhost:*";

describe('the static build of the demo', { timeout: 600_000 }, () => {
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

  it('says that there is no platform, offers the visitor’s own space, and requests nothing from other hosts', async () => {
    const { page, requests, pageErrors, close } = await demo.open();
    await page.getByText('This copy of the page is served as static files').waitFor();
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
    assert.deepEqual(pageErrors, []);
    await close();
  });

  it('reproduces the errors that need no platform, and describes the others', async () => {
    const { page, close } = await demo.open();
    const gallery = section(page, 'Errors');
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
    await gallery.getByText('Not reproduced', { exact: true }).waitFor();
    await gallery.getByText('npm run demo').waitFor();
    await close();
  });

  it('has the playground, the theme editor, and the failures of the browser itself', async () => {
    const { page, pageErrors, close } = await demo.open();
    await page.getByRole('tab', { name: 'Vue' }).click();
    assert.match((await page.locator('#snippet').textContent())!, /<template>/);
    const theme = section(page, 'Theme');
    await theme.getByRole('button', { name: 'Clay' }).click();
    await theme.getByRole('button', { name: 'Call us' }).click();
    await theme.getByRole('dialog').waitFor();
    await theme.getByRole('button', { name: 'Hang up' }).click();
    await section(page, 'Failure simulator').getByRole('radio', { name: 'Offline' }).check({ force: true });
    const frame = section(page, 'Failure simulator').frameLocator('iframe');
    await frame.getByRole('button', { name: 'Call us' }).click();
    await page.locator('#failure-state', { hasText: 'failed' }).waitFor();
    assert.deepEqual(pageErrors, []);
    await close();
  });
});
