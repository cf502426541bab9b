// The code that is offered, put through what will read it: the compiler with the package's own types, the Vue and the
// Svelte compiler. (HTML is read by a browser, in playground.test.ts.) With settings nobody would choose, too.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compile as compileSvelte } from 'svelte/compiler';
import ts from 'typescript';
import { compileTemplate, parse as parseVue } from 'vue/compiler-sfc';
import { literal } from '../../demo/playground/literal.js';
import { initialSettings, writtenOf, type Settings } from '../../demo/playground/settings.js';
import { FLAVOURS } from '../../demo/playground/snippets.js';

const ROOT = join(import.meta.dirname, '../..');
const NASTY = `"'\`<>&{}\\$ </script> {{ x }} \u2028\n`;

const SETTINGS: Readonly<Record<string, Partial<Settings>>> = {
  'what the page begins with': { token: 'c2c_demo', destination: '/public/support', label: 'Call us' },
  nothing: {},
  'the page’s own button': { token: 'c2c_demo', destination: '/public/support', htmlFor: 'my-button' },
  everything: {
    token: 'support',
    destination: '/public/support',
    host: 'example',
    proxyUrl: '/token',
    tokenTtl: 60,
    label: 'Call us',
    video: true,
    userVariables: { plan: 'gold', seats: 3, tags: ['a', null, true], nested: { 'a-b': 1 } },
    pageContext: true,
    preload: 'eager',
    display: 'inline',
    transcript: true,
    theme: 'dark',
    disabled: true,
    htmlFor: 'my-button',
    debug: true,
    strings: { hangUp: 'Goodbye' },
    lang: 'de',
  },
  'what would break out': {
    destination: NASTY,
    label: NASTY,
    userVariables: { [NASTY]: NASTY, __proto__x: 1 },
    strings: { hangUp: NASTY },
  },
};

const written = (settings: Partial<Settings>) => writtenOf({ ...initialSettings(), ...settings });
const codeOf = (id: (typeof FLAVOURS)[number]['id'], settings: Partial<Settings>) =>
  FLAVOURS.find((flavour) => flavour.id === id)!.write(written(settings));

/** What the compiler says of modules that use the package by its own name, with the types of its source. */
function complaints(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    types: [],
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    paths: {
      'sw-click-to-call/define': [join(ROOT, 'src/define.ts')],
      'sw-click-to-call/react': [join(ROOT, 'src/react.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, language, ...rest) => {
    const own = files.get(name);
    return own === undefined
      ? getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, own, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()]
    .flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the snippets', { timeout: 400_000 }, () => {
  const at = (name: string) => join(ROOT, 'demo', name);

  it('for npm are modules that the package’s types accept, with any settings', () => {
    const all = Object.values(SETTINGS).map(
      (settings, n) => [at(`npm-${n}.ts`), codeOf('npm', settings)] as const,
    );
    assert.deepEqual(complaints(new Map(all)), []);
  });

  it('for React are modules that the component’s types accept, with any settings', () => {
    const all = Object.values(SETTINGS).map(
      (settings, n) => [at(`react-${n}.tsx`), codeOf('react', settings)] as const,
    );
    assert.deepEqual(complaints(new Map(all)), []);
  });

  it('are checked by types that notice a mistake', () => {
    const wrong = codeOf('react', { display: 'inline' }).replace('"inline"', '"sideways"');
    assert.match(complaints(new Map([[at('wrong.tsx'), wrong]])).join(), /sideways/);
    const npm = codeOf('npm', { tokenTtl: 60 }).replace('= 60', "= 'sixty'");
    assert.match(complaints(new Map([[at('wrong.ts'), npm]])).join(), /string/);
  });

  for (const [name, settings] of Object.entries(SETTINGS)) {
    it(`for Vue compile: ${name}`, () => {
      const { descriptor, errors } = parseVue(codeOf('vue', settings));
      assert.deepEqual(errors, []);
      const result = compileTemplate({
        id: 'snippet',
        filename: 'snippet.vue',
        source: descriptor.template!.content,
        compilerOptions: { isCustomElement: (tag) => tag.startsWith('sw-') },
      });
      assert.deepEqual(result.errors, []);
      assert.match(result.code, /"sw-click-to-call"/);
    });

    it(`for Svelte compile: ${name}`, () => {
      const { warnings } = compileSvelte(codeOf('svelte', settings), { filename: 'snippet.svelte' });
      assert.deepEqual(
        warnings.map(({ message }) => message),
        [],
      );
    });
  }

  it('hold in JavaScript what was in JSON', () => {
    const values = [
      NASTY,
      { [NASTY]: [NASTY, 1, null, false, { a: {} }] },
      JSON.parse('{"__proto__":{"a":1}}'),
    ];
    for (const value of values) {
      const text = literal(value);
      assert.doesNotMatch(text, /</);
      const evaluated: unknown = Function(`return (${text})`)();
      assert.equal(JSON.stringify(evaluated), JSON.stringify(value));
    }
  });

  it('write nothing that is default', () => {
    assert.deepEqual(written(initialSettings()), []);
    for (const { write } of FLAVOURS) assert.doesNotMatch(write(written({})), /destination|900|intent|auto/);
  });
});
