// The house rules: which file may import which, by which wall a library enters, how a file begins, and that documents agree
// with the code.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const SRC = join(ROOT, 'src');

/** The only files that may know Node. */
const NODE_ROOM = /^proxy\/(cli|serve|node[\w-]*)\.ts$/;

/** Where people write; what is at the root is looked at too. */
const ROOMS = ['src', 'demo', 'docs', 'test'];

/** How a file of each kind begins: with a sentence, after the one line that a program may want to see first. */
const BEGINNINGS: [kind: RegExp, beginning: RegExp][] = [
  [/\.(ts|tsx|js|mjs)$/, /^(#!.*\n|\/\*\* @.*\n)?\/\/ .{20,}/],
  [/\.(html|svelte|vue)$/, /^(<!doctype html>\n)?<!-- .{20,}/],
  [/\.css$/, /^\/\* .{20,}/],
  [/\.sh$/, /^#!.*\n# .{20,}/],
];

interface Import {
  readonly from: string;
  /** A file below src/, or a package. */
  readonly to: string;
  readonly kind: 'value' | 'type' | 'dynamic';
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));
const text = new Map(files.map((name) => [name, readFileSync(join(SRC, name), 'utf8')]));
const imports = files.flatMap(importsOf);

function importsOf(from: string): Import[] {
  const found: Import[] = [];
  const target = (specifier: string) =>
    specifier.startsWith('.')
      ? posix.normalize(posix.join(dirname(from), specifier)).replace(/\.js$/, '.ts')
      : specifier;
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      const to = target((node.moduleSpecifier as ts.StringLiteral).text);
      found.push({ from, to, kind: typeOnly ? 'type' : 'value' });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      found.push({ from, to: target((node.arguments[0] as ts.StringLiteral).text), kind: 'dynamic' });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text.get(from)!, ts.ScriptTarget.Latest));
  return found;
}

/** Files that a file brings with it at once: by value, not by type and not lazily. */
function closure(entry: string): Set<string> {
  const seen = new Set<string>();
  const walk = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { from, to, kind } of imports) if (from === file && kind === 'value') walk(to);
  };
  walk(entry);
  return seen;
}

