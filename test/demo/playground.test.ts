// The playground: every attribute can be set, and element and code follow at once.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { SNIPPET_FORMATS } from '../../demo/playground/snippets.js';
import { Demo, section, type DemoPage } from './demo-page.js';

/** Changes a control. */
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

/** For each attribute: the change of its control, the property, and the expected value of the property. */
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
    assert.deepEqual(open.pageErrors, []);
    await open.close();
  });

  const property = (name: string) =>
    section(open.page, 'Playground')
      .locator('sw-click-to-call')
      .evaluate((call, name): unknown => Reflect.get(call, name), name);
  const code = () => open.page.getByRole('tabpanel').locator('code').textContent();

  /** The attributes of the element in the code, as a browser parses it. */
  const attributesInCode = async () =>
    open.page.evaluate(
      (html) => {
        const call = new DOMParser().parseFromString(html, 'text/html').querySelector('sw-click-to-call')!;
        return Object.fromEntries([...call.attributes].map(({ name, value }) => [name, value]));
      },
      (await code()) ?? '',
    );

  it('has a control for every attribute that the element observes', async () => {
    const observed = await open.page.evaluate(
      () => Reflect.get(customElements.get('sw-click-to-call')!, 'observedAttributes') as string[],
    );
    assert.deepEqual(Object.keys(ATTRIBUTES).sort(), [...observed].sort());
  });

  it('sets every attribute on the element and in the code', async () => {
    for (const [attribute, [act, name, value]] of Object.entries(ATTRIBUTES)) {
      const before = await attributesInCode();
      const playground = section(open.page, 'Playground');
      const named = playground.locator(`[name="${attribute}"]`);
      const radio = playground.getByRole('radio', { name: String(value), exact: true });
      if (act !== check) await act(named);
      else
        await (typeof value === 'string' && (await named.count()) > 1 ? radio : named).check({ force: true });
      assert.deepEqual(await property(name), value);
      const written = value === true ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
      assert.deepEqual(await attributesInCode(), { ...before, [attribute]: written });
    }
  });

  it('sets strings as a property, and keeps the last valid value', async () => {
    const field = section(open.page, 'Playground').getByRole('textbox', { name: 'strings' });
    await field.fill('{"hangUp":"Goodbye"}');
    assert.deepEqual(await property('strings'), { hangUp: 'Goodbye' });
    assert.match((await code())!, /\.strings = \{ hangUp: 'Goodbye' \};/);
    await field.fill('{"hangUp":');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await property('strings'), { hangUp: 'Goodbye' });
  });

  it('leaves default values and the local host out of the code', async () => {
    assert.deepEqual(await attributesInCode(), {
      token: 'c2c_demo',
      destination: '/public/support',
      label: 'Call us',
    });
    assert.doesNotMatch((await code())!, /localhost/);
  });

  it('starts a call from a button of the page', async () => {
    await section(open.page, 'Playground').locator('[name="for"]').check();
    await open.page.getByRole('button', { name: 'Talk to us' }).click();
    await section(open.page, 'Playground')
      .locator('sw-click-to-call[data-state="active"]')
      .waitFor({ state: 'attached' });
  });

  it('does not change a call in progress', async () => {
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

  it('shows the code in tabs with arrow-key navigation, and copies the visible code', async () => {
    const { page } = open;
    const tabs = page.getByRole('tablist', { name: 'Code for' }).getByRole('tab');
    assert.deepEqual(
      await tabs.allTextContents(),
      SNIPPET_FORMATS.map(({ title }) => title),
    );
    await tabs.first().focus();
    const seen = new Set<string>();
    for (const { title } of SNIPPET_FORMATS) {
      assert.equal(await page.getByRole('tab', { selected: true }).textContent(), title);
      seen.add((await code())!);
      const copy = section(page, 'Playground').getByRole('button', { name: 'Copy', exact: true });
      // Observed in the page, because the confirmation disappears after two seconds.
      const confirmation = await copy.evaluate(
        (button: HTMLElement) =>
          new Promise<string>((resolve) => {
            new MutationObserver(() => {
              if (button.dataset.done !== undefined) resolve(button.textContent);
            }).observe(button, { attributeFilter: ['data-done'] });
            button.click();
          }),
      );
      assert.equal(confirmation, 'Copied');
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code());
      await page.locator('#copy-snippet:not([data-done])').waitFor();
      await page.keyboard.press('ArrowRight');
    }
    assert.equal(seen.size, SNIPPET_FORMATS.length);
    assert.equal(await page.getByRole('tab', { selected: true }).textContent(), SNIPPET_FORMATS[0]!.title);
  });
});
