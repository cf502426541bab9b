// What the SDK writes to the page's storage, removed before and after every session.
// The SDK stores the identity of its session, so that the next token of the page would resume the old one; and its logger
// stores the log level when the module loads.

/** The SDK's entries in sessionStorage; the suffix is the token's type, or the room of a readable token. */
const SESSION_KEY = /^(?:pt|as|ci)-/;

/** Removes what a session leaves, and nothing that was there before it. */
export class StoredSession {
  readonly #others: readonly string[];

  /** Removes what an earlier session left. */
  constructor() {
    forgetStoredSessions();
    this.#others = sessionKeys();
    window.addEventListener('pagehide', this.forget);
  }

  /** Removes what this session has stored so far. A page that is left has no time for its session to end. */
  readonly forget = (): void => {
    for (const key of sessionKeys()) if (!this.#others.includes(key)) sessionStorage.removeItem(key);
    forgetLogLevel();
  };

  /** Removes it for good. */
  end(): void {
    window.removeEventListener('pagehide', this.forget);
    this.forget();
  }
}

/** Removes the entries of encrypted guest tokens, and the log level. */
export function forgetStoredSessions(): void {
  for (const key of sessionKeys()) if (key.endsWith('-SAT')) sessionStorage.removeItem(key);
  forgetLogLevel();
}

/**
 * Hides a `sessionStorage` that throws when it is read: a third-party iframe with storage blocked, a sandbox. The SDK
 * reads it before it opens a session and would take the exception for a refused token; it works without storage.
 */
export function hideDeniedStorage(page: Window = window): void {
  try {
    void page.sessionStorage;
  } catch {
    Object.defineProperty(page, 'sessionStorage', { configurable: true, value: undefined });
  }
}

function sessionKeys(): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => SESSION_KEY.test(key));
  } catch {
    return []; // Storage is blocked, so nothing was stored either.
  }
}

function forgetLogLevel(): void {
  try {
    localStorage.removeItem('loglevel:signalwire');
  } catch {
    // Storage is blocked, so nothing was stored either.
  }
}
