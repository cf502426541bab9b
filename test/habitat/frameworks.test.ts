// The element in each framework, as its users write it. All frameworks run the same tests.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CallRecord } from '../../demo/platform/call/call-record.js';
import { Stage, type TestPage } from '../journey/stage.js';
import { Project } from './project.js';

/** Framework → its entry below fixtures/, and the name of what is built from it. */
const FRAMEWORKS = {
  'React 19, the tag': ['react/main.tsx', 'react'],
  'React 19, the component': ['react-door/main.tsx', 'react-door'],
  'Vue 3': ['vue/main.ts', 'vue'],
  'Svelte 5': ['svelte/main.ts', 'svelte'],
  Angular: ['angular/main.ts', 'angular'],
} as const;

describe('in a framework', { timeout: 850_000 }, () => {
  let project: Project;
  let stage: Stage;
  before(async () => {
    project = await Project.make();
    await project.build(Object.fromEntries(Object.values(FRAMEWORKS)));
    stage = await Stage.open({}, project.folders);
  });
  after(async () => {
    await stage?.close();
    project?.remove();
  });

  for (const [framework, [, script]] of Object.entries(FRAMEWORKS)) {
    describe(framework, () => {
      /** A page with the fixture; whatever it complains about fails the test. */
      async function open(): Promise<TestPage & { complaints: string[] }> {
        const complaints: string[] = [];
        const test = await stage.page({
          body: '<div id="app"></div>',
          scripts: `<script type="module" src="/built/${script}.js"></script>`,
          before: `addEventListener('error', ({ message }) => console.error(message));`,
        });
        test.page.on('console', (message) => {
          const text = message.text();
          if (['warning', 'error'].includes(message.type()) && !text.includes('Lit is in dev mode'))
            complaints.push(text);
        });
        await caller(test).waitFor();
        return Object.assign(test, { complaints });
      }
      const press = (test: TestPage, name: string) =>
        test.page.getByRole('button', { name, exact: true }).click();
      const caller = (test: TestPage, name: string | RegExp = /^Call support/) =>
        test.page.getByRole('button', { name });
      /** What the framework's own listeners wrote into the page. */
      const heard = (test: TestPage, words: string) =>
        test.page.getByRole('status').filter({ hasText: words }).last().waitFor();
      const log = (test: TestPage) => test.page.locator('output').textContent();

      async function call(test: TestPage): Promise<CallRecord> {
        const incoming = stage.platform.nextCall();
        await caller(test).click();
        await test.state('active');
        return incoming;
      }

      async function done(test: TestPage & { complaints: string[] }): Promise<void> {
        assert.deepEqual(test.complaints, []);
        await test.close();
      }

      /** What stands in the element that calls support. */
      const inElement = (test: TestPage) =>
        test.page.locator('#support sw-click-to-call').evaluate((node) => {
          const element = node as HTMLElementTagNameMap['sw-click-to-call'];
          const { userVariables, strings, tokenTtl, transcript, video, disabled, theme, destination } =
            element;
          const { tokenProvider } = element;
          return {
            values: { userVariables, strings, tokenTtl, transcript, video, disabled, theme, destination },
            tokenProvider: typeof tokenProvider,
            attributes: [...element.attributes].map(({ name, value }) => `${name}=${value}`).join(' '),
          };
        });

      it('passes objects, functions, numbers, booleans and strings as properties', async () => {
        const test = await open();
        const { values, tokenProvider, attributes } = await inElement(test);
        assert.deepEqual(values, {
          userVariables: { plan: 'gold', cart: [{ article: 'A1', pieces: 2 }] },
          strings: { hangUp: 'Hang up' },
          tokenTtl: 600,
          transcript: true,
          video: false,
          disabled: false,
          theme: 'dark',
          destination: '/public/echo',
        });
        assert.equal(tokenProvider, 'function');
        assert.doesNotMatch(attributes, /\[object|=>|function|video|disabled/);
        await done(test);
      });

      it('updates values and children', async () => {
        const test = await open();
        await caller(test, 'Call support (gold)').waitFor();
        await press(test, 'Change plan');
        await caller(test, 'Call support (silver)').waitFor();
        const { values } = await inElement(test);
        assert.equal(values.userVariables.plan, 'silver');
        assert.deepEqual(values.strings, { hangUp: 'Goodbye' });
        await press(test, 'Disable or enable');
        await test.page.locator('#support sw-click-to-call[disabled]').waitFor();
        assert.ok(await caller(test).isDisabled());
        await press(test, 'Disable or enable');
        await test.page.locator('#support sw-click-to-call:not([disabled])').waitFor();
        assert.ok(await caller(test).isEnabled());
        await done(test);
      });

      it('makes a call, and dispatches its events in order', async () => {
        const test = await open();
        await press(test, 'Change plan');
        const far = await call(test);
        assert.deepEqual(far.userVariables, { plan: 'silver', cart: [{ article: 'A1', pieces: 2 }] });
        await test.untilHeard();
        await heard(test, 'sw-call-started');
        await press(test, 'Goodbye');
        await heard(test, 'sw-call-ended');
        await test.state('ended');
        assert.equal(await log(test), 'sw-dial sw-call-started sw-call-hangup sw-call-ended');
        await far.until(({ endedBy }) => endedBy === 'caller');
        await test.untilNothingHeld();
        await done(test);
      });

      it('receives errors, and can cancel a call in its sw-dial listener', async () => {
        const test = await open();
        await press(test, 'Wrong address');
        await caller(test).click();
        await heard(test, 'sw-error sw-call-ended');
        const { length } = stage.platform.calls;
        await press(test, 'Close the desk');
        await caller(test).click();
        await heard(test, 'sw-call-ended sw-dial');
        assert.equal(await log(test), 'sw-dial sw-error sw-call-ended sw-dial');
        assert.equal(stage.platform.calls.length, length);
        await done(test);
      });

      it('hangs up when unmounted during a call, and can call after a new mount', async () => {
        const test = await open();
        const far = await call(test);
        await far.until(({ received }) => received.audioPackets > 0);
        await press(test, 'Hide or show');
        await far.until(({ endedBy }) => endedBy === 'caller');
        await test.untilNothingHeld();
        await press(test, 'Hide or show');
        const again = await call(test);
        await again.until(({ received }) => received.audioPackets > 0);
        await press(test, 'Hang up');
        await test.state('ended');
        await done(test);
      });

      it('keeps a call when it moves in a list', async () => {
        const test = await open();
        const far = await call(test);
        await far.until(({ joined }) => joined);
        await test.page.evaluate(() => {
          const moved: string[] = [];
          new MutationObserver((records) =>
            moved.push(
              ...records.flatMap(({ addedNodes }) => [...addedNodes].map((node) => (node as Element).id)),
            ),
          ).observe(document.querySelector('ul')!, { childList: true });
          Object.assign(window, { moved });
        });
        // Which of two a framework moves is its own business; turning twice moves both.
        await press(test, 'Turn the list');
        await test.page.locator('li:first-child#support').waitFor();
        await press(test, 'Turn the list');
        await test.page.locator('li:last-child#support').waitFor();
        const moved = await test.page.evaluate(() => window.moved);
        assert.ok(moved.includes('support'), `moved: ${moved.join(' ')}`);
        const { audioPackets } = far.received;
        await far.until(({ received }) => received.audioPackets > audioPackets + 25);
        assert.equal(
          await test.page.locator('#support sw-click-to-call').getAttribute('data-state'),
          'active',
        );
        await press(test, 'Hang up');
        await test.state('ended');
        await far.until(({ endedBy }) => endedBy === 'caller');
        await done(test);
      });
    });
  }
});
