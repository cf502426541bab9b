// Builds dist/cdn/: what a <script type="module"> loads, with the heavy parts in chunks beside it, and the SRI hash of each.
// The npm package is plain tsc output (tsconfig.build.json). The demo has its own server (demo/serve.ts).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { defineConfig, type Plugin } from 'vite';

const OUT = 'dist/cdn';

/** The modules of the first lazy chunk; the second is the SDK and what speaks to it. */
function isPathOfACall(id: string): boolean {
  if (/[\\/]@signalwire[\\/]/.test(id)) return false;
  return (
    /[\\/]src[\\/](error|token[\\/]|locales[\\/]en|call[\\/](start|plan|preflight|outcome|debug-log|time-limit|media|agent-events))/.test(
      id,
    ) || /[\\/]node_modules[\\/]jwt-decode[\\/]/.test(id)
  );
}

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
        // Two files for a call, not four: what both lazy chunks need travels with the first of them.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'start', test: isPathOfACall }],
        },
      },
    },
  },
  plugins: [minifyTemplateLiterals(), integrity()],
});
