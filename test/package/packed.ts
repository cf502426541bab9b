// The package as npm publishes it, unpacked into a project that has what the package depends on and nothing else.
// Needs "npm run build".
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface PackageJson {
  readonly name: string;
  readonly sideEffects: readonly string[];
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export class Packed {
  /** What npm would upload. */
  readonly tarball: Buffer;
  /** Paths in it. */
  readonly files: readonly string[];
  readonly manifest: PackageJson;
  /** A folder with `node_modules`. */
  readonly project: string;

  /** Packs and unpacks. Without its scripts, because the build is there already. */
  constructor() {
    // Links are followed: what resolves a module by its real path must find this folder.
    this.project = mkdtempSync(join(realpathSync(tmpdir()), 'packed-'));
    const packed = execFileSync(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--pack-destination', this.project],
      {
        cwd: ROOT,
        encoding: 'utf8',
        shell: process.platform === 'win32',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
    this.tarball = readFileSync(join(this.project, filename));
    this.files = files.map(({ path }) => path);
    const target = join(this.project, 'node_modules/sw-click-to-call');
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', join(this.project, filename), '--strip-components=1', '-C', target]);
    this.manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as PackageJson;
    for (const name of Object.keys(this.manifest.dependencies)) this.install(name);
  }

  /** A file of the package. */
  read(path: string): string {
    return readFileSync(join(this.project, 'node_modules/sw-click-to-call', path), 'utf8');
  }

  /** Writes a file of the project. */
  write(path: string, text: string): void {
    writeFileSync(join(this.project, path), text);
  }

  /** Puts one of this repository's packages into the project. */
  install(name: string, from = join(ROOT, 'node_modules')): void {
    const link = join(this.project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join(from, name), link, 'junction');
  }

  /** Runs a module in the project, in plain Node. @returns what it printed. */
  node(code: string): string {
    return execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: this.project,
      encoding: 'utf8',
    });
  }

  remove(): void {
    rmSync(this.project, { recursive: true, force: true });
  }
}
