// The token endpoint, POST /api/fabric/embeds/tokens, which exchanges a public token for a guest token. It is a
// function from Request to Response, so a server can serve it and code that takes a `fetch` can call it directly.
import { setTimeout as delay } from 'node:timers/promises';
import { tokenScenario, type EndpointResponse, type GuestTokenSpec } from '../scenarios/token-scenarios.js';
import type { TokenIssuer } from './token-issuer.js';

export const TOKEN_ENDPOINT_PATH = '/api/fabric/embeds/tokens';

export interface TokenEndpointOptions {
  readonly issuer: TokenIssuer;
  /** The address under which the sender of this request reaches the gateway. */
  readonly gatewayFor: (request: Request) => string;
  /** Called for each exchange, before the response. */
  readonly onExchange?: (token: string) => void;
}

// Any origin may call, because the public token is the only credential. Without the last header a page of another
// origin could not read Retry-After.
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, authorization',
  'access-control-max-age': '600',
  'access-control-expose-headers': 'retry-after',
};

const ERROR_TEXTS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
} as const;

/** Like `fetch`, the endpoint rejects when the connection is lost or the request is aborted. */
export function createTokenEndpoint(options: TokenEndpointOptions): (request: Request) => Promise<Response> {
  return async function tokenEndpoint(request) {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
    if (request.method !== 'POST')
      return json(405, { error: 'Method Not Allowed' }, { allow: 'POST, OPTIONS' });
    const body: unknown = await request.json().catch(() => undefined);
    if (body === undefined) return json(400, { error: ERROR_TEXTS[400] });
    const token = (body as { token?: unknown } | null)?.token;
    options.onExchange?.(typeof token === 'string' ? token : '');
    const { response, guest } = tokenScenario(token);
    return respond(response, guest, request, options);
  };
}

async function respond(
  response: EndpointResponse,
  guest: GuestTokenSpec | undefined,
  request: Request,
  { issuer, gatewayFor }: TokenEndpointOptions,
): Promise<Response> {
  switch (response.kind) {
    case 'token': {
      if (!guest) return json(500, { error: ERROR_TEXTS[500] });
      if (response.afterMs) await delay(response.afterMs, undefined, { signal: request.signal });
      const token = await issuer.issue(guest, gatewayFor(request));
      return json(response.status, response.expiresIn ? { token, expires_in: guest.lifetimeS } : { token });
    }
    case 'error':
      return errorResponse(response);
    case 'body':
      return new Response(response.body, {
        status: response.status,
        headers: { ...CORS, 'content-type': response.contentType },
      });
    case 'hang':
      return untilAborted(request.signal);
    case 'cut':
      throw new TypeError('The connection was cut.');
  }
}

function errorResponse({ status, retryAfterS }: EndpointResponse & { kind: 'error' }): Response {
  if (status === 422) return json(422, { errors: [INVALID_TOKEN] });
  return json(
    status,
    { error: ERROR_TEXTS[status] },
    retryAfterS ? { 'retry-after': String(retryAfterS) } : {},
  );
}

const INVALID_TOKEN = {
  type: 'validation_error',
  code: 'invalid_parameter',
  message: 'This is not a Click to Call token.',
  attribute: 'token',
  url: 'https://signalwire.com/docs/apis/rest/subscribers/tokens/create-guest-embed-token',
};

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...CORS,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
