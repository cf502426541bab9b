// The token proxy, door "./proxy": a page's request in, a guest token out, in web standards only.
// Promise: refuses whatever it does not know, in the order of how cheap that is; one answer and one line in the log
// for every request, also for those that fail. Must not know: Node, paths, where a client's address comes from.
import { clientKey } from './client.js';
import { readToken } from './incoming.js';
import { waitFor, type StopSignal } from '../wait.js';
import type { RequestContext, TokenProxy, TokenProxyOptions } from './options.js';
import { ANSWER, type Incoming, type OpenProxy, type Send } from './message.js';
import { createRateLimits } from './rate-limit.js';
import { createRecorder } from './record.js';
import { address, preflight, refusal, type Answer } from './reply.js';
import { checkSettings } from './settings.js';
import { Stop, type StopReason } from './stop.js';
import { createUpstream, sendBy } from './upstream.js';

export type {
  AllowFacts,
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
  const { allow, log, fetch } = options;
  const record = createRecorder(log);
  const ownSend = fetch && sendBy(fetch);
  const globalSend = sendBy((request) => globalThis.fetch(request));

  const tokenProxy = async (request: Request, context?: RequestContext) => {
    const { body, ...init } = await answer(request, context, globalSend);
    return new Response(body, init);
  };
  return Object.assign(tokenProxy, { [ANSWER]: answer }) satisfies OpenProxy;

  async function answer(incoming: Incoming, context: RequestContext | null | undefined, send: Send) {
    const startedMs = performance.now();
    const id = crypto.randomUUID();
    const origin = settings.origins.admit(incoming.headers);
    const clientAddress = context?.clientAddress;
    const client = clientAddress === undefined ? undefined : clientKey(clientAddress);
    const asking: Asking = { incoming, origin, clientAddress, client, send };
    const answered = await judge(asking).catch(() => refusal('internal'));
    await record({ id, incoming, origin, client, token: asking.token, answer: answered, startedMs });
    return address(answered, origin, id);
  }

  async function judge(asking: Asking): Promise<Answer> {
    const { incoming, origin, client } = asking;
    const { method, isMisplaced } = incoming;
    // A page can read a 404 only when the preflight before it is answered.
    if (isMisplaced && (method !== 'OPTIONS' || origin === undefined)) return refusal('path_refused');
    if (method !== 'POST' && method !== 'OPTIONS') return refusal('method_refused');
    if (origin === undefined) return refusal('origin_refused');
    if (method === 'OPTIONS') return preflight();
    const waitSec = client === undefined ? 0 : await limits.client(client);
    if (waitSec > 0) return refusal('client_rate_limited', { retryAfterSec: waitSec });
    return withDeadline(settings.timeoutMs, incoming.signal, async (signal) => {
      const sent = await readToken(incoming, signal).catch(() => stopped(signal, 'body_slow'));
      return typeof sent === 'string' ? exchangeSent(sent, asking, signal) : sent;
    });
  }

  async function exchangeSent(sent: string, asking: Asking, signal: StopSignal): Promise<Answer> {
    const token = settings.tokenFor(sent);
    if (token === undefined) return refusal(sent ? 'token_refused' : 'token_missing');
    asking.token = token;
    const word = allow ? await wordOf(allow, sent, asking, signal) : true;
    if (signal.aborted) return stopped(signal, 'allow_slow');
    if (word !== true) return refusal('not_allowed');
    const waitSec = await limits.token(token);
    if (waitSec > 0) return refusal('token_rate_limited', { retryAfterSec: waitSec });
    return exchange(token, signal, ownSend ?? asking.send);
  }
}

/** One request and what is known of it so far. */
interface Asking {
  readonly incoming: Incoming;
  /** When it is an allowed one. */
  readonly origin: string | undefined;
  readonly clientAddress: string | undefined;
  /** The key under which the client is counted. */
  readonly client: string | undefined;
  readonly send: Send;
  /** The public token, as soon as it is found. */
  token?: string;
}

/** The word of the user's hook, undefined when there is none in time. It sees nothing that the proxy keeps. */
async function wordOf(
  allow: NonNullable<TokenProxyOptions['allow']>,
  token: string,
  { incoming, origin = '', clientAddress }: Asking,
  signal: StopSignal,
): Promise<boolean | undefined> {
  const { headers, url } = incoming;
  const query = new URLSearchParams(url.split('#', 1)[0]?.split('?').slice(1).join('?'));
  const word = Promise.resolve(allow({ origin, clientAddress, token, query, headers }));
  return waitFor(word, { signal }).catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown;
    return undefined;
  });
}

/** Runs work under a signal whose reason tells why it is stopped. Leaves neither timer nor listener behind. */
async function withDeadline<T>(
  timeoutMs: number,
  client: StopSignal,
  work: (signal: StopSignal) => Promise<T>,
): Promise<T> {
  const stop = new Stop();
  const because = (reason: StopReason) => () => stop.stop(reason);
  const onGone = because('gone');
  if (client.aborted) onGone();
  client.addEventListener('abort', onGone, { once: true });
  const timer = setTimeout(because('late'), timeoutMs);
  try {
    return await work(stop);
  } finally {
    clearTimeout(timer);
    client.removeEventListener('abort', onGone);
  }
}

/** Why a request ended early: something took too long, or the connection broke. */
function stopped(signal: StopSignal, late: 'body_slow' | 'allow_slow'): Answer {
  return refusal(signal.reason === 'late' ? late : 'client_gone');
}
