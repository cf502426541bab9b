// Authentication at the gateway: opens sessions, resumes them, and renews their authorization.
import type { GuestClaims } from '../token/token-issuer.js';
import { asParams, type Params, type RpcReply } from './json-rpc.js';
import { Session } from './session.js';

/** A page that reloads again and again creates a session each time; beyond this number idle ones are dropped. */
const MAX_SESSIONS = 200;

export const AUTHENTICATION_FAILED = { error: { code: -32002, message: 'Authentication failed' } } as const;

export interface SessionStoreOptions {
  /** Verifies a guest token; rejects if it is invalid or expired. */
  readonly verify: (token: string) => Promise<GuestClaims>;
  /** Whether a session has a call in progress. */
  readonly hasCalls: (session: Session) => boolean;
}

export class SessionStore {
  readonly #options: SessionStoreOptions;
  /** By authorization state, which the client sends to resume. */
  readonly #byState = new Map<string, Session>();

  constructor(options: SessionStoreOptions) {
    this.#options = options;
  }

  /** The session for a connect request: a resumed one, a new one, or the reason why there is none. */
  async connect(params: Params): Promise<Session | 'refused' | 'no-reply'> {
    const guest = await this.#verify(params);
    if (guest?.gateway === 'silent') return 'no-reply';
    if (guest?.gateway === 'refused') return 'refused';
    // A session can be resumed after its token has expired.
    const known = this.#byState.get(String(params['authorization_state']));
    if (known && known.protocol === params['protocol']) return known;
    if (!guest) return 'refused';
    const session = new Session(guest);
    this.#byState.set(session.authorizationState, session);
    this.#dropIdle();
    return session;
  }

  /** Replaces the authorization of a session with that of a fresh guest token. */
  async reauthenticate(session: Session, params: Params): Promise<RpcReply> {
    const guest = await this.#verify(params);
    if (guest?.gateway !== 'accepted') return AUTHENTICATION_FAILED;
    // The `jti` is part of the session's protocol name, so it stays.
    session.guest = { ...guest, jti: session.guest.jti };
    return { result: { authorization: session.authorization() } };
  }

  async #verify(params: Params): Promise<GuestClaims | undefined> {
    const token = asParams(params['authentication'])['jwt_token'];
    return this.#options.verify(String(token)).catch(() => undefined);
  }

  #dropIdle(): void {
    for (const [state, session] of this.#byState) {
      if (this.#byState.size <= MAX_SESSIONS) break;
      if (!session.connected && !this.#options.hasCalls(session)) this.#byState.delete(state);
    }
  }
}
