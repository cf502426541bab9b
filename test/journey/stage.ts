// The stage of a journey: the local platform and the built files on one port, a real browser, and a page with the tag.
// Tests click, listen and look at what the far end heard; nothing of the SDK or of the element is replaced.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { createPlatform, type Platform, type PlatformOptions } from '../../demo/platform/platform.js';
import { Browsers } from '../browser/engine.mjs';

const CDN = new URL('../../dist/cdn/', import.meta.url);
const MODULE = '<script type="module" src="/cdn/sw-click-to-call.js"></script>';

/** Path prefix → folder whose files are served below it. */
export type Folders = Readonly<Record<string, URL>>;

/** One event of the element, as a listener of the page saw it. */
export interface SeenEvent {
  readonly type: string;
  readonly detail: Record<string, unknown>;
  /** `state` of the element at that moment. */
  readonly state: string;
}

export interface PageOptions {
  /** Markup of the body. */
  readonly body: string;
  /** Runs in the page before anything else. */
  readonly before?: string;
  readonly permissions?: readonly string[];
  /** Headers of the document. */
  readonly headers?: Record<string, string>;
  readonly context?: BrowserContextOptions;
  /** The scripts of the page; the module script by default. */
  readonly scripts?: string;
}

declare global {
  interface Window {
    // Recorded on every page of a stage.
    seen: SeenEvent[];
    peers: RTCPeerConnection[];
    tracks: MediaStreamTrack[];
    prompts: number;
    // Set by the scripts that single tests run before the page's own.
    allow(): void;
    asked: Promise<void>;
    atStart: string[];
    complaints: string[];
    exchanged: Promise<{ token: string }>;
    first: string[];
    gone: string;
    heard: string[];
    mend(): void;
    moved: string[];
    players: HTMLAudioElement[];
    plugIn(): void;
    shifts: number[];
    shown: Set<string>;
    spied: string[];
    violations: string[];
  }
}

/** Path → page. */
type Documents = Map<string, { html: string; headers: Record<string, string> }>;

export class Stage {
  readonly platform: Platform;
  readonly origin: string;
  readonly #browsers: Browsers;
  readonly #documents: Documents;
  readonly #close: () => Promise<void>;

  constructor(
    platform: Platform,
    origin: string,
    browsers: Browsers,
    documents: Documents,
    close: () => Promise<void>,
  ) {
    this.platform = platform;
    this.origin = origin;
    this.#browsers = browsers;
    this.#documents = documents;
    this.#close = close;
  }

