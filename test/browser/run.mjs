// "npm run test:browsers": the unit tests and the journeys in every browser that is here, or can be installed with apt.
// Says at the end what each did, and loudly what was skipped. `npm run test:browsers firefox webkit` takes those alone.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';
import { findWebKit } from './webkit.mjs';

const journeys = readdirSync('test/journey')
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/journey/${name}`);

/** @type {Record<string, { find: () => unknown, packages: string[], calls: string[] }>} */
const BROWSERS = {
  chromium: { find: findChromium, packages: ['chromium'], calls: journeys },
  firefox: { find: findFirefox, packages: ['firefox-esr'], calls: journeys },
  webkit: {
    find: findWebKit,
    packages: ['webkit2gtk-driver', 'xvfb'],
    // It has no WebRTC.
    calls: ['test/browser/webkit.test.ts'],
  },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BROWSERS);
/** @type {string[]} */
const report = [];
let failed = false;
for (const name of wanted) {
  const browser = BROWSERS[name];
  if (!browser) throw new Error(`${name} is none of ${Object.keys(BROWSERS).join(', ')}.`);
  if (!browser.find()) install(browser.packages);
  if (!browser.find()) {
    report.push(
      `${name}: SKIPPED, it is not installed (Debian: apt-get install ${browser.packages.join(' ')})`,
    );
    continue;
  }
  const env = { ...process.env, BROWSER: name };
  const units = await run('npx', ['web-test-runner'], env);
  report.push(`${name}, units: ${counts(units.text, /(\d+ passed, \d+ failed(?:, \d+ skipped)?)/g)}`);
  // Two browsers at a time are enough for a small machine.
  const node = ['tsx', '--test', '--test-force-exit', '--test-timeout=900000', '--test-concurrency=2'];
  const calls = await run('npx', [...node, '--test-reporter=spec', ...browser.calls], env);
  report.push(`${name}, journeys: ${counts(calls.text, /^ℹ ((?:pass|fail|skipped) \d+)$/gm, 3)}`);
  failed ||= units.code !== 0 || calls.code !== 0;
}
console.log(`\n${report.join('\n')}`);
process.exitCode = failed ? 1 : 0;

/** @param {string[]} packages */
function install(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const command = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${packages.join(' ')}`;
  console.log(`Trying: ${command}`);
  spawnSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Runs a command for all to see. Its text is without colours, because nobody's terminal reads it.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, text: string }>}
 */
function run(command, args, env) {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32';
    const child = spawn(command, args, { env, shell, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      process.stdout.write(part);
      text += part;
    });
    child.on('close', (code) => resolve({ code, text }));
  });
}

/**
 * The last of the counts that a test runner printed.
 * @param {string} text
 * @param {RegExp} pattern
 */
function counts(text, pattern, many = 1) {
  const found = [...text.matchAll(pattern)].slice(-many).map(([, count]) => count);
  return found.join(', ') || 'NOTHING RAN';
}
