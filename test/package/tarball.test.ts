// What npm would publish: only what belongs there, every door sound for Node, bundlers and TypeScript.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import type { Package } from 'custom-elements-manifest';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build, type Rolldown } from 'vite';
import { Packed } from './packed.js';

describe('the tarball', { timeout: 400_000 }, () => {
  let packed: Packed;
  before(() => {
    packed = new Packed();
    packed.install('react');
  });
  after(() => packed.remove());

  it('contains code, sources, types and documents, and nothing else', () => {
    const belongs =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|src\/.+\.ts|dist\/.+\.(js|d\.ts|map|json)|dist\/cdn\/THIRD-PARTY-LICENSES\.txt)$/;
    assert.deepEqual(
      packed.files.filter((path) => !belongs.test(path)),
      [],
    );
    assert.deepEqual(
      packed.files.filter((path) => /\b(test|demo|docs)\b/.test(path)),
      [],
    );
  });

  it('has source maps with existing sources', () => {
    const files = new Set(packed.files);
    const maps = packed.files.filter((path) => path.endsWith('.map'));
    assert.ok(maps.length > 0);
    for (const path of maps) {
      const { sources, sourcesContent } = JSON.parse(packed.read(path)) as {
        sources: string[];
        sourcesContent?: (string | null)[];
      };
      sources.forEach((source, at) => {
        const file = new URL(source, new URL(path, 'file:///')).pathname.slice(1);
        assert.ok(sourcesContent?.[at] != null || files.has(file), `${path} names ${source}`);
      });
    }
  });

  it('contains the licence of every bundled package', () => {
    const licenses = packed.read('dist/cdn/THIRD-PARTY-LICENSES.txt');
    const bundled = packed.files
      .filter((path) => /^dist\/cdn\/.+\.js\.map$/.test(path))
      .flatMap((path) => (JSON.parse(packed.read(path)) as { sources: string[] }).sources)
      .flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
    assert.ok(bundled.includes('@signalwire/js'));
    for (const name of bundled) assert.match(licenses, new RegExp(`^${name} \\d`, 'm'));
  });

  it('depends on its runtime packages, and on no tool', () => {
    const needed = new Set<string>();
    for (const path of packed.files.filter((file) => /^dist\/(?!cdn\/|types\/).+\.js$/.test(file))) {
      // Words in comments are not imports.
      const code = packed.read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      for (const [, specifier] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)) {
        const name = /^(@[^/]+\/)?[^/.:]+/.exec(specifier!)?.[0];
        if (name && !specifier!.startsWith('node:')) needed.add(name);
      }
    }
    const brought = [
      ...Object.keys(packed.manifest.dependencies),
      ...Object.keys(packed.manifest.peerDependencies as object),
    ];
    // The compiler's helpers, which a dependency asks for without naming them; Redis is the visitor's own choice.
    const silent = ['tslib'];
    const optional = ['ioredis'];
    assert.deepEqual(
      [...needed].filter((name) => !optional.includes(name)).sort(),
      brought.filter((name) => !silent.includes(name)).sort(),
    );
  });

  it('passes publint, suggestions included', async () => {
    const { buffer, byteOffset, length } = packed.tarball;
    const tarball = buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  it('has types that resolve in bundlers and in Node', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(packed.tarball)));
    assert.ok(result.types);
    const problems = result.problems.filter(
      (problem) =>
        // ES modules only: Node that cannot require() them is older than the floor, and "node10" knows no exports map.
        problem.kind !== 'CJSResolvesToESM' &&
        !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(result.entrypoints).sort(), Object.keys(packed.manifest.exports).sort());
  });

  it('has exports that load in Node, and only "./define" registers', () => {
    for (const door of Object.keys(packed.manifest.exports).filter((name) => !/json$|\*/.test(name))) {
      const printed = packed.node(`
        await import(${JSON.stringify(door.replace('.', 'sw-click-to-call'))});
        console.log([typeof window, typeof document, !!globalThis.customElements?.get('sw-click-to-call')].join());
      `);
      assert.equal(printed.trim(), `undefined,undefined,${door === './define'}`, door);
    }
  });

  it('exports the manifest and the editor data', () => {
    for (const name of Object.keys(packed.manifest.exports).filter((door) => door.endsWith('.json'))) {
      packed.node(`
        import { createRequire } from 'node:module';
        const data = createRequire(import.meta.url)(${JSON.stringify(name.replace('.', 'sw-click-to-call'))});
        if (!Object.keys(data).length) throw new Error('empty');
      `);
    }
  });

  it('lists the registering files in sideEffects, and bundlers drop the rest', async () => {
    const registers = packed.files.filter(
      (path) => /^(dist|src)\/(?!cdn\/).+\.(js|ts)$/.test(path) && /^register\(\);$/m.test(packed.read(path)),
    );
    assert.deepEqual(
      packed.manifest.sideEffects.filter((path) => !path.includes('*')).sort(),
      registers.map((path) => `./${path}`).sort(),
    );
    const bundled = async (door: string) => {
      const entry = join(packed.project, 'entry.js');
      packed.write('entry.js', `import 'sw-click-to-call${door}';`);
      const [result] = (await build({
        root: packed.project,
        configFile: false,
        logLevel: 'silent',
        build: { write: false, lib: { entry, formats: ['es'] } },
      })) as Rolldown.RolldownOutput[];
      // Chunks are written whether anything asks for them or not; a browser fetches what the entry names.
      return result!.output[0].code.trim();
    };
    assert.equal(await bundled(''), '');
    assert.equal(await bundled('/react'), '');
    assert.match(await bundled('/define'), /customElements\.define/);
  });

  it('contains the manifest, and every module that it names', () => {
    const { customElements, exports: doors } = packed.manifest;
    assert.equal(customElements, doors['./custom-elements.json']);
    const manifest = JSON.parse(packed.read(String(customElements))) as Package;
    for (const { path } of manifest.modules) assert.ok(packed.files.includes(path), path);
  });
});
