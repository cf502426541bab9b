// Pages without a build, with the script of the packed tarball: the tag before it, after it and later, set before it
// arrives, and from another origin with the hash of every file. (Twice, by a classic script and with a query: page-load.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from '../journey/stage.js';
import { Project } from './project.js';

const SCRIPT = '<script type="module" src="/cdn/sw-click-to-call.js"></script>';

describe('a plain page', { timeout: 400_000 }, () => {
  let project: Project;
  let stage: Stage;
  before(async () => {
    project = await Project.make();
    stage = await Stage.open({}, project.folders);
  });
  after(async () => {
    await stage?.close();
    project?.remove();
  });

  async function calls(test: TestPage): Promise<void> {
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    await test.state('ended');
    await test.close();
  }

  it('calls with the tag before the script', async () => {
    await calls(await stage.page({ body: stage.tag() + SCRIPT, scripts: '' }));
  });

  it('calls with the tag after the script', async () => {
    const scripts = SCRIPT.replace('type="module"', 'type="module" async');
    await calls(await stage.page({ body: `<p>First this.</p>${stage.tag()}`, scripts }));
  });

  it('calls with a tag cloned from a template', async () => {
    const test = await stage.page({ body: `<template>${stage.tag()}</template>` });
    await test.page.evaluate(() => {
      const { content } = document.querySelector('template')!;
      document.body.append(content.cloneNode(true));
    });
    await calls(test);
  });

  it('keeps properties set before the script loads', async () => {
    const test = await stage.page({ body: stage.tag({ token: '' }), scripts: '' });
    await test.page.evaluate(() => {
      const element = document.querySelector('sw-click-to-call')!;
      element.userVariables = { plan: 'gold' };
      element.tokenProvider = async ({ signal }) => {
        const response = await fetch('/api/fabric/embeds/tokens', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"token":"c2c_demo"}',
          signal,
        });
        return (await response.json()) as { token: string };
      };
    });
    await test.page.addScriptTag({ type: 'module', url: '/cdn/sw-click-to-call.js' });
    const incoming = stage.platform.nextCall();
    await calls(test);
    assert.deepEqual((await incoming).userVariables, { plan: 'gold' });
  });

  describe('with the script on another origin and a hash for every file', () => {
    const hashes = (): Record<string, string> =>
      JSON.parse(readFileSync(join(project.package, 'dist/cdn/integrity.json'), 'utf8'));

    /** The entry by its attribute, the chunks by an import map. */
    function page(integrity: Record<string, string>): Promise<TestPage> {
      // The same server under its other name is another origin.
      const cdn = `${stage.origin.replace('localhost', '127.0.0.1')}/cdn/`;
      const map = Object.fromEntries(Object.entries(integrity).map(([file, hash]) => [cdn + file, hash]));
      const scripts = `<script type="importmap">${JSON.stringify({ integrity: map })}</script>
        <script type="module" crossorigin integrity="${integrity['sw-click-to-call.js']}" src="${cdn}sw-click-to-call.js"></script>`;
      return stage.page({ body: stage.tag(), scripts });
    }

    it('calls', async () => {
      await calls(await page(hashes()));
    });

    it('runs no chunk with a wrong hash', async () => {
      const entries = Object.entries(hashes());
      const wrong = `sha384-${'A'.repeat(64)}`;
      const test = await page(
        Object.fromEntries(entries.map(([file, hash]) => [file, file.includes('/built-in-') ? wrong : hash])),
      );
      await test.page.getByRole('button', { name: 'Call support' }).click();
      assert.equal((await test.event('sw-error')).detail.code, 'ui-load-failed');
      await test.close();
    });
  });
});
