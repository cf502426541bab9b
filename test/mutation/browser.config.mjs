// Mutation testing of what needs a browser: how a call is started, placed, kept and let go. "npm run mutate:browser".
// The unit tests of these files run in Chromium here; the journeys, which test the same with a real platform, do not.
const PARTS = [
  'call-ui',
  'csp-watch',
  'live-call',
  'load-later',
  'other-tabs',
  'page-storage',
  'preconnect',
  'signalwire',
  'start',
  'words',
  'line/line',
  'line/media-recovery',
  'line/verto',
  'media/capture',
  'media/device-list',
  'media/devices',
  'media/local-tracks',
  'media/wishes',
];

export default {
  mutate: PARTS.map((name) => `src/call/${name}.ts`),
  testRunner: 'chromium',
  plugins: ['./test/mutation/chromium-runner.mjs'],
  chromium: {
    spec: [
      'test/element/*.test.ts',
      'test/call/*.test.ts',
      'test/call/{line,media}/*.test.ts',
      'test/call/panel/agent-view.test.ts',
    ],
    // Sends the text of a function into a frame, where Stryker's own functions are not.
    skip: 'is not there in a sandboxed frame',
  },
  coverageAnalysis: 'perTest',
  timeoutMS: 4_000,
  concurrency: 2,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'mutation/browser.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  ignorePatterns: ['/dist', '/dist-demo', '/mutation'],
  tempDirName: '.stryker-tmp',
};
