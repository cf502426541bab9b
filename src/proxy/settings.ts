// The options of a proxy, checked once, when it is made.
// Promise: what is unsafe or malformed becomes an Error with one sentence that names the option and never quotes a
// token or a credential. Must not know: requests.
import { isPublicToken, tokenEndpoint } from '../token/wire.js';
import { createOrigins, type Origins } from './origin.js';
import type { Rate, TokenProxyOptions } from './options.js';

/** A proxy's options in the form in which they are used. */
export interface Settings {
  readonly endpoint: string;
  readonly origins: Origins;
  /** The public token to exchange for what a page sends; undefined when that may not pass. */
  readonly tokenFor: (sent: string) => string | undefined;
  /** The `Authorization` header of the upstream request. */
  readonly authorization: string | undefined;
  /** What must never be passed on, the longest first. */
  readonly secrets: readonly string[];
  readonly rateLimit: NonNullable<TokenProxyOptions['rateLimit']>;
  readonly expiresInSec: number | undefined;
  readonly timeoutMs: number;
  readonly maxConcurrent: number;
}

/** @throws Error with one clear sentence. */
export function checkSettings(options: TokenProxyOptions): Settings {
  const { rateLimit = {}, expiresIn, timeoutMs = 8000, maxConcurrent = 100 } = options;
  for (const name of ['allow', 'fetch', 'log'] as const) checkFunction(name, options[name]);
  if (rateLimit !== false) {
    checkObject('rateLimit', rateLimit);
    checkFunction('rateLimit.store', rateLimit.store);
  }
  return {
    endpoint: upstreamEndpoint(options.host),
    origins: createOrigins(options.allowedOrigins),
    tokenFor: tokenRule(options),
    ...basicAuthorization(options.credentials),
    rateLimit: rateLimit !== false && {
      ...rateLimit,
      perClient: checkedRate('rateLimit.perClient', rateLimit.perClient),
      perToken: checkedRate('rateLimit.perToken', rateLimit.perToken),
    },
    expiresInSec: expiresIn === undefined ? undefined : checkedInteger('expiresIn', expiresIn, 86_400 * 30),
    timeoutMs: checkedInteger('timeoutMs', timeoutMs, 120_000),
    maxConcurrent: checkedInteger('maxConcurrent', maxConcurrent, 100_000),
  };
}

function upstreamEndpoint(host: unknown): string {
  if (typeof host !== 'string' || !host.trim())
    throw new Error('host is missing: name your space or the host that exchanges tokens.');
  try {
    return tokenEndpoint({ host });
  } catch {
    throw new Error('host is neither a space name nor an https host; http is for this machine only.');
  }
}

function tokenRule({ token, tokens }: TokenProxyOptions): Settings['tokenFor'] {
  if (token !== undefined && !(typeof token === 'string' && isPublicToken(token)))
    throw new Error('token is not a public Click-to-Call token (c2c_… or c2t_…).');
  if (tokens !== undefined) checkObject('tokens', tokens);
  const known = tokens && new Map(Object.entries(tokens).flatMap(checkedAlias));
  if (known?.size === 0) throw new Error('tokens is empty: nothing could pass.');
  if (token !== undefined) return () => token;
  if (known) return (sent) => known.get(sent);
  return (sent) => (isPublicToken(sent) ? sent : undefined);
}

/** An alias and the token itself, as what a page may send for it. Neither is quoted: they may have been swapped. */
function checkedAlias([alias, token]: [string, unknown], index: number): [string, string][] {
  if (!/^(?!c2[ct]_)[\w-]{1,64}$/.test(alias))
    throw new Error(
      'tokens has an alias that is not 1 to 64 letters, digits, "_" or "-", or looks like a token.',
    );
  if (typeof token !== 'string' || !isPublicToken(token))
    throw new Error(
      `tokens: alias number ${index + 1} does not stand for a public Click-to-Call token (c2c_… or c2t_…).`,
    );
  return [
    [alias, token],
    [token, token],
  ];
}

function basicAuthorization(credentials: TokenProxyOptions['credentials']) {
  if (credentials === undefined) return { authorization: undefined, secrets: [] };
  checkObject('credentials', credentials);
  const { projectId, apiToken } = credentials;
  // https://www.rfc-editor.org/rfc/rfc7617#section-2: no colon in the first part, no control characters in either.
  if (typeof projectId !== 'string' || !/^[!-9;-~]+$/.test(projectId))
    throw new Error('credentials.projectId is not a project id.');
  if (typeof apiToken !== 'string' || !/^[!-~]+$/.test(apiToken))
    throw new Error('credentials.apiToken is not an API token.');
  const pair = btoa(`${projectId}:${apiToken}`);
  const secrets = [pair, apiToken, projectId].sort((a, b) => b.length - a.length);
  return { authorization: `Basic ${pair}`, secrets };
}

function checkedRate(name: string, rate: Rate | false | undefined): Rate | false | undefined {
  if (rate === undefined || rate === false) return rate;
  checkObject(name, rate);
  return {
    requests: checkedInteger(`${name}.requests`, rate.requests, 1_000_000),
    seconds: checkedInteger(`${name}.seconds`, rate.seconds, 86_400),
  };
}

/** What is given by mistake, `null` or `''`, must not count as what was left out. */
function checkObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is not an object.`);
}

function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new Error(`${name} is not a function.`);
}

function checkedInteger(name: string, value: unknown, max: number): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max) return Number(value);
  throw new Error(`${name} is not a whole number from 1 to ${max}.`);
}
