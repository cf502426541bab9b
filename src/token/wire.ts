// The HTTP contract of the token exchange: the endpoint, the request, and the meaning of an answer. Whatever breaks the
// contract becomes an error of the table, without a token or a body in its message. Web standards only, because the proxy
// uses it too. Knows nothing about: the DOM, caching, timing.
import { ClickToCallError, type ApiErrorItem } from '../errors.js';
import { waitFor, type StopSignal } from '../wait.js';

import { isGuestToken, withoutTokens } from './token-form.js';

export { EXCHANGE_PATH, isLoopback, tokenEndpoint } from './endpoint.js';
export { isAlias, isPublicToken, publicToken, withoutTokens } from './token-form.js';

/** Longest answer that is read, in bytes. */
const MAX_BODY = 64 * 1024;
/** Shared, because creating one is expensive. It keeps no state between whole texts. */
const UTF8 = new TextDecoder();

/** The body of the request; `{}` when the proxy has the token. */
export function requestBody(token: string): string {
  return JSON.stringify(token ? { token } : {});
}

/** The `token` of a parsed request, or a sentence that says what is wrong with the request. */
export function checkRequest(body: unknown): { readonly token: string } | string {
  if (!isPlainObject(body)) return 'The body is not a JSON object.';
  const { token = '', ...rest } = body;
  if (Object.keys(rest).length > 0) return 'The body may contain "token" and nothing else.';
  return typeof token === 'string' ? { token } : 'The token is not a string.';
}

/** A checked answer. */
export interface TokenReply {
  /** A well-formed guest token. */
  readonly token: string;
  /** Remaining lifetime in seconds, if the answer states a valid one. */
  readonly expiresInSec?: number;
}

/** A parsed answer as a `TokenReply`, or what is wrong with it. The lifetime is `expires_in` or `expiresIn`. */
export function checkReply(body: unknown): TokenReply | string {
  if (!isPlainObject(body)) return 'the answer is not a JSON object';
  if (!isGuestToken(body['token'])) return 'its token is not a JWS or JWE of at most 16 KB';
  const token = body['token'];
  const expiresInSec = body['expires_in'] ?? body['expiresIn'];
  const isLife = typeof expiresInSec === 'number' && expiresInSec > 0 && Number.isFinite(expiresInSec);
  return isLife ? { token, expiresInSec } : { token };
}

/** The part of a `Response` that is read. */
export interface Reply {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: Body | null;
}

/** The part of a `ReadableStream` that is read. */
export interface Body {
  getReader(): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;
}

/** How to read an answer. */
export interface ReadReplyOptions {
  /** Wall-clock time in milliseconds, to which a `Retry-After` date is compared. */
  readonly nowMs: number;
  /** Stops reading. Its reason is rethrown. */
  readonly signal?: StopSignal | undefined;
  /** Texts to remove from the 422 items, besides everything that looks like a token. */
  readonly secrets?: readonly string[] | undefined;
}

/**
 * Reads an answer of the endpoint. The content type is ignored: some gateways mislabel JSON, and a web page fails the
 * checks of the content anyway.
 * @throws ClickToCallError `token-bad-response`, or the code of the status; with `status`, and `retryAfterMs` and
 *   `errors` if the answer has them.
 * @throws the error of reading the body, unchanged, when the connection breaks.
 */
export async function readReply(
  response: Reply,
  { nowMs, signal, secrets }: ReadReplyOptions,
): Promise<TokenReply> {
  const { status } = response;
  if (!response.ok) throw await refusal(response, nowMs, signal, secrets);
  const body = parseJson(await readText(response.body, MAX_BODY, signal));
  const reply = checkReply(body);
  if (typeof reply === 'object') return reply;
  throw new ClickToCallError('token-bad-response', {
    status,
    message: `The token endpoint answered, but ${reply}.`,
  });
}

async function refusal(
  response: Reply,
  nowMs: number,
  signal: StopSignal | undefined,
  secrets: readonly string[] | undefined,
) {
  const { status } = response;
  const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'), nowMs);
  const facts = { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const code = codeOfStatus(status);
  if (code !== 'token-invalid-request') {
    // The body is not needed; cancelling it frees the connection.
    response.body
      ?.getReader()
      .cancel()
      .catch(() => undefined);
    return new ClickToCallError(code, facts);
  }
  const errors = apiErrors(parseJson(await readText(response.body, MAX_BODY, signal)), secrets);
  return new ClickToCallError(code, { ...facts, ...(errors.length > 0 && { errors }) });
}

function codeOfStatus(status: number) {
  if (status === 401) return 'token-unauthorized';
  if (status === 403) return 'token-forbidden';
  if (status === 404) return 'token-not-found';
  if (status === 429) return 'token-rate-limited';
  if (status >= 500) return 'token-server-error';
  return status >= 400 ? 'token-invalid-request' : 'token-bad-response';
}

/** `Retry-After` in milliseconds from now; undefined when it is neither seconds nor a date. */
function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  // Only HTTP dates: Date.parse accepts almost any text.
  const atMs = /^[a-z]+, .+ GMT$/i.test(value.trim()) ? Date.parse(value) : NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** The well-formed items of a 422 body, shortened, with everything that looks like a token removed. */
function apiErrors(body: unknown, secrets: readonly string[] = []): ApiErrorItem[] {
  const clean = (text: string) => withoutTokens(text, secrets).slice(0, 500);
  const items = isPlainObject(body) && Array.isArray(body['errors']) ? body['errors'].slice(0, 20) : [];
  return items.flatMap((item: unknown): ApiErrorItem[] => {
    if (!isPlainObject(item)) return [];
    const { type, code, message, attribute, url } = item;
    if (typeof type !== 'string' || typeof code !== 'string' || typeof message !== 'string') return [];
    return [
      {
        type: clean(type),
        code: clean(code),
        message: clean(message),
        ...((attribute === null || typeof attribute === 'string') && {
          attribute: attribute && clean(attribute),
        }),
        ...(typeof url === 'string' && /^https?:/i.test(url) && { url: clean(url) }),
      },
    ];
  });
}

/** A body as text; '' without a body; undefined when it is longer than `maxBytes`, at which reading stops. */
export async function readText(
  body: Body | null,
  maxBytes: number,
  signal?: StopSignal,
): Promise<string | undefined> {
  if (!body) return '';
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await waitFor(reader.read(), { signal });
      if (done) return decode(pieces, size);
      size += value.byteLength;
      if (size > maxBytes) return undefined;
      pieces.push(value);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function decode(pieces: readonly Uint8Array[], size: number): string {
  const [first] = pieces;
  if (first?.byteLength === size) return UTF8.decode(first);
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.byteLength;
  }
  return UTF8.decode(whole);
}

/** The value of a JSON text; undefined when the text is not JSON. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
