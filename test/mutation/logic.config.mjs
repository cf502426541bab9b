// Mutation testing of what needs no browser: the token room, and the pure functions of a call. "npm run mutate".
// The unit tests of these files run in Node here; not the property tests, which would take hours.
const PURE = [
  'debug-log',
  'wait',
  'call/end',
  'call/preflight',
  'call/settings',
  'sdk/agent-events',
  'sdk/hangup-causes',
  'sdk/phases',
  'sdk/statistics',
  'ui/texts/permission-help',
];

export default {
  mutate: ['src/token/**/*.ts', ...PURE.map((name) => `src/${name}.ts`)],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx'],
  mochaOptions: {
    require: ['./test/mutation/page.mjs'],
    spec: ['test/token/!(*.property).test.ts', ...PURE.map((name) => `test/${name}.test.ts`)],
    // Two tests need a real browser.
    grep: '^(?!.*(hears a tone on a real connection|are those of this browser))',
  },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  timeoutMS: 4_000,
  concurrency: 2,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'mutation/logic.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  ignorePatterns: ['/dist', '/dist-demo', '/mutation'],
  tempDirName: '.stryker-tmp',
};
