// The error gallery shows every error code, and reproduces each one that a page can cause.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { REPRODUCTIONS } from '../../demo/errors/reproductions.js';
import { ERRORS } from '../../src/error-table.js';
import type { ErrorCode } from '../../src/errors.js';
import { en } from '../../src/locales/en.js';
import { Demo, section } from './demo-page.js';

const CODES = Object.keys(ERRORS) as ErrorCode[];
const notReproducible = CODES.filter((code) => 'reason' in REPRODUCTIONS[code]);
const reproducible = CODES.filter((code) => !notReproducible.includes(code));

describe('the error gallery', { timeout: 850_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('has a button for every error code', async () => {
    const { page, close } = await demo.open();
    const buttons = section(page, 'Errors').locator('[data-code]');
    assert.deepEqual(await buttons.allTextContents(), CODES);
    await close();
  });

  it('describes the internal error instead of reproducing it', async () => {
    assert.deepEqual(notReproducible, ['internal']);
    const { page, close } = await demo.open();
    const gallery = section(page, 'Errors');
    await gallery.getByRole('button', { name: 'internal', exact: true }).click();
    await gallery.getByText('cannot be reproduced on purpose').waitFor();
    await gallery.getByText(en[ERRORS.internal.say]).waitFor();
    await close();
  });

  it('reproduces every other error, with its text for the visitor', async () => {
    const remaining = [...reproducible];
    // Some errors take long, so three pages work in parallel.
    const work = async () => {
      const { page, pageErrors, close } = await demo.open();
      for (let code = remaining.shift(); code; code = remaining.shift()) await reproduce(page, code);
      assert.deepEqual(pageErrors, []);
      await close();
    };
    await Promise.all([work(), work(), work()]);
  });

  async function reproduce(page: Awaited<ReturnType<Demo['open']>>['page'], code: ErrorCode) {
    const gallery = section(page, 'Errors');
    await gallery.getByRole('button', { name: code, exact: true }).click();
    const status = gallery.getByText(/^(Reproduced in|Failed with) /);
    await status.waitFor({ timeout: 60_000 }).catch(() => assert.fail(`${code} was not reproduced`));
    assert.match((await status.textContent())!, /^Reproduced/, `${code}: ${await status.textContent()}`);
    const detail = JSON.parse((await gallery.locator('#error-json').textContent())!) as { code: string };
    assert.equal(detail.code, code);
    await gallery
      .frameLocator('iframe')
      .getByText(en[ERRORS[code].say], { exact: false })
      .first()
      .waitFor({ timeout: 20_000 })
      .catch(() => assert.fail(`${code}: the visitor does not see "${en[ERRORS[code].say]}"`));
    await page
      .locator('#log-entries [data-category="error"]', { hasText: code })
      .first()
      .waitFor({ state: 'attached' });
  }
});
