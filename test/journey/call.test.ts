// A whole call from one tag, through the unmodified SDK, with real media both ways.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from './stage.js';

const tag = (destination: string, more = '') =>
  `<sw-click-to-call token="c2c_demo" destination="${destination}" host="http://HOST" ${more}>Call support</sw-click-to-call>`;

describe('a call from one tag', { timeout: 120_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const markup = (destination: string, more?: string) => tag(destination, more).replace('http://HOST', stage.origin);

  it('reaches a far end that is heard and hears', async () => {
    const call = stage.platform.nextCall();
    const test = await stage.page({ body: markup('/public/echo') });
    test.page.on('console', (m) => console.log('page:', m.text()));
    test.page.on('pageerror', (m) => console.log('pageerror:', m.message));
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    const record = await call;
    await record.untilLoudness((loudness) => loudness > 0);
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    await test.event('sw-call-ended');
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    await record.until(({ state }) => state === 'ended');
    await test.close();
  });
});
