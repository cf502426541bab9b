// Where the guest token may be seen during a whole call: in the exchange's answer and on the gateway's socket, nowhere else.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from './stage.js';

// Reads the exchange's answer beside the element: asked later, a browser may have thrown the body away.
const KEEP_ANSWER = `const native = window.fetch;
  window.exchanged = new Promise((resolve) => {
    window.fetch = async (...request) => {
      const response = await native(...request);
      if (response.url.endsWith('/api/fabric/embeds/tokens')) resolve(response.clone().json());
      return response;
    };
  });`;

describe('the guest token', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  for (const token of ['c2c_demo', 'c2c_jwt', 'c2c_refused']) {
    it(`is nowhere in the page during a call (${token})`, async () => {
      const test = await stage.page({ body: stage.tag({ token, debug: true }), before: KEEP_ANSWER });
      const printed: string[] = [];
      const asked: string[] = [];
      test.page.on('console', (message) => printed.push(message.text()));
      test.page.on('request', (request) =>
        asked.push(`${request.url()} ${JSON.stringify(request.headers())}`),
      );
      await test.page.getByRole('button', { name: 'Call support' }).click();
      await test.page.locator('sw-click-to-call:is([data-state="active"], [data-state="failed"])').waitFor();
      const { token: guest } = await test.page.evaluate(() => window.exchanged);
      assert.match(guest, /^eyJ/);
      const seen = await test.page.evaluate(() => {
        const parts: string[] = [document.documentElement.outerHTML];
        for (const element of document.querySelectorAll('*')) {
          if (element.shadowRoot) parts.push(element.shadowRoot.innerHTML);
        }
        parts.push(
          JSON.stringify({ ...localStorage }),
          JSON.stringify({ ...sessionStorage }),
          document.cookie,
        );
        parts.push(
          location.href,
          JSON.stringify(history.state),
          JSON.stringify(document.querySelector('sw-click-to-call')),
        );
        return parts;
      });
      await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
      const everything = [...seen, ...printed, ...asked, JSON.stringify(await test.events())].join('\n');
      assert.ok(
        printed.some((line) => line.startsWith('[sw-click-to-call]')),
        'the debug log was on',
      );
      for (const part of guest.split('.').filter((piece) => piece.length > 20)) {
        // The header alone is no secret, but it has no business there either.
        assert.ok(!everything.includes(part), `found a part of the token: ${part.slice(0, 8)}…`);
      }
      await test.close();
    });
  }
});