describe('the house', () => {
  it('has no import that leads out of it', () => {
    const out = imports.filter(({ to }) => to.startsWith('..'));
    assert.deepEqual(out, []);
  });

  it('has no circle', () => {
    for (const file of files) {
      for (const { to } of imports.filter(({ from, kind }) => from === file && kind === 'value')) {
        assert.ok(to === file || !closure(to).has(file), `${file} and ${to} import each other`);
      }
    }
  });

  it('brings little before a click: no token, no error table, no template library', () => {
    const before = [...closure('define.ts')];
    for (const file of before) {
      assert.doesNotMatch(file, /^(token|locales)\/|^error|^lit\b|lit-html|jwt-decode|@signalwire/);
      if (file.startsWith('call/')) assert.equal(file, 'call/load.ts');
    }
  });

  it('keeps token and call apart: they know each other by types, and plan.ts introduces them', () => {
    for (const { from, to, kind } of imports) {
      if (from.startsWith('token/')) assert.doesNotMatch(to, /^call\/|sw-click-to-call/, from);
      if (from.startsWith('call/') && to.startsWith('token/') && kind !== 'type')
        assert.equal(from, 'call/plan.ts');
      if (from.startsWith('call/')) assert.notEqual(to, 'sw-click-to-call.ts', from);
    }
  });

  it('keeps the rooms of a call apart: what is seen, what is captured, what is said to the SDK', () => {
    for (const { from, to, kind } of imports) {
      if (from.startsWith('call/panel/'))
        assert.doesNotMatch(
          to,
          /^call\/(line\/|signalwire|start|plan|port|call-host|outcome|preflight)/,
          from,
        );
      if (from.startsWith('call/panel/') && kind === 'value')
        assert.doesNotMatch(to, /^call\/media\/(?!device-list)/, from);
      if (from.startsWith('call/line/')) assert.doesNotMatch(to, /^call\/panel\//, from);
      if (from.startsWith('call/media/')) assert.doesNotMatch(to, /^call\/(panel|line)\//, from);
    }
  });

  it('keeps the proxy apart: it sees the wire, the errors and web standards', () => {
    for (const { from, to, kind } of imports) {
      if (to.startsWith('proxy/')) assert.match(from, /^proxy\//, `${from} imports ${to}`);
      if (from.startsWith('proxy/') && to.endsWith('.ts') && !to.startsWith('proxy/') && kind !== 'type')
        assert.match(to, /^(token\/(wire|endpoint)|errors|until-aborted)\.ts$/, from);
    }
    for (const file of closure('proxy/handler.ts')) {
      assert.doesNotMatch(file, /^node:/);
      assert.doesNotMatch(file, NODE_ROOM);
    }
  });

  it('lets each library in by one wall', () => {
    const walls: Record<string, string> = {
      '@signalwire/js': 'call/signalwire.ts',
      'jwt-decode': 'token/guest-token.ts',
      'lit/html.js': 'call/panel/template.ts',
      'lit/directive.js': 'call/panel/template.ts',
      dompurify: 'call/load-later.ts',
      marked: 'call/load-later.ts',
      'rate-limiter-flexible/lib/RateLimiterMemory.js': 'proxy/rate-limit.ts',
      'rate-limiter-flexible': 'proxy/cli.ts',
      ioredis: 'proxy/cli.ts',
      react: 'react.ts',
    };
    for (const { from, to, kind } of imports) {
      if (to === 'dompurify' || to === 'marked')
        assert.equal(kind, 'dynamic', `${from} brings ${to} at once`);
      if (to.startsWith('node:')) assert.match(from, NODE_ROOM, `${from} imports ${to}`);
      else if (to in walls && !from.endsWith('.d.ts'))
        assert.equal(from, walls[to], `${to} may enter by ${walls[to]} only`);
      else if (!(to in walls) && !to.endsWith('.ts'))
        assert.match(to, /^@lit\/reactive-element/, `${from} imports ${to}`);
    }
  });

  it('loads lazily in two places: before a click, and after it', () => {
    const lazy = imports.filter(({ from, kind }) => kind === 'dynamic' && !from.startsWith('proxy/'));
    assert.deepEqual([...new Set(lazy.map(({ from }) => from))].sort(), [
      'call/load-later.ts',
      'call/load-locale.ts',
      'call/load.ts',
    ]);
  });

  it('starts every file with what lives there', () => {
    const written = [
      ...readdirSync(ROOT),
      ...ROOMS.flatMap((room) =>
        readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
      ),
    ];
    for (const [kind, beginning] of BEGINNINGS) {
      for (const name of written.filter((one) => kind.test(one) && !one.includes('node_modules'))) {
        const source = readFileSync(join(ROOT, name), 'utf8');
        assert.match(source, beginning, name);
        assert.doesNotMatch(source, /^\W*Tests? (for|of) /, `${name} says what its name says`);
      }
    }
  });

  it('keeps files small', () => {
    for (const [name, source] of text) {
      const code = source.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '');
      assert.ok(
        code.split('\n').length <= 300,
        `${name} is ${code.split('\n').length} lines without its documentation`,
      );
    }
  });

  it('has no unsafe sink', () => {
    for (const [name, source] of text) {
      assert.doesNotMatch(
        source,
        /\.(inner|outer)HTML\b|\beval\(|new Function|insertAdjacentHTML|document\.write/,
        name,
      );
    }
  });

  it('documents every event of the map, and no other, at the element', () => {
    const fires = [...text.get('sw-click-to-call.ts')!.matchAll(/@fires \{(\w+)\} ([\w-]+)/g)];
    const map = /interface SwClickToCallEventMap \{([^}]*)\}/.exec(text.get('events.ts')!)![1]!;
    const events = [...map.matchAll(/'([\w-]+)': (\w+);/g)].map(([, name, type]) => `${type} ${name}`);
    assert.deepEqual(fires.map(([, type, name]) => `${type} ${name}`).sort(), events.sort());
  });
});
