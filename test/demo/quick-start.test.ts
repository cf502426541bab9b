// The quick start: its button makes a call, and its list shows the state.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Demo } from './demo-page.js';

describe('the quick start', { timeout: 200_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('makes a call and shows its state', async () => {
    const { page, pageErrors, close } = await demo.open();
    await page.getByRole('button', { name: 'Call support' }).click();
    await page
      .locator('#quick-start-states [aria-current]', { hasText: 'active' })
      .waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.locator('#quick-start-states [aria-current]', { hasText: 'ended' }).waitFor();
    assert.deepEqual(pageErrors, []);
    await close();
  });
});
