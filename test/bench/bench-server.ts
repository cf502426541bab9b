// What the measured pages are served from: documents, compressed files, and the local platform, on one port; and the
// browser that opens them, which can reach nothing but this machine.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext } from 'playwright';
import { createPlatform, type Platform } from '../../demo/platform/platform.js';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const CDN = join(import.meta.dirname, '../../dist/cdn');

export interface BenchServer {
  readonly port: number;
  readonly platform: Platform;
  readonly browser: Browser;
  /** Serves a page at a path; gives the path. */
  document(path: string, head: string, body: string): string;
  /** Serves a script at a path. */
  script(path: string, code: string | Buffer): string;
  /** The built chunk whose name starts so. */
  chunk(name: string): string;
  close(): Promise<void>;
}

const LAUNCH = {
  executablePath: chromiumPath(),
  args: [
    ...CHROMIUM_ARGS,
    '--allow-loopback-in-peer-connection',
    // What a page asks of anybody else fails at once, and nothing leaves this machine.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  ],
};

/** A browser with a profile on the disk, as visitors have one: a private window opens no connection ahead. */
export async function openProfile(): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const context = await chromium.launchPersistentContext(folder, {
    ...LAUNCH,
    permissions: ['microphone'],
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function openBenchServer(): Promise<BenchServer> {
  const platform = createPlatform();
  const compressed = new Map<string, { readonly body: Buffer; readonly type: string }>();
  const put = (path: string, body: string | Buffer, type: string) => {
    compressed.set(path, { body: brotliCompressSync(body), type });
    return path;
  };
  const built = readdirSync(CDN, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  for (const name of built) put(`/cdn/${name}`, readFileSync(join(CDN, name)), 'text/javascript');

  const serve = ({ url = '/' }: IncomingMessage, response: ServerResponse): void => {
    const file = compressed.get(url.split('?', 1)[0]!);
    if (!file) return void response.writeHead(404).end();
    response
      .writeHead(200, {
        'content-type': `${file.type}; charset=utf-8`,
        'content-encoding': 'br',
        'content-length': file.body.length,
        'access-control-allow-origin': '*',
      })
      .end(file.body);
  };
  const server = createServer((request, response) => {
    if (!platform.handle(request, response)) serve(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    if (!platform.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const browser = await chromium.launch(LAUNCH);
  return {
    port: (server.address() as AddressInfo).port,
    platform,
    browser,
    document: (path, head, body) =>
      put(
        path,
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">${head}<body>${body}</body></html>`,
        'text/html',
      ),
    script: (path, code) => put(path, code, 'text/javascript'),
    chunk(name) {
      const file = built.find((candidate) => candidate.includes(`${name}-`));
      if (!file) throw new Error(`No chunk ${name} in dist/cdn: run "npm run build".`);
      return `/cdn/${file}`;
    },
    async close() {
      await browser.close();
      platform.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
