// The event log shows every event of the page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Demo, section } from './demo-page.js';

describe('the event log', { timeout: 200_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('lists every event, filters, opens entries with the keyboard, and clears', async () => {
    const { page, close } = await demo.open();
    await section(page, 'Errors').getByRole('button', { name: 'config-token-missing' }).click();
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
    await log.getByText('No events yet.').waitFor();
    await close();
  });
});
