// What becomes of a call to each address.
// Plain data and one lookup; runs in browsers too. Must not import anything of Node, nor know how a story is played.

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
  /** The far end hangs up so long after media began to flow. */
  readonly hangsUpAfterMs?: number;
  /** The far end vanishes so long after the caller joined: socket cut, media stopped, nothing said. */
  readonly dropsAfterMs?: number;
  /** The gateway's connection is cut so long after the caller joined; media goes on, and the caller may come back. */
  readonly cutsOffAfterMs?: number;
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
    destination: '/public/cuts-off',
    title: 'Signalling cut',
    what: 'Answers; after three seconds the gateway cuts its connection. The sound goes on, and the browser comes back.',
    sound: 'tone',
    cutsOffAfterMs: 3000,
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
