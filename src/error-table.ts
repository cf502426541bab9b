// Every failure of the product as one table. Data only.
// Promise: no sentence holds anything that a page or a server supplied.
/** What the table says about a code: for the developer (`message`, `remediation`) and for the visitor (`say`). */
export interface ErrorRow {
  /** One sentence for developers. Never holds a token, a JWT or a response body. */
  readonly message: string;
  /** What the developer can do about it. */
  readonly remediation: string;
  /** Whether the same click may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** Which sentence of the string table the visitor reads. */
  readonly say: string;
  /** The same where the call has video, when that is another one. */
  readonly sayOfVideo?: string;
}

// The first two are separate, because the element downloads them before any click: they are needed when the rest is missing.

/** The row of `preflight-offline`. */
export const OFFLINE = {
  message: 'The browser says that it is offline.',
  remediation: 'Nothing to do: the button works again as soon as there is a network.',
  retryable: true,
  say: 'offline',
} as const satisfies ErrorRow;

/** The row of `ui-load-failed`. */
export const UI_LOAD_FAILED = {
  message: 'The call code could not be loaded.',
  remediation: 'Serve the files beside the script, same version, and allow them in script-src. Then reload.',
  retryable: true,
  say: 'loadFailed',
} as const satisfies ErrorRow;

