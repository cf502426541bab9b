// What the proxy says: every refusal as one table, and every answer built from nothing.
// Promise: the shapes of the API's document with texts of our own; no header but those named here; CORS on every
// answer to an allowed origin, errors included. Must not know: how an answer came about.
import type { ApiErrorItem } from '../errors.js';
import type { Outgoing } from './message.js';
import type { TokenReply } from '../token/wire.js';

/** Every refusal: code, status, and a sentence for the developer of the page. */
const REFUSALS = {
  origin_refused: [403, 'This origin may not use this proxy.'],
  method_refused: [405, 'Tokens are exchanged with POST.'],
  path_refused: [404, 'Nothing is served at this path.'],
  type_refused: [415, 'The content type is application/json, without an encoding.'],
  body_too_long: [413, 'The body is longer than 2 KB.'],
  body_slow: [408, 'The body did not arrive in time.'],
  body_used: [500, 'Something read the body before the proxy: no body parser may run in front of it.'],
  body_malformed: [400, 'The body is not JSON.'],
  body_invalid: [422, 'The body is a JSON object that holds "token" and nothing else.'],
  token_missing: [422, 'The body holds no token, and this proxy has none of its own.'],
  token_refused: [422, 'The token is not one that this proxy exchanges.'],
  not_allowed: [403, 'The proxy does not allow a call now.'],
  allow_slow: [504, 'The check of this proxy did not answer in time.'],
  client_rate_limited: [429, 'Too many requests from this address.'],
  token_rate_limited: [429, 'Too many requests for this token.'],
  busy: [503, 'Too many requests at once.'],
  upstream_down: [503, 'The token endpoint is down and gets a rest.'],
  upstream_unauthorized: [401, 'The token endpoint wants other credentials than the proxy has.'],
  upstream_forbidden: [403, 'The token endpoint does not allow this token.'],
  upstream_not_found: [404, 'The token endpoint does not know this token.'],
  upstream_invalid: [422, 'The token endpoint did not accept the request.'],
  upstream_rate_limited: [429, 'The token endpoint is asked too often.'],
  upstream_error: [502, 'The token endpoint failed.'],
  upstream_unreachable: [502, 'The token endpoint cannot be reached.'],
  bad_upstream: [502, 'The token endpoint did not answer with a guest token.'],
  upstream_timeout: [504, 'The token endpoint did not answer in time.'],
  client_gone: [499, 'The client has left.'],
  internal: [500, 'The proxy failed.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** As the API writes them. */
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

/** An answer before it is addressed to anybody. */
export interface Answer {
  readonly status: number;
  /** Serialized as JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Why it is a refusal; for the log. */
  readonly code?: RefusalCode;
  /** For the log. */
  readonly upstreamStatus?: number | undefined;
}

/** What may be known about a refusal beside its code. */
export interface RefusalFacts {
  readonly retryAfterSec?: number | undefined;
  readonly upstreamStatus?: number | undefined;
  /** Items of the upstream's 422 answer, already shortened and without secrets. */
  readonly errors?: readonly ApiErrorItem[] | undefined;
}

/** A row of the table as an answer. */
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

/** The answer that everything is about. */
export function success(status: number, { token, expiresInSec }: TokenReply): Answer {
  // https://www.rfc-editor.org/rfc/rfc6749#section-5.1: whole seconds.
  const life = expiresInSec === undefined ? undefined : Math.floor(expiresInSec);
  return { status: status === 201 ? 201 : 200, body: { token, ...(life && { expires_in: life }) } };
}

/** The answer to a preflight of an allowed origin. */
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

/** Addresses an answer to the origin that asked, undefined when that is not an allowed one. */
export function address(answer: Answer, origin: string | undefined, id: string): Outgoing {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    // Pages read it by way of CORS; nothing else should.
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
