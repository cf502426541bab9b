// A test runner for Stryker: the unit tests in Chromium, each file in a page of its own, as web-test-runner has them.
// Promise: a mutant is on before its page loads, so that also what runs at load is tested; a run ends with its first failure.
// Must not know: which files are mutated and tested (browser.config.mjs says so).
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { globSync } from 'tinyglobby';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const MOCHA = readFileSync(createRequire(import.meta.url).resolve('mocha/mocha.js'));

/** How long a test may take, in milliseconds: many times what the slowest takes that does not say so itself. */
const TEST_LIMIT_MS = 2_500;

class ChromiumRunner {
  #specs;
  #skipped;
  #server;
  #browser;
  #page;

  constructor({ chromium: { spec, skip } }) {
    this.#specs = globSync(spec);
    this.#skipped = new RegExp(skip);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const files = await bundle(this.#specs);
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url, 'http://localhost');
      const body = files.get(pathname);
      response.writeHead(body === undefined ? 404 : 200, {
        'cache-control': 'max-age=3600',
        'content-type': pathname.endsWith('.js') ? 'text/javascript' : 'text/html',
      });
      response.end(body);
    });
    await new Promise((resolve) => this.#server.listen(0, 'localhost', resolve));
    this.#browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
    const context = await this.#browser.newContext({ permissions: ['microphone', 'camera'] });
    this.#page = await context.newPage();
    await this.#page.exposeFunction('sendMouse', ({ position: [x, y] }) => this.#page.mouse.click(x, y));
  }

  async dispose() {
    await this.#browser?.close();
    this.#server?.close();
  }

  async dryRun() {
    const tests = [];
    const mutantCoverage = { static: {}, perTest: {} };
    for (const spec of this.#specs) {
      const page = await this.#run(spec, { timeout: 4_000 });
      if (page.error) return { status: DryRunStatus.Error, errorMessage: `${spec}: ${page.error}` };
      tests.push(...page.tests);
      // What runs while a page loads belongs to each of its tests.
      for (const { id } of page.tests)
        mutantCoverage.perTest[id] = sum(page.coverage.static, page.coverage.perTest[id]);
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const tests = [];
    for (const spec of this.#specs) {
      const wanted = testFilter?.filter((id) => id.startsWith(`${spec} `));
      if (wanted?.length === 0) continue;
      const page = await this.#run(spec, {
        wanted,
        activeMutant: activeMutant.id,
        hitLimit,
        timeout: TEST_LIMIT_MS,
      });
      const endless = determineHitLimitReached(page.hitCount, hitLimit);
      if (endless) return toMutantRunResult(endless);
      tests.push(...page.tests);
      // A file that cannot be loaded, or whose hooks fail, is noticed as well.
      if (page.error)
        tests.push({
          id: wanted?.[0] ?? spec,
          name: spec,
          timeSpentMs: 0,
          status: TestStatus.Failed,
          failureMessage: page.error,
        });
      if (tests.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests });
  }

  /** Runs the tests of one file in a fresh document. */
  async #run(spec, how) {
    await this.#page.goto(`http://localhost:${this.#server.address().port}/page`);
    return this.#page.evaluate(runInPage, {
      ...how,
      spec,
      skipped: this.#skipped.source,
      url: `/${urlOf(spec)}`,
    });
  }
}

/** In the page: runs Mocha, and returns what Stryker wants to know. */
async function runInPage({ spec, url, wanted, skipped, activeMutant, hitLimit, timeout }) {
  const stryker = (globalThis.__stryker__ = { activeMutant, hitLimit, hitCount: hitLimit ? 0 : undefined });
  const { mocha } = globalThis;
  const idOf = (test) => `${spec} ${test.fullTitle()}`;
  const tests = [];
  let error;
  class Notes {
    constructor(runner) {
      const note = (test, status, failureMessage) =>
        void tests.push({
          id: idOf(test),
          name: idOf(test),
          timeSpentMs: test.duration ?? 0,
          status,
          failureMessage,
        });
      runner.on('pass', (test) => note(test, 0));
      runner.on('pending', (test) => note(test, 2));
      runner.on('fail', (test, { message = 'failed' } = {}) => {
        if (test.type === 'test') note(test, 1, message);
        else error ??= `${test.fullTitle()}: ${message}`;
      });
    }
  }
  mocha.setup({ ui: 'bdd', timeout, bail: true, reporter: Notes });
  try {
    await import(url);
  } catch (thrown) {
    error = `not loaded: ${thrown}`;
  }
  const unwanted = new RegExp(skipped);
  const choose = (suite) => {
    suite.tests = suite.tests.filter(
      (test) => !unwanted.test(test.fullTitle()) && (!wanted || wanted.includes(idOf(test))),
    );
    suite.suites.forEach(choose);
  };
  choose(mocha.suite);
  mocha.suite.beforeEach(function () {
    stryker.currentTestId = idOf(this.currentTest);
  });
  // First of the hooks, so that what the others do counts as well.
  mocha.suite._beforeEach.unshift(mocha.suite._beforeEach.pop());
  if (!error) await new Promise((resolve) => void mocha.run(resolve));
  const { mutantCoverage: coverage = { static: {}, perTest: {} }, hitCount } = stryker;
  return { tests, error, coverage, hitCount };
}

const sum = (one = {}, other = {}) => {
  const both = { ...one };
  for (const [id, hits] of Object.entries(other)) both[id] = (both[id] ?? 0) + hits;
  return both;
};

const urlOf = (spec) => spec.replace(/\.ts$/, '.js').replaceAll('/', '_');

/** What a test asks of web-test-runner is asked of this runner here: a click of the mouse. */
const commands = {
  name: 'commands',
  enforce: 'pre',
  resolveId: (id) => (id === '@web/test-runner-commands' ? '\0commands' : undefined),
  load: (id) => (id === '\0commands' ? 'export const { sendMouse } = globalThis;' : undefined),
};

/** Every test file with what it imports, by path. */
async function bundle(specs) {
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [commands],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: Object.fromEntries(specs.map((spec) => [urlOf(spec).slice(0, -3), spec])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  const files = new Map(output.map((file) => [`/${file.fileName}`, file.code ?? file.source]));
  files.set(
    '/page',
    '<!doctype html><meta charset="utf-8"><body><div id="mocha"></div><script src="/mocha.js"></script>',
  );
  files.set('/mocha.js', MOCHA);
  return files;
}

export const strykerValidationSchema = {
  properties: {
    chromium: {
      type: 'object',
      properties: { spec: { type: 'array', items: { type: 'string' } }, skip: { type: 'string' } },
      required: ['spec', 'skip'],
    },
  },
};

const runner = (options) => new ChromiumRunner(options);
runner.inject = ['options'];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'chromium', runner)];
