// Makes sure that there is a browser for the tests, and says what it did. Run before them by "npm test".
import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium.mjs';

/** @type {[command: string, args: string[]][]} */
const WAYS = [
  ['npx', ['playwright', 'install', '--with-deps', 'chromium']],
  ['npx', ['playwright', 'install', 'chromium']],
  ['sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium']],
];

let found = findChromium();
for (const [command, args] of found ? [] : WAYS) {
  console.log(`No browser found. Trying: ${command} ${args.join(' ')}`);
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  found = findChromium();
  if (found) break;
}
if (!found) {
  console.error(
    'No browser could be installed. Install Chrome or Chromium, or set CHROME_PATH, and run again.',
  );
  process.exit(1);
}
console.log(`Browser for the tests: ${found.path} (from ${found.from}).`);
