// The four ways to get a guest token, each to a live call: what the page asked, whom, and with what.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Demo, section } from './demo-page.js';

/** Choice → where the page posted, and what. */
const MODES = [
  ['Direct', '/api/fabric/embeds/tokens', { token: 'c2c_demo' }],
  ['Proxy', '/token/page', { token: 'c2c_demo' }],
  ['Proxy, alias', '/token/alias', { token: 'support' }],
  ['Proxy, no token', '/token/held', {}],
] as const;

describe('the exchange, by choice', { timeout: 600_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  for (const [name, path, body] of MODES) {
    it(`${name}: a live call, and the page tells ${path} no more than it has to`, async () => {
      const { page, faults, requests, close } = await demo.open();
      const playground = section(page, 'Playground');
      await playground.getByRole('radio', { name, exact: true }).check({ force: true });
      await playground.getByRole('button', { name: 'Call us' }).click();
      await playground.locator('sw-click-to-call[data-state="active"]').waitFor({ timeout: 40_000 });
      const posts = requests.filter(({ body }) => body !== null);
      assert.deepEqual(
        posts.map(({ url, body }) => [new URL(url).pathname, JSON.parse(body!) as unknown]),
        [[path, body]],
      );
      await playground.getByRole('button', { name: 'Hang up' }).click();
      await playground.locator('sw-click-to-call[data-state="ended"]').waitFor();
      assert.deepEqual(faults, []);
      await close();
    });
  }

  it('refuses what it has not been told: another alias, another origin', async () => {
    const ask = (origin: string, token: string) =>
      fetch(`${demo.url}token/alias`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
    const here = new URL(demo.url).origin;
    assert.equal((await ask(here, 'support')).status, 201);
    assert.equal((await ask(here, 'sales')).status, 422);
    assert.equal((await ask('https://example.com', 'support')).status, 403);
  });
});
