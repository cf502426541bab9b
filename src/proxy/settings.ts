// Checks the options of a proxy once, when it is made. An unsafe or malformed option becomes an `OptionError`.
import { isAlias, isPublicToken, tokenEndpoint } from '../token/wire.js';
import { OptionError } from './option-error.js';
import { createOrigins, type Origins } from './origin.js';
import type { Rate, TokenProxyOptions } from './options.js';

/** A proxy's options, checked and in the form in which they are used. */
export interface Settings {
  readonly endpoint: string;
  readonly origins: Origins;
  /** The public token to exchange for what a page sent; undefined when that is not accepted. */
  readonly tokenFor: (sent: string) => string | undefined;
  /** The `Authorization` header of the upstream request. */
  readonly authorization: string | undefined;
  /** Texts that must never be passed on, longest first. */
  readonly secrets: readonly string[];
  readonly rateLimit: NonNullable<TokenProxyOptions['rateLimit']>;
  readonly expiresInSec: number | undefined;
  readonly timeoutMs: number;
  readonly maxConcurrent: number;
}

/** @throws OptionError */
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
    throw new OptionError('host', 'is missing: set a space name or the host that exchanges tokens.');
  try {
    return tokenEndpoint({ host });
  } catch {
    throw new OptionError(
      'host',
      'is neither a space name nor an https host; http is allowed for loopback only.',
    );
  }
}

function tokenRule({ token, tokens }: TokenProxyOptions): Settings['tokenFor'] {
  if (token !== undefined && !(typeof token === 'string' && isPublicToken(token)))
    throw new OptionError('token', 'is not a public Click-to-Call token (c2c_… or c2t_…).');
  if (tokens !== undefined) checkObject('tokens', tokens);
  const known = tokens && new Map(Object.entries(tokens).flatMap(checkedAlias));
  if (known?.size === 0) throw new OptionError('tokens', 'is empty, so that no token would be accepted.');
  if (token !== undefined) return () => token;
  if (known) return (sent) => known.get(sent);
  return (sent) => (isPublicToken(sent) ? sent : undefined);
}

/** The two values that a page may send for a token: its alias and the token. Errors quote neither: they may be swapped. */
function checkedAlias([alias, token]: [string, unknown], index: number): [string, string][] {
  if (!isAlias(alias))
    throw new OptionError(
      'tokens',
      'has an alias that is not 1 to 64 letters, digits, "_" or "-", or that looks like a token.',
    );
  if (typeof token !== 'string' || !isPublicToken(token))
    throw new OptionError(
      'tokens',
      `has an alias, number ${index + 1}, whose value is not a public Click-to-Call token (c2c_… or c2t_…).`,
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
  // No colon in the first part, no control characters in either: https://www.rfc-editor.org/rfc/rfc7617#section-2
  if (typeof projectId !== 'string' || !/^[!-9;-~]+$/.test(projectId))
    throw new OptionError('credentials.projectId', 'is not a project ID.');
  if (typeof apiToken !== 'string' || !/^[!-~]+$/.test(apiToken))
    throw new OptionError('credentials.apiToken', 'is not an API token.');
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

/** Refuses `null` and `''` too: a value that was set by mistake must not count as not set. */
function checkObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new OptionError(name, 'is not an object.');
}

function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new OptionError(name, 'is not a function.');
}

function checkedInteger(name: string, value: unknown, max: number): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max) return Number(value);
  throw new OptionError(name, `is not a whole number from 1 to ${max}.`);
}
