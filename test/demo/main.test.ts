// The page as a whole: for every eye, hand and screen, and nothing from anybody else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import { Demo, section, type DemoPage } from './demo-page.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the demo page', { timeout: 600_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  /** Opens everything that can be opened. */
  async function unfold({ page }: DemoPage) {
    await page.evaluate(() => {
      for (const box of document.querySelectorAll('details')) box.open = true;
    });
    await section(page, 'Every error, at a click')
      .getByRole('button', { name: 'config-token-missing' })
      .click();
    await page.getByText(/^Reproduced in/).waitFor();
    await page.locator('#network').scrollIntoViewIfNeeded();
    await page.frameLocator('#network-frame iframe').getByRole('button', { name: 'Call us' }).waitFor();
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe finds, ${colorScheme}, with everything unfolded`, async () => {
      const open = await demo.open({ colorScheme });
      await unfold(open);
      await open.page.evaluate(AXE);
      const { violations } = await open.page.evaluate(() =>
        (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => [
          id,
          nodes.map(({ target, failureSummary }) => [target, failureSummary]),
        ]),
        [],
      );
      assert.deepEqual(open.faults, []);
      await open.close();
    });
  }

  for (const width of [320, 390, 768, 1440, 2200]) {
    it(`never scrolls sideways at ${width} px`, async () => {
      const open = await demo.open({ viewport: { width, height: 800 } });
      await unfold(open);
      const scrollable = await open.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(scrollable <= 0, `${scrollable} px too wide`);
      await open.close();
    });
  }

  it('asks nobody but its own server, and keeps nothing', async () => {
    const open = await demo.open();
    await unfold(open);
    const elsewhere = open.requests.filter(({ url }) => /^http/.test(url) && !url.startsWith(demo.url));
    assert.deepEqual(elsewhere, []);
    const kept = await open.page.evaluate(() => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
    ]);
    assert.deepEqual(kept, [0, 0, '']);
    await open.close();
  });

  it('has landmarks, one first heading, and a way past the bar', async () => {
    const { page, close } = await demo.open();
    for (const role of ['banner', 'main', 'contentinfo', 'navigation'] as const)
      assert.equal(await page.getByRole(role).count(), 1, role);
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    const links = page.getByRole('navigation').getByRole('link');
    for (const link of await links.all())
      assert.equal(await page.locator((await link.getAttribute('href'))!).count(), 1);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'hero-call');
    await close();
  });

  it('calls from the hero, and shows how far the call is', async () => {
    const { page, faults, close } = await demo.open();
    await page.getByRole('button', { name: 'Call support' }).click();
    await page.locator('#hero-track [aria-current]', { hasText: 'active' }).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.locator('#hero-track [aria-current]', { hasText: 'ended' }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('logs every event, to be filtered, opened with the keyboard, and cleared', async () => {
    const { page, close } = await demo.open();
    await section(page, 'Every error, at a click')
      .getByRole('button', { name: 'config-token-missing' })
      .click();
    const log = page.getByRole('log');
    await log.getByText('sw-error').waitFor();
    assert.deepEqual(await log.getByRole('listitem').locator('strong').allTextContents(), [
      'sw-dial',
      'sw-call-state',
      'sw-call-state',
      'sw-error',
    ]);
    await section(page, 'Event log').getByRole('radio', { name: 'errors' }).check({ force: true });
    assert.equal(await log.getByRole('listitem').filter({ visible: true }).count(), 1);
    await log.locator('li:not([hidden]) summary').focus();
    await page.keyboard.press('Enter');
    const json = await log.locator('li:not([hidden]) pre').textContent();
    assert.equal((JSON.parse(json!) as { code: string }).code, 'config-token-missing');
    await section(page, 'Event log').getByRole('button', { name: 'Clear' }).click();
    await log.getByText('Nothing yet.').waitFor();
    await close();
  });
});
