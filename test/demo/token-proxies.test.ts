// The proxies of the demo, in front of the local platform.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { mountTokenProxies } from '../../demo/exchange/token-proxies.js';
import { servePlatform, type ServedPlatform } from '../platform/served-platform.js';

const ORIGIN = 'http://localhost:5173';

describe('the token proxies', () => {
  let platform: ServedPlatform;
  let url: string;
  let close: () => void;
  before(async () => {
    platform = await servePlatform();
    const handle = mountTokenProxies(platform.url, ORIGIN);
    const server = createServer((request, response) => {
      if (!handle(request, response)) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => {
      platform.close();
      server.close();
      server.closeAllConnections();
    };
  });
  after(() => close());

  const statusOf = async (path: string, body: object, origin = ORIGIN): Promise<number> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  };

  it('exchange a public token, an alias, or the token that only the proxy knows', async () => {
    assert.equal(await statusOf('/token/page', { token: 'c2c_demo' }), 201);
    assert.equal(await statusOf('/token/alias', { token: 'support' }), 201);
    assert.equal(await statusOf('/token/held', {}), 201);
  });

  it('refuse an unknown alias and another origin', async () => {
    assert.equal(await statusOf('/token/alias', { token: 'sales' }), 422);
    assert.equal(await statusOf('/token/alias', { token: 'support' }, 'https://example.com'), 403);
  });

  it('leave other paths to the server that they are mounted on', async () => {
    assert.equal(await statusOf('/token', {}), 418);
  });
});
