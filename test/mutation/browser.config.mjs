// Mutation testing of what needs a browser: how a call is started, placed, kept and let go. "npm run mutate:browser".
// The unit tests of these files run in Chromium here; the journeys, which test the same with a real platform, do not.
const PARTS = [
  'store',
  'call/built-in',
  'call/call',
  'call/csp-watch',
  'call/other-tabs',
  'call/place',
  'call/preconnect',
  'locales/texts',
  'media/call-media',
  'media/capture',
  'media/device-list',
  'media/devices',
  'media/latest-task',
  'media/local-tracks',
  'media/playback',
  'sdk/call',
  'sdk/gateway',
  'sdk/reachability',
  'sdk/recovery',
  'sdk/stored-session',
  'sdk/verto',
];

export default {
  mutate: PARTS.map((name) => `src/${name}.ts`),
  testRunner: 'chromium',
  plugins: ['./test/mutation/chromium-runner.mjs'],
  chromium: {
    spec: [
      'test/store.test.ts',
      'test/{element,call,media,sdk,locales}/*.test.ts',
      'test/ui/agent/agent-view.test.ts',
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
