// Calls whose media is interrupted, alone or with the connection to the gateway, with real packets both ways.
// Calls that cannot be saved are in faults-media-lost.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { CallInProgress, EVERYTHING_ENDS } from './call-in-progress.js';
import { Stage } from './stage.js';

describe('a call that loses its media', { timeout: 850_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ resumeMs: 60_000, pace: 3 });
  });
  afterEach(() => {
    stage.platform.setReachable(true);
    stage.platform.tap((frame, send) => send(frame));
    return stage.closePages();
  });
  after(() => stage.close());

  const callUp = (attributes?: Record<string, string>) => CallInProgress.open(stage, attributes);

  it('finds a new network path', async () => {
    const up = await callUp();
    await up.call.media!.move();
    await up.survives(['active', 'reconnecting', 'active']);
  });

  it('goes on when a firewall opens again, and stays muted', async () => {
    const up = await callUp({ destination: '/public/echo' });
    await up.test.page.getByRole('button', { name: 'Mute' }).click();
    up.call.media!.block(true);
    await up.passes(['active', 'reconnecting']);
    up.call.media!.block(false);
    await up.passes(['active', 'reconnecting', 'active']);
    await up.hearsOn();
    assert.ok((await up.call.received.loudness(500)) < 1e-4);
    await up.survives(['active', 'reconnecting', 'active']);
  });

  it('finds a new path when the gateway connection is lost at the same time', async () => {
    const up = await callUp();
    stage.platform.dropSockets();
    await up.call.media!.move();
    await up.survives(['active', 'reconnecting', 'active']);
  });

  it('finds a new path when the gateway connection is dead but still open', async () => {
    const up = await callUp();
    const connections = up.connections();
    // Nothing arrives any more on the connections that there are.
    stage.platform.tap((frame, send, connection) => connections.has(connection) || send(frame));
    await up.call.media!.move();
    await up.survives(['active', 'reconnecting', 'active']);
  });

  it('finds a second new path after the first', async () => {
    const up = await callUp();
    await up.call.media!.move();
    await up.passes(['active', 'reconnecting', 'active']);
    await up.hearsOn();
    await up.call.media!.move();
    await up.survives(['active', 'reconnecting', 'active', 'reconnecting', 'active']);
  });

  it('ends as dropped as soon as the gateway reports that the call is gone', async () => {
    const up = await callUp({ destination: '/public/drops' });
    const since = performance.now();
    await up.drops();
    assert.ok(performance.now() - since < EVERYTHING_ENDS.callGoneMs, 'in time');
    await up.callsAgain();
  });

  it('can be hung up while reconnecting', async () => {
    const up = await callUp();
    up.call.media!.block(true);
    await up.passes(['active', 'reconnecting']);
    await up.test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await up.test.event('sw-call-ended')).detail.reason, 'hangup');
    await up.callsAgain();
  });
});
