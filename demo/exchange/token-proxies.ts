// The real token proxy, mounted three times in front of the stand-in's token endpoint, once for each way to use it.
// Promise: exactly what a site would run, over a real connection, with its own limits. Must not know the page.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenProxyOptions } from '../../src/proxy/options.js';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { createNodeHandler } from '../../src/proxy/node.js';
import { ALIAS, EXCHANGE_MODES, type ExchangeMode } from './modes.js';

type Mounted = (request: IncomingMessage, response: ServerResponse) => boolean;

const TOKEN = 'c2c_demo';

/** What each proxy knows of tokens. */
const KNOWN: Readonly<Record<ExchangeMode['id'], Pick<TokenProxyOptions, 'token' | 'tokens'> | undefined>> = {
  direct: undefined,
  'proxy-token': {},
  'proxy-alias': { tokens: { [ALIAS]: TOKEN } },
  'proxy-held': { token: TOKEN },
};

/** The proxies for the page at these origins; the first one is also where the endpoint is. */
export function mountProxies(host: string, ...otherOrigins: readonly string[]): Mounted {
  const handlers = new Map(
    EXCHANGE_MODES.flatMap(({ id, proxyPath }) => {
      const tokens = KNOWN[id];
      if (!proxyPath || !tokens) return [];
      const proxy = createTokenProxy({ host, allowedOrigins: [host, ...otherOrigins], ...tokens });
      return [[proxyPath, createNodeHandler(proxy)] as const];
    }),
  );
  return (request, response) => {
    const handler = handlers.get(request.url?.split('?', 1)[0] ?? '');
    handler?.(request, response);
    return handler !== undefined;
  };
}
