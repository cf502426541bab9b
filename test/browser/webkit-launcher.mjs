// Lets web-test-runner use WebKitGTK's browser: one window, one test file after the other.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { openWebKit } from './webkit.mjs';

/** @typedef {import('@web/test-runner').BrowserLauncher} BrowserLauncher */

const SIZE = { width: 800, height: 600 };

/** @implements {BrowserLauncher} */
class WebKitLauncher {
  name = 'WebKitGTK';
  /** The runner's commands know a few types; `getPage` below answers as this one. */
  type = 'playwright';
  concurrency = 1;
  /** @type {ReturnType<typeof openWebKit> | undefined} */
  #browser;
  /** @type {string | undefined} */
  #active;

  async #window() {
    this.#browser ??= openWebKit();
    return (await this.#browser).window;
  }

  /**
   * @param {string} id
   * @param {string} url
   */
  async startSession(id, url) {
    const window = await this.#window();
    await window.resize(SIZE);
    this.#active = id;
    await window.go(url);
  }

  /** @param {string} id */
  async stopSession(id) {
    if (this.#active === id) this.#active = undefined;
    await (await this.#window()).go('about:blank');
    return {};
  }

  /** @param {string} id */
  isActive(id) {
    return this.#active === id;
  }

  async getBrowserUrl() {
    return (await this.#window()).url();
  }

  async startDebugSession() {
    throw new Error('Open MiniBrowser by hand.');
  }

  async stop() {
    await (await this.#browser)?.close();
  }

  /** As much of Playwright's page as the runner's commands ask for. */
  getPage() {
    const window = () => this.#window();
    return {
      keyboard: {
        /** @param {string} key */
        press: async (key) => (await window()).press([key]),
      },
      mouse: {
        /**
         * @param {number} x
         * @param {number} y
         */
        click: async (x, y) => (await window()).click(x, y),
      },
      /** @param {{ width: number, height: number }} size */
      setViewportSize: async (size) => (await window()).resize(size),
      // What the visitor asks of the system cannot be made up here. Tests see that nothing has changed, and skip.
      emulateMedia: async () => {},
    };
  }
}

export function webkitLauncher() {
  return new WebKitLauncher();
}
