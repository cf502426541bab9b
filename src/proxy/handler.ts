// The token proxy, door "./proxy": a page's request in, a guest token out, in web standards only.
// Promise: refuses whatever it does not know, in the order of how cheap that is; one answer and one line in the log
// for every request, also for those that fail. Must not know: Node, paths, where a client's address comes from.
import { clientKey } from './client.js';
import { readToken } from './incoming.js';
import type { RequestContext, TokenProxy, TokenProxyOptions } from './options.js';
import { ANSWER, type Incoming, type OpenProxy, type Send } from './message.js';
import { createRateLimits } from './rate-limit.js';
import { createRecorder } from './record.js';
import { address, preflight, refusal, type Answer } from './reply.js';
import { checkSettings } from './settings.js';
import { createUpstream, sendBy, type StopReason } from './upstream.js';

export type {
  Limiter,
  LimiterOptions,
  LogRecord,
  Rate,
  RateLimitOptions,
  RequestContext,
  TokenProxy,
  TokenProxyOptions,
} from './options.js';

/**
 * Makes a token proxy.
 * @throws Error with one clear sentence when an option is missing, malformed or unsafe.
 */
export function createTokenProxy(options: TokenProxyOptions): TokenProxy {
  const settings = checkSettings(options);
  const limits = createRateLimits(settings.rateLimit);
  const exchange = createUpstream(settings);
  const record = createRecorder(options.log);
  const ownSend = options.fetch && sendBy(options.fetch);
  const globalSend = sendBy((request) => globalThis.fetch(request));

  const tokenProxy = async (request: Request, context?: RequestContext) => {
    const { body, ...init } = await answer(request, context, globalSend);
    return new Response(body, init);
  };
  return Object.assign(tokenProxy, { [ANSWER]: answer }) satisfies OpenProxy;

  async function answer(incoming: Incoming, { clientAddress }: RequestContext = {}, send: Send) {
    const startedMs = performance.now();
    const id = crypto.randomUUID();
    const origin = settings.origins.admit(incoming.headers);
    const client = clientAddress === undefined ? undefined : clientKey(clientAddress);
    const found: { token?: string } = {};
    const answered = await judge(incoming, origin, client, found, send).catch(() => refusal('internal'));
    await record({ id, incoming, origin, client, token: found.token, answer: answered, startedMs });
    return address(answered, origin, id);
  }

  async function judge(
    incoming: Incoming,
    origin: string | undefined,
    client: string | undefined,
    found: { token?: string },
    send: Send,
  ): Promise<Answer> {
    const { method } = incoming;
    if (method !== 'POST' && method !== 'OPTIONS') return refusal('method_refused');
    if (origin === undefined) return refusal('origin_refused');
    if (method === 'OPTIONS') return preflight();
    const waitSec = client === undefined ? 0 : await limits.client(client);
    if (waitSec > 0) return refusal('client_rate_limited', { retryAfterSec: waitSec });
    return withDeadline(settings.timeoutMs, incoming.signal, async (signal) => {
      const sent = await readToken(incoming, signal).catch(() => stopped(signal));
      return typeof sent === 'string' ? exchangeSent(sent, signal, found, send) : sent;
    });
  }

  async function exchangeSent(
    sent: string,
    signal: AbortSignal,
    found: { token?: string },
    send: Send,
  ): Promise<Answer> {
    const token = settings.tokenFor(sent);
    if (token === undefined) return refusal(sent ? 'token_refused' : 'token_missing');
    found.token = token;
    const waitSec = await limits.token(token);
    if (waitSec > 0) return refusal('token_rate_limited', { retryAfterSec: waitSec });
    return exchange(token, signal, ownSend ?? send);
  }
}

/** Runs work under a signal whose reason tells why it is stopped. Leaves neither timer nor listener behind. */
async function withDeadline<T>(
  timeoutMs: number,
  client: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const because = (reason: StopReason) => () => stop.abort(reason);
  const onGone = because('gone');
  if (client.aborted) onGone();
  client.addEventListener('abort', onGone, { once: true });
  const timer = setTimeout(because('late'), timeoutMs);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    client.removeEventListener('abort', onGone);
  }
}

/** Why reading a request ended early: too slow, or the connection broke. */
function stopped(signal: AbortSignal): Answer {
  return refusal(signal.reason === 'late' ? 'body_slow' : 'client_gone');
}
