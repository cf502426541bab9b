// The real token proxy, mounted once for each exchange mode that needs one. It forwards to the token endpoint of the
// local platform.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenProxyOptions } from '../../src/proxy/options.js';
import { createTokenProxy } from '../../src/proxy/handler.js';
import { createNodeHandler } from '../../src/proxy/node.js';
import { DEFAULT_TOKEN } from '../default-call.js';
import { ALIAS, EXCHANGE_MODES, type ExchangeMode } from './exchange-modes.js';

/** Handles a request; returns false if it is not for a proxy. */
type ProxyHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The tokens that each proxy is configured with. */
const PROXY_TOKENS: Readonly<
  Record<ExchangeMode['id'], Pick<TokenProxyOptions, 'token' | 'tokens'> | undefined>
> = {
  direct: undefined,
  'proxy-token': {},
  'proxy-alias': { tokens: { [ALIAS]: DEFAULT_TOKEN } },
  'proxy-held': { token: DEFAULT_TOKEN },
};

/** Creates the proxies for pages at `host` and the other origins. `host` also serves the token endpoint. */
export function mountTokenProxies(host: string, ...otherOrigins: readonly string[]): ProxyHandler {
  const handlers = new Map(
    EXCHANGE_MODES.flatMap(({ id, proxyPath }) => {
      const tokens = PROXY_TOKENS[id];
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
