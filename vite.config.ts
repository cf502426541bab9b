// Builds dist/cdn/: what a <script type="module"> loads, with the heavy parts in chunks beside it, and the SRI hash of each.
// The npm package is plain tsc output (tsconfig.build.json). The demo has its own server (demo/serve.ts).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { defineConfig, type Plugin } from 'vite';

const OUT = 'dist/cdn';

/**
 * The lazy chunks of a call, by the paths of the modules that go into them; each becomes one file. What is named in
 * neither follows its importer: the SDK and what speaks to it, the languages, what an agent shows.
 */
const CHUNKS = {
  // Judging the settings, the token, the outcome.
  start:
    /^(src\/(error|token\/|locales\/en\.|call\/(start|plan|preflight|outcome|debug-log|load-locale|words|time-limit|media|agent-events)\.)|node_modules\/jwt-decode\/)/,
  // The interface.
  'call-ui':
    /^(src\/call\/(?!transcript|keep-pinned|shared-content|signalwire|line\.|causes|load\.)|node_modules\/(lit\/html|lit-html\/lit-html)\.)/,
};

const groups = Object.entries(CHUNKS).map(([name, paths]) => ({
  name,
  test: (id: string) => paths.test(relative(import.meta.dirname, id).replaceAll('\\', '/')),
}));

/** Writes integrity.json: file name → sha384, as an integrity attribute takes it. */
function integrity(): Plugin {
  return {
    name: 'integrity',
    closeBundle() {
      const files = readdirSync(OUT, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.js'),
      );
      const hashes = files.sort().map((name) => {
        const hash = createHash('sha384').update(readFileSync(join(OUT, name)));
        return [name.replaceAll('\\', '/'), `sha384-${hash.digest('base64')}`];
      });
      writeFileSync(join(OUT, 'integrity.json'), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  // Not done for a library by itself: the SDK asks for it.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: OUT,
    target: 'es2022',
    sourcemap: true,
    // As a library, because for an application Vite puts 1 KB of preload helper into what is fetched before any click.
    lib: { entry: { 'sw-click-to-call': 'src/define.ts' }, formats: ['es'] },
    rolldownOptions: {
      // What the lazy chunks share with the entry stays in the entry: one file before any click.
      preserveEntrySignatures: 'allow-extension',
      output: {
        // Vite leaves a library's white space to its users; these files go to browsers as they are.
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Three files for a call, not seven: what two chunks need travels with the first of them.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups,
        },
      },
    },
  },
  plugins: [minifyTemplateLiterals(), integrity()],
});
