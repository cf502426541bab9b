// The gallery: every row of the error table is there, and every one that a page can bring about is brought about.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ERROR_CASES } from '../../demo/errors/cases.js';
import { ERRORS } from '../../src/error-table.js';
import type { ErrorCode } from '../../src/errors.js';
import { en } from '../../src/locales/en.js';
import { Demo, section } from './demo-page.js';

const CODES = Object.keys(ERRORS) as ErrorCode[];
const told = CODES.filter((code) => 'see' in ERROR_CASES[code]);
const reproduced = CODES.filter((code) => !told.includes(code));

describe('the error gallery', { timeout: 850_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('has a button for every row of the table', async () => {
    const { page, close } = await demo.open();
    const buttons = section(page, 'Every error, at a click').locator('[data-code]');
    assert.deepEqual(await buttons.allTextContents(), CODES);
    await close();
  });

  it('leaves only faults of our own to words', async () => {
    assert.deepEqual(told, ['internal']);
    const { page, close } = await demo.open();
    const gallery = section(page, 'Every error, at a click');
    await gallery.getByRole('button', { name: 'internal', exact: true }).click();
    await gallery.getByText('no honest way to show it on purpose').waitFor();
    await gallery.getByText(en[ERRORS.internal.say]).waitFor();
    await close();
  });

  /** All codes at a click, some of which take long: each in a page of its own, a few at a time. */
  it('brings about every other one, with its sentence for the visitor', async () => {
    const left = [...reproduced];
    const work = async () => {
      const { page, faults, close } = await demo.open();
      for (let code = left.shift(); code; code = left.shift()) await reproduce(page, code);
      assert.deepEqual(faults, []);
      await close();
    };
    await Promise.all([work(), work(), work()]);
  });

  async function reproduce(page: Awaited<ReturnType<Demo['open']>>['page'], code: ErrorCode) {
    const gallery = section(page, 'Every error, at a click');
    await gallery.getByRole('button', { name: code, exact: true }).click();
    const status = gallery.getByText(/^(Reproduced in|Here it is) /);
    await status.waitFor({ timeout: 60_000 }).catch(() => assert.fail(`${code} did not come about`));
    assert.match((await status.textContent())!, /^Reproduced/, `${code}: ${await status.textContent()}`);
    const detail = JSON.parse((await gallery.locator('#error-json').textContent())!) as { code: string };
    assert.equal(detail.code, code);
    // In the frame, where the visitor looks.
    await gallery
      .frameLocator('iframe')
      .getByText(en[ERRORS[code].say], { exact: false })
      .first()
      .waitFor({ timeout: 20_000 })
      .catch(() => assert.fail(`${code}: the visitor does not see "${en[ERRORS[code].say]}"`));
    // And in the log, like any other event of the page.
    await page
      .locator('#log-entries [data-kind="error"]', { hasText: code })
      .first()
      .waitFor({ state: 'attached' });
  }
});
