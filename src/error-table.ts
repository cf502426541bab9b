// Every failure as one table, data only. No text contains anything that a page or a server supplied.

/** One row of the table: texts for the developer (`message`, `remediation`), and the key of the visitor's text (`say`). */
export interface ErrorRow {
  /** What happened, for developers. Never contains a token, a JWT or a response body. */
  readonly message: string;
  /** How to fix it. */
  readonly remediation: string;
  /** Whether the same click may succeed later without any change. */
  readonly retryable: boolean;
  /** Key of the visitor's text in the locales. */
  readonly say: string;
  /** Key of the text for video calls, if it differs. */
  readonly sayOfVideo?: string;
}

// These two rows are separate because the element needs them before a click, when the rest of the table is not loaded.

/** The row of `preflight-offline`. */
export const OFFLINE = {
  message: 'The browser is offline.',
  remediation: 'Nothing to fix in the page. The button works again once the browser is online.',
  retryable: true,
  say: 'offline',
} as const satisfies ErrorRow;

/** The row of `ui-load-failed`. */
export const UI_LOAD_FAILED = {
  message: 'The call code could not be loaded.',
  remediation:
    'Serve all files of the same version next to the script, allow them in script-src, and reload the page.',
  retryable: true,
  say: 'loadFailed',
} as const satisfies ErrorRow;

