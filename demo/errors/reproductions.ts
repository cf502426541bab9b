// How the gallery reproduces each error code: a setup of the sample page. Plain data, keyed by code, so that the
// compiler reports a missing one.
import type { ErrorCode } from '../../src/errors.js';
import type { EnvironmentFault } from '../sample-page/environment-faults.js';
import type { SamplePageSetup } from '../sample-page/sample-page-setup.js';

export interface Reproduction extends SamplePageSetup {
  readonly description: string;
  /** Only the local platform can cause this error. */
  readonly needsPlatform?: true;
  /** How long it takes, if that is long. */
  readonly seconds?: number;
}

/** Why an error cannot be reproduced. */
export interface NotReproducible {
  readonly reason: string;
}

const token = (token: string, description: string, seconds?: number): Reproduction => ({
  attributes: { token },
  description,
  needsPlatform: true,
  ...(seconds && { seconds }),
});
const destination = (name: string, description: string, seconds?: number): Reproduction => ({
  attributes: { destination: `/public/${name}` },
  description,
  needsPlatform: true,
  ...(seconds && { seconds }),
});
/** The exchange stays pending, so that the error of the microphone is the only one. */
const microphone = (environmentFault: EnvironmentFault, description: string): Reproduction => ({
  environmentFault,
  tokenProvider: 'pending',
  description,
});

export const REPRODUCTIONS: Readonly<Record<ErrorCode, Reproduction | NotReproducible>> = {
  'config-token-missing': {
    attributes: { token: '' },
    description: 'The tag has neither a token nor a proxy.',
  },
  'config-token-invalid': { attributes: { token: 'hello' }, description: 'The tag has token="hello".' },
  'config-token-secret': {
    attributes: { token: `PT${'0123456789abcdef'.repeat(3)}` },
    description:
      'The tag contains what looks like an API token. It is never sent, and no message repeats it.',
  },
  'config-destination-missing': {
    attributes: { destination: '' },
    description: 'The tag has no destination.',
  },
  'config-endpoint-invalid': {
    attributes: { 'proxy-url': 'http://example.com/token' },
    description: 'The tag names a proxy with an http: URL.',
  },
  'config-variables-invalid': {
    attributes: { 'user-variables': '{"plan":' },
    description: 'The JSON in user-variables is incomplete.',
  },

  'preflight-unsupported': {
    environmentFault: 'no-webrtc',
    description: 'WebRTC is removed from the sample page.',
  },
  'preflight-insecure-context': {
    environmentFault: 'insecure',
    description: 'The sample page reports that it is not a secure context, as a page on plain http does.',
  },
  'preflight-policy': {
    allow: "microphone 'none'; camera 'none'",
    description: 'The iframe does not allow its page to use the microphone.',
  },
  'preflight-offline': {
    environmentFault: 'offline',
    // Not this machine, which a browser can reach without a network.
    attributes: { host: 'embeds.signalwire.com' },
    description: 'The sample page reports that the browser is offline. Nothing is sent.',
  },
  'preflight-in-call': {
    anotherCall: true,
    needsPlatform: true,
    description: 'Another button on the page already has a call.',
  },

  'token-unauthorized': token('c2c_401', 'The endpoint responds with 401.'),
  'token-forbidden': token('c2c_403', 'The endpoint responds with 403.'),
  'token-not-found': token('c2c_404', 'The endpoint responds with 404.'),
  'token-invalid-request': token(
    'c2c_422',
    'The endpoint responds with 422 and a list of validation errors.',
  ),
  'token-rate-limited': token('c2c_429', 'The endpoint responds with 429 and “Retry-After: 7”.'),
  'token-server-error': token('c2c_500', 'The endpoint responds with 500, three times.'),
  'token-network': {
    // Nothing listens at this port.
    attributes: { host: 'http://localhost:65431' },
    description: 'Nothing listens at the endpoint’s address. The exchange fails after three attempts.',
  },
  'token-blocked': {
    environmentFault: 'csp-without-endpoint',
    description: 'The connect-src of the page’s Content-Security-Policy does not include the endpoint.',
  },
  'token-timeout': token('c2c_hang', 'The endpoint accepts the request and never responds.', 15),
  'token-bad-response': token('c2c_garbage', 'The response is an HTML page, as from a captive portal.'),
  'token-provider': { tokenProvider: 'failing', description: 'The page’s tokenProvider rejects.' },

  'ui-load-failed': {
    environmentFault: 'csp-without-chunks',
    description:
      'A Content-Security-Policy blocks scripts before the click, so the lazily loaded code cannot load.',
  },

  'media-denied': microphone(
    'microphone-denied',
    'getUserMedia rejects as if the visitor had denied access.',
  ),
  'media-not-found': microphone('no-microphone', 'getUserMedia rejects as if there were no microphone.'),
  'media-in-use': microphone(
    'microphone-in-use',
    'getUserMedia rejects as if another program used the microphone.',
  ),
  'media-failed': microphone('microphone-failed', 'getUserMedia rejects with an unknown error.'),

  'connect-failed': token('c2c_no_gateway', 'The guest token names a gateway that does not exist.', 5),
  'connect-timeout': token('c2c_silent_gateway', 'The gateway accepts the connection and never replies.', 10),
  'connect-unauthorized': token(
    'c2c_refused',
    'The gateway refuses the guest token, and the fresh one after it.',
  ),

  'call-not-found': destination('unknown', 'There is no such address.'),
  'call-rejected': destination('rejected', 'The far end declines the call.'),
  'call-busy': destination('busy', 'The line is busy.'),
  'call-no-answer': destination('no-answer', 'It rings for three seconds, then the network ends the call.'),
  'call-dropped': destination('drops', 'Two seconds into the call signalling and media stop.', 15),
  'call-failed': destination('no-media', 'The call is answered, but no audio gets through.', 15),

  internal: {
    reason:
      'This code means a bug in the element itself, so it cannot be reproduced on purpose. If you see it, set the `debug` attribute and report what the console shows.',
  },
};
