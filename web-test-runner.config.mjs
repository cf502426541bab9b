// Unit tests in a real browser: Chromium, or the one that the environment variable BROWSER names.
// The test of src/a/b.ts is test/a/b.test.ts. Calls through the real SDK are in test/journey.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { bundledSdk } from './test/browser/bundled-sdk.mjs';
import { chromiumPath, CHROMIUM_ARGS } from './test/browser/chromium.mjs';
import { chosenEngine } from './test/browser/engine.mjs';
import { firefoxOptions } from './test/browser/firefox.mjs';
import { webkitLauncher } from './test/browser/webkit-launcher.mjs';

// Limits for a browser or page that hangs. They are long because CI runs on two busy cores.
const START_MS = 120_000;
const FILE_MS = 600_000;
// Longer than the runner waits for a command (20 s), so that its error names the command.
const TEST_MS = 30_000;

/** @param {{ browser: import('playwright').Browser }} started */
async function newContext({ browser }, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultNavigationTimeout(START_MS);
  return context;
}

const LAUNCHERS = {
  chromium: () =>
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: chromiumPath(), args: CHROMIUM_ARGS },
      createBrowserContext: (started) => newContext(started, { permissions: ['microphone', 'camera'] }),
    }),
  firefox: () =>
    playwrightLauncher({
      product: 'firefox',
      launchOptions: firefoxOptions(['microphone', 'camera']),
      createBrowserContext: (started) => newContext(started),
    }),
  webkit: webkitLauncher,
};

const engine = chosenEngine();

export default {
  files: ['test/*.test.ts', 'test/{element,call,ui,media,sdk,token,locales}/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development'] },
  plugins: [
    bundledSdk(),
    esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  browsers: [LAUNCHERS[engine]()],
  // Chromium emulates focus for several pages at once; in other browsers one page has the keyboard.
  concurrency: engine === 'chromium' ? 2 : 1,
  testFramework: { config: { timeout: TEST_MS } },
  browserStartTimeout: START_MS,
  testsStartTimeout: START_MS,
  testsFinishTimeout: FILE_MS,
  // Lit warns about its development build.
  filterBrowserLogs: (log) => !String(log.args[0]).includes('Lit is in dev mode'),
};
