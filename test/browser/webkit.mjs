// Finds and starts WebKitGTK's small browser for the tests. It needs a display; where there is none it gets one in memory.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { findProgram } from './find-program.mjs';
import { WebDriver } from './webdriver.mjs';

/**
 * The programs, or undefined when one is missing.
 * @returns {{ driver: string, browser: string, display?: string } | undefined}
 */
export function findWebKit() {
  const driver = findProgram({ variable: 'WEBKIT_DRIVER_PATH', names: ['WebKitWebDriver'], paths: [] })?.path;
  const browser = findProgram({ variable: 'WEBKIT_PATH', names: [], paths: browserPlaces() })?.path;
  const display = findProgram({ variable: 'XVFB_PATH', names: ['Xvfb'], paths: [] })?.path;
  if (!driver || !browser || !(display || process.env.DISPLAY)) return undefined;
  return { driver, browser, ...(display && { display }) };
}

/** Debian: /usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser. Newest first. */
function browserPlaces() {
  if (!existsSync('/usr/lib')) return [];
  const libraries = ['/usr/lib', ...readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`)];
  return ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].flatMap((version) =>
    libraries.map((library) => `${library}/${version}/MiniBrowser`),
  );
}

/** Starts it. @returns {Promise<{ window: WebDriver, close(): Promise<void> }>} */
export async function openWebKit() {
  const found = findWebKit();
  if (!found)
    throw new Error('No WebKitGTK found: run "npm run test:browsers" as root, or see docs/browsers.md.');
  /** @type {(() => void)[]} */
  const stops = [];
  const stop = () => stops.splice(0).forEach((end) => end());
  try {
    let { DISPLAY } = process.env;
    if (!DISPLAY) {
      // It chooses a number that is free, and says which.
      const screen = spawn(
        found.display ?? '',
        ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
        {
          stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        },
      );
      stops.push(() => screen.kill());
      DISPLAY = `:${await firstLine(/** @type {import('node:stream').Readable} */ (screen.stdio[3]))}`;
    }
    const port = await freePort();
    const driver = spawn(found.driver, [`--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY },
    });
    stops.unshift(() => driver.kill());
    const server = `http://127.0.0.1:${port}`;
    await untilReady(server);
    const window = await WebDriver.open(server, {
      'webkitgtk:browserOptions': {
        binary: found.browser,
        args: ['--automation', '--features=+MockCaptureDevices'],
      },
    });
    return {
      window,
      async close() {
        await window.close().finally(stop);
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * @param {import('node:stream').Readable} stream
 * @returns {Promise<string>}
 */
function firstLine(stream) {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (part) => {
      text += part;
      if (text.includes('\n')) resolve(text.trim());
    });
    stream.on('end', () => reject(new Error('There is no display for WebKit: Xvfb did not start.')));
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {string} server */
async function untilReady(server) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const status = await fetch(`${server}/status`).catch(() => undefined);
    if (status?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('WebKitWebDriver does not answer.');
}
