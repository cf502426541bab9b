// Unit tests: one file per source file, and a folder for the element, which is what all of them are for. In a real
// browser: Chromium, or the one that BROWSER names. Calls through the real SDK live in test/journey.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { bundledSdk } from './test/browser/bundled-sdk.mjs';
import { chromiumPath, CHROMIUM_ARGS } from './test/browser/chromium.mjs';
import { chosenEngine } from './test/browser/engine.mjs';
import { firefoxOptions } from './test/browser/firefox.mjs';
import { webkitLauncher } from './test/browser/webkit-launcher.mjs';

// For a browser, a page or a file that never gets there. A busy machine with two cores must not come near any of them;
// what has to be quick says so in its own test.
const START_MS = 120_000;
const FILE_MS = 600_000;
// Longer than a command to the runner may take (20 s), which then says itself what was not answered.
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
  files: ['test/*.test.ts', 'test/{element,token,call}/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development'] },
  plugins: [
    bundledSdk(),
    esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  browsers: [LAUNCHERS[engine]()],
  // The keyboard goes to one window at a time; only Chromium lets each think that it is the one.
  concurrency: engine === 'chromium' ? 2 : 1,
  testFramework: { config: { timeout: TEST_MS } },
  browserStartTimeout: START_MS,
  testsStartTimeout: START_MS,
  testsFinishTimeout: FILE_MS,
  // Lit warns about its own development build; everything else that a page prints is shown.
  filterBrowserLogs: (log) => !String(log.args[0]).includes('Lit is in dev mode'),
};
