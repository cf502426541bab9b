// Builds dist/cdn/: what a <script type="module"> loads, with the heavy parts in chunks beside it, and the SRI hash of each.
// The npm package is plain tsc output (tsconfig.build.json). The demo has its own server (demo/serve.ts).
//
// Two builds, because of one promise: a chunk never imports the entry. A page may load the entry under any address
// ("…/sw-click-to-call.js?ver=6.4" is what WordPress makes of it), and a chunk that imports it under its plain name
// would fetch and run it a second time. So the lazy parts are built first and share nothing with the entry.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { minify } from 'terser';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';
import { writeIntegrity } from './docs/generate/integrity.js';

const OUT = 'dist/cdn';

/** What the entry loads lazily: the modules that src/element/load.ts imports. */
const LAZY = ['call/place', 'call/built-in', 'sdk/gateway'];

/**
 * What goes into which chunk, by rooms. What is named nowhere follows its importer: the SDK and what speaks to it, the
 * languages, what an agent shows, video.
 */
const CHUNKS = {
  // Settings, token, outcome; and what all three chunks share.
  place:
    /^(src\/([\w-]+|token\/[\w-]+|locales\/(en|texts|language|button-texts)|call\/(?!built-in|other-tabs)[\w-]+|media\/capture|ui\/texts\/permission-help)\.ts|node_modules\/jwt-decode\/)/,
  // What the visitor sees and hears.
  'built-in':
    /^(src\/(call\/(built-in|other-tabs)|sdk\/statistics|media\/.+|ui\/panel\/.+|ui\/texts\/.+|ui\/agent\/agent-view)\.ts|node_modules\/(lit|lit-html)\/)/,
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
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
    plugins: [minifyTemplateLiterals(), lazyParts, classicLoader()],
  });
}

/**
 * Minifies the entry with terser: 2 % smaller than the bundler's own minifier makes it, in the one file that every page
 * loads. Names that begin with `_$` are Lit's own, and private to this file.
 */
async function minifyEntry(): Promise<void> {
  const path = join(OUT, 'sw-click-to-call.js');
  const { code, map } = await minify(readFileSync(path, 'utf8'), {
    module: true,
    ecma: 2020,
    compress: { passes: 3, pure_getters: true },
    mangle: { properties: { regex: /^_\$/ } },
    sourceMap: {
      content: readFileSync(`${path}.map`, 'utf8'),
      url: 'sw-click-to-call.js.map',
      includeSources: true,
    },
  });
  writeFileSync(path, `${code}\n`);
  writeFileSync(`${path}.map`, String(map));
}

/** Builds the entry after its lazy parts. */
function entryAfterwards(): Plugin {
  const chunkNames = new Map<string, string>();
  return {
    name: 'entry-afterwards',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.isEntry) continue;
        if (LAZY.some((name) => basename(name) === file.name))
          chunkNames.set(file.name, basename(file.fileName));
      }
    },
    async closeBundle() {
      await buildEntry(chunkNames);
      await minifyEntry();
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
  Object.fromEntries(LAZY.map((name) => [basename(name), `src/${name}.ts`])),
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
