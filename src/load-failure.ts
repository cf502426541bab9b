// The failures whose words must be at hand when the lazily loaded code is not.
// Part of the error table (errors.ts takes it in); must not import anything, for it is fetched before any click.

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
