// The types of every door in strict projects that import the tarball, as bundlers and as Node resolve it.
// The projects' files are in consumer/; what must not compile there is marked with @ts-expect-error.
import assert from 'node:assert/strict';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { Packed } from './packed.js';

const HERE = import.meta.dirname;

/** What a project is written against, beside the package. */
const BROUGHT = ['@types/node', 'react', '@types/react', 'preact', 'solid-js', 'vue', 'svelte'];

const RESOLUTIONS = {
  bundler: { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
};

describe('a strict TypeScript project', { timeout: 400_000 }, () => {
  let packed: Packed;
  before(() => {
    packed = new Packed();
    for (const name of BROUGHT) packed.install(name);
    cpSync(join(HERE, 'consumer'), packed.project, { recursive: true });
    packed.write('package.json', '{ "type": "module" }');
  });
  after(() => packed.remove());

  /** What the compiler says of the project's files and of the package's own declarations. */
  const complaints = (files: string[], options: ts.CompilerOptions): string[] => {
    const program = ts.createProgram(
      files.map((name) => join(packed.project, name)),
      {
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        jsx: ts.JsxEmit.ReactJSX,
        typeRoots: [join(packed.project, 'node_modules/@types')],
        types: ['node'],
        ...options,
      },
    );
    return program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.startsWith(packed.project))
      .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
      .map(({ file, start, messageText }) => {
        const line = file!.getLineAndCharacterOfPosition(start!).line + 1;
        return `${file!.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      });
  };

  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    it(`compiles with every export (${name})`, () => {
      assert.deepEqual(complaints(readdirSync(join(HERE, 'consumer')), resolution), []);
    });
  }

  it('compiles the component with the types of React 18', () => {
    const old = join(HERE, 'react-18/node_modules');
    packed.install('react', old);
    packed.install('@types/react', old);
    assert.deepEqual(complaints(['react-component.tsx'], RESOLUTIONS.bundler), []);
  });
});
