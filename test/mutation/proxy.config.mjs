// Mutation testing of the token proxy, by its tests over real sockets. "npm run mutate:proxy".
// Not by those that start processes or a Redis, and not by random input: each of them takes longer than all of these.
// The slow ones come last: the first test that fails ends the run of a mutant.
const TESTS = [
  'environment',
  'tokens',
  'origin',
  'stop',
  'gate',
  'digest',
  'node-message',
  'allow',
  'log',
  'request',
  'upstream',
  'rate-limit',
  'server',
];

export default {
  mutate: ['src/proxy/*.ts', '!src/proxy/*.d.ts', '!src/proxy/cli.ts'],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx'],
  mochaOptions: {
    require: ['./test/mutation/node-test.mjs'],
    spec: TESTS.map((name) => `test/proxy/${name}.test.ts`),
    // Two tests are about load.
    grep: '^(?!.*(under load loses nothing|holds up nobody else))',
  },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  timeoutMS: 10_000,
  concurrency: 2,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'mutation/proxy.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  ignorePatterns: ['/dist', '/dist-demo', '/mutation'],
  tempDirName: '.stryker-tmp',
};
