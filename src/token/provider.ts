// Gets a guest token from the page's own function instead of the exchange. Whatever that function does, the result is a
// checked reply or `token-provider`.
import { ClickToCallError } from '../errors.js';
import { waitFor } from '../wait.js';
import { checkReply, type TokenReply } from './wire.js';

/** Why a token is needed: for a call, or because the gateway refused the previous one. */
export type TokenReason = 'dial' | 'refused';

/** What a token provider receives. */
export interface TokenProviderContext {
  /** Aborts when no caller needs the token any more. */
  readonly signal: AbortSignal;
  /** With `refused`, the provider should not return a token that it cached itself. */
  readonly reason: TokenReason;
}

/** What a token provider resolves to. */
export interface ProvidedToken {
  /** A guest token (JWS or JWE). */
  readonly token: string;
  /** Remaining lifetime in seconds. Default: what the token states, else the source's `tokenTtlSec`. */
  readonly expiresIn?: number;
}

/**
 * A page's function that returns guest tokens instead of the exchange. It has no time limit and is not retried: it may
 * have to ask the visitor, and only the page knows whether a retry helps.
 */
export type TokenProvider = (context: TokenProviderContext) => Promise<ProvidedToken>;

/**
 * Calls a provider once.
 * @throws ClickToCallError `token-provider`, with what the provider threw as its cause.
 * @throws the reason of the context's signal when it aborts, even if the provider ignores the signal.
 */
export async function provideToken(
  provide: TokenProvider,
  context: TokenProviderContext,
): Promise<TokenReply> {
  const { signal } = context;
  let provided: unknown;
  try {
    // A provider may ignore the signal, and plain JavaScript may return a value instead of a promise.
    provided = await waitFor(Promise.resolve(provide(context)), { signal });
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new ClickToCallError('token-provider', { cause });
  }
  const reply = checkReply(provided);
  if (typeof reply === 'object') return reply;
  throw new ClickToCallError('token-provider', { message: `The page's tokenProvider failed: ${reply}.` });
}
