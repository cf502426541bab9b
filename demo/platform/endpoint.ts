// The token endpoint, POST /api/fabric/embeds/tokens: a public token in, a guest token out.
// A fetch-shaped function: a server can serve it, and code that takes a `fetch` can call it without any network.
// Promises the answers of the API's documentation; must not know the gateway beyond its address.
import { setTimeout as pause } from 'node:timers/promises';
import type { Mint } from './mint.js';
import { tokenStory, type ExchangeAnswer } from './stories.js';

export const ENDPOINT_PATH = '/api/fabric/embeds/tokens';

export interface EndpointOptions {
  readonly mint: Mint;
  /** The address of the gateway, seen from whoever sent this request. */
  readonly gatewayFor: (request: Request) => string;
  /** Called once per exchange, before it is answered. */
  readonly onExchange?: (token: string) => void;
}

// Any page may call: the public token is the only credential, there are no cookies. Without the last line a page
// of another origin could not read how long it should wait.
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

/** Makes the endpoint. Like `fetch`, it rejects when the connection is lost or the request is aborted. */
export function createEndpoint(options: EndpointOptions): (request: Request) => Promise<Response> {
  return async function endpoint(request) {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
    if (request.method !== 'POST')
      return json(405, { error: 'Method Not Allowed' }, { allow: 'POST, OPTIONS' });
    const body: unknown = await request.json().catch(() => undefined);
    if (body === undefined) return json(400, { error: ERROR_TEXTS[400] });
    const token = (body as { token?: unknown } | null)?.token;
    options.onExchange?.(typeof token === 'string' ? token : '');
    return answer(tokenStory(token), request, options);
  };
}

async function answer(
  told: ReturnType<typeof tokenStory>,
  request: Request,
  { mint, gatewayFor }: EndpointOptions,
): Promise<Response> {
  switch (told.kind) {
    case 'token': {
      const guest = told.story?.guest;
      if (!guest) return json(500, { error: ERROR_TEXTS[500] });
      if (told.afterMs) await pause(told.afterMs, undefined, { signal: request.signal });
      const token = await mint.issue(guest, gatewayFor(request));
      return json(told.status, told.expiresIn ? { token, expires_in: guest.lifeS } : { token });
    }
    case 'error':
      return refuse(told);
    case 'body':
      return new Response(told.body, {
        status: told.status,
        headers: { ...CORS, 'content-type': told.contentType },
      });
    case 'hang':
      return untilAborted(request.signal);
    case 'cut':
      throw new TypeError('The connection was cut.');
  }
}

function refuse({ status, retryAfterS }: ExchangeAnswer & { kind: 'error' }): Response {
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
