// A caller for the tests of the platform: headless Chromium with the unmodified SDK, against a platform of its own.
// Promises that everything that the SDK said can be waited for, also when it was said before anybody asked.
// Must not know this project's element: the platform has to be right without it.
/* eslint-disable @typescript-eslint/no-explicit-any -- the SDK's types do not cover what is looked at here */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright';
import type { CallRecord } from '../../demo/platform/call-record.js';
import { createPlatform, type Platform, type PlatformOptions } from '../../demo/platform/platform.js';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const SDK = readFileSync(new URL('../../node_modules/@signalwire/js/dist/index.umd.js', import.meta.url));

export interface Caller {
  readonly platform: Platform;
  /** A fresh page with the SDK in it. */
  open(): Promise<Phone>;
  close(): Promise<void>;
}

export interface DialOptions {
  readonly token?: string;
  readonly video?: boolean;
  readonly userVariables?: Record<string, unknown>;
}

/** One page that can hold one call. */
export interface Phone {
  readonly page: Page;
  /** Exchanges, connects and dials; gives the record of the call as soon as the platform has it. */
  dial(destination: string, options?: DialOptions): Promise<CallRecord>;
  /** Reloads the page, which then takes its call up again. */
  reload(): Promise<void>;
  /** How `start()` settled: 'joined', or what it rejected with. */
  started(): Promise<unknown>;
  /** The payload of the n-th event of this name, of the call or of the client. */
  heard(event: string, nth?: number): Promise<Record<string, unknown>>;
  /** Waits until a figure of the inbound stream is over a limit. */
  untilInbound(kind: 'audio' | 'video', figure: string, over: number): Promise<void>;
  /** Calls a method of the SDK's call. */
  tell(method: string, ...args: unknown[]): Promise<void>;
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
    // Closed machines have no other address to meet at.
    args: [...CHROMIUM_ARGS, '--allow-loopback-in-peer-connection'],
  });

  return {
    platform,
    async open() {
      const context = await browser.newContext({ permissions: ['microphone', 'camera'] });
      const page = await context.newPage();
      // tsx has the compiler call this to keep the names of functions, also of those that are sent to the page.
      await page.addInitScript('globalThis.__name = (named) => named;');
      await page.goto(`http://localhost:${port}/`);
      await page.evaluate(prepare);
      return phoneIn(page, platform);
    },
    async close() {
      await browser.close();
      platform.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function phoneIn(page: Page, platform: Platform): Phone {
  return {
    page,
    async dial(destination, { token = 'c2c_demo', video = false, userVariables = {} } = {}) {
      const coming = platform.nextCall();
      await page.evaluate(([to, from, withVideo, variables]) => window.dial(to, from, withVideo, variables), [
        destination,
        token,
        video,
        userVariables,
      ] as const);
      return coming;
    },
    async reload() {
      await page.reload();
      await page.evaluate(prepare);
      await page.evaluate(() => window.reattach());
    },
    started: () => page.evaluate(() => window.outcome),
    async heard(event, nth = 0) {
      const found = await page.waitForFunction(
        ([name, index]) => window.heard.filter((one) => one.name === name)[index],
        [event, nth] as const,
      );
      return (await found.jsonValue())?.payload ?? {};
    },
    untilInbound: (kind, figure, over) =>
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
        [kind, figure, over] as const,
      ),
    tell: (method, ...args) =>
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
    outcome: Promise<unknown>;
    heard: { name: string; payload: Record<string, unknown> }[];
    dial(to: string, token: string, video: boolean, userVariables: object): Promise<void>;
    reattach(): Promise<void>;
  }
}

function prepare(): void {
  window.heard = [];
  /** What can leave the page of a payload: some hold the SDK's own objects, which go in circles. */
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
        window.heard.push({ name, payload: plain(payload) });
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
    window.outcome = window.call.start().then(
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
