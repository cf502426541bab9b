// The exchange with the upstream. Of the page's request only the token is sent. Redirects are not followed. A request is
// repeated once if no connection was made. Of the upstream's text only checked 422 items come back.
import { ClickToCallError } from '../errors.js';
import { readReply, requestBody } from '../token/wire.js';
import { waitFor, type StopSignal } from '../wait.js';
import { Breaker, Gate } from './gate.js';
import type { Send, UpstreamCall } from './message.js';
import type { TokenProxyOptions } from './options.js';
import { refusal, success, type Answer, type RefusalCode } from './reply.js';
import type { Settings } from './settings.js';

/** Longest `Retry-After` of the upstream that is passed on, in seconds. */
const MAX_RETRY_AFTER_SEC = 300;
/** `Retry-After` for a 429 of the upstream that states none. */
const DEFAULT_RETRY_AFTER_SEC = 10;

/** Statuses of the upstream that are passed on to the page. */
const KEPT: Record<number, RefusalCode> = {
  401: 'upstream_unauthorized',
  403: 'upstream_forbidden',
  404: 'upstream_not_found',
  422: 'upstream_invalid',
  429: 'upstream_rate_limited',
};

/** Codes of Node's `fetch` and sockets for a connection that was never made, so that the upstream has seen nothing. */
const NO_CONNECTION = /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Makes the function that exchanges a public token. The reason of its signal is a `StopReason`. */
export function createUpstream(settings: Settings) {
  const gate = new Gate(settings.maxConcurrent);
  const breaker = new Breaker();
  return async function exchange(token: string, signal: StopSignal, send: Send): Promise<Answer> {
    const leave = await gate.enter(signal);
    if (!leave) return refusal(signal.reason === 'gone' ? 'client_gone' : 'busy', { retryAfterSec: 1 });
    try {
      const restSec = breaker.pass();
      if (restSec > 0) return refusal('upstream_down', { retryAfterSec: restSec });
      const startedMs = performance.now();
      const answer = await ask(settings, send, token, signal);
      const hadTime = performance.now() - startedMs >= settings.timeoutMs / 2;
      breaker.report(outcomeOf(answer, hadTime));
      return answer;
    } finally {
      leave();
    }
  };
}

/** @param hadTime whether the upstream had at least half of the time; a slow client must not make it look slow. */
function outcomeOf({ code, upstreamStatus = 0 }: Answer, hadTime: boolean): 'alive' | 'down' | 'unknown' {
  if (code === 'client_gone' || (code === 'upstream_timeout' && !hadTime)) return 'unknown';
  const isFailure = code !== undefined && !Object.values(KEPT).includes(code);
  return isFailure && !(upstreamStatus >= 400 && upstreamStatus < 500) ? 'down' : 'alive';
}

async function ask(settings: Settings, send: Send, token: string, signal: StopSignal): Promise<Answer> {
  let upstreamStatus: number | undefined;
  try {
    const { secrets, expiresInSec } = settings;
    const exchanged = sendTwice(send, upstreamCall(settings, token, signal)).then((response) => {
      upstreamStatus = response.status;
      return readReply(response, { nowMs: Date.now(), secrets });
    });
    // A `send` that ignores the signal must not hold up the answer.
    const reply = await waitFor(exchanged, { signal });
    // A guest token is opaque, but one that contains a secret in clear text would reveal it.
    if ([token, ...secrets].some((secret) => reply.token.includes(secret)))
      return refusal('bad_upstream', { upstreamStatus });
    const lives = [reply.expiresInSec, expiresInSec].filter((life) => life !== undefined);
    return success(upstreamStatus ?? 200, {
      token: reply.token,
      ...(lives.length > 0 && { expiresInSec: Math.min(...lives) }),
    });
  } catch (thrown) {
    if (signal.aborted) return refusal(signal.reason === 'gone' ? 'client_gone' : 'upstream_timeout');
    if (thrown instanceof ClickToCallError) return refused(thrown);
    return refusal('upstream_unreachable', { upstreamStatus });
  }
}

/** The answer for an upstream that sent no guest token. */
function refused({ code, status = 0, retryAfterMs, errors }: ClickToCallError): Answer {
  if (code === 'token-bad-response') return refusal('bad_upstream', { upstreamStatus: status });
  const kept = KEPT[status];
  if (!kept) return refusal('upstream_error', { upstreamStatus: status });
  const waitSec = retryAfterMs === undefined ? DEFAULT_RETRY_AFTER_SEC : Math.ceil(retryAfterMs / 1000);
  const retryAfterSec = status === 429 ? Math.min(Math.max(waitSec, 1), MAX_RETRY_AFTER_SEC) : undefined;
  return refusal(kept, { retryAfterSec, errors });
}

/** Sends the request, and once more if no connection was made. */
async function sendTwice(send: Send, call: UpstreamCall): ReturnType<Send> {
  try {
    return await send(call);
  } catch (thrown) {
    if (call.signal.aborted || !isNoConnection(thrown)) throw thrown;
    return send(call);
  }
}

function isNoConnection(thrown: unknown): boolean {
  const { cause = thrown } = thrown as { cause?: unknown };
  return NO_CONNECTION.test(String((cause as { code?: unknown } | null)?.code));
}

/** Everything that the upstream sees. */
function upstreamCall(
  { endpoint, authorization }: Settings,
  token: string,
  signal: StopSignal,
): UpstreamCall {
  return {
    url: endpoint,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'sw-click-to-call-proxy',
      ...(authorization !== undefined && { authorization }),
    },
    body: requestBody(token),
    signal,
  };
}

/** Makes a `Send` from a `fetch`. */
export function sendBy(fetch: NonNullable<TokenProxyOptions['fetch']>): Send {
  return async ({ url, signal, ...rest }) => {
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort(signal.reason));
    const init = { method: 'POST', signal: stop.signal, ...rest };
    let request: Request;
    try {
      request = new Request(url, { ...init, redirect: 'error' });
    } catch {
      // Cloudflare Workers do not support 'error'. With 'manual' a redirect is an answer without a guest token: refused.
      request = new Request(url, { ...init, redirect: 'manual' });
    }
    return fetch(request);
  };
}
