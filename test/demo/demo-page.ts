// The demo as a visitor has it: "npm run demo" in a process of its own, and a page of a real browser on it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const SERVE = fileURLToPath(new URL('../../demo/serve.ts', import.meta.url));

/** A page, and what went wrong or out on it. */
export interface DemoPage {
  readonly page: Page;
  /** Errors of the page itself; what a failed call leaves in the console is not among them. */
  readonly faults: string[];
  /** Requests, in their order. */
  readonly requests: { readonly url: string; readonly body: string | null }[];
  close(): Promise<void>;
}

/** Its own for every file of tests: they run side by side. */
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

  /** Starts the server of "npm run demo", and a browser. */
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

  /** A browser for a page that somebody else serves. */
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

  /** Opens the page in a browser profile of its own; settles when it is ready. */
  async open(options: BrowserContextOptions & { readonly query?: string } = {}): Promise<DemoPage> {
    const { query = '', ...more } = options;
    const context = await this.#browser.newContext({
      permissions: ['microphone', 'camera', 'clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
      ...more,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    const requests: DemoPage['requests'] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => requests.push({ url: request.url(), body: request.postData() }));
    await page.goto(this.url + query);
    // The last part of the page to be set up.
    await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
    return { page, faults, requests, close: () => context.close() };
  }

  close(): Promise<void> {
    return this.#stop();
  }
}

/** The part of the page under a heading. */
export function section(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true });
}
