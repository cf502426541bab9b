// A page's own way to a guest token, in the place of the exchange.
// Promise: whatever the page's function does, the outcome is a checked reply or `token-provider`.
// Must not know: caching, the DOM.
import { ClickToCallError } from '../errors.js';
import { waitFor } from '../wait.js';
import { checkReply, type TokenReply } from './wire.js';

/** Why a token is asked for: for a call, or because the gateway refused the one before. */
export type TokenReason = 'dial' | 'refused';

/** What a token provider is told. */
export interface TokenProviderContext {
  /** Aborts when nobody waits for the token any more. */
  readonly signal: AbortSignal;
  /** With `refused`, a token kept by the provider itself should not be given again. */
  readonly reason: TokenReason;
}

/** What a token provider resolves to. */
export interface ProvidedToken {
  /** A guest token (JWS or JWE). */
  readonly token: string;
  /** Remaining life in seconds. Default: what the token states, else the source's `tokenTtlSec`. */
  readonly expiresIn?: number;
}

/**
 * A page's own way to a guest token, instead of the exchange. It is not timed and not asked again when it fails: it may
 * have to ask the visitor, and only the page knows whether a second time helps.
 */
export type TokenProvider = (context: TokenProviderContext) => Promise<ProvidedToken>;

/**
 * Asks a provider, once.
 * @throws ClickToCallError `token-provider`, with what the provider threw as its cause.
 * @throws the reason of the context's signal when that aborts, even if the provider does not listen.
 */
export async function provideToken(
  provide: TokenProvider,
  context: TokenProviderContext,
): Promise<TokenReply> {
  const { signal } = context;
  let provided: unknown;
  try {
    // A provider may ignore the signal; and plain JavaScript may return without a promise.
    provided = await waitFor(Promise.resolve(provide(context)), { signal });
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new ClickToCallError('token-provider', { cause });
  }
  const reply = checkReply(provided);
  if (typeof reply === 'object') return reply;
  throw new ClickToCallError('token-provider', { message: `The page's own tokenProvider failed: ${reply}.` });
}