/** The table, by code. */
export const ERRORS = {
  'config-token-missing': {
    message: 'No Click-to-Call token and no proxy-url is set.',
    remediation:
      'Set token="c2c_…" (from the SignalWire dashboard, Click-to-Call), proxy-url or tokenProvider.',
    retryable: false,
    say: 'unavailable',
  },
  'config-token-invalid': {
    message: 'The token attribute is not a Click-to-Call token.',
    remediation:
      'A token starts with c2c_ or c2t_ and has at most 256 characters: letters, digits, "_" and "-".',
    retryable: false,
    say: 'unavailable',
  },
  'config-token-secret': {
    message: 'The token looks like a server-side secret and was not used.',
    remediation: 'Remove it from the page and revoke it now. Only the public c2c_… token belongs in a page.',
    retryable: false,
    say: 'unavailable',
  },
  'config-destination-missing': {
    message: 'No destination is set.',
    remediation: 'Set destination="/public/your-address", an address from the SignalWire dashboard.',
    retryable: false,
    say: 'unavailable',
  },
  'config-endpoint-invalid': {
    message: 'The host or proxy-url is not a valid address.',
    remediation:
      'Set host to a space name or a host name, or proxy-url to an https, same-origin or loopback URL without credentials.',
    retryable: false,
    say: 'unavailable',
  },
  'config-variables-invalid': {
    message: 'The user-variables attribute is not a JSON object.',
    remediation:
      'Write a JSON object with double quotes, e.g. user-variables=\'{"plan":"gold"}\', or set the userVariables property.',
    retryable: false,
    say: 'unavailable',
  },

  'preflight-unsupported': {
    message: 'This browser does not support WebRTC.',
    remediation: 'Nothing to fix in the page. Offer another contact in the fallback slot.',
    retryable: false,
    say: 'unsupported',
  },
  'preflight-insecure-context': {
    message: 'The page is not a secure context, so the browser does not allow the microphone.',
    remediation: 'Serve the page over https, or from localhost during development.',
    retryable: false,
    say: 'unsupported',
  },
  'preflight-policy': {
    message: 'Permissions-Policy blocks the microphone or camera in this document.',
    remediation:
      'Add allow="microphone" (for video: allow="microphone; camera") to the iframe, or send Permissions-Policy: microphone=(self).',
    retryable: false,
    say: 'unsupported',
  },
  'preflight-offline': OFFLINE,
  'preflight-in-call': {
    message: 'Another call is active on this page.',
    remediation: 'Only one call at a time is possible. Hang up the other one first.',
    retryable: true,
    say: 'inCall',
  },

  'token-unauthorized': {
    message: 'The token endpoint answered 401: it requires credentials or does not accept this token.',
    remediation:
      'Check the token and the space. Spaces that require an API token need the proxy with credentials.',
    retryable: false,
    say: 'unavailable',
  },
  'token-forbidden': {
    message: 'The token endpoint answered 403: this token may not be used here.',
    remediation:
      "Check the token's settings, and that this page's origin is allowed (allowedOrigins of the proxy).",
    retryable: false,
    say: 'unavailable',
  },
  'token-not-found': {
    message: 'The token endpoint answered 404: it does not know this token, or the path is wrong.',
    remediation: 'Check host or proxy-url, and whether the token still exists in the dashboard.',
    retryable: false,
    say: 'unavailable',
  },
  'token-invalid-request': {
    message: 'The token endpoint rejected the request as invalid.',
    remediation: 'See errors for the invalid parameters.',
    retryable: false,
    say: 'unavailable',
  },
  'token-rate-limited': {
    message: 'The token endpoint answered 429: too many requests.',
    remediation: 'Wait for retryAfterMs. If it is your proxy, raise its rate limit.',
    retryable: true,
    say: 'busyService',
  },
  'token-server-error': {
    message: 'The token endpoint failed with a server error.',
    remediation: "Try again later. Check the endpoint's log or SignalWire's status page.",
    retryable: true,
    say: 'serviceFailed',
  },
  'token-network': {
    message: 'The token endpoint could not be reached.',
    remediation:
      'Likely causes: no network, a wrong host, missing CORS headers for this origin, a TLS error, or a browser extension that blocks the request.',
    retryable: true,
    say: 'network',
  },
  'token-blocked': {
    message: "The page's Content-Security-Policy blocked the request to the token endpoint.",
    remediation: 'Add the endpoint to connect-src.',
    retryable: false,
    say: 'unavailable',
  },
  'token-timeout': {
    message: 'The token endpoint did not answer in time.',
    remediation: 'Try again. If it keeps happening, check the latency of the endpoint or proxy.',
    retryable: true,
    say: 'network',
  },
  'token-bad-response': {
    message: 'The answer of the token endpoint is not {"token": "…"}.',
    remediation: 'Check that host or proxy-url points to a token endpoint, not to a web page.',
    retryable: false,
    say: 'serviceFailed',
  },
  'token-provider': {
    message: "The page's tokenProvider failed.",
    remediation: 'It must resolve to { token, expiresIn? }. With `debug` the console shows the error.',
    retryable: true,
    say: 'serviceFailed',
  },

  'ui-load-failed': UI_LOAD_FAILED,

  'media-denied': {
    message: 'The visitor or the browser denied access to the microphone or camera.',
    remediation: 'Nothing to fix in the page. The next click asks again if the browser allows it.',
    retryable: true,
    say: 'micDenied',
    sayOfVideo: 'mediaDenied',
  },
  'media-not-found': {
    message: 'No microphone was found (or, for video, no camera).',
    remediation: 'Nothing to fix in the page. The visitor can connect one and click again.',
    retryable: true,
    say: 'micMissing',
    sayOfVideo: 'mediaMissing',
  },
  'media-in-use': {
    message: 'The microphone or camera could not be opened. Another program may be using it.',
    remediation: 'Nothing to fix in the page. The visitor can close the other program and click again.',
    retryable: true,
    say: 'micInUse',
    sayOfVideo: 'mediaInUse',
  },
  'media-failed': {
    message: 'The microphone or camera failed for an unknown reason.',
    remediation: 'With `debug` the console shows the error of the browser.',
    retryable: true,
    say: 'micFailed',
    sayOfVideo: 'mediaFailed',
  },

  'connect-failed': {
    message: 'The gateway could not be reached.',
    remediation:
      "Likely causes: no network, a firewall that blocks WebSockets, or a connect-src without the gateway's wss: address.",
    retryable: true,
    say: 'network',
  },
  'connect-timeout': {
    message: 'The gateway did not answer in time.',
    remediation: "Try again later. If it keeps happening, check SignalWire's status page.",
    retryable: true,
    say: 'network',
  },
  'connect-unauthorized': {
    message: 'The gateway refused the guest token, and also a newly exchanged one.',
    remediation: "Check the token's settings in the dashboard, and the clock of the server that issues it.",
    retryable: false,
    say: 'unavailable',
  },

  'call-not-found': {
    message: 'The destination does not exist.',
    remediation: 'Compare destination with the address in the dashboard, e.g. /public/support.',
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
    message: 'The connection was lost during the call.',
    remediation: 'Most likely a network problem. The visitor can call again.',
    retryable: true,
    say: 'dropped',
  },
  'call-failed': {
    message: 'The call failed.',
    remediation: 'With `debug` the console shows the reported error.',
    retryable: true,
    say: 'callFailed',
  },

  internal: {
    message: 'Internal error of the element.',
    remediation: 'Please report it with the steps to reproduce it and the console output with `debug`.',
    retryable: true,
    say: 'callFailed',
  },
} as const satisfies Record<string, ErrorRow>;
