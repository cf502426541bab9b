// How each error of the table comes about on this page: an experiment for the frame, or why it takes more than a page.
// The compiler misses none, because the table is keyed by the codes. Data only.
import type { ErrorCode } from '../../src/errors.js';
import type { Experiment } from '../lab/experiment.js';

/** One error, reproduced. */
export interface Reproduced extends Experiment {
  /** What the frame does, in one sentence. */
  readonly how: string;
  /** The stand-in has to play along; without it the error is only told. */
  readonly standIn?: true;
  /** How long it takes, where that is long. */
  readonly seconds?: number;
}

/** One error that no page can bring about on purpose. */
export interface Told {
  readonly see: string;
}

const token = (story: string, how: string, seconds?: number): Reproduced => ({
  attributes: { token: story },
  how,
  standIn: true,
  ...(seconds && { seconds }),
});
const destination = (name: string, how: string, seconds?: number): Reproduced => ({
  attributes: { destination: `/public/${name}` },
  how,
  standIn: true,
  ...(seconds && { seconds }),
});
/** The microphone is asked for while the guest token is on its way; here that way is long. */
const microphone = (surrounding: NonNullable<Experiment['surrounding']>, how: string): Reproduced => ({
  surrounding,
  provider: 'pending',
  how,
});

export const ERROR_CASES: Readonly<Record<ErrorCode, Reproduced | Told>> = {
  'config-token-missing': { attributes: { token: '' }, how: 'The tag has no token and no proxy.' },
  'config-token-invalid': { attributes: { token: 'hello' }, how: 'The tag says token="hello".' },
  'config-token-secret': {
    attributes: { token: `PT${'0123456789abcdef'.repeat(3)}` },
    how: 'Something that looks like an API token stands in the tag. It is never sent, and never repeated.',
  },
  'config-destination-missing': { attributes: { destination: '' }, how: 'The tag has no destination.' },
  'config-endpoint-invalid': {
    attributes: { 'proxy-url': 'http://example.com/token' },
    how: 'The tag names a proxy on plain http.',
  },
  'config-variables-invalid': {
    attributes: { 'user-variables': '{"plan":' },
    how: 'The JSON in user-variables is cut short.',
  },

  'preflight-unsupported': { surrounding: 'no-webrtc', how: 'WebRTC is taken out of the frame’s browser.' },
  'preflight-insecure-context': {
    surrounding: 'insecure',
    how: 'The frame’s browser says what it says on a plain http page: not a secure context.',
  },
  'preflight-policy': {
    allow: "microphone 'none'; camera 'none'",
    how: 'The page in the frame may not use the microphone: the iframe does not allow it.',
  },
  'preflight-offline': {
    surrounding: 'offline',
    // Somewhere else: this very machine can be reached without a network.
    attributes: { host: 'embeds.signalwire.com' },
    how: 'The frame’s browser says that it is offline. Nothing is sent.',
  },
  'preflight-in-call': {
    anotherCall: true,
    standIn: true,
    how: 'Another button on the page has a call already.',
  },

  'token-unauthorized': token('c2c_401', 'The endpoint answers 401.'),
  'token-forbidden': token('c2c_403', 'The endpoint answers 403.'),
  'token-not-found': token('c2c_404', 'The endpoint answers 404.'),
  'token-invalid-request': token('c2c_422', 'The endpoint answers 422 with a list of what is wrong.'),
  'token-rate-limited': token('c2c_429', 'The endpoint answers 429 with “Retry-After: 7”.'),
  'token-server-error': token('c2c_500', 'The endpoint answers 500, three times.'),
  'token-network': {
    // A port that nobody listens at.
    attributes: { host: 'http://localhost:65431' },
    how: 'Nobody is at the endpoint’s address. Three tries, a moment apart.',
  },
  'token-blocked': {
    surrounding: 'csp-without-endpoint',
    how: 'The page’s own Content-Security-Policy has a connect-src without the endpoint.',
  },
  'token-timeout': token('c2c_hang', 'The endpoint takes the request and never answers.', 15),
  'token-bad-response': token('c2c_garbage', 'A page of HTML comes back, as from a hotel’s network.'),
  'token-provider': { provider: 'failing', how: 'The page’s own tokenProvider rejects.' },

  'ui-load-failed': {
    surrounding: 'csp-without-chunks',
    how: 'Scripts are blocked before the click, so the lazily loaded code cannot arrive.',
  },

  'media-denied': microphone(
    'microphone-refused',
    'The frame’s browser answers as if the visitor had refused.',
  ),
  'media-not-found': microphone(
    'no-microphone',
    'The frame’s browser answers as if there was no microphone.',
  ),
  'media-in-use': microphone('microphone-busy', 'The frame’s browser answers as if another program held it.'),
  'media-failed': microphone('microphone-broken', 'The frame’s browser answers with an error nobody knows.'),

  'connect-failed': token('c2c_no_gateway', 'The guest token names a gateway that is not there.', 5),
  'connect-timeout': token('c2c_silent_gateway', 'The gateway takes the connection and says nothing.', 10),
  'connect-unauthorized': token(
    'c2c_refused',
    'The gateway refuses one guest token, and the fresh one after it.',
  ),

  'call-not-found': destination('unknown', 'There is no such address.'),
  'call-rejected': destination('rejected', 'The far end declines.'),
  'call-busy': destination('busy', 'The far end is on the phone.'),
  'call-no-answer': destination('no-answer', 'It rings for three seconds, then the network gives up.'),
  'call-dropped': destination('drops', 'Two seconds into the call everything is cut.', 15),
  'call-failed': destination('no-media', 'The call is answered, but no sound ever gets through.', 15),

  internal: {
    see: 'It stands for a mistake in the element itself, so there is no honest way to show it on purpose. Should you ever see it, turn `debug` on, and report what the console shows.',
  },
};
