// Unit tests: one file per source file, in a real Chromium. Calls through the real SDK live in test/journey.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { bundledSdk } from './test/browser/bundled-sdk.mjs';
import { chromiumPath, CHROMIUM_ARGS } from './test/browser/chromium.mjs';

export default {
  files: ['test/*.test.ts', 'test/{token,call}/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development'] },
  plugins: [
    bundledSdk(),
    esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: chromiumPath(), args: CHROMIUM_ARGS },
      createBrowserContext: ({ browser }) => browser.newContext({ permissions: ['microphone', 'camera'] }),
    }),
  ],
  concurrency: 2,
  testFramework: { config: { timeout: 4000 } },
  // Lit warns about its own development build; everything else that a page prints is shown.
  filterBrowserLogs: (log) => !String(log.args[0]).includes('Lit is in dev mode'),
};
