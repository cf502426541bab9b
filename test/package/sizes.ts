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
export function measure(): { readonly before: Weight; readonly ui: Weight; readonly sdk: Weight } {
  const before = withStaticImports(ENTRY);
  const start = lazyImports(ENTRY).find((name) => name.includes('/start-'))!;
  const signalwire = lazyImports(ENTRY).find((name) => name.includes('/signalwire-'))!;
  const ui = [...withStaticImports(start)].filter((name) => !before.has(name));
  const sdk = [...withStaticImports(signalwire)].filter((name) => !before.has(name) && !ui.includes(name));
  return { before: weigh(before), ui: weigh(ui), sdk: weigh(sdk) };
}

if (process.argv[1] === import.meta.filename) {
  const { before, ui, sdk } = measure();
  const row = (title: string, { files, bytes, gzip, brotli }: Weight) =>
    console.log(`| ${title} | ${files.length} | ${bytes} | ${gzip} | ${brotli} |`);
  console.log('| JavaScript | files | bytes | gzip | brotli |\n|---|---|---|---|---|');
  row('before intent', before);
  row('the call: token, path, interface', ui);
  row('the call: the SDK and its adapter', sdk);
}
