// Tests that are written for node:test, run by mocha, whose runner of mutants knows which test covers what.
// Promise: hooks of a file are hooks of that file only, as in node:test; what a `before` covers counts for every test
// that it prepares, so that a mutant in there meets all of them. Must not know: any test.
import Module from 'node:module';
import { mock } from 'node:test';
import Mocha from 'mocha';

/** A mutant may leave a test waiting for ever. The slowest test takes one second. */
const TEST_TIMEOUT_MS = 10_000;

// Mocha's own interface, inside of a suite for each file.
const { bdd } = Mocha.interfaces;
Mocha.interfaces.bdd = function bddByFile(root) {
  root.on('pre-require', (globals, file, mocha) => {
    const suite = Mocha.Suite.create(root, file.replace(/^.*\//, ''));
    suite.timeout(TEST_TIMEOUT_MS);
    bdd(suite);
    // As node:test does; a mock that stays would fail the tests of every mutant after this one.
    suite.afterEach(() => mock.reset());
    suite.emit('pre-require', globals, file, mocha);
  });
};

/** The words of node:test that these tests use. Mocha takes a parameter for a callback, and a result for a promise. */
const WORDS = {
  describe: (title, run) => globalThis.describe(title, () => void run()),
  it: (title, run) => globalThis.it(title, () => run({ mock })),
  before(run) {
    const id = `before ${++made}`;
    globalThis.before(() => {
      if (globalThis.__stryker__) globalThis.__stryker__.currentTestId = id;
      return run();
    });
    globalThis.beforeEach(() => credit(id));
    globalThis.after(() => void delete globalThis.__stryker__?.mutantCoverage?.perTest[id]);
  },
  beforeEach: (run) => globalThis.beforeEach(() => run()),
  afterEach: (run) => globalThis.afterEach(() => run()),
  after: (run) => globalThis.after(() => run()),
};

let made = 0;

/** Counts what a `before` covered for the test that Stryker has just named. */
function credit(id) {
  const { currentTestId, mutantCoverage } = globalThis.__stryker__ ?? {};
  const covered = mutantCoverage?.perTest[id];
  if (covered)
    mutantCoverage.perTest[currentTestId] = { ...covered, ...mutantCoverage.perTest[currentTestId] };
}

const load = Module._load;
Module._load = function (request, parent, ...rest) {
  return request === 'node:test' && parent?.filename?.endsWith('.test.ts')
    ? WORDS
    : Reflect.apply(load, this, [request, parent, ...rest]);
};
