// Where the unit test of a source file is: the test of src/a/b.ts is test/a/b.test.ts.
// `b.<topic>.test.ts` is for a source file whose tests fill several files.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { filesBelow, ROOT } from './import-graph.js';

/** The directories of test that mirror those of src; test/*.test.ts mirrors the top of src. */
const MIRRORED = ['element', 'call', 'ui', 'media', 'sdk', 'token', 'locales'];

const unitTests = filesBelow('test', '.test.ts').filter((file) => {
  const [, directory, ...rest] = file.split('/');
  return rest.length === 0 || MIRRORED.includes(directory!);
});

function sourceOf(test: string): string[] {
  const source = test.replace(/^test\//, 'src/').replace(/\.test\.ts$/, '');
  return [`${source}.ts`, `${source.replace(/\.[\w-]+$/, '')}.ts`];
}

describe('unit tests', () => {
  it('are found', () => {
    assert.ok(unitTests.length > 40, `${unitTests.length} files`);
  });

  it('mirror the source files', () => {
    const strays = unitTests.filter((test) => !sourceOf(test).some((path) => existsSync(join(ROOT, path))));
    assert.deepEqual(strays, []);
  });

  it('all run with "npm run test:units"', async () => {
    const config = new URL('../../web-test-runner.config.mjs', import.meta.url).href;
    const { default: runner } = (await import(config)) as { default: { files: string[] } };
    assert.deepEqual(runner.files, ['test/*.test.ts', `test/{${MIRRORED.join()}}/**/*.test.ts`]);
  });
});
