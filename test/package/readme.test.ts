// The README's tables, commands and links match the repository.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { withTables } from '../../docs/tables.js';

const ROOT = join(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe('the README', () => {
  it('has the tables that "npm run docs" writes', async () => {
    assert.equal(await withTables(readme), readme);
  });

  it('names existing commands and files only', () => {
    for (const [, command] of readme.matchAll(/npm run ([\w:]+)/g)) assert.ok(command! in scripts, command);
    for (const [, path] of readme.matchAll(/\]\((?!https?:|#|tel:)([^)#]+)/g)) {
      assert.ok(existsSync(join(ROOT, path!)), path);
    }
  });
});
