// A project of somebody who uses the package: the packed tarball unpacked among its dependencies, and the fixtures.
// Promise: what is built and run there comes from the tarball; nothing of src/ or dist/ can be reached by its name.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';
import type { Folders } from '../journey/stage.js';

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'sw-click-to-call';
const run = promisify(execFile);

export class Project {
  readonly root: string;
  /** The unpacked package. */
  readonly package: string;

  constructor(root: string) {
    this.root = root;
    this.package = join(root, 'node_modules', NAME);
  }

  /** Packs what "npm run build" made, as npm would publish it, and lays the project out in a folder of its own. */
  static async make(): Promise<Project> {
    // Real, because a compiler compares paths and a Mac's own are links.
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'habitat-')));
    const project = new Project(root);
    mkdirSync(project.package, { recursive: true });
    // Windows starts npm by its shell only.
    const shell = process.platform === 'win32';
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', root];
    const { stdout } = await run('npm', args, { cwd: ROOT, shell });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await run('tar', ['-xzf', filename, '-C', project.package, '--strip-components=1'], { cwd: root });
    // What npm would install with it is there already.
    for (const entry of readdirSync(join(ROOT, 'node_modules'))) {
      if (entry === NAME || entry.startsWith('.')) continue;
      symlinkSync(join(ROOT, 'node_modules', entry), join(root, 'node_modules', entry), 'junction');
    }
    cpSync(join(import.meta.dirname, 'fixtures'), root, { recursive: true });
    return project;
  }

  /** Builds the entries (file below the fixtures → name of the script), all in one go, into scripts below /built/. */
  async build(entries: Readonly<Record<string, string>>): Promise<void> {
    // The frameworks speak up about mistakes in their development builds only.
    process.env.NODE_ENV = 'development';
    await build({
      root: this.root,
      base: '/built/',
      mode: 'development',
      configFile: false,
      publicDir: false,
      // Rolldown warns that "use client" means nothing in a browser.
      logLevel: 'error',
      oxc: { jsx: { runtime: 'automatic' }, decorator: { legacy: true } },
      plugins: [
        vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('sw-') } } }),
        svelte({ configFile: false }),
      ],
      build: {
        outDir: 'built',
        target: 'es2022',
        minify: false,
        // The gateway's SDK and Angular's compiler are large, and meant to be.
        chunkSizeWarningLimit: 10_000,
        rolldownOptions: {
          input: Object.fromEntries(
            Object.entries(entries).map(([file, name]) => [name, join(this.root, file)]),
          ),
          output: { entryFileNames: '[name].js' },
        },
      },
    });
  }

  /** What a stage serves of it. */
  get folders(): Folders {
    return {
      '/built/': pathToFileURL(join(this.root, 'built/')),
      '/cdn/': pathToFileURL(join(this.package, 'dist/cdn/')),
    };
  }

  /** A module of the project, as Node runs it. */
  import(file: string): Promise<unknown> {
    return import(pathToFileURL(join(this.root, file)).href);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
