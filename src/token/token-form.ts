// The forms of tokens: public tokens, aliases and guest tokens, and how to find them in other text.
import { ClickToCallError } from '../errors.js';

/** Longest guest token, in characters. */
const MAX_GUEST_TOKEN = 16 * 1024;

/** A checked `token` attribute. A `guest` token needs no exchange; with `none` the proxy has the token. */
export interface PublicToken {
  readonly kind: 'public' | 'alias' | 'none' | 'guest';
  /** Trimmed. */
  readonly value: string;
}

/** Values that belong on a server: API token, signing key, authorization header, project ID followed by a key. */
const SECRETS = [
  /\bPT[A-Za-z0-9]{20,}/,
  /\bPSK(?:_|[\w-]{16})/,
  /^(?:basic|bearer)\s/i,
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:/i,
];

/**
 * Checks the value of the `token` attribute.
 * @param options `proxied`: whether the endpoint is a proxy, which may have the token itself or know it by an alias.
 * @throws ClickToCallError `config-token-missing`, `config-token-invalid`, `config-token-secret`
 */
export function publicToken(
  token: string | null | undefined,
  options: { proxied?: boolean } = {},
): PublicToken {
  const value = token?.trim() ?? '';
  const kind = kindOf(value);
  if (kind === 'public' || kind === 'guest' || (kind && options.proxied)) return { kind, value };
  if (kind === 'none') throw new ClickToCallError('config-token-missing');
  throw new ClickToCallError(isSecret(value) ? 'config-token-secret' : 'config-token-invalid');
}

function kindOf(value: string): PublicToken['kind'] | undefined {
  if (!value) return 'none';
  if (isPublicToken(value)) return 'public';
  if (isGuestToken(value)) return 'guest';
  return isAlias(value) && !isSecret(value) ? 'alias' : undefined;
}

function isSecret(value: string): boolean {
  return SECRETS.some((secret) => secret.test(value));
}

/** Whether a value has the form of a public token: `c2c_…` or `c2t_…`, at most 256 characters. */
export function isPublicToken(value: string): boolean {
  return value.length <= 256 && /^c2[ct]_[\w-]+$/.test(value);
}

/** Whether a value has the form of an alias: 1 to 64 letters, digits, `_` and `-`, not like a public token. */
export function isAlias(value: string): boolean {
  return /^(?!c2[ct]_)[\w-]{1,64}$/.test(value);
}

/** Whether a value has the form of a guest token: a compact JWS or JWE, at most 16 KB, whose header is a JSON object. */
export function isGuestToken(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_GUEST_TOKEN) return false;
  // The second part of a JWE is empty when the key was agreed on beforehand.
  const [, header] = /^([\w-]+)(?:\.[\w-]+\.[\w-]+|\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+)$/.exec(value) ?? [];
  return header !== undefined && isJsonObject(header);
}

function isJsonObject(base64url: string): boolean {
  try {
    const value: unknown = JSON.parse(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A text with public tokens, guest tokens, parts of them (`eyJ` is `{"` in base64url) and `secrets` replaced. */
export function withoutTokens(text: string, secrets: readonly string[] = []): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, '[secret]');
  // Including everything joined by dots: a guest token may directly follow a public one.
  return shown.replace(/(?:c2[ct]_|ey[JA][\w-]{8})[\w-]*(?:\.[\w-]*)*/g, '[token]');
}
