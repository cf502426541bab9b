// Calls whose media never comes back. Each waits for the real limits of browser and element, about 35 s.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { chosenEngine } from '../browser/engine.mjs';
import { CallInProgress, EVERYTHING_ENDS } from './call-in-progress.js';
import { Stage } from './stage.js';

describe('a call that loses its media for good', { timeout: 850_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ resumeMs: 60_000 });
  });
  afterEach(() => {
    stage.platform.setReachable(true);
    stage.platform.tap((frame, send) => send(frame));
    return stage.closePages();
  });
  after(() => stage.close());

  const callUp = () => CallInProgress.open(stage);

  it('ends as dropped, in time, when no packet passes again', async () => {
    const up = await callUp();
    up.call.media!.block(true);
    const since = performance.now();
    await up.drops();
    assert.ok(performance.now() - since < EVERYTHING_ENDS.mediaLostMs, 'in time');
    // And the gateway, which was there all the time, was told.
    await up.call.until(({ endedBy }) => endedBy === 'caller');
    await up.callsAgain();
  });

  it('ends as dropped, in time, when media and gateway are both gone', async () => {
    const up = await callUp();
    const since = performance.now();
    up.call.media!.block(true);
    stage.platform.setReachable(false);
    await up.drops();
    assert.ok(performance.now() - since < EVERYTHING_ENDS.mediaLostMs, 'in time');
    stage.platform.setReachable(true);
    // Firefox makes a page wait up to a minute before it reaches for a WebSocket host that has failed a few times.
    if (chosenEngine() === 'firefox') return;
    await up.callsAgain();
  });
});
