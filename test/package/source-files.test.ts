// Limits on the text of source files, and the list of events at the element.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesBelow, read } from './import-graph.js';

const ELEMENT = 'src/element/sw-click-to-call.ts';
const text = new Map(filesBelow('src', '.ts').map((name) => [name, read(name)]));

describe('source files', () => {
  it('open with no header that repeats the file name', () => {
    const files = ['src', 'demo', 'docs', 'test'].flatMap((directory) =>
      filesBelow(directory, '.ts', '.tsx', '.mjs'),
    );
    for (const name of files.filter((one) => !one.includes('node_modules')))
      assert.doesNotMatch(read(name), /^\W*Tests? (for|of) /, name);
  });

  it('are at most 300 lines long, without their documentation', () => {
    for (const [name, source] of text) {
      const code = source.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '');
      assert.ok(
        code.split('\n').length <= 300,
        `${name} is ${code.split('\n').length} lines without its documentation`,
      );
    }
  });

  it('write no HTML and evaluate no strings', () => {
    for (const [name, source] of text) {
      assert.doesNotMatch(
        source,
        /\.(inner|outer)HTML\b|\beval\(|new Function|insertAdjacentHTML|document\.write/,
        name,
      );
    }
  });

  it('list exactly the events of the event map at the element', () => {
    const fires = [...text.get(ELEMENT)!.matchAll(/@fires \{(\w+)\} ([\w-]+)/g)];
    const map = /interface SwClickToCallEventMap \{([^}]*)\}/.exec(text.get('src/events.ts')!)![1]!;
    const events = [...map.matchAll(/'([\w-]+)': (\w+);/g)].map(([, name, type]) => `${type} ${name}`);
    assert.deepEqual(fires.map(([, type, name]) => `${type} ${name}`).sort(), events.sort());
  });
});
