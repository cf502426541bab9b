// Every text of the interface, in English: the table that every other language follows.
// Text only; must not know who shows it or when.
import { LOAD_FAILED } from '../strings.js';

/** English, and the list of keys. A function takes the numbers that a sentence needs. */
export const en = {
  call: 'Call',
  callTo: (name: string) => `Call to ${name}`,

  preparing: 'Getting ready…',
  askMicrophone: 'Please allow the microphone.',
  connecting: 'Connecting…',
  ringing: 'Ringing…',
  active: 'Connected',
  reconnecting: 'Reconnecting…',
  ended: 'Call ended',
  endedAfter: (duration: string) => `Call ended after ${duration}`,
  failed: 'The call did not work',

  mute: 'Mute',
  unmute: 'Unmute',
  muted: 'Microphone muted',
  unmuted: 'Microphone on',
  hangUp: 'Hang up',
  minimise: 'Minimise',
  close: 'Close',
  callAgain: 'Call again',
  tryAgain: 'Try again',
  tapToHear: 'Tap to hear the call',

  unavailable: 'Calls are not available here at the moment.',
  unsupported: 'This browser cannot make calls here.',
  offline: 'You seem to be offline. Check your connection and try again.',
  inCall: 'Another call is already going on. End it first.',
  network: 'The call service could not be reached. Check your connection and try again.',
  busyService: 'Too many calls at the moment. Please try again shortly.',
  serviceFailed: 'The call service has a problem. Please try again later.',
  loadFailed: LOAD_FAILED,
  micDenied: 'The microphone is blocked. Allow it in your browser’s site settings and try again.',
  micMissing: 'No microphone was found. Connect one and try again.',
  micInUse: 'The microphone is used by another program. Close it and try again.',
  micFailed: 'The microphone did not work. Please try again.',
  notFound: 'This number cannot be reached.',
  rejected: 'The call was not accepted.',
  busy: 'The line is busy. Please try again in a moment.',
  noAnswer: 'Nobody answered. Please try again later.',
  dropped: 'The connection was lost.',
  callFailed: 'The call did not work. Please try again.',
};

/** The texts of one language. */
export type Strings = typeof en;

/** A key of the table whose text needs no numbers. */
export type SentenceKey = { [K in keyof Strings]: Strings[K] extends string ? K : never }[keyof Strings];
