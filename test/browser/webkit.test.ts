// What a visitor gets in a browser without WebRTC: Debian's WebKit, which is built without it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findWebKit, openWebKit } from './webkit.mjs';
import { Stage } from '../journey/stage.js';

const skip = findWebKit() ? false : 'WebKitGTK is not installed';

describe('a page in a browser without WebRTC', { skip, timeout: 120_000 }, () => {
  let stage: Stage;
  let webkit: Awaited<ReturnType<typeof openWebKit>>;
  before(async () => {
    stage = await Stage.open();
    webkit = await openWebKit();
  });
  after(async () => {
    await webkit?.close();
    await stage?.close();
  });

  const DIAL = `
    const element = document.querySelector('sw-click-to-call');
    return customElements.whenDefined('sw-click-to-call').then(async () => {
      const told = [];
      for (const type of ['sw-dial', 'sw-error', 'sw-call-started', 'sw-call-ended'])
        document.addEventListener(type, ({ detail }) => told.push([type, detail.code ?? '']));
      await element.dial();
      const fallback = element.querySelector('[slot=fallback]').getBoundingClientRect();
      return { told, state: element.state, fallback: fallback.width * fallback.height > 0, text: element.shadowRoot.querySelector('[part=status]')?.textContent.trim() };
    });`;

  it('offers the other way to call, says why, and exchanges nothing', async () => {
    await webkit.window.go(stage.address({ body: stage.tag() }));
    const seen = (await webkit.window.run(DIAL)) as Record<string, unknown>;
    const { text, ...rest } = seen;
    assert.deepEqual(rest, {
      told: [
        ['sw-dial', ''],
        ['sw-error', 'preflight-unsupported'],
      ],
      state: 'failed',
      fallback: true,
    });
    assert.match(String(text), /browser/);
    assert.equal(stage.platform.exchanges, 0);
  });

  it('loads one script and nothing else', async () => {
    await webkit.window.go(stage.address({ body: stage.tag().repeat(3) }));
    const paths = await webkit.window.run(
      "return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)",
    );
    assert.deepEqual(paths, ['/cdn/sw-click-to-call.js']);
  });
});
