// What happens to a call to each destination: one entry per scenario. Plain data that runs in browsers as well, so
// that the demo page can list the scenarios.

/** What the far end does with a call, in the order of the properties. */
export interface DestinationScenario {
  readonly destination: string;
  readonly title: string;
  readonly description: string;
  /** How long it rings. Without it the call is answered or refused at once. */
  readonly ringMs?: number;
  /** The call is not answered. */
  readonly refusal?: Refusal;
  /** Media flows while it still rings. The answer then carries no SDP. */
  readonly earlyMedia?: true;
  /** Rings until the caller gives up. */
  readonly neverAnswers?: true;
  /** The far end hangs up after the answer and before `call.joined`. */
  readonly endsBeforeJoin?: true;
  /** The call is answered, but `call.joined` is never sent. */
  readonly neverJoins?: true;
  /** The call is answered and joined, but no media packet gets through. */
  readonly noMedia?: true;
  /** What the caller hears. */
  readonly audio?: 'greeting' | 'echo' | 'tone' | 'agent';
  /** What happens after the caller has joined. */
  readonly afterJoin?: AfterJoin;
}

export interface AfterJoin {
  readonly afterMs: number;
  readonly action:
    /** The far end hangs up. The time counts from when media flows, so that the caller hears something first. */
    | 'hang-up'
    /** Signalling and media stop without notice. */
    | 'drop'
    /** The gateway closes the WebSocket. Media continues, and the client can resume its session. */
    | 'cut-signalling';
}

export type Refusal =
  | { readonly kind: 'bye'; readonly cause: string; readonly causeCode: number }
  /** The reply to the invite has a code that is not a success. */
  | { readonly kind: 'result'; readonly code: string; readonly message: string }
  /** The reply to the invite is a JSON-RPC error. */
  | { readonly kind: 'error'; readonly code: number; readonly message: string };

const BUSY: Refusal = { kind: 'bye', cause: 'USER_BUSY', causeCode: 17 };
const REJECTED: Refusal = { kind: 'bye', cause: 'CALL_REJECTED', causeCode: 21 };
const NO_ANSWER: Refusal = { kind: 'bye', cause: 'NO_ANSWER', causeCode: 19 };
const UNKNOWN: Refusal = { kind: 'bye', cause: 'UNALLOCATED_NUMBER', causeCode: 1 };

export const DESTINATION_SCENARIOS: readonly DestinationScenario[] = [
  {
    destination: '/public/support',
    title: 'Support',
    description: 'Rings, answers with a greeting, then echoes your voice.',
    ringMs: 1500,
    audio: 'greeting',
  },
  {
    destination: '/public/echo',
    title: 'Echo',
    description: 'Answers at once and echoes your voice.',
    audio: 'echo',
  },
  {
    destination: '/public/agent',
    title: 'AI agent',
    description: 'An agent that talks, listens, can be interrupted, and sends text, Markdown, code and HTML.',
    ringMs: 800,
    audio: 'agent',
  },
  {
    destination: '/public/tone',
    title: 'Tone',
    description: 'Answers at once with a continuous tone.',
    audio: 'tone',
  },
  {
    destination: '/public/ringing',
    title: 'Long ringing',
    description: 'Rings for 30 seconds, which is longer than the SDK’s own timeout, then answers.',
    ringMs: 30_000,
    audio: 'greeting',
  },
  {
    destination: '/public/early-media',
    title: 'Early media',
    description: 'Plays a tone while it rings, and answers after three seconds.',
    ringMs: 3000,
    earlyMedia: true,
    audio: 'tone',
  },
  {
    destination: '/public/busy',
    title: 'Busy',
    description: 'The line is busy.',
    ringMs: 300,
    refusal: BUSY,
  },
  {
    destination: '/public/rejected',
    title: 'Rejected',
    description: 'The far end declines the call.',
    ringMs: 1000,
    refusal: REJECTED,
  },
  {
    destination: '/public/no-answer',
    title: 'No answer',
    description: 'Rings for three seconds, then the network ends the call.',
    ringMs: 3000,
    refusal: NO_ANSWER,
  },
  {
    destination: '/public/silent',
    title: 'Rings forever',
    description: 'Rings until you hang up.',
    neverAnswers: true,
  },
  {
    destination: '/public/hangs-up',
    title: 'Hangs up',
    description: 'Answers and hangs up after three seconds. /public/hangs-up-8 hangs up after eight.',
    audio: 'tone',
    afterJoin: { afterMs: 3000, action: 'hang-up' },
  },
  {
    destination: '/public/drops',
    title: 'Dropped',
    description: 'Answers; after two seconds signalling and media stop without notice.',
    audio: 'tone',
    afterJoin: { afterMs: 2000, action: 'drop' },
  },
  {
    destination: '/public/cuts-off',
    title: 'Signalling cut',
    description:
      'Answers; after three seconds the gateway closes its connection. Audio continues while the browser reconnects.',
    audio: 'tone',
    afterJoin: { afterMs: 3000, action: 'cut-signalling' },
  },
  {
    destination: '/public/no-media',
    title: 'No media',
    description: 'Answers, but no audio gets through.',
    noMedia: true,
  },
  {
    destination: '/public/answer-no-join',
    title: 'Never joined',
    description: 'Answers, but never sends call.joined.',
    audio: 'tone',
    neverJoins: true,
  },
  {
    destination: '/public/bye-before-join',
    title: 'Ended before join',
    description: 'Answers, and hangs up before call.joined.',
    endsBeforeJoin: true,
  },
  {
    destination: '/public/unknown',
    title: 'Unknown address',
    description: 'There is no such address. Every address that is not in this list behaves like this.',
    refusal: UNKNOWN,
  },
  {
    destination: '/public/unknown-404',
    title: 'Unknown address, as a result',
    description: 'The invite is answered with a result whose code is 404.',
    refusal: { kind: 'result', code: '404', message: 'Address not found' },
  },
  {
    destination: '/public/unknown-error',
    title: 'Unknown address, as an error',
    description: 'The invite is answered with a JSON-RPC error.',
    refusal: { kind: 'error', code: -32602, message: 'Address not found' },
  },
];

/** Finds the scenario of a dialled address. The query, which carries the channel, is ignored. */
export function destinationScenario(dialled: string): DestinationScenario {
  const destination = dialled.split('?', 1)[0] ?? '';
  const seconds = /^\/public\/hangs-up-(\d{1,4})$/.exec(destination)?.[1];
  const listed = seconds ? '/public/hangs-up' : destination;
  const scenario = DESTINATION_SCENARIOS.find((candidate) => candidate.destination === listed);
  if (!scenario)
    return {
      destination,
      title: 'Unknown address',
      description: 'There is no such address.',
      refusal: UNKNOWN,
    };
  if (!seconds) return scenario;
  return { ...scenario, destination, afterJoin: { afterMs: Number(seconds) * 1000, action: 'hang-up' } };
}
