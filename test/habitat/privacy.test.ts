// What a call leaves behind in the page and the browser: nothing.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from '../journey/stage.js';

/** Registered by Lit itself, so that pages can find double loads. */
const LIT_MARKERS = [
  'litPropertyMetadata',
  'reactiveElementVersions',
  'litHtmlVersions',
  'litElementVersions',
];

describe('a finished call', { timeout: 300_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ pace: 0.3 });
  });
  after(() => stage.close());

  it('leaves no global, no node and no stored entry, and has contacted no other host', async () => {
    const hosts = new Set<string>();
    const test = await stage.page({
      body: stage.tag({ destination: '/public/agent', transcript: true, 'page-context': true }),
      before: `window.first = Object.getOwnPropertyNames(window); window.first.push('first');`,
    });
    test.page.on('request', (request) => hosts.add(new URL(request.url()).host));
    test.page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
    const nodes = () =>
      test.page.evaluate(() =>
        [...document.querySelectorAll('*')].map(({ localName, parentElement }) =>
          [parentElement?.localName, localName].join(' > '),
        ),
      );
    const nodesBefore = await nodes();
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.event('sw-user-event', 60_000);
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    await test.event('sw-call-ended');
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    const left = await test.page.evaluate(async () => ({
      globals: Object.getOwnPropertyNames(window).filter(
        (name) => !window.first.includes(name) && !/^\d+$/.test(name),
      ),
      stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      name: window.name,
      address: location.search + location.hash,
    }));
    const { globals, ...rest } = left;
    assert.deepEqual(
      globals.filter((name) => !LIT_MARKERS.includes(name)),
      [],
    );
    assert.deepEqual(rest, {
      stored: [],
      databases: [],
      caches: [],
      workers: 0,
      name: '',
      address: '',
    });
    assert.deepEqual(await test.context.cookies(), []);
    assert.deepEqual(await nodes(), nodesBefore);
    assert.deepEqual([...hosts], [new URL(stage.origin).host]);
    await test.close();
  });
});
