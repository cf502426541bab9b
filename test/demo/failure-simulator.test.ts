// The failure simulator: each failure, from the click to the final state of the call.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FAILURES } from '../../demo/failures/failures.js';
import { GATEWAY_PATH } from '../../demo/platform/gateway/gateway.js';
import { Demo, section } from './demo-page.js';

/** The final state of the call for each failure, and the error code if it fails. */
const FINAL_STATES: Readonly<Record<string, readonly [state: string, code?: string]>> = {
  none: ['active'],
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

describe('the failure simulator', { timeout: 850_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('has no failure that these tests leave out', () => {
    assert.deepEqual(
      Object.keys(FINAL_STATES),
      FAILURES.map(({ id }) => id),
    );
  });

  for (const { id, title, effect } of FAILURES) {
    const [state, code] = FINAL_STATES[id]!;
    it(`${title}: ${code ?? state}`, async () => {
      const { page, pageErrors, close } = await demo.open();
      const simulator = section(page, 'Failure simulator');
      await simulator.getByRole('radio', { name: title, exact: true }).check({ force: true });
      await simulator.getByText(effect).waitFor();
      let connections = 0;
      const connectedTwice = page.waitForEvent('websocket', {
        predicate: (socket) => socket.url().endsWith(GATEWAY_PATH) && ++connections === 2,
        timeout: 60_000,
      });
      connectedTwice.catch(() => {});
      await simulator.frameLocator('iframe').getByRole('button', { name: 'Call us' }).click();
      const logged = (text: string) => page.locator('#log-entries .summary', { hasText: text }).first();
      const waiting = { state: 'attached', timeout: 60_000 } as const;
      if (code) await logged(code).waitFor(waiting);
      if (id === 'gateway-cut') await connectedTwice;
      await simulator.locator('#failure-state', { hasText: state }).waitFor({ timeout: 60_000 });
      assert.deepEqual(pageErrors, []);
      await close();
    });
  }
});
