// A browser with one window, driven through the W3C's WebDriver, as far as unit tests and a journey need it. Written
// out here because the client libraries that are kept up want a newer Node than the tests do.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.

/** The keys that have no character of their own. Source: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = /** @type {Record<string, string>} */ ({
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  Space: ' ',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
});

const UNTIL_SIZED = `
  const [width, height] = arguments;
  return new Promise((done) => {
    let frames = 10;
    const look = () =>
      (innerWidth === width && innerHeight === height) || !frames-- ? done() : requestAnimationFrame(look);
    look();
  });`;

export class WebDriver {
  #session;

  /** @param {string} session Its address at the driver. */
  constructor(session) {
    this.#session = session;
  }

  /**
   * @param {string} server The driver's address.
   * @param {object} capabilities
   */
  static async open(server, capabilities) {
    const opened = await ask('POST', `${server}/session`, { capabilities: { alwaysMatch: capabilities } });
    const { sessionId } = /** @type {{ sessionId: string }} */ (opened);
    return new WebDriver(`${server}/session/${sessionId}`);
  }

  /** @param {string} url */
  async go(url) {
    await this.#ask('POST', '/url', { url });
  }

  /** @returns {Promise<string>} */
  async url() {
    return /** @type {Promise<string>} */ (this.#ask('GET', '/url'));
  }

  /**
   * @param {string} script The body of a function; what it returns must survive JSON. A promise is waited for.
   * @param {...unknown} args
   * @returns {Promise<unknown>}
   */
  async run(script, ...args) {
    return this.#ask('POST', '/execute/sync', { script, args });
  }

  /** @param {readonly string[]} keys Characters, or names as in `KeyboardEvent.key`. */
  async press(keys) {
    const actions = keys
      .map((key) => KEYS[key] ?? key)
      .flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
    await this.#act({ type: 'key', id: 'keyboard', actions });
  }

  /**
   * A click in the middle of what a position in the window names.
   * @param {number} x
   * @param {number} y
   */
  async click(x, y) {
    const actions = [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  /**
   * Gives the page, without the browser's own bars, a size in CSS pixels; or the nearest that the window can have.
   * @param {{ width: number, height: number }} size
   */
  async resize({ width, height }) {
    const rect = /** @type {{ width: number, height: number }} */ (await this.#ask('GET', '/window/rect'));
    const inner = /** @type {[number, number]} */ (await this.run('return [innerWidth, innerHeight]'));
    await this.#ask('POST', '/window/rect', {
      width: rect.width + width - inner[0],
      height: rect.height + height - inner[1],
    });
    // The driver answers before the page knows. A few frames are enough to see that it never will.
    await this.run(UNTIL_SIZED, width, height);
  }

  async close() {
    await this.#ask('DELETE', '');
  }

  /** @param {object} source */
  async #act(source) {
    await this.#ask('POST', '/actions', { actions: [source] });
    await this.#ask('DELETE', '/actions');
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  #ask(method, path, body) {
    return ask(method, this.#session + path, body);
  }
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<unknown>}
 */
async function ask(method, url, body) {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = /** @type {{ value: { error?: string, message?: string } | null }} */ (
    await response.json()
  );
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value?.error} ${value?.message}`);
  return value;
}
