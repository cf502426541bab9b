// The built package as its users get it: sizes, doors, hashes. Needs "npm run build".
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { measure } from './sizes.js';

const DIST = join(import.meta.dirname, '../../dist');

describe('the built package', () => {
  it('is one file of at most 6 KB brotli before a click', () => {
    const { before } = measure();
    assert.deepEqual(before.files, ['sw-click-to-call.js']);
    assert.ok(before.brotli <= 6144, `${before.brotli} bytes`);
    // Of the error table, it holds the two rows for code that does not arrive.
    const code = readFileSync(join(DIST, 'cdn/sw-click-to-call.js'), 'utf8');
    assert.match(code, /ui-load-failed/);
    assert.doesNotMatch(code, /token-forbidden|media-denied/);
  });

  it('has a call interface of at most 15 KB brotli, agent content included', () => {
    const { ui, agent } = measure();
    assert.ok(
      agent.files.length === 2 && ui.brotli + agent.brotli <= 15_000,
      `${ui.brotli} + ${agent.brotli}`,
    );
  });

  it('has no bare import in the browser files', () => {
    for (const file of Object.values(measure()).flatMap(({ files }) => files)) {
      const code = readFileSync(join(DIST, 'cdn', file), 'utf8');
      assert.doesNotMatch(code, /(?:from|import)\s*\(?["'`][^."'`\s][^"'`\s]*["'`]/, file);
    }
  });

  it('lists the hash of every file', () => {
    const hashes = JSON.parse(readFileSync(join(DIST, 'cdn/integrity.json'), 'utf8')) as Record<
      string,
      string
    >;
    const files = readdirSync(join(DIST, 'cdn'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file !== 'integrity.json' && file !== 'chunks');
    assert.deepEqual(Object.keys(hashes).sort(), files.sort());
    for (const file of files) {
      const hash = createHash('sha384').update(readFileSync(join(DIST, 'cdn', file)));
      assert.equal(hashes[file], `sha384-${hash.digest('base64')}`, file);
    }
  });

  it('can be imported in Node, where it registers nothing', async () => {
    const door = (await import(new URL('../../dist/index.js', import.meta.url).href)) as Record<
      string,
      unknown
    >;
    for (const name of [
      'SwClickToCall',
      'register',
      'GuestTokenSource',
      'ClickToCallError',
      'ERRORS',
      'SwDialEvent',
    ]) {
      assert.ok(name in door, name);
    }
    assert.equal(globalThis.customElements?.get('sw-click-to-call'), undefined);
    const define = await import(new URL('../../dist/define.js', import.meta.url).href).catch(
      (error: Error) => error,
    );
    if (define instanceof Error) throw define;
  });
});