  static async open(options?: PlatformOptions, folders: Folders = { '/cdn/': CDN }): Promise<Stage> {
    const platform = createPlatform(options);
    const documents: Documents = new Map();
    const server = createServer((request, response) => {
      if (!platform.handle(request, response)) void serve(documents, folders, request, response);
    });
    server.on('upgrade', (request, socket, head) => {
      if (!platform.upgrade(request, socket, head)) socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const browsers = new Browsers();
    return new Stage(platform, origin, browsers, documents, async () => {
      await browsers.close();
      platform.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  /** A page with the element on it, in a browser profile of its own. */
  async page(options: PageOptions): Promise<TestPage> {
    const { before, permissions = ['microphone', 'camera'], context: more } = options;
    const context = await this.#browsers.context(permissions, more);
    const page = await context.newPage();
    await page.addInitScript(recordEvents);
    await page.addInitScript(watchPeers);
    if (before) await page.addInitScript(before);
    await page.goto(this.address(options));
    return new TestPage(page, context);
  }

  /** Where a page with that markup is, for a browser that is not of this stage. */
  address({ body, headers = {}, scripts = MODULE }: PageOptions): string {
    const path = `/page-${this.#documents.size}`;
    const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title><link rel="icon" href="data:,">${scripts}<body>${body}</body></html>`;
    this.#documents.set(path, { html, headers });
    return this.origin + path;
  }

  /** The tag with this stage's endpoint. */
  tag(attributes: Record<string, string | true> = {}, content = 'Call support'): string {
    const all: Record<string, string | true> = {
      token: 'c2c_demo',
      destination: '/public/echo',
      host: this.origin,
      ...attributes,
    };
    const written = Object.entries(all).map(([name, value]) =>
      value === true ? name : `${name}='${value}'`,
    );
    return `<sw-click-to-call ${written.join(' ')}>${content}<a slot="fallback" href="tel:+15550100">+1 555 0100</a></sw-click-to-call>`;
  }

  /** Closes what a test left open, so that the next one begins with nothing. */
  async closePages(): Promise<void> {
    await this.#browsers.closeContexts();
    await this.untilNobodyConnected();
  }

  /** Settles when the gateway has no connection any more. */
  async untilNobodyConnected(timeout = 30_000): Promise<void> {
    const deadline = performance.now() + timeout;
    while (this.platform.sockets > 0) {
      if (performance.now() > deadline) throw new Error(`${this.platform.sockets} are still connected`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** A page and the questions that tests ask it. */
export class TestPage {
  readonly page: Page;
  readonly context: BrowserContext;

  constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.context = context;
  }

  /** The events so far, oldest first. */
  async events(): Promise<SeenEvent[]> {
    return this.page.evaluate(() => window.seen);
  }

  /** The event names so far, without the state changes. */
  async outcome(): Promise<string[]> {
    return (await this.events()).map(({ type }) => type).filter((type) => type !== 'sw-call-state');
  }

  /** The next (or an earlier) event of a type. */
  async event(type: string, timeout = 40_000): Promise<SeenEvent> {
    const found = await this.page.waitForFunction(
      (wanted) => window.seen.find((event) => event.type === wanted),
      type,
      { timeout, polling: 50 },
    );
    return (await found.jsonValue())!;
  }

  /** Settles when the first element on the page is in a state. */
  async state(state: string, timeout = 40_000): Promise<void> {
    await this.page
      .locator(`sw-click-to-call[data-state="${state}"]`)
      .first()
      .waitFor({ timeout, state: 'attached' });
  }

  /** Sound that arrived: packets and energy over all peers that the page made (see `watchPeers`). */
  async heard(): Promise<{ packets: number; energy: number }> {
    return this.page.evaluate(async () => {
      const sum = { packets: 0, energy: 0 };
      for (const peer of window.peers) {
        for (const report of (await peer.getStats()).values()) {
          const { type, kind, packetsReceived, totalAudioEnergy } = report as Record<string, number | string>;
          if (type !== 'inbound-rtp' || kind !== 'audio') continue;
          sum.packets += Number(packetsReceived);
          sum.energy += Number(totalAudioEnergy);
        }
      }
      return sum;
    });
  }

  /** Settles when sound of the far end has arrived, more than so many packets of it. */
  async untilHeard(timeout = 30_000, packets = 0): Promise<{ packets: number; energy: number }> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const heard = await this.heard();
      if (heard.packets > packets && heard.energy > 0) return heard;
      if (performance.now() > deadline) throw new Error(`Nothing heard: ${JSON.stringify(heard)}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** What the page still holds of the calls it made: live microphone tracks, open peers. */
  async held(): Promise<{ tracks: number; peers: number }> {
    return this.page.evaluate(() => {
      const { peers, tracks } = window;
      return {
        tracks: tracks.filter(({ readyState }) => readyState === 'live').length,
        peers: peers.filter(({ connectionState }) => connectionState !== 'closed').length,
      };
    });
  }

  /** Settles when the page has given everything back. */
  async untilNothingHeld(timeout = 30_000): Promise<void> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const { tracks, peers } = await this.held();
      if (tracks + peers === 0) return;
      if (performance.now() > deadline) throw new Error(`Still held: ${tracks} tracks, ${peers} peers`);
      await this.page.waitForTimeout(100);
    }
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Keeps count of what the page takes from the browser; takes nothing away and changes nothing. */
function watchPeers(): void {
  const peers: RTCPeerConnection[] = [];
  const tracks: MediaStreamTrack[] = [];
  Object.assign(window, { peers, tracks, prompts: 0 });
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.push(this);
    }
  };
  const devices = navigator.mediaDevices;
  const native = devices?.getUserMedia.bind(devices);
  if (!native) return;
  devices.getUserMedia = async (constraints) => {
    window.prompts += 1;
    const stream = await native(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

function recordEvents(): void {
  const seen: SeenEvent[] = [];
  Object.assign(window, { seen });
  const types = ['dial', 'call-state', 'call-started', 'call-hangup', 'call-ended', 'error', 'transcript'];
  for (const type of [...types, 'display-content', 'user-event']) {
    document.addEventListener(`sw-${type}`, (event) => {
      const detail = JSON.parse(JSON.stringify((event as CustomEvent).detail)) as Record<string, unknown>;
      seen.push({
        type: event.type,
        detail,
        state: (event.target as HTMLElementTagNameMap['sw-click-to-call']).state,
      });
    });
  }
}

async function serve(
  documents: Documents,
  folders: Folders,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const document = documents.get(pathname);
  if (document) {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...document.headers })
      .end(document.html);
    return;
  }
  const prefix = Object.keys(folders).find((candidate) => pathname.startsWith(candidate));
  try {
    if (!prefix || pathname.includes('..')) throw new Error('not a file of ours');
    const bytes = await readFile(new URL(pathname.slice(prefix.length), folders[prefix]));
    response
      .writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' })
      .end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}
