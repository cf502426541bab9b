// A caller for the tests of the platform: headless Chromium with the unmodified SDK, and a platform of its own. It does
// not use this project's element, so that the platform is tested on its own.
/* eslint-disable @typescript-eslint/no-explicit-any -- the SDK's types do not cover what these tests read */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright';
import type { CallRecord } from '../../demo/platform/call/call-record.js';
import { createPlatform, type Platform, type PlatformOptions } from '../../demo/platform/platform.js';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const SDK = readFileSync(new URL('../../node_modules/@signalwire/js/dist/index.umd.js', import.meta.url));

export interface Caller {
  readonly platform: Platform;
  /** Opens a page with the SDK, in a browser context of its own. */
  open(): Promise<SdkClient>;
  close(): Promise<void>;
}

export interface DialOptions {
  readonly token?: string;
  readonly video?: boolean;
  readonly userVariables?: Record<string, unknown>;
}

/** A page that can make one call. */
export interface SdkClient {
  readonly page: Page;
  /** Exchanges the token, connects and dials; resolves with the record of the call when it reaches the platform. */
  dial(destination: string, options?: DialOptions): Promise<CallRecord>;
  /** Reloads the page and reattaches to its call. */
  reload(): Promise<void>;
  /** The outcome of the SDK's `start()`: 'joined', or code and message of the error. */
  startOutcome(): Promise<unknown>;
  /** Resolves with the payload of the n-th event of this name, of the SDK's call or client, past or future. */
  event(name: string, nth?: number): Promise<Record<string, unknown>>;
  /** Resolves when a statistic of the inbound stream exceeds a limit. */
  untilInbound(kind: 'audio' | 'video', statistic: string, limit: number): Promise<void>;
  /** Calls a method of the SDK's call. */
  invoke(method: string, ...args: unknown[]): Promise<void>;
}

export async function createCaller(options: PlatformOptions = {}): Promise<Caller> {
  const platform = createPlatform(options);
  const server = createServer((request, response) => {
    if (platform.handle(request, response)) return;
    if (request.url === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(SDK);
    else
      response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/sdk.js"></script>');
  });
  server.on('upgrade', (request, socket, head) => {
    if (!platform.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    // A machine without a network has loopback addresses only.
    args: [...CHROMIUM_ARGS, '--allow-loopback-in-peer-connection'],
  });

  return {
    platform,
    async open() {
      const context = await browser.newContext({ permissions: ['microphone', 'camera'] });
      const page = await context.newPage();
      // tsx compiles functions to call this helper, including those that are sent to the page.
      await page.addInitScript('globalThis.__name = (named) => named;');
      await page.goto(`http://localhost:${port}/`);
      await page.evaluate(prepare);
      return sdkClient(page, platform);
    },
    async close() {
      await browser.close();
      platform.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function sdkClient(page: Page, platform: Platform): SdkClient {
  return {
    page,
    async dial(destination, { token = 'c2c_demo', video = false, userVariables = {} } = {}) {
      const incoming = platform.nextCall();
      await page.evaluate(([to, from, withVideo, variables]) => window.dial(to, from, withVideo, variables), [
        destination,
        token,
        video,
        userVariables,
      ] as const);
      return incoming;
    },
    async reload() {
      await page.reload();
      await page.evaluate(prepare);
      await page.evaluate(() => window.reattach());
    },
    startOutcome: () => page.evaluate(() => window.startOutcome),
    async event(name, nth = 0) {
      const found = await page.waitForFunction(
        ([name, nth]) => window.sdkEvents.filter((event) => event.name === name)[nth],
        [name, nth] as const,
      );
      return (await found.jsonValue())?.payload ?? {};
    },
    untilInbound: (kind, statistic, limit) =>
      page.evaluate(
        async ([wanted, name, limit]) => {
          const deadline = performance.now() + 30_000;
          for (;;) {
            const reports = [...(await window.call.peer.instance.getStats()).values()] as any[];
            const inbound = reports.find(({ type, kind }) => type === 'inbound-rtp' && kind === wanted);
            if (inbound?.[name] > limit) return;
            if (performance.now() > deadline)
              throw new Error(`${wanted} ${name} stayed at ${inbound?.[name]}.`);
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        },
        [kind, statistic, limit] as const,
      ),
    invoke: (method, ...args) =>
      page.evaluate(async ([name, given]) => void (await window.call[name](...given)), [
        method,
        args,
      ] as const),
  };
}

// The part that runs in the page.
declare global {
  interface Window {
    SignalWire: any;
    call: any;
    client: any;
    startOutcome: Promise<unknown>;
    sdkEvents: { name: string; payload: Record<string, unknown> }[];
    dial(to: string, token: string, video: boolean, userVariables: object): Promise<void>;
    reattach(): Promise<void>;
  }
}

function prepare(): void {
  window.sdkEvents = [];
  /** The payload as JSON data. Some payloads contain objects of the SDK that refer to themselves. */
  const plain = (payload: unknown): Record<string, unknown> => {
    try {
      return JSON.parse(JSON.stringify(payload ?? {})) as Record<string, unknown>;
    } catch {
      return {};
    }
  };
  const listen = (target: any, names: string[]): void => {
    for (const name of names) {
      target.on(name, (payload: unknown) => {
        window.sdkEvents.push({ name, payload: plain(payload) });
      });
    }
  };
  const connect = async (publicToken: string): Promise<void> => {
    const response = await fetch('/api/fabric/embeds/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: publicToken }),
    });
    const { token } = (await response.json()) as { token: string };
    window.client = await window.SignalWire.SignalWire({ token, logLevel: 'warn' });
    listen(window.client, [
      'user_event',
      'ai.speech_detect',
      'ai.partial_result',
      'ai.response_utterance',
      'ai.completion',
      'ai.transparent_barge',
    ]);
  };
  const start = (): void => {
    listen(window.call, [
      'active',
      'hangup',
      'destroy',
      'call.state',
      'call.joined',
      'media.connected',
      'member.updated',
      'member.updated.audioMuted',
    ]);
    window.startOutcome = window.call.start().then(
      () => 'joined',
      (reason: any) => ({ code: reason?.code, message: reason?.message }),
    );
  };
  window.dial = async (to, publicToken, video, userVariables) => {
    await connect(publicToken);
    const rootElement = document.body;
    window.call = await window.client.dial({ to, audio: true, video, userVariables, rootElement });
    start();
  };
  window.reattach = async () => {
    await connect('c2c_demo');
    window.call = await window.client.reattach({ audio: true, video: false });
    start();
  };
}
