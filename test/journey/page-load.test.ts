// What a page pays for the tag before anybody wants to call: one file, and nothing else at all.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from './stage.js';

/** Registered by Lit itself so that pages can find double loads. */
const LIT_MARKERS = [
  'litPropertyMetadata',
  'reactiveElementVersions',
  'litHtmlVersions',
  'litElementVersions',
];

const SPY = `
  window.spied = [];
  const spy = (owner, name) => {
    const native = owner[name];
    owner[name] = new Proxy(native, {
      apply: (target, self, args) => (spied.push(name), Reflect.apply(target, self, args)),
      construct: (target, args) => (spied.push(name), Reflect.construct(target, args)),
    });
  };
  for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'RTCPeerConnection', 'Worker', 'setInterval']) spy(window, name);
  spy(Storage.prototype, 'setItem');
  spy(Storage.prototype, 'getItem');
  spy(navigator, 'sendBeacon');
  spy(navigator.mediaDevices, 'enumerateDevices');
  spy(IDBFactory.prototype, 'open');
  window.spied.length = 0;
  window.atStart = Object.getOwnPropertyNames(window);
  window.headAtStart = () => document.head.childElementCount;
`;

describe('a page that loads', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const requestsOf = (test: TestPage) =>
    test.page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
  const spiedOn = (test: TestPage) => test.page.evaluate(() => window.spied);
  const settled = (test: TestPage) => test.page.waitForLoadState('networkidle');

  it('fetches one script, connects nowhere, stores nothing, and adds no global and no tag', async () => {
    const test = await stage.page({ body: stage.tag().repeat(3), before: SPY });
    await settled(test);
    assert.deepEqual(await requestsOf(test), ['/cdn/sw-click-to-call.js']);
    assert.deepEqual(await spiedOn(test), []);
    const added = await test.page.evaluate(() => {
      const known = window.atStart;
      return Object.getOwnPropertyNames(window).filter(
        // Playwright's own, in Firefox.
        (name) => !known.includes(name) && !/^(\d+$|__pw)/.test(name),
      );
    });
    const ours = added.filter(
      (name) => !LIT_MARKERS.includes(name) && name !== 'atStart' && name !== 'headAtStart',
    );
    assert.deepEqual(ours, []);
    assert.equal(
      await test.page.evaluate(() => document.head.querySelectorAll('style, link:not([rel=icon])').length),
      0,
    );
    assert.equal(stage.platform.exchanges, 0);
    await test.close();
  });

  const exchanged = () => stage.platform.exchanges;

  it('fetches code, and no token, on hover', async () => {
    const before = exchanged();
    const test = await stage.page({ body: stage.tag() });
    const loaded = test.page.waitForResponse(/gateway-/);
    await test.page.getByRole('button', { name: 'Call support' }).hover();
    await loaded;
    await settled(test);
    const requests = await requestsOf(test);
    assert.ok(requests.some((path) => path.includes('/chunks/place-')));
    assert.ok(requests.some((path) => path.includes('/chunks/gateway-')));
    assert.equal(exchanged(), before);
    await test.close();
  });

  it('fetches nothing on hover with preload="none"', async () => {
    const test = await stage.page({ body: stage.tag({ preload: 'none' }) });
    await test.page.getByRole('button', { name: 'Call support' }).hover();
    await test.page.getByRole('button', { name: 'Call support' }).focus();
    await settled(test);
    assert.deepEqual(await requestsOf(test), ['/cdn/sw-click-to-call.js']);
    await test.close();
  });

  it('exchanges once for ten elements with eager preload', async () => {
    const before = exchanged();
    const test = await stage.page({ body: stage.tag({ preload: 'eager' }).repeat(10) });
    const answered = test.page.waitForResponse('**/api/fabric/embeds/tokens');
    for (const button of await test.page.getByRole('button', { name: 'Call support' }).all())
      await button.focus();
    await answered;
    for (const button of await test.page.getByRole('button', { name: 'Call support' }).all())
      await button.hover();
    await settled(test);
    assert.equal(exchanged() - before, 1);
    await test.close();
  });

  it('works with a classic script', async () => {
    const scripts = '<script src="/cdn/sw-click-to-call.classic.js"></script>';
    const test = await stage.page({ body: stage.tag(), scripts });
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    await test.close();
  });

  it('works with a classic script when markup clobbers document.currentScript', async () => {
    const script = '<script src="/cdn/sw-click-to-call.classic.js"></script>';
    // What a sanitizer leaves of a visitor's comment: an image may have a name, by which the document gives it away.
    const comment = '<img name="currentScript" src="/elsewhere/picture.png" alt="">';
    const test = await stage.page({ body: comment + script + stage.tag(), scripts: '' });
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    assert.ok(!(await requestsOf(test)).includes('/elsewhere/sw-click-to-call.js'));
    await test.close();
  });

  it('keeps the first definition when the script is loaded twice, and warns once', async () => {
    const script = (query: string) =>
      `<script type="module" src="/cdn/sw-click-to-call.js${query}"></script>`;
    const warnings: string[] = [];
    const test = await stage.page({ body: stage.tag(), scripts: script('') + script('?again') });
    test.page.on('console', (message) => warnings.push(message.text()));
    await test.page.reload();
    await settled(test);
    assert.equal(warnings.filter((text) => text.includes('registered already')).length, 1);
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    await test.close();
  });

  describe('beside another package that defines the same tag', () => {
    /** What the other one does, from a module of its own. */
    const other = `<script type="module">
      customElements.define('sw-click-to-call', class extends HTMLElement {
        connectedCallback() { this.textContent = 'Of the other package'; }
      });
    </script>`;
    const ours = '<script type="module" src="/cdn/sw-click-to-call.js"></script>';

    it('leaves the other definition when it loads second', async () => {
      const test = await stage.page({ body: stage.tag(), scripts: '' });
      const [errors, warnings]: [string[], string[]] = [[], []];
      test.page.on('pageerror', ({ message }) => errors.push(message));
      test.page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
      await test.page.setContent(other + ours + stage.tag());
      await test.page.getByText('Of the other package').waitFor();
      await settled(test);
      assert.deepEqual(errors, []);
      assert.equal(warnings.filter((text) => text.includes('registered already')).length, 1);
      await test.close();
    });

    it('keeps its definition when it loads first', async () => {
      const test = await stage.page({ body: stage.tag(), scripts: ours + other });
      await test.page.getByRole('button', { name: 'Call support' }).click();
      await test.state('active');
      await test.close();
    });
  });

  it('fetches the entry once when its address has a query', async () => {
    const scripts = '<script type="module" src="/cdn/sw-click-to-call.js?ver=6.4"></script>';
    const test = await stage.page({ body: stage.tag(), scripts });
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    const entries = (await requestsOf(test)).filter((path) => path.endsWith('/sw-click-to-call.js'));
    assert.equal(entries.length, 1);
    await test.close();
  });
});
