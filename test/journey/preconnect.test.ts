// The connection to the token endpoint is there before the click, and the click uses it. In a profile on the disk:
// Chromium opens none ahead in a private window, which is what the pages of other journeys are in.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { chosenEngine } from '../browser/engine.mjs';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';
import { Stage } from './stage.js';

const skip = chosenEngine() === 'chromium' ? false : 'a profile on the disk is opened in Chromium only';

describe('the connection to the token endpoint', { timeout: 300_000, skip }, () => {
  let stage: Stage;
  let folder: string;
  let browser: BrowserContext;
  /** In front of the platform, on an origin of its own. */
  let relay: Server;
  /** What each connection to it said, in the order in which they came. */
  let said: string[] = [];
  let host: string;
  let page: Page;

  before(async () => {
    stage = await Stage.open();
    folder = await mkdtemp(join(tmpdir(), 'profile-'));
    browser = await chromium.launchPersistentContext(folder, {
      executablePath: chromiumPath(),
      args: [...CHROMIUM_ARGS, '--allow-loopback-in-peer-connection'],
      permissions: ['microphone'],
    });
  });
  beforeEach(async () => {
    // Its own: the pages of the test before may have a last word.
    const heard: string[] = (said = []);
    const { port } = new URL(stage.origin);
    relay = createServer((near) => {
      const nth = heard.push('') - 1;
      const far = connect(Number(port), 'localhost');
      near.on('data', (bytes) => void (heard[nth] += bytes.toString('latin1')));
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    host = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
    relay.close();
  });
  after(async () => {
    await browser.close();
    await stage.close();
    // The browser's helpers may still write into it.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  const button = () => page.getByRole('button', { name: 'Call support' });

  it('is opened on hover, idle until the click, and then carries the exchange', async () => {
    await page.goto(stage.address({ body: stage.tag({ host }) }));
    const opened = once(relay, 'connection', { signal: AbortSignal.timeout(30_000) });
    await button().hover();
    await opened;
    await page.waitForLoadState('networkidle');
    assert.deepEqual(said, ['']);
    await button().click();
    await page.locator('[data-state="active"]').waitFor();
    assert.match(
      said[0]!,
      /^OPTIONS \/api\/fabric\/embeds\/tokens [\s\S]*^POST \/api\/fabric\/embeds\/tokens /m,
    );
  });

  for (const [when, attributes] of [
    ['with preload="none"', { preload: 'none' }],
    ['for a token that needs no exchange', { token: 'eyJhbGciOiJkaXIifQ..iv.ciphertext.tag' }],
  ] as const) {
    it(`is not opened ahead ${when}`, async () => {
      await page.goto(stage.address({ body: stage.tag({ host, ...attributes }) }));
      await button().hover();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(said, []);
    });
  }
});
