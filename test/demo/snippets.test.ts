// The snippets compile with any settings: with TypeScript and the package's own types, and with the compilers of Vue
// and Svelte. A browser parses the HTML in playground.test.ts.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compile as compileSvelte } from 'svelte/compiler';
import ts from 'typescript';
import { compileTemplate, parse as parseVue } from 'vue/compiler-sfc';
import { changedSettings, defaultSettings, type Settings } from '../../demo/playground/settings.js';
import { SNIPPET_FORMATS } from '../../demo/playground/snippets.js';

const ROOT = join(import.meta.dirname, '../..');
/** Contains every character that is special in one of the languages. */
const SPECIAL = `"'\`<>&{}\\$ </script> {{ x }} \u2028\n`;

const SETTINGS: Readonly<Record<string, Partial<Settings>>> = {
  'the initial settings': { token: 'c2c_demo', destination: '/public/support', label: 'Call us' },
  'no settings': {},
  'a button of the page': { token: 'c2c_demo', destination: '/public/support', htmlFor: 'my-button' },
  'all settings': {
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
  'special characters': {
    destination: SPECIAL,
    label: SPECIAL,
    userVariables: { [SPECIAL]: SPECIAL, __proto__x: 1 },
    strings: { hangUp: SPECIAL },
  },
};

const changed = (settings: Partial<Settings>) => changedSettings({ ...defaultSettings(), ...settings });
const codeOf = (id: (typeof SNIPPET_FORMATS)[number]['id'], settings: Partial<Settings>) =>
  SNIPPET_FORMATS.find((format) => format.id === id)!.write(changed(settings));

/** The compiler errors of modules that import the package by name, with the types of its source. */
function compilerErrors(files: ReadonlyMap<string, string>): string[] {
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

  it('for npm compile with the types of the package', () => {
    const all = Object.values(SETTINGS).map(
      (settings, n) => [at(`npm-${n}.ts`), codeOf('npm', settings)] as const,
    );
    assert.deepEqual(compilerErrors(new Map(all)), []);
  });

  it('for React compile with the types of the component', () => {
    const all = Object.values(SETTINGS).map(
      (settings, n) => [at(`react-${n}.tsx`), codeOf('react', settings)] as const,
    );
    assert.deepEqual(compilerErrors(new Map(all)), []);
  });

  it('fail to compile with a wrong value', () => {
    const wrong = codeOf('react', { display: 'inline' }).replace('"inline"', '"sideways"');
    assert.match(compilerErrors(new Map([[at('wrong.tsx'), wrong]])).join(), /sideways/);
    const npm = codeOf('npm', { tokenTtl: 60 }).replace('= 60', "= 'sixty'");
    assert.match(compilerErrors(new Map([[at('wrong.ts'), npm]])).join(), /string/);
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

  it('leave out default values', () => {
    assert.deepEqual(changed(defaultSettings()), []);
    for (const { write } of SNIPPET_FORMATS)
      assert.doesNotMatch(write(changed({})), /destination|900|intent|auto/);
  });
});
