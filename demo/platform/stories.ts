// Every story that the local platform can tell: which public token gets which answer, which address does what.
// Plain data, so that the page can list the stories, the platform play them and the tests go through them.
// Runs in browsers too: must not import anything of Node, nor know how a story is played.

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
  | { readonly kind: 'token'; readonly status: 200 | 201; readonly expiresIn?: true }
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
const CREATED: ExchangeAnswer = { kind: 'token', status: 201 };

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

/** How the far end takes a call to an address. Times are told in the order in which they pass. */
export interface DestinationStory {
  readonly destination: string;
  readonly title: string;
  readonly what: string;
  /** How long it rings. Without it the call is taken, or refused, at once. */
  readonly ringMs?: number;
  /** The call is not taken. */
  readonly refusal?: Refusal;
  /** Sound while it rings; the answer then carries no description of its own. */
  readonly earlyMedia?: true;
  /** Rings for ever. */
  readonly neverAnswers?: true;
  /** Answered, but the caller is never told that it joined the call. */
  readonly neverJoins?: true;
  /** Answered and joined, but no packet ever gets through. */
  readonly noMedia?: true;
  /** Ended by the far end between the answer and the joining. */
  readonly endsBeforeJoin?: true;
  /** What the caller hears. */
  readonly sound?: 'greeting' | 'echo' | 'tone' | 'agent';
  /** The far end hangs up so long after the caller joined. */
  readonly hangsUpAfterMs?: number;
  /** The far end vanishes so long after the caller joined: socket cut, media stopped, nothing said. */
  readonly dropsAfterMs?: number;
}

export type Refusal =
  | { readonly as: 'bye'; readonly cause: string; readonly causeCode: number }
  /** The invite is answered with a code that is no success. */
  | { readonly as: 'result'; readonly code: string; readonly message: string }
  /** The invite is answered with a JSON-RPC error. */
  | { readonly as: 'error'; readonly code: number; readonly message: string };

const BUSY: Refusal = { as: 'bye', cause: 'USER_BUSY', causeCode: 17 };
const REJECTED: Refusal = { as: 'bye', cause: 'CALL_REJECTED', causeCode: 21 };
const NO_ANSWER: Refusal = { as: 'bye', cause: 'NO_ANSWER', causeCode: 19 };
const UNKNOWN: Refusal = { as: 'bye', cause: 'UNALLOCATED_NUMBER', causeCode: 1 };

export const DESTINATION_STORIES: readonly DestinationStory[] = [
  {
    destination: '/public/support',
    title: 'Support',
    what: 'Rings, answers, greets you, then lets you hear yourself.',
    ringMs: 1500,
    sound: 'greeting',
  },
  {
    destination: '/public/echo',
    title: 'Echo',
    what: 'Answers at once and lets you hear yourself.',
    sound: 'echo',
  },
  {
    destination: '/public/agent',
    title: 'AI agent',
    what: 'An agent that speaks, listens, is interrupted, and shows text, Markdown, code and HTML.',
    ringMs: 800,
    sound: 'agent',
  },
  {
    destination: '/public/tone',
    title: 'Tone',
    what: 'Answers at once with a tone that does not stop.',
    sound: 'tone',
  },
  {
    destination: '/public/ringing',
    title: 'Long ringing',
    what: 'Rings for 30 seconds, longer than the SDK waits by itself, then answers.',
    ringMs: 30_000,
    sound: 'greeting',
  },
  {
    destination: '/public/early-media',
    title: 'Early media',
    what: 'You hear a tone while it still rings; the answer comes three seconds later.',
    ringMs: 3000,
    earlyMedia: true,
    sound: 'tone',
  },
  {
    destination: '/public/busy',
    title: 'Busy',
    what: 'The line is busy.',
    ringMs: 300,
    refusal: BUSY,
  },
  {
    destination: '/public/rejected',
    title: 'Rejected',
    what: 'The far end declines the call.',
    ringMs: 1000,
    refusal: REJECTED,
  },
  {
    destination: '/public/no-answer',
    title: 'No answer',
    what: 'Rings for three seconds, then the network gives up.',
    ringMs: 3000,
    refusal: NO_ANSWER,
  },
  {
    destination: '/public/silent',
    title: 'Rings for ever',
    what: 'Nobody answers and nobody gives up.',
    neverAnswers: true,
  },
  {
    destination: '/public/hangs-up',
    title: 'Hangs up',
    what: 'Answers, and hangs up after three seconds. /public/hangs-up-8 takes eight.',
    sound: 'tone',
    hangsUpAfterMs: 3000,
  },
  {
    destination: '/public/drops',
    title: 'Drops',
    what: 'Answers; after two seconds the connection is cut and all media stops.',
    sound: 'tone',
    dropsAfterMs: 2000,
  },
  {
    destination: '/public/no-media',
    title: 'No media',
    what: 'Answers, but no packet ever gets through.',
    noMedia: true,
  },
  {
    destination: '/public/answer-no-join',
    title: 'Never joined',
    what: 'Answers, but the word that the call is joined never comes.',
    sound: 'tone',
    neverJoins: true,
  },
  {
    destination: '/public/bye-before-join',
    title: 'Ended too early',
    what: 'Answers, and is over before the call is joined.',
    endsBeforeJoin: true,
  },
  {
    destination: '/public/unknown',
    title: 'Unknown address',
    what: 'There is no such address. Any address without a story gets this too.',
    refusal: UNKNOWN,
  },
  {
    destination: '/public/unknown-404',
    title: 'Unknown address, as a result',
    what: 'The same, told by a result with the code 404.',
    refusal: { as: 'result', code: '404', message: 'Address not found' },
  },
  {
    destination: '/public/unknown-error',
    title: 'Unknown address, as an error',
    what: 'The same, told by a JSON-RPC error.',
    refusal: { as: 'error', code: -32602, message: 'Address not found' },
  },
];

/** The story of a public token; a well-formed token that has none is simply unknown, anything else is invalid. */
export function tokenStory(token: unknown): ExchangeAnswer & { readonly story?: TokenStory } {
  const story = TOKEN_STORIES.find((candidate) => candidate.token === token);
  if (story) return { ...story.answer, story };
  const wellFormed = typeof token === 'string' && /^c2[ct]_[A-Za-z0-9_-]{1,252}$/.test(token);
  return { kind: 'error', status: wellFormed ? 404 : 422 };
}

/** The story of a dialled address; the query, which carries the channel, is not part of it. */
export function destinationStory(dialled: string): DestinationStory {
  const destination = dialled.split('?', 1)[0] ?? '';
  const seconds = /^\/public\/hangs-up-(\d{1,4})$/.exec(destination)?.[1];
  const known = seconds ? '/public/hangs-up' : destination;
  const story = DESTINATION_STORIES.find((candidate) => candidate.destination === known);
  if (!story)
    return { destination, title: 'Unknown address', what: 'There is no such address.', refusal: UNKNOWN };
  return seconds ? { ...story, destination, hangsUpAfterMs: Number(seconds) * 1000 } : story;
}
