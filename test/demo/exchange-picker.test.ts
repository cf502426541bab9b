// The exchange modes: each one leads to a call, and sends no more than its mode needs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Demo, section } from './demo-page.js';

/** The title of a mode, and path and body of the request that the page sends. */
const MODES = [
  ['Direct', '/api/fabric/embeds/tokens', { token: 'c2c_demo' }],
  ['Proxy', '/token/page', { token: 'c2c_demo' }],
  ['Proxy, alias', '/token/alias', { token: 'support' }],
  ['Proxy, no token', '/token/held', {}],
] as const;

describe('the exchange picker', { timeout: 600_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  for (const [name, path, body] of MODES) {
    it(`${name}: makes a call, and sends only ${JSON.stringify(body)} to ${path}`, async () => {
      const { page, pageErrors, requests, close } = await demo.open();
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
      assert.deepEqual(pageErrors, []);
      await close();
    });
  }
});
