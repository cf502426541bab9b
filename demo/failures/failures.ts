// The failures that the simulator offers, as setups of the sample page. Plain data.
import type { SamplePageSetup } from '../sample-page/sample-page-setup.js';

export interface Failure extends SamplePageSetup {
  readonly id: string;
  readonly origin: 'No failure' | 'Network' | 'Token endpoint' | 'Gateway' | 'Far end';
  readonly title: string;
  /** What the visitor will notice. */
  readonly effect: string;
}

const token = (token: string) => ({ attributes: { token } });
const destination = (name: string) => ({ attributes: { destination: `/public/${name}` } });

export const FAILURES: readonly Failure[] = [
  {
    id: 'none',
    origin: 'No failure',
    title: 'Works',
    effect: 'It rings, a voice greets you, then you hear your own voice as an echo.',
  },
  {
    id: 'offline',
    origin: 'Network',
    title: 'Offline',
    environmentFault: 'offline',
    // Not this machine, which a browser can reach without a network.
    attributes: { host: 'embeds.signalwire.com' },
    effect: 'Fails at once, before the browser asks for the microphone. Nothing is sent.',
  },
  {
    id: 'slow-endpoint',
    origin: 'Token endpoint',
    title: 'Slow',
    ...token('c2c_slow'),
    effect: 'The guest token takes four seconds. The visitor sees progress and can cancel at any time.',
  },
  {
    id: 'endpoint-down',
    origin: 'Token endpoint',
    title: 'Down',
    ...token('c2c_drop'),
    effect: 'Every request fails. After three attempts the phone number appears.',
  },
  {
    id: 'gateway-silent',
    origin: 'Gateway',
    title: 'No reply',
    ...token('c2c_silent_gateway'),
    effect: 'The gateway accepts the connection and never replies. After ten seconds the call fails.',
  },
  {
    id: 'gateway-cut',
    origin: 'Gateway',
    title: 'Signalling lost',
    ...destination('cuts-off'),
    effect:
      'Three seconds into the call its connection closes. Audio continues while the browser reconnects.',
  },
  {
    id: 'line-lost',
    origin: 'Gateway',
    title: 'Signalling and media lost',
    ...destination('drops'),
    effect: 'Signalling and media stop for good. The call tries to reconnect, then ends with an error.',
  },
  {
    id: 'busy',
    origin: 'Far end',
    title: 'Busy',
    ...destination('busy'),
    effect: 'The line is busy. The visitor can try again.',
  },
  {
    id: 'no-answer',
    origin: 'Far end',
    title: 'No answer',
    ...destination('no-answer'),
    effect: 'It rings for three seconds, then the network ends the call.',
  },
  {
    id: 'rejects',
    origin: 'Far end',
    title: 'Rejected',
    ...destination('rejected'),
    effect: 'The far end declines the call.',
  },
];
