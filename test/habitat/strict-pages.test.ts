// Pages with the documented policies, to the letter: Content-Security-Policy with Trusted Types, with a nonce, and in
// sandboxed and foreign frames. Promise: whole calls, everything on screen once, and not one violation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CallState } from '../../src/events.js';
import type { SwClickToCall } from '../../src/element/sw-click-to-call.js';
import { Stage, type TestPage } from '../journey/stage.js';

const PAPER = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');
const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The policy of a document, in one line. */
const policyIn = (paper: string) =>
  /```csp\n([\s\S]*?)```/.exec(paper)![1]!.replace(/\s+/g, ' ').replace(/;? $/, '');

/** Keeps every violation, also those inside frames of the same origin. */
const WATCH = `
  window.violations = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) =>
    violations.push([effectiveDirective, blockedURI, sample, sourceFile, lineNumber].join(' ')));`;

describe('a page with a strict policy', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  /** The documented line with this stage's addresses in the place of SignalWire's. Everything else stays. */
  const here = (policy: string) =>
    policy
      .replace('https://embeds.signalwire.com', stage.origin)
      .replace('wss://*.signalwire.com', stage.origin.replace('http', 'ws'));
  const click = (test: TestPage, name: string) =>
    test.page.getByRole('button', { name, exact: true }).click();
  const violations = (test: TestPage) => test.page.evaluate(() => window.violations);

  it('is the same in both documents', () => {
    assert.equal(policyIn(README), policyIn(PAPER));
  });

  it('allows captions, Markdown, HTML, code, images, keypad, devices and a failure, without a violation', async () => {
    // The icon of the stage's pages is an image of the page, not ours.
    const policy = `${here(policyIn(PAPER))}; img-src data:`;
    const test = await stage.page({
      body: stage.tag({ destination: '/public/agent', transcript: true, video: true, lang: 'de' }),
      headers: { 'content-security-policy': policy },
      before: WATCH,
    });
    // One thing takes the place of the other: what was seen is kept.
    await test.page.evaluate(() => {
      const { shadowRoot } = document.querySelector('sw-click-to-call')!;
      const shown = new Set<string>();
      new MutationObserver(() => {
        for (const { textContent } of shadowRoot!.querySelectorAll('.shared')) shown.add(textContent.trim());
      }).observe(shadowRoot!, { childList: true, subtree: true });
      Object.assign(window, { shown });
    });
    await click(test, 'Call support');
    await test.state('active');
    await click(test, 'Wähltasten');
    await test.page.keyboard.type('1#');
    await test.page.keyboard.press('Escape');
    await click(test, 'Ton und Geräte');
    await test.page.getByRole('combobox', { name: 'Mikrofon' }).waitFor();
    await test.page
      .getByRole('log')
      .getByText(/demo agent/)
      .waitFor();
    await test.event('sw-user-event', 60_000);
    const shown = await test.page.evaluate(() => [...window.shown]);
    for (const part of ['Plain text', 'Opening hours', 'const answer', 'An order form.'])
      assert.ok(
        shown.some((text) => text.includes(part)),
        `${part} in ${shown.join(' | ')}`,
      );
    await click(test, 'Auflegen');
    await test.event('sw-call-ended');
    await test.page.evaluate(() =>
      document.querySelector('sw-click-to-call')!.setAttribute('destination', '/public/busy'),
    );
    await click(test, 'Call support');
    await test.event('sw-error');
    await test.state('failed');
    assert.deepEqual(await violations(test), []);
    await test.close();
  });

  it('works with a nonce and strict-dynamic', async () => {
    const policy = here(policyIn(PAPER)).replace(
      "script-src 'self'",
      "script-src 'nonce-page' 'strict-dynamic'",
    );
    assert.match(policy, /nonce-page/);
    const test = await stage.page({
      body: stage.tag({ transcript: true }),
      headers: { 'content-security-policy': `${policy}; img-src data:` },
      scripts: '<script type="module" nonce="page" src="/cdn/sw-click-to-call.js"></script>',
      before: WATCH,
    });
    await click(test, 'Call support');
    await test.state('active');
    await click(test, 'Hang up');
    await test.state('ended');
    assert.deepEqual(await violations(test), []);
    await test.close();
  });

  it('blocks resources that the documents do not list', async () => {
    const policy = here(policyIn(PAPER)).replace('lit-html', '');
    const test = await stage.page({
      body: stage.tag(),
      headers: { 'content-security-policy': `${policy}; img-src data:` },
      before: WATCH,
    });
    await click(test, 'Call support');
    await test.page.waitForFunction(() => window.violations.length);
    await test.close();
  });

  describe('around a frame', () => {
    /** A page of one origin with a frame of another one, which has the tag. */
    async function framed(attributes: string): Promise<TestPage> {
      // The same server under its other name is another origin.
      const inner = await stage.page({ body: stage.tag() });
      const src = inner.page.url().replace('localhost', '127.0.0.1');
      await inner.close();
      return stage.page({
        body: `<iframe ${attributes} title="Help" src="${src}"></iframe>`,
        scripts: '',
        before: `addEventListener('click', () => (window.clicked = true), true);`,
      });
    }
    const inside = (test: TestPage) => test.page.frameLocator('iframe');
    const host = (test: TestPage) => inside(test).locator('sw-click-to-call');
    /** Waits for one of the states; says where the call stands when none comes. */
    async function state(test: TestPage, ...wanted: CallState[]): Promise<void> {
      const selectors = wanted.map((name) => `[data-state="${name}"]`);
      try {
        await inside(test).locator(`sw-click-to-call:is(${selectors.join()})`).waitFor({ timeout: 20_000 });
      } catch (cause) {
        const now = await host(test).evaluate(({ state, error }: SwClickToCall) =>
          JSON.stringify({ state, error }),
        );
        throw new Error(`Not ${wanted.join(' or ')}: ${now}`, { cause });
      }
    }
    /** A click that the frame has seen. The browser may drop one while it does not know yet where the frame is drawn. */
    async function callInside(test: TestPage): Promise<void> {
      const seen = () => host(test).evaluate(() => 'clicked' in window);
      do await inside(test).getByRole('button', { name: 'Call support' }).click();
      while (!(await seen()));
    }

    it('calls from another origin with allow="microphone"', async () => {
      const test = await framed('allow="microphone; autoplay"');
      await callInside(test);
      await state(test, 'active');
      await inside(test).getByRole('button', { name: 'Hang up' }).click();
      await state(test, 'ended');
      await test.close();
    });

    it('without it: preflight-policy names the missing value, and the fallback is shown', async () => {
      const test = await framed('');
      const { length } = stage.platform.calls;
      await callInside(test);
      await state(test, 'failed');
      const error = await host(test).evaluate((node: SwClickToCall) => node.error!);
      assert.equal(error.code, 'preflight-policy');
      assert.match(error.message, /Permissions-Policy/);
      assert.match(error.remediation, /allow="microphone"/);
      await inside(test).getByRole('link', { name: '+1 555 0100' }).waitFor();
      assert.equal(stage.platform.calls.length, length);
      await test.close();
    });

    it('calls from a sandbox with allow-same-origin', async () => {
      const test = await framed('sandbox="allow-scripts allow-same-origin" allow="microphone"');
      await callInside(test);
      await state(test, 'active');
      await inside(test).getByRole('button', { name: 'Hang up' }).click();
      await state(test, 'ended');
      await test.close();
    });

    it('fails with an error in a sandbox without allow-same-origin', async () => {
      const test = await framed('sandbox="allow-scripts" allow="microphone *"');
      const broken: string[] = [];
      test.page.on('pageerror', ({ message }) => broken.push(message));
      await callInside(test);
      await state(test, 'failed', 'active');
      assert.deepEqual(broken, []);
      await test.close();
    });
  });
});
