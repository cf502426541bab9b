// What becomes of each public token: the answer of the token endpoint, and how the gateway takes its guest token.
// Plain data and one lookup; runs in browsers too. Must not import anything of Node, nor know how a story is played.

/** What happens when a public token is exchanged, and what its guest token meets at the gateway. */
export interface TokenStory {
  readonly token: string;
  readonly title: string;
  readonly what: string;
  /** What the token endpoint does. */
  readonly answer: ExchangeAnswer;
  /** The guest token it hands out. */
  readonly guest?: GuestStory;
}

export type ExchangeAnswer =
  | {
      readonly kind: 'token';
      readonly status: 200 | 201;
      readonly expiresIn?: true;
      /** How long the answer takes; at once without it. */
      readonly afterMs?: number;
    }
  | {
      readonly kind: 'error';
      readonly status: 400 | 401 | 403 | 404 | 422 | 429 | 500;
      readonly retryAfterS?: number;
    }
  /** A body that no client should accept. */
  | { readonly kind: 'body'; readonly status: 200 | 201; readonly contentType: string; readonly body: string }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut' };

export interface GuestStory {
  /** An encrypted token, as production hands out, or a signed one whose life everybody can read. */
  readonly form: 'jwe' | 'jwt';
  readonly lifeS: number;
  /** How the gateway takes it: `refused-once` is refused, the next one of the same public token is not. */
  readonly gateway: 'accepted' | 'refused' | 'refused-once' | 'silent' | 'absent';
}

const TWO_HOURS_S = 2 * 60 * 60;
const ACCEPTED: GuestStory = { form: 'jwe', lifeS: TWO_HOURS_S, gateway: 'accepted' };
const CREATED = { kind: 'token', status: 201 } as const;

export const TOKEN_STORIES: readonly TokenStory[] = [
  {
    token: 'c2c_demo',
    title: 'Works',
    what: 'An encrypted guest token, as in production. It lives for two hours.',
    answer: CREATED,
    guest: ACCEPTED,
  },
  {
    token: 'c2c_jwt',
    title: 'Works, readable',
    what: 'A signed guest token whose end of life can be read from it.',
    answer: CREATED,
    guest: { ...ACCEPTED, form: 'jwt' },
  },
  {
    token: 'c2c_short',
    title: 'Short-lived',
    what: 'A signed guest token that lives for 30 seconds.',
    answer: CREATED,
    guest: { ...ACCEPTED, form: 'jwt', lifeS: 30 },
  },
  {
    token: 'c2c_expires_in',
    title: 'States its life',
    what: 'The answer carries expires_in beside an encrypted guest token, as a token proxy may.',
    answer: { kind: 'token', status: 201, expiresIn: true },
    guest: { ...ACCEPTED, lifeS: 600 },
  },
  {
    token: 'c2c_created_200',
    title: 'Works, with 200',
    what: 'Answers 200 instead of 201, as some gateways do.',
    answer: { kind: 'token', status: 200 },
    guest: ACCEPTED,
  },
  {
    token: 'c2c_slow',
    title: 'Works, slowly',
    what: 'The endpoint takes four seconds to answer.',
    answer: { ...CREATED, afterMs: 4000 },
    guest: ACCEPTED,
  },
  {
    token: 'c2c_400',
    title: 'Bad request',
    what: '400.',
    answer: { kind: 'error', status: 400 },
  },
  {
    token: 'c2c_401',
    title: 'Unauthorized',
    what: '401: the space wants an API token, or does not accept this one.',
    answer: { kind: 'error', status: 401 },
  },
  {
    token: 'c2c_403',
    title: 'Forbidden',
    what: '403: the token may not be used here.',
    answer: { kind: 'error', status: 403 },
  },
  {
    token: 'c2c_404',
    title: 'Unknown token',
    what: '404: deleted, or of another space. Any well-formed token without a story gets this too.',
    answer: { kind: 'error', status: 404 },
  },
  {
    token: 'c2c_422',
    title: 'Invalid request',
    what: '422 with a list of what is wrong. Anything that does not look like a token gets this too.',
    answer: { kind: 'error', status: 422 },
  },
  {
    token: 'c2c_429',
    title: 'Too many requests',
    what: '429 with "Retry-After: 7".',
    answer: { kind: 'error', status: 429, retryAfterS: 7 },
  },
  {
    token: 'c2c_500',
    title: 'Server error',
    what: '500.',
    answer: { kind: 'error', status: 500 },
  },
  {
    token: 'c2c_hang',
    title: 'No answer',
    what: 'The endpoint never answers.',
    answer: { kind: 'hang' },
  },
  {
    token: 'c2c_drop',
    title: 'Connection cut',
    what: 'The connection is cut before there is an answer.',
    answer: { kind: 'cut' },
  },
  {
    token: 'c2c_garbage',
    title: 'Not JSON',
    what: 'A page of HTML with status 200, as a captive portal gives.',
    answer: {
      kind: 'body',
      status: 200,
      contentType: 'text/html; charset=utf-8',
      body: '<!doctype html><title>Welcome</title><h1>Welcome to the hotel network</h1>',
    },
  },
  {
    token: 'c2c_wrong_shape',
    title: 'JSON without a token',
    what: '201 and JSON, but there is no token in it.',
    answer: { kind: 'body', status: 201, contentType: 'application/json', body: '{"access":"granted"}' },
  },
  {
    token: 'c2c_refused_once',
    title: 'Refused once',
    what: 'The gateway refuses every first guest token, and takes the one that is fetched after it.',
    answer: CREATED,
    guest: { ...ACCEPTED, gateway: 'refused-once' },
  },
  {
    token: 'c2c_refused',
    title: 'Always refused',
    what: 'The endpoint hands out guest tokens, the gateway refuses each of them.',
    answer: CREATED,
    guest: { ...ACCEPTED, gateway: 'refused' },
  },
  {
    token: 'c2c_silent_gateway',
    title: 'Silent gateway',
    what: 'The gateway takes the connection and never says a word.',
    answer: CREATED,
    guest: { ...ACCEPTED, gateway: 'silent' },
  },
  {
    token: 'c2c_no_gateway',
    title: 'No gateway',
    what: 'The guest token names a gateway that is not there.',
    answer: CREATED,
    guest: { ...ACCEPTED, gateway: 'absent' },
  },
];

/** The story of a public token; a well-formed token that has none is simply unknown, anything else is invalid. */
export function tokenStory(token: unknown): ExchangeAnswer & { readonly story?: TokenStory } {
  const story = TOKEN_STORIES.find((candidate) => candidate.token === token);
  if (story) return { ...story.answer, story };
  const wellFormed = typeof token === 'string' && /^c2[ct]_[A-Za-z0-9_-]{1,252}$/.test(token);
  return { kind: 'error', status: wellFormed ? 404 : 422 };
}
