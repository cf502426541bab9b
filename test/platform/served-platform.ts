// The local platform on a server of its own, for tests without a browser. Other paths respond with 418.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPlatform, type Platform, type PlatformOptions } from '../../demo/platform/platform.js';

export interface ServedPlatform {
  readonly platform: Platform;
  /** Without a trailing slash. */
  readonly url: string;
  close(): void;
}

export async function servePlatform(options?: PlatformOptions): Promise<ServedPlatform> {
  const platform = createPlatform(options);
  const server = createServer((request, response) => {
    if (!platform.handle(request, response)) response.writeHead(418).end();
  });
  server.on('upgrade', (request, socket, head) => {
    if (!platform.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    platform,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      platform.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
