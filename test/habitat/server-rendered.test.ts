// A page that a server rendered: the tag with its content before any script, taken over by React without a complaint, and
// upgraded to a button without moving anything on the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from '../journey/stage.js';
import { Project } from './project.js';

const RECIPES = readFileSync(join(import.meta.dirname, '../../docs/recipes.md'), 'utf8');

/** The sheet that the recipe gives to pages of a server. */
const SHEET = /## Next and other servers[\s\S]*?```css\n([\s\S]*?)```/.exec(RECIPES)![1]!;

describe('a page that a server rendered', { timeout: 300_000 }, () => {
  let project: Project;
  let stage: Stage;
  let html: string;
  before(async () => {
    project = await Project.make();
    await project.build({ 'server/main.ts': 'server' });
    stage = await Stage.open({}, project.folders);
    const { render } = (await project.import('server/render.ts')) as { render(): string };
    html = render();
  });
  after(async () => {
    await stage?.close();
    project?.remove();
  });

  /** The page as it is before its script: painted, nothing upgraded. */
  async function painted(sheet: string): Promise<TestPage> {
    const test = await stage.page({
      body: `<div id="app">${html}</div>`,
      scripts: `<style>${sheet}</style>`,
      before: `
        window.shifts = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
          .observe({ type: 'layout-shift', buffered: true });`,
    });
    await test.page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
    return test;
  }

  async function hydrate(test: TestPage): Promise<void> {
    await test.page.addScriptTag({ type: 'module', url: '/built/server.js' });
    await test.page.getByRole('button', { name: 'Call support' }).waitFor();
  }

  /** How far things have moved so far (the sum of the browser's own scores). */
  const shifted = (test: TestPage) =>
    test.page.evaluate(async () => {
      // A shift is told after the frame in which it was painted.
      for (let frames = 0; frames < 4; frames++) await new Promise(requestAnimationFrame);
      return window.shifts.reduce((sum, value) => sum + value, 0);
    });

  it('has the tag with attributes and content in its markup, and no stringified object', () => {
    assert.match(html, /<sw-click-to-call [^>]*destination="\/public\/echo"[^>]*>Call support</);
    assert.match(html, /token-ttl="600"/);
    assert.match(html, /<a slot="fallback" href="tel:\+15550100">/);
    assert.doesNotMatch(html, /\[object|=&gt;|function|undefined/);
  });

  it('hydrates without warnings, sets properties, and calls', async () => {
    const test = await painted(SHEET);
    const complaints: string[] = [];
    test.page.on('console', (message) => {
      const text = message.text();
      if (['warning', 'error'].includes(message.type()) && !text.includes('Lit is in dev mode'))
        complaints.push(text);
    });
    const node = await test.page.locator('sw-click-to-call').first().elementHandle();
    await hydrate(test);
    const incoming = stage.platform.nextCall();
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    const { userVariables } = await incoming;
    assert.deepEqual(userVariables.cart, [{ article: 'A1', pieces: 2 }]);
    assert.equal(userVariables.page_title, 'A page');
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    await test.state('ended');
    await test.event('sw-call-ended');
    const told = await test.page.evaluate(() => {
      const { heard, complaints } = window;
      return { heard, complaints };
    });
    assert.deepEqual(told, { heard: ['sw-call-started', 'sw-call-ended'], complaints: [] });
    assert.deepEqual(complaints, []);
    assert.ok(await node!.evaluate((element) => element.isConnected), 'the node of the server is the one');
    await test.close();
  });

  it('calls from a bare tag, whose events reach the page', async () => {
    const test = await painted(SHEET);
    await hydrate(test);
    await test.page.getByRole('button', { name: 'Call sales' }).click();
    await test.event('sw-call-started');
    const complaints = await test.page.evaluate(() => window.complaints);
    assert.deepEqual(complaints, []);
    await test.close();
  });

  it("has no layout shift on upgrade with the recipe's style sheet", async () => {
    const test = await painted(SHEET);
    const tag = test.page.locator('sw-click-to-call').first();
    const box = await tag.boundingBox();
    await hydrate(test);
    assert.deepEqual(await tag.boundingBox(), box);
    assert.equal(await shifted(test), 0);
    await test.close();
  });

  it('has a layout shift without that style sheet', async () => {
    const test = await painted('');
    await hydrate(test);
    await test.page.waitForFunction(() => window.shifts.some(Boolean));
    await test.close();
  });
});
