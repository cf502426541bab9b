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

const LAUNCHERS = {
  chromium: () =>
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: chromiumPath(), args: CHROMIUM_ARGS },
      createBrowserContext: ({ browser }) => browser.newContext({ permissions: ['microphone', 'camera'] }),
    }),
  firefox: () =>
    playwrightLauncher({ product: 'firefox', launchOptions: firefoxOptions(['microphone', 'camera']) }),
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
  testFramework: { config: { timeout: engine === 'chromium' ? 4000 : 10_000 } },
  testsFinishTimeout: engine === 'chromium' ? 120_000 : 600_000,
  // Lit warns about its own development build; everything else that a page prints is shown.
  filterBrowserLogs: (log) => !String(log.args[0]).includes('Lit is in dev mode'),
};