/** Code by code: what happened, what to do, whether trying again helps, what the visitor reads. */
export const ERRORS = {
  'config-token-missing': {
    message: 'There is no Click-to-Call token and no proxy-url.',
    remediation: 'Set token="c2c_…" (SignalWire dashboard, Click-to-Call), or proxy-url, or tokenProvider.',
    retryable: false,
    say: 'unavailable',
  },
  'config-token-invalid': {
    message: 'The token attribute is not a Click-to-Call token.',
    remediation:
      'It starts with c2c_ or c2t_ and holds letters, digits, "_" and "-" only, at most 256 of them.',
    retryable: false,
    say: 'unavailable',
  },
  'config-token-secret': {
    message: 'The token looks like a server-side secret and was not used.',
    remediation: 'Remove it from the page now and rotate it. Only the public c2c_… token belongs in a page.',
    retryable: false,
    say: 'unavailable',
  },
  'config-destination-missing': {
    message: 'There is no destination to dial.',
    remediation: 'Set destination="/public/your-address", an address from the SignalWire dashboard.',
    retryable: false,
    say: 'unavailable',
  },
  'config-endpoint-invalid': {
    message: 'The token endpoint is not a usable address.',
    remediation:
      'The host attribute takes a space name or a host; proxy-url takes an https, same-origin or loopback URL without credentials.',
    retryable: false,
    say: 'unavailable',
  },
  'config-variables-invalid': {
    message: 'The user-variables are not a JSON object.',
    remediation:
      'Write an object in double-quoted JSON, e.g. user-variables=\'{"plan":"gold"}\', or set the userVariables property.',
    retryable: false,
    say: 'unavailable',
  },

  'preflight-unsupported': {
    message: 'This browser has no WebRTC.',
    remediation: 'Nothing to fix in the page; offer another way in the fallback slot.',
    retryable: false,
    say: 'unsupported',
  },
  'preflight-insecure-context': {
    message: 'The page is not a secure context, so the browser gives no microphone.',
    remediation: 'Serve the page over https (or from localhost while developing).',
    retryable: false,
    say: 'unsupported',
  },
  'preflight-policy': {
    message: 'The microphone or camera is switched off for this document by Permissions-Policy.',
    remediation:
      'Add allow="microphone" (and camera for video) to the iframe, or send Permissions-Policy: microphone=(self).',
    retryable: false,
    say: 'unsupported',
  },
  'preflight-offline': OFFLINE,
  'preflight-in-call': {
    message: 'A call is up already on this page.',
    remediation: 'One call at a time: hang up the other element first.',
    retryable: true,
    say: 'inCall',
  },

  'token-unauthorized': {
    message: 'The token endpoint answered 401: it wants credentials or does not accept this token.',
    remediation:
      'Check the token and the space. Spaces that demand an API token need the proxy with credentials.',
    retryable: false,
    say: 'unavailable',
  },
  'token-forbidden': {
    message: 'The token endpoint answered 403: this token may not be used here.',
    remediation:
      "Check the token's settings, and that this page's origin is allowed (proxy: allowedOrigins).",
    retryable: false,
    say: 'unavailable',
  },
  'token-not-found': {
    message: 'The token endpoint answered 404: it does not know this token, or the path is wrong.',
    remediation: 'Check host or proxy-url, and that the token still exists in the dashboard.',
    retryable: false,
    say: 'unavailable',
  },
  'token-invalid-request': {
    message: 'The token endpoint refused the request as invalid.',
    remediation: 'See errors for what it said about which parameter.',
    retryable: false,
    say: 'unavailable',
  },
  'token-rate-limited': {
    message: 'The token endpoint answered 429: too many requests.',
    remediation: 'Wait for retryAfterMs; raise the rate limit of the proxy if it is yours.',
    retryable: true,
    say: 'busyService',
  },
  'token-server-error': {
    message: 'The token endpoint failed with a server error.',
    remediation: "Try again later; see the endpoint's own log or SignalWire's status page.",
    retryable: true,
    say: 'serviceFailed',
  },
  'token-network': {
    message: 'The token endpoint could not be reached.',
    remediation:
      'Likely causes: no network, wrong host, no CORS headers for this origin, a TLS error, or an extension that blocks it.',
    retryable: true,
    say: 'network',
  },
  'token-blocked': {
    message: "The page's Content-Security-Policy stopped the request to the token endpoint.",
    remediation: 'Add the endpoint to connect-src.',
    retryable: false,
    say: 'unavailable',
  },
  'token-timeout': {
    message: 'The token endpoint did not answer in time.',
    remediation: 'Try again; look at the latency of the endpoint or proxy if it keeps happening.',
    retryable: true,
    say: 'network',
  },
  'token-bad-response': {
    message: 'The token endpoint answered something that is not {"token": "…"}.',
    remediation: 'Check that host or proxy-url points to a token endpoint and not to a web page.',
    retryable: false,
    say: 'serviceFailed',
  },
  'token-provider': {
    message: "The page's own tokenProvider failed.",
    remediation: 'It must resolve to { token, expiresIn? }; with `debug` the console shows what it threw.',
    retryable: true,
    say: 'serviceFailed',
  },

  'ui-load-failed': UI_LOAD_FAILED,

  'media-denied': {
    message: 'The visitor (or the browser on their behalf) refused the microphone or camera.',
    remediation: 'Nothing to fix in the page; the next click asks again where the browser allows it.',
    retryable: true,
    say: 'micDenied',
    sayOfVideo: 'mediaDenied',
  },
  'media-not-found': {
    message: 'There is no microphone (or camera, for video).',
    remediation: 'Nothing to fix in the page; the visitor may plug one in and click again.',
    retryable: true,
    say: 'micMissing',
    sayOfVideo: 'mediaMissing',
  },
  'media-in-use': {
    message: 'The microphone or camera could not be read; another program may hold it.',
    remediation: 'Nothing to fix in the page; the visitor may close the other program and click again.',
    retryable: true,
    say: 'micInUse',
    sayOfVideo: 'mediaInUse',
  },
  'media-failed': {
    message: 'The microphone or camera failed in an unexpected way.',
    remediation: 'With `debug` the console shows what the browser said.',
    retryable: true,
    say: 'micFailed',
    sayOfVideo: 'mediaFailed',
  },

  'connect-failed': {
    message: 'The gateway could not be reached.',
    remediation:
      "Likely causes: no network, a firewall that blocks WebSockets, or connect-src without the gateway's wss: address.",
    retryable: true,
    say: 'network',
  },
  'connect-timeout': {
    message: 'The gateway did not answer in time.',
    remediation: "Try again later; see SignalWire's status page if it keeps happening.",
    retryable: true,
    say: 'network',
  },
  'connect-unauthorized': {
    message: 'The gateway refused the guest token, also after one fresh exchange.',
    remediation: "Check the token's settings in the dashboard and the clock of whoever issues it.",
    retryable: false,
    say: 'unavailable',
  },

  'call-not-found': {
    message: 'Nobody can be called at this destination.',
    remediation: 'Check destination against the address in the dashboard, e.g. /public/support.',
    retryable: false,
    say: 'notFound',
  },
  'call-rejected': {
    message: 'The far end rejected the call.',
    remediation: 'Nothing to fix in the page.',
    retryable: true,
    say: 'rejected',
  },
  'call-busy': {
    message: 'The far end is busy.',
    remediation: 'Nothing to fix in the page.',
    retryable: true,
    say: 'busy',
  },
  'call-no-answer': {
    message: 'The far end did not answer.',
    remediation: 'Nothing to fix in the page.',
    retryable: true,
    say: 'noAnswer',
  },
  'call-dropped': {
    message: 'The call was lost after it had been answered.',
    remediation: 'Most likely the network; the visitor may call again.',
    retryable: true,
    say: 'dropped',
  },
  'call-failed': {
    message: 'The call failed.',
    remediation: 'With `debug` the console shows what was reported.',
    retryable: true,
    say: 'callFailed',
  },

  internal: {
    message: 'A fault of ours.',
    remediation: 'Please report it with the steps that led here and what the console shows with `debug`.',
    retryable: true,
    say: 'callFailed',
  },
} as const satisfies Record<string, ErrorRow>;
