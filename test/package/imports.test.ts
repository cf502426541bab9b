// Which file of src and demo may import which, and where each library is imported.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesBelow, findCircle, importsOf, loadedWith, type Import } from './import-graph.js';

/**
 * The rooms of src, from the outside in. A room is a directory or a file at the top of src. A file may import its own
 * room and the rooms of later rows; rooms of the same row import each other's types only.
 */
const ROOMS: readonly (readonly string[])[] = [
  ['index', 'define', 'react', 'register'],
  ['element'],
  ['call'],
  ['ui', 'media', 'sdk', 'token'],
  ['events', 'errors', 'error-table', 'locales', 'wait', 'lazy', 'debug-log', 'text-of', 'store'],
];

/** The first and the last row are single files and leaves: they may import each other. */
const OPEN_ROWS = [0, ROOMS.length - 1];

/** The token proxy stands apart: it runs on a server, and imports these files of the browser's code. */
const PROXY_IMPORTS = ['token/wire', 'token/endpoint', 'errors', 'error-table', 'wait'];

/** The files of the proxy that may import Node; the others run on any server with web standards. */
const NODE_FILES = /^src\/proxy\/(cli|serve|node[\w-]*)\.ts$/;

/** Library → the one file that imports it. Type imports are free. */
const LIBRARIES = {
  '@lit/reactive-element': 'src/element/sw-click-to-call.ts',
  '@lit/reactive-element/css-tag.js': 'src/element/button.styles.ts',
  '@signalwire/js': 'src/sdk/gateway.ts',
  dompurify: 'src/ui/agent/shared-content.ts',
  ioredis: 'src/proxy/cli.ts',
  'jwt-decode': 'src/token/guest-token.ts',
  'lit/directive.js': 'src/ui/panel/template.ts',
  'lit/html.js': 'src/ui/panel/template.ts',
  marked: 'src/ui/agent/shared-content.ts',
  'rate-limiter-flexible': 'src/proxy/cli.ts',
  'rate-limiter-flexible/lib/RateLimiterMemory.js': 'src/proxy/rate-limit.ts',
  react: 'src/react.ts',
};

const src = filesBelow('src', '.ts').flatMap(importsOf);
const demo = filesBelow('demo', '.ts', '.tsx').flatMap(importsOf);
const isFile = (to: string) => /^(src|demo|docs|test)\//.test(to);

/** `src/call/end.ts` → `call`, `src/wait.ts` → `wait`. */
const roomOf = (file: string) => file.split('/')[1]!.replace(/\.ts$/, '');
const rowOf = (room: string) => ROOMS.findIndex((row) => row.includes(room));

function isAllowed({ from, to, kind }: Import): boolean {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return true;
  if (here === 'proxy') return PROXY_IMPORTS.includes(to.replace(/^src\/|\.ts$/g, ''));
  const [row, target] = [rowOf(here), rowOf(there)];
  if (row === target) return kind === 'type' || OPEN_ROWS.includes(row);
  return row < target;
}

const written = ({ from, to, kind }: Import) => `${from} -> ${to} (${kind})`;

describe('imports of src', () => {
  it('cover every room', () => {
    const unknown = filesBelow('src', '.ts').filter(
      (file) => roomOf(file) !== 'proxy' && rowOf(roomOf(file)) < 0,
    );
    assert.deepEqual(unknown, [], 'add the room to ROOMS');
  });

  it('point from outer rooms to inner ones', () => {
    const wrong = src.filter(({ to }) => to.startsWith('src/')).filter((one) => !isAllowed(one));
    assert.deepEqual(wrong.map(written), []);
  });

  it('never lead to demo, docs or test', () => {
    const wrong = src.filter(({ to }) => isFile(to) && !to.startsWith('src/'));
    assert.deepEqual(wrong.map(written), []);
  });

  it('have no circle, types included', () => {
    assert.equal(findCircle(src)?.join(' -> '), undefined);
  });

  it('load neither token, call interface, SDK nor template library before a click', () => {
    const early = [...loadedWith('src/define.ts', src)].filter((file) =>
      /^src\/(token|call\/(?!(call|unlock-audio)\.ts)|ui|media|sdk|errors|locales\/(?!button-texts|language))|^(lit\b|jwt-decode|@signalwire)/.test(
        file,
      ),
    );
    assert.deepEqual(early, []);
  });

  it('load no module of Node with the proxy handler', () => {
    const files = [...loadedWith('src/proxy/handler.ts', src)];
    assert.deepEqual(
      files.filter((file) => file.startsWith('node:') || NODE_FILES.test(file)),
      [],
    );
  });

  it('name Node in the files of the proxy that run on it only', () => {
    const wrong = src.filter(({ from, to }) => to.startsWith('node:') && !NODE_FILES.test(from));
    assert.deepEqual(wrong.map(written), []);
  });

  it('name each library in exactly one file', () => {
    const found: Record<string, string> = {};
    const used = src.filter(({ to, kind }) => kind !== 'type' && !isFile(to) && !to.startsWith('node:'));
    for (const library of [...new Set(used.map(({ to }) => to))].sort())
      found[library] = [...new Set(used.filter(({ to }) => to === library).map(({ from }) => from))].join();
    assert.deepEqual(found, LIBRARIES);
  });

  it('load the sanitizer and the Markdown parser on demand', () => {
    for (const library of ['dompurify', 'marked'])
      for (const one of src.filter(({ to }) => to === library))
        assert.equal(one.kind, 'dynamic', written(one));
  });

  it('load on demand through lazy(), and from the element in load.ts only', () => {
    const dynamic = src.filter(({ from, kind }) => kind === 'dynamic' && !from.startsWith('src/proxy/'));
    assert.deepEqual(dynamic.filter(({ within }) => within !== 'lazy').map(written), []);
    const element = dynamic.filter(({ from }) => from.startsWith('src/element/'));
    assert.deepEqual([...new Set(element.map(({ from }) => from))], ['src/element/load.ts']);
  });
});

describe('imports of demo', () => {
  it('have no circle, types included', () => {
    assert.equal(findCircle([...demo, ...src])?.join(' -> '), undefined);
  });

  it('never lead to test', () => {
    assert.deepEqual(demo.filter(({ to }) => to.startsWith('test/')).map(written), []);
  });
});
