// The playground: every attribute can be set, the element obeys at once, and the code says so, and no more.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { FLAVOURS } from '../../demo/playground/snippets.js';
import { Demo, section, type DemoPage } from './demo-page.js';

/** Attribute → what is done to its control, and what the element's property is then. */
type Act = (control: ReturnType<ReturnType<typeof section>['locator']>) => Promise<unknown>;
const pick =
  (value: string): Act =>
  (control) =>
    control.selectOption(value);
const type =
  (text: string): Act =>
  (control) =>
    control.fill(text);
const check: Act = (control) => control.check();

const ATTRIBUTES: Readonly<Record<string, readonly [Act, property: string, value: unknown]>> = {
  token: [pick('c2c_jwt'), 'token', 'c2c_jwt'],
  destination: [pick('/public/echo'), 'destination', '/public/echo'],
  host: [type('example'), 'host', 'example'],
  'proxy-url': [type('/token/page'), 'proxyUrl', '/token/page'],
  'token-ttl': [type('60'), 'tokenTtl', 60],
  label: [type('Ring <us> & "them"'), 'label', 'Ring <us> & "them"'],
  video: [check, 'video', true],
  'user-variables': [type('{"plan":"it\'s \\"gold\\""}'), 'userVariables', { plan: 'it\'s "gold"' }],
  'page-context': [check, 'pageContext', true],
  preload: [check, 'preload', 'eager'],
  display: [check, 'display', 'inline'],
  transcript: [check, 'transcript', true],
  theme: [check, 'theme', 'dark'],
  lang: [pick('de'), 'lang', 'de'],
  disabled: [check, 'disabled', true],
  for: [check, 'htmlFor', 'my-button'],
  debug: [check, 'debug', true],
};

describe('the playground', { timeout: 600_000 }, () => {
  let demo: Demo;
  let open: DemoPage;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());
  beforeEach(async () => {
    open = await demo.open();
    await open.page.evaluate(() => {
      for (const group of document.querySelectorAll<HTMLDetailsElement>('#controls details'))
        group.open = true;
    });
  });
  afterEach(async () => {
    assert.deepEqual(open.faults, []);
    await open.close();
  });

  const property = (name: string) =>
    section(open.page, 'Playground')
      .locator('sw-click-to-call')
      .evaluate((call, name) => (call as unknown as Record<string, unknown>)[name], name);
  const code = () => open.page.getByRole('tabpanel').locator('code').textContent();

  /** The element that a browser makes of the code, as attributes. */
  const parsed = async () =>
    open.page.evaluate(
      (html) => {
        const call = new DOMParser().parseFromString(html, 'text/html').querySelector('sw-click-to-call')!;
        return Object.fromEntries([...call.attributes].map(({ name, value }) => [name, value]));
      },
      (await code()) ?? '',
    );

  it('has a control for every attribute that the element observes', async () => {
    const observed = await open.page.evaluate(
      () =>
        (customElements.get('sw-click-to-call') as unknown as { observedAttributes: string[] })
          .observedAttributes,
    );
    assert.deepEqual(Object.keys(ATTRIBUTES).sort(), [...observed].sort());
  });

  it('sets every attribute on the element, one after the other, and writes it down', async () => {
    for (const [attribute, [act, name, value]] of Object.entries(ATTRIBUTES)) {
      const before = await parsed();
      const playground = section(open.page, 'Playground');
      const named = playground.locator(`[name="${attribute}"]`);
      const radio = playground.getByRole('radio', { name: String(value), exact: true });
      if (act !== check) await act(named);
      else
        await (typeof value === 'string' && (await named.count()) > 1 ? radio : named).check({ force: true });
      assert.deepEqual(await property(name), value);
      const written = value === true ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
      assert.deepEqual(await parsed(), { ...before, [attribute]: written });
    }
  });

  it('sets strings as a property, and keeps the last ones that make sense', async () => {
    const field = section(open.page, 'Playground').getByRole('textbox', { name: 'strings' });
    await field.fill('{"hangUp":"Goodbye"}');
    assert.deepEqual(await property('strings'), { hangUp: 'Goodbye' });
    assert.match((await code())!, /\.strings = \{ hangUp: 'Goodbye' \};/);
    await field.fill('{"hangUp":');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await property('strings'), { hangUp: 'Goodbye' });
  });

  it('writes nothing that is default, and nothing of this machine', async () => {
    assert.deepEqual(await parsed(), { token: 'c2c_demo', destination: '/public/support', label: 'Call us' });
    assert.doesNotMatch((await code())!, /localhost/);
  });

  it('starts a call from the page’s own button', async () => {
    await section(open.page, 'Playground').locator('[name="for"]').check();
    await open.page.getByRole('button', { name: 'Talk to us' }).click();
    await section(open.page, 'Playground')
      .locator('sw-click-to-call[data-state="active"]')
      .waitFor({ state: 'attached' });
  });

  it('leaves a call alone that is going on', async () => {
    const playground = section(open.page, 'Playground');
    await playground.getByRole('button', { name: 'Call us' }).click();
    const active = playground.locator('sw-click-to-call[data-state="active"]');
    await active.waitFor();
    await playground.getByRole('combobox', { name: 'destination' }).selectOption('/public/busy');
    await playground.locator('[name="video"]').check();
    await active.waitFor();
    await playground.getByRole('button', { name: 'Hang up' }).click();
    await playground.locator('sw-click-to-call[data-state="ended"]').waitFor();
  });

  it('has the code in tabs that arrow keys go through, and a button that copies what is shown', async () => {
    const { page } = open;
    const tabs = page.getByRole('tablist', { name: 'Code for' }).getByRole('tab');
    assert.deepEqual(
      await tabs.allTextContents(),
      FLAVOURS.map(({ title }) => title),
    );
    await tabs.first().focus();
    const seen = new Set<string>();
    for (const { title } of FLAVOURS) {
      assert.equal(await page.getByRole('tab', { selected: true }).textContent(), title);
      seen.add((await code())!);
      const copy = section(page, 'Playground').getByRole('button', { name: 'Copy', exact: true });
      // It says so for two seconds, which may be over before anybody outside the page looks.
      const said = await copy.evaluate(
        (button: HTMLElement) =>
          new Promise<string>((resolve) => {
            new MutationObserver(() => {
              if (button.dataset.done !== undefined) resolve(button.textContent);
            }).observe(button, { attributeFilter: ['data-done'] });
            button.click();
          }),
      );
      assert.equal(said, 'Copied');
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code());
      await page.locator('#copy-snippet:not([data-done])').waitFor();
      await page.keyboard.press('ArrowRight');
    }
    assert.equal(seen.size, FLAVOURS.length);
    assert.equal(await page.getByRole('tab', { selected: true }).textContent(), FLAVOURS[0]!.title);
  });
});
