// How the token endpoint responds to each public token, and how the gateway treats the guest token: one entry per
// scenario. Plain data that runs in browsers as well, so that the demo page can list the scenarios.

export interface TokenScenario {
  readonly token: string;
  readonly title: string;
  readonly description: string;
  /** What the token endpoint does. */
  readonly response: EndpointResponse;
  /** The guest token that it issues. */
  readonly guest?: GuestTokenSpec;
}

export type EndpointResponse =
  | {
      readonly kind: 'token';
      readonly status: 200 | 201;
      readonly expiresIn?: true;
      /** The delay of the response. */
      readonly afterMs?: number;
    }
  | {
      readonly kind: 'error';
      readonly status: 400 | 401 | 403 | 404 | 422 | 429 | 500;
      readonly retryAfterS?: number;
    }
  /** A body that a client must reject. */
  | { readonly kind: 'body'; readonly status: 200 | 201; readonly contentType: string; readonly body: string }
  /** No response. */
  | { readonly kind: 'hang' }
  /** The connection is closed without a response. */
  | { readonly kind: 'cut' };

export interface GuestTokenSpec {
  /** Encrypted, as in production, or signed, so that a browser can read its expiry. */
  readonly form: 'jwe' | 'jwt';
  readonly lifetimeS: number;
  /**
   * How the gateway treats the token. With `refused-once` it refuses every other token; with `silent` it never replies;
   * with `absent` the token names an address where nothing listens.
   */
  readonly gateway: 'accepted' | 'refused' | 'refused-once' | 'silent' | 'absent';
}

const TWO_HOURS_S = 2 * 60 * 60;
const ACCEPTED: GuestTokenSpec = { form: 'jwe', lifetimeS: TWO_HOURS_S, gateway: 'accepted' };
const CREATED = { kind: 'token', status: 201 } as const;

export const TOKEN_SCENARIOS: readonly TokenScenario[] = [
  {
    token: 'c2c_demo',
    title: 'Works',
    description: 'An encrypted guest token, as in production. It is valid for two hours.',
    response: CREATED,
    guest: ACCEPTED,
  },
  {
    token: 'c2c_jwt',
    title: 'Works, readable',
    description: 'A signed guest token with a readable expiry.',
    response: CREATED,
    guest: { ...ACCEPTED, form: 'jwt' },
  },
  {
    token: 'c2c_short',
    title: 'Short-lived',
    description: 'A signed guest token that is valid for 30 seconds.',
    response: CREATED,
    guest: { ...ACCEPTED, form: 'jwt', lifetimeS: 30 },
  },
  {
    token: 'c2c_expires_in',
    title: 'States its lifetime',
    description: 'The response contains expires_in and an encrypted guest token, as from a token proxy.',
    response: { kind: 'token', status: 201, expiresIn: true },
    guest: { ...ACCEPTED, lifetimeS: 600 },
  },
  {
    token: 'c2c_created_200',
    title: 'Works, with 200',
    description: 'The endpoint responds with 200 instead of 201.',
    response: { kind: 'token', status: 200 },
    guest: ACCEPTED,
  },
  {
    token: 'c2c_slow',
    title: 'Works, slowly',
    description: 'The endpoint takes four seconds to respond.',
    response: { ...CREATED, afterMs: 4000 },
    guest: ACCEPTED,
  },
  {
    token: 'c2c_400',
    title: 'Bad request',
    description: 'The endpoint responds with 400.',
    response: { kind: 'error', status: 400 },
  },
  {
    token: 'c2c_401',
    title: 'Unauthorized',
    description: '401: the space requires an API token or does not accept this token.',
    response: { kind: 'error', status: 401 },
  },
  {
    token: 'c2c_403',
    title: 'Forbidden',
    description: '403: the token is not allowed here.',
    response: { kind: 'error', status: 403 },
  },
  {
    token: 'c2c_404',
    title: 'Unknown token',
    description:
      '404: the token was deleted or belongs to another space. Every well-formed token that is not in this list gets 404.',
    response: { kind: 'error', status: 404 },
  },
  {
    token: 'c2c_422',
    title: 'Invalid request',
    description: '422 with a list of validation errors. Anything that does not look like a token gets 422.',
    response: { kind: 'error', status: 422 },
  },
  {
    token: 'c2c_429',
    title: 'Too many requests',
    description: '429 with “Retry-After: 7”.',
    response: { kind: 'error', status: 429, retryAfterS: 7 },
  },
  {
    token: 'c2c_500',
    title: 'Server error',
    description: 'The endpoint responds with 500.',
    response: { kind: 'error', status: 500 },
  },
  {
    token: 'c2c_hang',
    title: 'No response',
    description: 'The endpoint never responds.',
    response: { kind: 'hang' },
  },
  {
    token: 'c2c_drop',
    title: 'Connection cut',
    description: 'The connection is closed before the response.',
    response: { kind: 'cut' },
  },
  {
    token: 'c2c_garbage',
    title: 'Not JSON',
    description: 'An HTML page with status 200, as from a captive portal.',
    response: {
      kind: 'body',
      status: 200,
      contentType: 'text/html; charset=utf-8',
      body: '<!doctype html><title>Welcome</title><h1>Welcome to the hotel network</h1>',
    },
  },
  {
    token: 'c2c_wrong_shape',
    title: 'JSON without a token',
    description: '201 and JSON, but without a token.',
    response: { kind: 'body', status: 201, contentType: 'application/json', body: '{"access":"granted"}' },
  },
  {
    token: 'c2c_refused_once',
    title: 'Refused once',
    description: 'The gateway refuses the first guest token and accepts the next one.',
    response: CREATED,
    guest: { ...ACCEPTED, gateway: 'refused-once' },
  },
  {
    token: 'c2c_refused',
    title: 'Always refused',
    description: 'The endpoint issues guest tokens, and the gateway refuses each of them.',
    response: CREATED,
    guest: { ...ACCEPTED, gateway: 'refused' },
  },
  {
    token: 'c2c_silent_gateway',
    title: 'Silent gateway',
    description: 'The gateway accepts the connection and never replies.',
    response: CREATED,
    guest: { ...ACCEPTED, gateway: 'silent' },
  },
  {
    token: 'c2c_no_gateway',
    title: 'No gateway',
    description: 'The guest token names a gateway that does not exist.',
    response: CREATED,
    guest: { ...ACCEPTED, gateway: 'absent' },
  },
];

const UNKNOWN: Pick<TokenScenario, 'response'> = { response: { kind: 'error', status: 404 } };
const INVALID: Pick<TokenScenario, 'response'> = { response: { kind: 'error', status: 422 } };

/** Finds the scenario of a public token. An unlisted one is unknown (404), anything else is invalid (422). */
export function tokenScenario(token: unknown): Pick<TokenScenario, 'response' | 'guest'> {
  const scenario = TOKEN_SCENARIOS.find((candidate) => candidate.token === token);
  if (scenario) return scenario;
  const wellFormed = typeof token === 'string' && /^c2[ct]_[A-Za-z0-9_-]{1,252}$/.test(token);
  return wellFormed ? UNKNOWN : INVALID;
}
