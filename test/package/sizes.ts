// Measures the built files as browsers fetch them: what is downloaded before intent, and what a call adds.
// "npm run size" prints the table; sizes.test.ts holds the first row against the budget.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const CDN = join(import.meta.dirname, '../../dist/cdn');
const ENTRY = 'sw-click-to-call.js';

export interface Weight {
  readonly files: readonly string[];
  readonly bytes: number;
  readonly gzip: number;
  /** At the quality that CDNs use for static files (11). */
  readonly brotli: number;
}

/** Files that one file fetches with it, itself first. */
function withStaticImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = readFileSync(join(CDN, name), 'utf8');
  for (const [, specifier] of code.matchAll(/(?:from|import)\s*["'`](\.[^"'`]+)["'`]/g)) {
    withStaticImports(posix.join(posix.dirname(name), specifier!), seen);
  }
  return seen;
}

function lazyImports(name: string): string[] {
  const code = readFileSync(join(CDN, name), 'utf8');
  return [...code.matchAll(/import\(\s*["'`](\.[^"'`]+)["'`]\s*\)/g)].map(([, specifier]) =>
    posix.join(posix.dirname(name), specifier!),
  );
}

function weigh(files: Iterable<string>): Weight {
  const weight = { files: [...files], bytes: 0, gzip: 0, brotli: 0 };
  for (const file of weight.files) {
    const code = readFileSync(join(CDN, file));
    weight.bytes += code.length;
    weight.gzip += gzipSync(code, { level: 9 }).length;
    weight.brotli += brotliCompressSync(code).length;
  }
  return weight;
}

/** The stages of a page: before intent, then what the first call adds. */
export interface Stages {
  readonly before: Weight;
  /** Judging the settings, the token, the outcome. */
  readonly path: Weight;
  /** The call interface. */
  readonly ui: Weight;
  /** Captions and shared content, fetched when an AI agent's call has some; without the readers of Markdown and HTML. */
  readonly agent: Weight;
  /** What a call with video adds to it. */
  readonly video: Weight;
  readonly sdk: Weight;
}

/** Weighs the stages; a file counts for the first stage that needs it. */
export function measure(): Stages {
  const counted = new Set<string>();
  const stage = (names: Iterable<string>) => {
    const files = [...names].filter((name) => !counted.has(name));
    for (const name of files) counted.add(name);
    return weigh(files);
  };
  const lazy = (name: string) => lazyImports(ENTRY).find((file) => file.includes(`/${name}-`))!;
  const before = stage(withStaticImports(ENTRY));
  const path = stage(withStaticImports(lazy('place')));
  const ui = stage(withStaticImports(lazy('built-in')));
  /** What the interface fetches when it is used; languages and the readers of Markdown and HTML are not counted. */
  const later = (...names: string[]) =>
    stage(lazyImports(ui.files[0]!).filter((file) => names.some((name) => file.includes(`/${name}-`))));
  const agent = later('transcript', 'shared-content');
  const video = later('video-stage');
  const sdk = stage(withStaticImports(lazy('gateway')));
  return { before, path, ui, agent, video, sdk };
}

if (process.argv[1] === import.meta.filename) {
  const stages = measure();
  const row = (title: string, { files, bytes, gzip, brotli }: Weight) =>
    console.log(`| ${title} | ${files.length} | ${bytes} | ${gzip} | ${brotli} |`);
  console.log('| JavaScript | files | bytes | gzip | brotli |\n|---|---|---|---|---|');
  row('before intent', stages.before);
  row('a call: settings, token, outcome', stages.path);
  row('a call: the interface', stages.ui);
  row('captions and shared content of an AI agent', stages.agent);
  row('the pictures, with video', stages.video);
  row('a call: the SDK and its adapter', stages.sdk);
}
