// The proxy's answers: the table of refusals, and the headers and bodies of every answer. Bodies have the shapes of
// SignalWire's API with texts of our own. Every answer to an allowed origin, errors included, has CORS headers.
import type { ApiErrorItem } from '../errors.js';
import type { Outgoing } from './message.js';
import type { TokenReply } from '../token/wire.js';

/** Every refusal: code, status, and a message for the page's developer. */
const REFUSALS = {
  origin_refused: [403, 'This origin may not use this proxy.'],
  method_refused: [405, 'The method must be POST.'],
  path_refused: [404, 'Nothing is served at this path.'],
  type_refused: [415, 'The body must be application/json without a content encoding.'],
  body_too_long: [413, 'The body is longer than 2 KB.'],
  body_slow: [408, 'The body did not arrive in time.'],
  body_used: [500, 'The body was read before the proxy could: run no body parser in front of it.'],
  body_malformed: [400, 'The body is not JSON.'],
  body_invalid: [422, 'The body must be a JSON object with "token" and nothing else.'],
  token_missing: [422, 'The body has no token, and this proxy has no token of its own.'],
  token_refused: [422, 'This proxy does not exchange this token.'],
  not_allowed: [403, 'This proxy does not allow the call.'],
  allow_slow: [504, 'The allow hook of this proxy did not answer in time.'],
  client_rate_limited: [429, 'Too many requests from this address.'],
  token_rate_limited: [429, 'Too many requests for this token.'],
  busy: [503, 'Too many concurrent requests.'],
  upstream_down: [503, 'The token endpoint is down.'],
  upstream_unauthorized: [401, 'The token endpoint does not accept the credentials of the proxy.'],
  upstream_forbidden: [403, 'The token endpoint does not allow this token.'],
  upstream_not_found: [404, 'The token endpoint does not know this token.'],
  upstream_invalid: [422, 'The token endpoint did not accept the request.'],
  upstream_rate_limited: [429, 'The token endpoint received too many requests.'],
  upstream_error: [502, 'The token endpoint failed.'],
  upstream_unreachable: [502, 'The token endpoint could not be reached.'],
  bad_upstream: [502, 'The token endpoint did not answer with a guest token.'],
  upstream_timeout: [504, 'The token endpoint did not answer in time.'],
  client_gone: [499, 'The client disconnected.'],
  internal: [500, 'The proxy failed.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** The `error` of a body, in the API's spelling. */
const STATUS_TEXTS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const DOCUMENTATION = 'https://signalwire.com/docs/apis/rest/subscribers/tokens/create-guest-embed-token';

/** An answer without the headers that depend on who asked. */
export interface Answer {
  readonly status: number;
  /** Serialized as JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set for refusals; for the log. */
  readonly code?: RefusalCode;
  /** For the log. */
  readonly upstreamStatus?: number | undefined;
}

/** What may be known about a refusal besides its code. */
export interface RefusalFacts {
  readonly retryAfterSec?: number | undefined;
  readonly upstreamStatus?: number | undefined;
  /** Items of the upstream's 422 answer, shortened and without secrets. */
  readonly errors?: readonly ApiErrorItem[] | undefined;
}

/** The answer for a row of the table. */
export function refusal(code: RefusalCode, facts: RefusalFacts = {}): Answer {
  const { retryAfterSec, upstreamStatus, errors } = facts;
  const [status, message] = REFUSALS[code];
  const headers: Record<string, string> = {
    ...(retryAfterSec !== undefined && { 'retry-after': String(retryAfterSec) }),
    ...(status === 405 && { allow: 'POST, OPTIONS' }),
  };
  return { status, body: refusalBody(status, code, message, errors), headers, code, upstreamStatus };
}

function refusalBody(status: number, code: string, message: string, errors: RefusalFacts['errors']) {
  if (status !== 422)
    return { error: STATUS_TEXTS[status], errors: [{ type: 'proxy_error', code, message }] };
  const own = { type: 'validation_error', code, message, attribute: 'token', url: DOCUMENTATION };
  return { errors: errors ?? [own] };
}

/** The answer with a guest token. */
export function success(status: number, { token, expiresInSec }: TokenReply): Answer {
  // Whole seconds: https://www.rfc-editor.org/rfc/rfc6749#section-5.1
  const life = expiresInSec === undefined ? undefined : Math.floor(expiresInSec);
  return { status: status === 201 ? 201 : 200, body: { token, ...(life && { expires_in: life }) } };
}

/** The answer to a CORS preflight from an allowed origin. */
export function preflight(): Answer {
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '600',
    },
  };
}

/** Adds the headers for the origin that asked; undefined when it is not an allowed one. */
export function address(answer: Answer, origin: string | undefined, id: string): Outgoing {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    // CORS is the only way for a page to read the answer.
    'cross-origin-resource-policy': 'same-origin',
    vary: 'Origin',
    'x-request-id': id,
  };
  if (origin !== undefined) {
    headers['access-control-allow-origin'] = origin;
    headers['access-control-expose-headers'] = 'Retry-After, X-Request-Id';
  }
  if (answer.body !== undefined) headers['content-type'] = 'application/json; charset=utf-8';
  const body = answer.body === undefined ? null : JSON.stringify(answer.body);
  return { status: answer.status, headers: Object.assign(headers, answer.headers), body };
}
