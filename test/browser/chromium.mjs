// Finds a Chromium for the tests, and can install one. Used by every test that needs a browser.
// Order: CHROME_PATH, Playwright's own download, a system Chrome or Chromium.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { findProgram } from './find-program.mjs';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a browser that is there, or undefined.
 * @returns {{ path: string, from: string } | undefined}
 */
export function findChromium() {
  const own = chromium.executablePath();
  if (!process.env.CHROME_PATH && own && existsSync(own)) return { path: own, from: "Playwright's download" };
  return findProgram({ variable: 'CHROME_PATH', names: SYSTEM_NAMES, paths: SYSTEM_PATHS });
}

/**
 * The path of a browser; throws a sentence that says what to do when there is none.
 * @returns {string}
 */
export function chromiumPath() {
  const found = findChromium();
  if (!found) throw new Error('No Chromium found: run "node test/browser/install.mjs", or set CHROME_PATH.');
  return found.path;
}

/**
 * Switches for a machine without a display or sound card: a fake microphone and camera that make real frames,
 * and nothing that calls home. Permissions are granted by each test, so that refusals can be tested too.
 */
export const CHROMIUM_ARGS = [
  '--use-fake-device-for-media-stream',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Root has no user namespace to sandbox in (containers, CI).
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
