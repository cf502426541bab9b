// Which browser the tests run in: that of the environment variable BROWSER, Chromium without one.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { chromium, firefox } from 'playwright';
import { chromiumPath, CHROMIUM_ARGS } from './chromium.mjs';
import { firefoxOptions } from './firefox.mjs';

const ENGINES = /** @type {const} */ (['chromium', 'firefox', 'webkit']);

/** @typedef {typeof ENGINES[number]} Engine */
/** @typedef {import('playwright').Browser} Browser */

/**
 * @returns {Engine}
 */
export function chosenEngine() {
  const name = process.env.BROWSER || 'chromium';
  const engine = ENGINES.find((known) => known === name);
  if (!engine) throw new Error(`BROWSER=${name} is none of ${ENGINES.join(', ')}.`);
  return engine;
}

/** The browsers of one stage of calls. Nobody is asked for a permission: it is there, or refused. */
export class Browsers {
  /** @type {Map<string, Promise<Browser>>} */
  #running = new Map();
  #engine = chosenEngine();

  /**
   * A profile of its own.
   * @param {readonly string[]} permissions
   * @param {import('playwright').BrowserContextOptions} [options]
   */
  async context(permissions, options) {
    const browser = await this.#browserWith(permissions);
    const own = this.#engine === 'chromium' ? { permissions: [...permissions] } : {};
    return browser.newContext({ ...own, ...options });
  }

  /** Closes every profile, and keeps the browsers. */
  async closeContexts() {
    const browsers = await Promise.all(this.#running.values());
    await Promise.all(browsers.flatMap((browser) => browser.contexts()).map((context) => context.close()));
  }

  async close() {
    await Promise.all([...this.#running.values()].map(async (browser) => (await browser).close()));
  }

  /**
   * One Chromium serves all; a Firefox has one answer for all its pages.
   * @param {readonly string[]} permissions
   */
  #browserWith(permissions) {
    const key = this.#engine === 'chromium' ? '' : permissions.toString();
    const browser = this.#running.get(key) ?? launch(this.#engine, permissions);
    this.#running.set(key, browser);
    return browser;
  }
}

/**
 * @param {Engine} engine
 * @param {readonly string[]} permissions
 * @returns {Promise<Browser>}
 */
async function launch(engine, permissions) {
  if (engine === 'firefox') return firefox.launch(firefoxOptions(permissions));
  if (engine === 'webkit')
    throw new Error('Debian’s WebKit has no WebRTC: there are no calls to watch in it.');
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, '--allow-loopback-in-peer-connection'],
    // Visitors have that cache; Playwright goes without.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
