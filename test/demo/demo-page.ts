// The demo as a visitor sees it: "npm run demo" in a process of its own, and its page in a real browser.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const SERVE = fileURLToPath(new URL('../../demo/serve.ts', import.meta.url));

/** An open page, with the errors and requests that it caused. */
export interface DemoPage {
  readonly page: Page;
  /** Uncaught errors of the page. Console messages of failed calls do not count. */
  readonly pageErrors: string[];
  /** All requests so far. */
  readonly requests: { readonly url: string; readonly body: string | null }[];
  close(): Promise<void>;
}

/** Test files run in parallel, so each has a cache of its own. */
const CACHE = `demo-test-${process.pid}`;

export class Demo {
  readonly url: string;
  readonly #browser: Browser;
  readonly #stop: () => Promise<void>;

  constructor(url: string, browser: Browser, stop: () => Promise<void>) {
    this.url = url;
    this.#browser = browser;
    this.#stop = stop;
  }

  /** Starts "npm run demo" and a browser. */
  static async start(): Promise<Demo> {
    const child: ChildProcess = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), SERVE, '--port', '0'],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DEMO_CACHE: CACHE } },
    );
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    return Demo.at(line, async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(new URL(`../../node_modules/.vite/${CACHE}`, import.meta.url), {
        recursive: true,
        force: true,
      });
    });
  }

  /** Starts a browser for a page that is already served. */
  static async at(url: string, stop: () => Promise<void>): Promise<Demo> {
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [...CHROMIUM_ARGS, '--allow-loopback-in-peer-connection'],
    });
    return new Demo(url, browser, async () => {
      await browser.close();
      await stop();
    });
  }

  /** Opens the page in a browser context of its own, and waits until it is ready. */
  async open(options: BrowserContextOptions & { readonly query?: string } = {}): Promise<DemoPage> {
    const { query = '', ...more } = options;
    const context = await this.#browser.newContext({
      permissions: ['microphone', 'camera', 'clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
      ...more,
    });
    const page = await context.newPage();
    const pageErrors: string[] = [];
    const requests: DemoPage['requests'] = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    page.on('request', (request) => requests.push({ url: request.url(), body: request.postData() }));
    await page.goto(this.url + query);
    // Set when every section has started.
    await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
    return { page, pageErrors, requests, close: () => context.close() };
  }

  close(): Promise<void> {
    return this.#stop();
  }
}

/** The section of the page with this heading. */
export function section(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}
