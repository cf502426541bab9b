// Bad days: each of them, from the visitor's click to its end.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CONDITIONS } from '../../demo/network/conditions.js';
import { GATEWAY_PATH } from '../../demo/platform/gateway.js';
import { Demo, section } from './demo-page.js';

/** Condition → the state in which it ends up, and the error, if there is one. */
const ENDS: Readonly<Record<string, readonly [state: string, code?: string]>> = {
  fine: ['active'],
  offline: ['failed', 'preflight-offline'],
  'slow-endpoint': ['active'],
  'endpoint-down': ['failed', 'token-network'],
  'gateway-silent': ['failed', 'connect-timeout'],
  'gateway-cut': ['active'],
  'line-lost': ['failed', 'call-dropped'],
  busy: ['failed', 'call-busy'],
  'no-answer': ['failed', 'call-no-answer'],
  rejects: ['failed', 'call-rejected'],
};

describe('bad days', { timeout: 850_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('are all tried here', () => {
    assert.deepEqual(
      Object.keys(ENDS),
      CONDITIONS.map(({ id }) => id),
    );
  });

  for (const { id, title, watch } of CONDITIONS) {
    const [state, code] = ENDS[id]!;
    it(`${title}: ${code ?? state}`, async () => {
      const { page, faults, close } = await demo.open();
      const network = section(page, 'Bad days');
      await network.getByRole('radio', { name: title, exact: true }).check({ force: true });
      await network.getByText(watch).waitFor();
      let connections = 0;
      const connectedTwice = page.waitForEvent('websocket', {
        predicate: (socket) => socket.url().endsWith(GATEWAY_PATH) && ++connections === 2,
        timeout: 60_000,
      });
      connectedTwice.catch(() => {});
      await network.frameLocator('iframe').getByRole('button', { name: 'Call us' }).click();
      const logged = (text: string) => page.locator('#log-entries .gist', { hasText: text }).first();
      const waiting = { state: 'attached', timeout: 60_000 } as const;
      if (code) await logged(code).waitFor(waiting);
      if (id === 'gateway-cut') await connectedTwice;
      await network.locator('#network-state', { hasText: state }).waitFor({ timeout: 60_000 });
      assert.deepEqual(faults, []);
      await close();
    });
  }
});
