// Builds dist/cdn/: what a <script type="module"> loads, with the heavy parts in chunks beside it, and the SRI hash of each.
// The npm package is plain tsc output (tsconfig.build.json). The demo has its own server (demo/serve.ts).
//
// Two builds, because of one promise: a chunk never imports the entry. A page may load the entry under any address
// ("…/sw-click-to-call.js?ver=6.4" is what WordPress makes of it), and a chunk that imports it under its plain name
// would fetch and run it a second time. So the lazy parts are built first and share nothing with the entry.
import { basename, relative } from 'node:path';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';
import { writeIntegrity } from './docs/generate/integrity.js';

const OUT = 'dist/cdn';

/** What the entry loads lazily, by the names that src/call/load.ts imports. */
const LAZY = ['start', 'call-ui', 'signalwire'];

/**
 * What goes into which chunk, by rooms. What is named nowhere follows its importer: the SDK and the line on it, the
 * languages, what an agent shows, video.
 */
const CHUNKS = {
  // The straight path: settings, token, outcome; and what all three share.
  start:
    /^(src\/([\w-]+|token\/[\w-]+|locales\/en|call\/(?!call-ui|live-call|load-later|other-tabs|page-storage|signalwire)[\w-]+|call\/media\/capture)\.ts|node_modules\/jwt-decode\/)/,
  // What the visitor sees and hears.
  'call-ui':
    /^(src\/call\/(call-ui|live-call|load-later|other-tabs|page-storage|line\/line-statistics|media\/.+|panel\/(?!transcript|keep-pinned|shared-content|video-stage).+)\.ts|node_modules\/(lit\/html|lit-html\/lit-html)\.)/,
};

const groups = Object.entries(CHUNKS).map(([name, paths]) => ({
  name,
  test: (id: string) => paths.test(relative(import.meta.dirname, id).replaceAll('\\', '/')),
}));

/** What both builds have in common. */
const common = (entry: Record<string, string>, emptyOutDir: boolean) =>
  ({
    root: import.meta.dirname,
    publicDir: false,
    // Not done for a library by itself: the SDK asks for it.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: OUT,
      emptyOutDir,
      target: 'es2022',
      sourcemap: true,
      // As a library, because for an application Vite puts 1 KB of preload helper into what is fetched before any click.
      lib: { entry, formats: ['es'] },
    },
  }) satisfies InlineConfig;

/** The second build: the entry, which finds the lazy parts under the names that the first build gave them. */
async function buildEntry(chunkNames: ReadonlyMap<string, string>): Promise<void> {
  const lazyParts: Plugin = {
    name: 'lazy-parts',
    enforce: 'pre',
    resolveId(source, importer) {
      const chunk = importer?.endsWith('load.ts') && chunkNames.get(basename(source, '.js'));
      return chunk ? { id: `./chunks/${chunk}`, external: true } : undefined;
    },
  };
  const config: InlineConfig = common({ 'sw-click-to-call': 'src/define.ts' }, false);
  await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...config.build,
      // Vite leaves a library's white space to its users; these files go to browsers as they are.
      rolldownOptions: { output: { minify: true, entryFileNames: '[name].js' } },
    },
    plugins: [minifyTemplateLiterals(), lazyParts, classicLoader()],
  });
}

/** Builds the entry after its lazy parts. */
function entryAfterwards(): Plugin {
  const chunkNames = new Map<string, string>();
  return {
    name: 'entry-afterwards',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.isEntry) continue;
        if (LAZY.includes(file.name)) chunkNames.set(file.name, basename(file.fileName));
      }
    },
    async closeBundle() {
      await buildEntry(chunkNames);
      writeIntegrity(OUT);
    },
  };
}

/**
 * For pages that can only place a classic script: fetches the module that stands beside it. By the getter of the
 * prototype, because `document.currentScript` is also the name by which a document gives away `<img name=currentScript>`.
 */
const CLASSIC =
  "import(new URL('sw-click-to-call.js',Reflect.get(Document.prototype,'currentScript',document).src));\n";

function classicLoader(): Plugin {
  return {
    name: 'classic-loader',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'sw-click-to-call.classic.js', source: CLASSIC });
    },
  };
}

const lazy: InlineConfig = common(
  Object.fromEntries(LAZY.map((name) => [name, `src/call/${name}.ts`])),
  true,
);

export default defineConfig({
  ...lazy,
  build: {
    ...lazy.build,
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        entryFileNames: 'chunks/[name]-[hash].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Three files for a call, not seven: what two chunks need travels with the first of them.
        codeSplitting: { includeDependenciesRecursively: false, groups },
      },
    },
  },
  plugins: [minifyTemplateLiterals(), entryAfterwards()],
});
