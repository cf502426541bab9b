// Mutation testing of what needs no browser: the token, and the judgements of a call. "npm run mutate".
// The unit tests of these files run in Node here; not the property tests, which would take hours.
const JUDGEMENTS = [
  'agent-events',
  'debug-log',
  'line/causes',
  'line/line-statistics',
  'outcome',
  'panel/permission-help',
  'plan',
  'preflight',
  'time-limit',
];

export default {
  mutate: ['src/token/**/*.ts', ...JUDGEMENTS.map((name) => `src/call/${name}.ts`)],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx'],
  mochaOptions: {
    require: ['./test/mutation/page.mjs'],
    spec: ['test/token/!(*.property).test.ts', ...JUDGEMENTS.map((name) => `test/call/${name}.test.ts`)],
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
