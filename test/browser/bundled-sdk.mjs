// A plugin of the dev server: gives the browser the SDK in one file, because some of what it imports is CommonJS.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function bundledSdk() {
  /** @type {Promise<string> | undefined} */
  let bundled;
  return {
    name: 'bundled-sdk',
    async serve({ path }) {
      if (!/\/node_modules\/@signalwire\/js\/.+\.js$/.test(path)) return undefined;
      bundled ??= bundle();
      return { body: await bundled, type: 'js' };
    },
  };
}

async function bundle() {
  // Node would take the CommonJS build beside it.
  const entry = fileURLToPath(new URL('index.esm.js', import.meta.resolve('@signalwire/js')));
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry, formats: ['es'] } },
  });
  const bundles = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (result);
  return bundles.map(({ output }) => output[0].code).join('');
}
