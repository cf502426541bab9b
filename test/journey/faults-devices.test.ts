// A call whose microphone is unplugged or revoked goes on, at least by listening. No unused microphone stays live.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { chosenEngine } from '../browser/engine.mjs';
import { CallInProgress } from './call-in-progress.js';
import { Stage, type TestPage } from './stage.js';

/** Devices that a test can take away: the browser's fake ones cannot be unplugged. */
const PLUGS = `
  window.gone = '';
  const media = navigator.mediaDevices;
  const capture = media.getUserMedia.bind(media);
  media.getUserMedia = async (wish) => {
    if (window.gone) throw new DOMException('', window.gone);
    return capture(wish);
  };
`;

// The browser's made-up microphone cannot be unplugged; a track in Firefox does not heed events that a script makes up.
const skip =
  chosenEngine() === 'chromium' ? false : 'the loss of a microphone can be made up in Chromium only';

describe('the microphone of a call', { timeout: 850_000, skip }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.closePages());
  after(() => stage.close());

  const callUp = () => CallInProgress.open(stage, { destination: '/public/tone' }, PLUGS);
  /** Every microphone in use ends by itself; none can be had for the given reason. */
  const unplug = (test: TestPage, gone: string) =>
    test.page.evaluate((gone) => {
      window.gone = gone;
      for (const track of window.tracks.filter(({ readyState }) => readyState === 'live')) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    }, gone);
  const says = (test: TestPage, words: RegExp) =>
    test.page.locator('sw-click-to-call').getByText(words).first().waitFor();

  it('is replaced by the next microphone when it is unplugged', async () => {
    const up = await callUp();
    await up.call.untilLoudness((loudness) => loudness > 1e-3);
    await unplug(up.test, '');
    await says(up.test, /Now using/);
    await up.call.untilLoudness((loudness) => loudness > 1e-3);
    assert.equal((await up.test.held()).tracks, 1);
    await up.survives(['active']);
  });

  it('is the only one and is unplugged: the call goes on without it', async () => {
    const up = await callUp();
    await unplug(up.test, 'NotFoundError');
    await says(up.test, /microphone/i);
    assert.equal((await up.test.held()).tracks, 0);
    const { packets } = await up.test.heard();
    await up.test.untilHeard(30_000, packets + 25);
    assert.deepEqual(await up.test.outcome(), ['sw-dial', 'sw-call-started']);
    await up.test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await up.test.event('sw-call-ended')).detail.reason, 'hangup');
    await unplug(up.test, '');
    await up.callsAgain();
  });

  it('is lost and then refused: the caller goes on listening', async () => {
    const up = await callUp();
    await unplug(up.test, 'NotAllowedError');
    await says(up.test, /microphone/i);
    assert.equal((await up.test.held()).tracks, 0);
    await up.test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await up.test.event('sw-call-ended')).detail.reason, 'hangup');
    await unplug(up.test, '');
    await up.callsAgain();
  });

  it('loses its permission in the browser: both sides are still heard, and the call ends normally', async () => {
    const up = await callUp();
    await up.test.context.clearPermissions();
    const { packets } = await up.test.heard();
    await up.test.untilHeard(30_000, packets + 25);
    await up.test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await up.test.event('sw-call-ended')).detail.reason, 'hangup');
    await up.test.untilNothingHeld();
    await up.test.context.grantPermissions(['microphone']);
    await up.callsAgain();
  });
});
