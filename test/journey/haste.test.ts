// The order of requests after a click: independent ones run in parallel.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from './stage.js';

describe('a click', { timeout: 240_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  for (const lang of ['en', 'de']) {
    it(`exchanges the token while the interface (${lang}) is still loading`, async () => {
      const test = await stage.page({ body: stage.tag({ preload: 'none', lang }) });
      let arrive!: () => void;
      const onItsWay = new Promise<void>((resolve) => (arrive = resolve));
      // The interface, and the words that are a file of their own.
      await test.page.route(/\/chunks\/(built-in|de)-/, async (route) => {
        await onItsWay;
        await route.continue();
      });
      const exchanged = test.page.waitForResponse('**/api/fabric/embeds/tokens');
      await test.page.getByRole('button', { name: 'Call support' }).click();
      assert.equal((await exchanged).status(), 201);
      arrive();
      await test.state('active');
      await test.close();
    });
  }

  it('requests the chunk that places the call first', async () => {
    const test = await stage.page({ body: stage.tag({ preload: 'none' }) });
    const chunks: string[] = [];
    test.page.on('request', (request) => {
      const [, name] = /\/chunks\/([\w-]+?)-/.exec(request.url()) ?? [];
      if (name) chunks.push(name);
    });
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    assert.equal(chunks[0], 'place');
    await test.close();
  });
});
