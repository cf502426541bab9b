// Bad days: what can be wrong between a visitor and a conversation, as experiments with the stand-in. Data only.
import type { Experiment } from '../lab/experiment.js';

/** One bad day. */
export interface Condition extends Experiment {
  readonly id: string;
  readonly where: 'All is well' | 'Network' | 'Token endpoint' | 'Gateway' | 'Far end';
  readonly title: string;
  /** What to watch for. */
  readonly watch: string;
}

const token = (story: string) => ({ attributes: { token: story } });
const destination = (name: string) => ({ attributes: { destination: `/public/${name}` } });

export const CONDITIONS: readonly Condition[] = [
  {
    id: 'fine',
    where: 'All is well',
    title: 'A good day',
    watch: 'It rings, a voice greets you, then you hear yourself.',
  },
  {
    id: 'offline',
    where: 'Network',
    title: 'Offline',
    surrounding: 'offline',
    // Somewhere else: this very machine can be reached without a network.
    attributes: { host: 'embeds.signalwire.com' },
    watch: 'Told at once, before the microphone is asked for. Nothing is sent.',
  },
  {
    id: 'slow-endpoint',
    where: 'Token endpoint',
    title: 'Slow',
    ...token('c2c_slow'),
    watch:
      'Four seconds for the guest token. The visitor sees that something happens and can give up at any time.',
  },
  {
    id: 'endpoint-down',
    where: 'Token endpoint',
    title: 'Down',
    ...token('c2c_drop'),
    watch: 'Every request is cut. Three tries within a moment, then the phone number appears.',
  },
  {
    id: 'gateway-silent',
    where: 'Gateway',
    title: 'Silent',
    ...token('c2c_silent_gateway'),
    watch: 'It takes the connection and says nothing. After ten seconds the visitor is told.',
  },
  {
    id: 'gateway-cut',
    where: 'Gateway',
    title: 'Lost in mid-call',
    ...destination('cuts-off'),
    watch:
      'Three seconds into the call its connection is cut. The sound goes on, and a new connection takes over.',
  },
  {
    id: 'line-lost',
    where: 'Gateway',
    title: 'Everything lost',
    ...destination('drops'),
    watch:
      'Connection and sound are gone, and nobody comes back. The call tries, and gives up with a clear word.',
  },
  {
    id: 'busy',
    where: 'Far end',
    title: 'Busy',
    ...destination('busy'),
    watch: 'The line is busy; the visitor may try again.',
  },
  {
    id: 'no-answer',
    where: 'Far end',
    title: 'No answer',
    ...destination('no-answer'),
    watch: 'It rings for three seconds, then the network gives up.',
  },
  {
    id: 'rejects',
    where: 'Far end',
    title: 'Rejects',
    ...destination('rejected'),
    watch: 'The call is declined.',
  },
];
