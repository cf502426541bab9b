// The token proxy (package export "./proxy"): a page's request in, a guest token out, with web standards only.
// Cheap checks come first. Every request gets one answer and one log line, including those that fail.
// Knows nothing about: Node, paths, where a client's address comes from.
import { clientKey } from './client.js';
import { readToken } from './incoming.js';
import { waitFor, type StopSignal } from '../wait.js';
import type { RequestContext, TokenProxy, TokenProxyOptions } from './options.js';
import { ANSWER, type Incoming, type OpenProxy, type Send } from './message.js';
import { createRateLimits } from './rate-limit.js';
import { createRecorder } from './record.js';
import { address, preflight, refusal, type Answer } from './reply.js';
import { checkSettings } from './settings.js';
import { Stop } from './stop.js';
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
 * @throws an error with one sentence that starts with the option, when an option is missing, malformed or unsafe.
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
    const asked: Asked = { incoming, origin, clientAddress, client, send };
    const answered = await answerTo(asked).catch(() => refusal('internal'));
    await record({ id, incoming, origin, client, token: asked.token, answer: answered, startedMs });
    return address(answered, origin, id);
  }

  async function answerTo(asked: Asked): Promise<Answer> {
    const { incoming, client } = asked;
    const early = answerWithoutBody(asked);
    if (early) return early;
    const waitSec = client === undefined ? 0 : await limits.client(client);
    if (waitSec > 0) return refusal('client_rate_limited', { retryAfterSec: waitSec });
    if (incoming.signal.aborted) return refusal('client_gone');
    return withDeadline(settings.timeoutMs, incoming.signal, async (signal) => {
      const sent = await readToken(incoming, signal).catch(() => stopped(signal, 'body_slow'));
      return typeof sent === 'string' ? exchangeSent(sent, asked, signal) : sent;
    });
  }

  async function exchangeSent(sent: string, asked: Asked, signal: StopSignal): Promise<Answer> {
    const token = settings.tokenFor(sent);
    if (token === undefined) return refusal(sent ? 'token_refused' : 'token_missing');
    asked.token = token;
    const isAllowed = allow ? await askHook(allow, sent, asked, signal) : true;
    if (signal.aborted) return stopped(signal, 'allow_slow');
    if (isAllowed !== true) return refusal('not_allowed');
    const waitSec = await limits.token(token);
    if (waitSec > 0) return refusal('token_rate_limited', { retryAfterSec: waitSec });
    return exchange(token, signal, ownSend ?? asked.send);
  }
}

/** One request and what is known about it so far. */
interface Asked {
  readonly incoming: Incoming;
  /** Undefined unless it is an allowed origin. */
  readonly origin: string | undefined;
  readonly clientAddress: string | undefined;
  /** The key under which the client is counted. */
  readonly client: string | undefined;
  readonly send: Send;
  /** The public token, once it is known. */
  token?: string;
}

/** The answer where method, path and origin decide it; undefined for an exchange. */
function answerWithoutBody({ incoming, origin }: Asked): Answer | undefined {
  const { method, isMisplaced } = incoming;
  // A page can read a 404 only if the preflight before it succeeded.
  if (isMisplaced && (method !== 'OPTIONS' || origin === undefined)) return refusal('path_refused');
  if (method !== 'POST' && method !== 'OPTIONS') return refusal('method_refused');
  if (origin === undefined) return refusal('origin_refused');
  return method === 'OPTIONS' ? preflight() : undefined;
}

/** What the user's `allow` answers; undefined when it does not answer in time. It receives copies only. */
async function askHook(
  allow: NonNullable<TokenProxyOptions['allow']>,
  token: string,
  { incoming, origin = '', clientAddress }: Asked,
  signal: StopSignal,
): Promise<boolean | undefined> {
  const { headers, url } = incoming;
  const query = new URLSearchParams(url.split('#', 1)[0]?.split('?').slice(1).join('?'));
  const verdict = Promise.resolve(allow({ origin, clientAddress, token, query, headers }));
  return waitFor(verdict, { signal }).catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown;
    return undefined;
  });
}

/** Runs `work` with a signal that aborts as `late` after `timeoutMs` or as `gone` when the client leaves. */
function withDeadline(
  timeoutMs: number,
  client: StopSignal,
  work: (signal: StopSignal) => Promise<Answer>,
): Promise<Answer> {
  const stop = new Stop();
  const answering = work(stop);
  // `work` answers in either case: it knows what took too long.
  waitFor(answering, { ms: timeoutMs, signal: client, timeUp: () => LATE }).catch((reason: unknown) =>
    stop.stop(reason === LATE ? 'late' : 'gone'),
  );
  return answering;
}

const LATE = new Error('The time for the request is up.');

/** The answer to a request that was stopped. */
function stopped(signal: StopSignal, late: 'body_slow' | 'allow_slow'): Answer {
  return refusal(signal.reason === 'late' ? late : 'client_gone');
}
