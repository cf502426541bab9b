// Calls whose gateway is unreachable for 30 s of real time. The media goes on.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { CallInProgress } from './call-in-progress.js';
import { Stage } from './stage.js';

/** Packets of 20 ms that arrive in 30 s. */
const PACKETS_IN_30_S = 30_000 / 20;

describe('a call without a gateway', { timeout: 850_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ resumeMs: 60_000 });
  });
  afterEach(() => {
    stage.platform.setReachable(true);
    return stage.closePages();
  });
  after(() => stage.close());

  it('is heard for 30 s, and hangs up while the gateway is still away', async () => {
    const up = await CallInProgress.open(stage);
    stage.platform.setReachable(false);
    const { packets } = await up.test.heard();
    await up.test.untilHeard(60_000, packets + PACKETS_IN_30_S);
    assert.deepEqual(await up.test.outcome(), ['sw-dial', 'sw-call-started']);
    await up.test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await up.test.event('sw-call-ended')).detail.reason, 'hangup');
    stage.platform.setReachable(true);
    await up.callsAgain();
  });

  it('sends digits and hangs up through a gateway that is back after 30 s', async () => {
    const up = await CallInProgress.open(stage, { destination: '/public/echo' });
    stage.platform.setReachable(false);
    const { packets } = await up.test.heard();
    await up.test.untilHeard(60_000, packets + PACKETS_IN_30_S);
    stage.platform.setReachable(true);
    await up.test.page.evaluate(() => void document.querySelector('sw-click-to-call')!.sendDigits('7'));
    await up.call.until(({ dtmf }) => dtmf === '7', 20_000);
    await up.survives(['active']);
  });
});
