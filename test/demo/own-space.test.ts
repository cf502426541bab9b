// The visitor's own space: calls go there with the typed token, and the page does not leak the token.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Demo, section, type DemoPage } from './demo-page.js';

const TOKEN = 'c2c_7acc0e5e968706a032983cd80cdca219';

describe('the visitor’s own space', { timeout: 400_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  /** Fills in the form. Requests to the space are intercepted. */
  async function openWith(query: string): Promise<DemoPage & { tokenRequests: (string | null)[] }> {
    const open = await demo.open({ query });
    const tokenRequests: (string | null)[] = [];
    await open.page.route('https://example.signalwire.com/**', (route) => {
      tokenRequests.push(route.request().postData());
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
    return Object.assign(open, { tokenRequests });
  }

  it('is called by the quick start and the playground, and the token stays in its field', async () => {
    const { page, tokenRequests, requests, pageErrors, close } = await openWith('');
    await page.getByText('now call /public/desk at “example”').waitFor();
    await page.getByRole('button', { name: 'Call support' }).click();
    await page.locator('#quick-start-call[data-state="failed"]').waitFor();
    assert.deepEqual(tokenRequests, [JSON.stringify({ token: TOKEN })]);
    await section(page, 'Playground').getByRole('button', { name: 'Call us' }).click();
    await section(page, 'Playground').locator('[data-state="failed"]').waitFor();

    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      assert.ok(!(await page.content()).includes(TOKEN));
    }
    assert.match((await page.locator('#snippet').textContent())!, /example/);
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    assert.ok(!stored.includes(TOKEN));
    assert.ok(!page.url().includes(TOKEN));
    const requestsWithToken = requests.filter(({ url, body }) => `${url} ${body}`.includes(TOKEN));
    assert.ok(requestsWithToken.every(({ url }) => url.startsWith('https://example.signalwire.com/')));
    assert.deepEqual(pageErrors, []);
    await close();
  });

  it('is cleared by a button and by a reload', async () => {
    const { page, close } = await openWith('');
    const token = page.getByLabel('Click-to-Call token');
    await page.getByRole('button', { name: 'Clear the form' }).click();
    assert.equal(await token.inputValue(), '');
    await page.getByText('the local platform answers.').waitFor();
    const tokens = await page
      .locator('sw-click-to-call')
      .evaluateAll((calls) => calls.map((call) => (call as HTMLElementTagNameMap['sw-click-to-call']).token));
    assert.deepEqual(new Set(tokens), new Set(['c2c_demo']));
    await token.fill(TOKEN);
    await page.reload();
    await page.locator('html[data-ready]').waitFor();
    assert.equal(await page.locator('#space-token').inputValue(), '');
    await close();
  });

  it('masks the token without a password field, and can show it', async () => {
    const { page, close } = await openWith('');
    const token = page.getByLabel('Click-to-Call token');
    const masking = () =>
      token.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'));
    assert.equal(await token.getAttribute('autocomplete'), 'off');
    assert.equal(await masking(), 'disc');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.equal(await masking(), 'none');
    await close();
  });

  it('is open and filled in with the space of "npm run demo -- --space example"', async () => {
    const { page, tokenRequests, close } = await openWith('?space=example');
    await page.getByRole('button', { name: 'Call support' }).click();
    await page.locator('#quick-start-call[data-state="failed"]').waitFor();
    assert.deepEqual(tokenRequests, [JSON.stringify({ token: TOKEN })]);
    await close();
  });
});
