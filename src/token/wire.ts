// The HTTP contract of the token exchange: where to ask, with what, and what an answer means.
// Promise: what is not the contract becomes an error of the table whose words hold no token and no body.
// Pure, web standards only: a proxy on a server uses it as well. Must not know: the DOM, caching, timing.
import { ClickToCallError, type ApiErrorItem } from '../errors.js';
import { waitFor, type StopSignal } from '../wait.js';

export { DEFAULT_HOST, EXCHANGE_PATH, isLoopback, tokenEndpoint, type EndpointConfig } from './endpoint.js';

/** Longest guest token, in characters. */
const MAX_GUEST_TOKEN = 16 * 1024;
/** Longest answer that is read, in bytes. */
const MAX_BODY = 64 * 1024;
/** Shared, because making one is dear; it keeps nothing between two whole texts. */
const UTF8 = new TextDecoder();

/** What the `token` attribute turned out to be. `guest` needs no exchange; `none` leaves the token to the proxy. */
export interface PublicToken {
  readonly kind: 'public' | 'alias' | 'none' | 'guest';
  /** Trimmed. */
  readonly value: string;
}

/** Things that belong on a server: API token, signing key, authorization header, project id with something behind. */
const SECRETS = [
  /\bPT[A-Za-z0-9]{20,}/,
  /\bPSK(?:_|[\w-]{16})/,
  /^(?:basic|bearer)\s/i,
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:/i,
];

/**
 * Judges the value of the `token` attribute.
 * @param proxied whether a proxy is asked, which may hold the token itself or know it by an alias.
 * @throws ClickToCallError `config-token-missing`, `config-token-invalid`, `config-token-secret`
 */
export function publicToken(
  token: string | null | undefined,
  { proxied = false }: { proxied?: boolean } = {},
): PublicToken {
  const value = token?.trim() ?? '';
  if (!value && !proxied) throw new ClickToCallError('config-token-missing');
  if (!value) return { kind: 'none', value };
  if (isPublicToken(value)) return { kind: 'public', value };
  if (isGuestToken(value)) return { kind: 'guest', value };
  if (SECRETS.some((secret) => secret.test(value))) throw new ClickToCallError('config-token-secret');
  if (proxied && /^(?!c2[ct]_)[\w-]{1,64}$/.test(value)) return { kind: 'alias', value };
  throw new ClickToCallError('config-token-invalid');
}

/** Whether a value has the form of a public token: `c2c_…` or `c2t_…`, at most 256 characters. */
export function isPublicToken(value: string): boolean {
  return value.length <= 256 && /^c2[ct]_[\w-]+$/.test(value);
}

/** Whether a value has the form of a guest token: a compact JWS or JWE, at most 16 KB, whose header is a JSON object. */
export function isGuestToken(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_GUEST_TOKEN) return false;
  // The second part of a JWE is empty where the key is agreed beforehand.
  const [, header] = /^([\w-]+)(?:\.[\w-]+\.[\w-]+|\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+)$/.exec(value) ?? [];
  if (header === undefined) return false;
  try {
    return isPlainObject(JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    return false;
  }
}

/** The body of the request; `{}` where the proxy holds the token. */
export function requestBody(token: string): string {
  return JSON.stringify(token ? { token } : {});
}

/** The `token` of a request's body, or the words for what is wrong with that body: it holds `token` and nothing else. */
export function checkRequest(body: unknown): { readonly token: string } | string {
  if (!isPlainObject(body)) return 'The body is not a JSON object.';
  const { token = '', ...rest } = body;
  if (Object.keys(rest).length > 0) return 'The body may hold "token" and nothing else.';
  return typeof token === 'string' ? { token } : 'The token is not a string.';
}

/** A checked answer. */
export interface TokenReply {
  /** A well-formed guest token. */
  readonly token: string;
  /** Remaining life in seconds, where the answer states one that makes sense. */
  readonly expiresInSec?: number;
}

/** A parsed answer as a `TokenReply`, or the words for what is wrong with it. Life is `expires_in` or `expiresIn`. */
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

/** How an answer is read. */
export interface ReadReplyOptions {
  /** Wall clock, in milliseconds, against which a `Retry-After` date is taken. */
  readonly nowMs: number;
  /** Stops reading; its reason is rethrown. */
  readonly signal?: StopSignal | undefined;
  /** Texts that must not pass into the 422 items, beside everything that looks like a token. */
  readonly secrets?: readonly string[] | undefined;
}

/**
 * Reads an answer of the endpoint. The content type is not looked at: gateways mislabel JSON, and a web page fails the
 * checks of the content anyway.
 * @throws ClickToCallError `token-bad-response`, or the code of the status, with `status` and what is known beside it.
 * @throws what reading the body throws, unchanged, when the connection breaks.
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
    // Nobody reads this body; the connection should not wait for it.
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

/** `Retry-After` in milliseconds from now, from its seconds or its date; undefined when it is neither. */
function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  // Only real HTTP dates: Date.parse makes something of almost any text.
  const atMs = /^[a-z]+, .+ GMT$/i.test(value.trim()) ? Date.parse(value) : NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** The well-formed items of a 422 body, shortened, without anything that looks like a token. */
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

/** A text without public tokens, guest tokens or pieces of them (`{"` is `eyJ` in base64url), and without `secrets`. */
export function withoutTokens(text: string, secrets: readonly string[] = []): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, '[secret]');
  // With all that hangs on by a dot: a guest token may stand right behind a public one.
  return shown.replace(/(?:c2[ct]_|ey[JA][\w-]{8})[\w-]*(?:\.[\w-]*)*/g, '[token]');
}

/** A body as text, '' when there is none; undefined when it is longer than `maxBytes`, of which no more is read. */
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

/** The value of a JSON text; undefined when it is none. */
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
