// The page as a whole: accessibility, layout, and no requests to other hosts.
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

  /** Opens every part of the page that is closed at first. */
  async function openEverything({ page }: DemoPage) {
    await page.evaluate(() => {
      for (const box of document.querySelectorAll('details')) box.open = true;
    });
    await section(page, 'Errors').getByRole('button', { name: 'config-token-missing' }).click();
    await page.getByText(/^Reproduced in/).waitFor();
    await page.locator('#failures').scrollIntoViewIfNeeded();
    await page.frameLocator('#failure-frame iframe').getByRole('button', { name: 'Call us' }).waitFor();
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no accessibility violations that axe finds, ${colorScheme}`, async () => {
      const open = await demo.open({ colorScheme });
      await openEverything(open);
      await open.page.evaluate(AXE);
      const { violations } = await open.page.evaluate(() =>
        (window as Window & { axe?: { run(): Promise<AxeResults> } }).axe!.run(),
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => [
          id,
          nodes.map(({ target, failureSummary }) => [target, failureSummary]),
        ]),
        [],
      );
      assert.deepEqual(open.pageErrors, []);
      await open.close();
    });
  }

  for (const width of [320, 390, 768, 1440, 2200]) {
    it(`does not scroll horizontally at ${width} px`, async () => {
      const open = await demo.open({ viewport: { width, height: 800 } });
      await openEverything(open);
      const scrollable = await open.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(scrollable <= 0, `${scrollable} px too wide`);
      await open.close();
    });
  }

  it('requests nothing from other hosts, and stores nothing', async () => {
    const open = await demo.open();
    await openEverything(open);
    const requestsElsewhere = open.requests.filter(
      ({ url }) => /^http/.test(url) && !url.startsWith(demo.url),
    );
    assert.deepEqual(requestsElsewhere, []);
    const stored = await open.page.evaluate(() => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
    ]);
    assert.deepEqual(stored, [0, 0, '']);
    await open.close();
  });

  it('has landmarks, one h1, and a link that skips the header', async () => {
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
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'quick-start-call');
    await close();
  });
});
