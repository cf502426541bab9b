// One's own space: the calls go there, with the token that was typed, and the token is nowhere to be found.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Demo, section, type DemoPage } from './demo-page.js';

const TOKEN = 'c2c_7acc0e5e968706a032983cd80cdca219';

describe('one’s own space', { timeout: 400_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  /** Fills the form in; what goes to the space is stopped at the browser's door. */
  async function openWith(query: string): Promise<DemoPage & { asked: (string | null)[] }> {
    const open = await demo.open({ query });
    const asked: (string | null)[] = [];
    await open.page.route('https://example.signalwire.com/**', (route) => {
      asked.push(route.request().postData());
      return route.fulfill({
        status: 401,
        headers: { 'access-control-allow-origin': '*' },
        json: { error: '' },
      });
    });
    if (!query) await open.page.getByText('Call your own SignalWire space').click();
    if (!query) await open.page.getByLabel('Space or host').fill('example');
    await open.page.getByLabel('Destination').first().fill('/public/desk');
    await open.page.getByLabel('Click-to-Call token').fill(TOKEN);
    return Object.assign(open, { asked });
  }

  it('is called by hero and playground; the token stays in its field', async () => {
    const { page, asked, requests, faults, close } = await openWith('');
    await page.getByText('now call /public/desk at “example”').waitFor();
    await page.getByRole('button', { name: 'Call support' }).click();
    await page.locator('#hero-call[data-state="failed"]').waitFor();
    assert.deepEqual(asked, [JSON.stringify({ token: TOKEN })]);
    await section(page, 'Playground').getByRole('button', { name: 'Call us' }).click();
    await section(page, 'Playground').locator('[data-state="failed"]').waitFor();

    // All that the page consists of, in every tab of the code.
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      assert.ok(!(await page.content()).includes(TOKEN));
    }
    assert.match((await page.locator('#snippet').textContent())!, /example/);
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    assert.ok(!kept.includes(TOKEN));
    assert.ok(!page.url().includes(TOKEN));
    const carriers = requests.filter(({ url, body }) => `${url} ${body}`.includes(TOKEN));
    assert.ok(carriers.every(({ url }) => url.startsWith('https://example.signalwire.com/')));
    assert.deepEqual(faults, []);
    await close();
  });

  it('is forgotten by a button, and by a reload', async () => {
    const { page, close } = await openWith('');
    const token = page.getByLabel('Click-to-Call token');
    await page.getByRole('button', { name: 'Forget it now' }).click();
    assert.equal(await token.inputValue(), '');
    await page.getByText('the local stand-in answers.').waitFor();
    const held = await page
      .locator('sw-click-to-call')
      .evaluateAll((calls) => calls.map((call) => (call as unknown as { token: string }).token));
    assert.deepEqual(new Set(held), new Set(['c2c_demo']));
    await token.fill(TOKEN);
    await page.reload();
    await page.locator('html[data-ready]').waitFor();
    assert.equal(await page.locator('#space-token').inputValue(), '');
    await close();
  });

  it('has a covered field that no password manager is asked to keep, and that can be looked at', async () => {
    const { page, close } = await openWith('');
    const token = page.getByLabel('Click-to-Call token');
    const cover = () =>
      token.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'));
    assert.equal(await token.getAttribute('autocomplete'), 'off');
    assert.equal(await cover(), 'disc');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.equal(await cover(), 'none');
    await close();
  });

  it('opens by itself for "npm run demo -- --space example"', async () => {
    const { page, asked, close } = await openWith('?space=example');
    await page.getByRole('button', { name: 'Call support' }).click();
    await page.locator('#hero-call[data-state="failed"]').waitFor();
    assert.deepEqual(asked, [JSON.stringify({ token: TOKEN })]);
    await close();
  });
});
