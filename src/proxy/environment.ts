// The environment variables of the bin: the table that also generates the README's, and the code that reads them.
// A wrong variable becomes an `OptionError` that never quotes its value. Knows nothing about: process, sockets, Redis.
import { OptionError } from './option-error.js';
import type { Rate, RateLimitOptions } from './options.js';
import type { ServeOptions } from './serve.js';

/** Every variable: what it means, and its default. */
export const ENVIRONMENT = {
  SIGNALWIRE_HOST: {
    what: 'Space name (`example`) or host that exchanges tokens, over https.',
    default: 'required',
  },
  ALLOWED_ORIGINS: {
    what: 'Origins of the pages that may use the proxy, separated by commas: `https://example.com`. The star in `https://*.example.com` matches exactly one label; a lone `*` is refused.',
    default: 'required',
  },
  SIGNALWIRE_TOKEN: {
    what: 'The public token to exchange, whatever the page sends. The page then needs no token.',
    default: 'any `c2c_`/`c2t_` token is accepted',
  },
  SIGNALWIRE_TOKENS: {
    what: 'Aliases and their tokens, `support=c2c_…,sales=c2c_…`. Nothing else is accepted. Ignored when `SIGNALWIRE_TOKEN` is set.',
    default: 'none',
  },
  SIGNALWIRE_PROJECT_ID: { what: 'Project ID, for spaces that require an API token.', default: 'none' },
  SIGNALWIRE_API_TOKEN: {
    what: 'API token, sent to SignalWire with the project ID as HTTP Basic.',
    default: 'none',
  },
  PORT: { what: 'Port to listen on.', default: '8080' },
  BIND_ADDRESS: { what: 'Address to listen on.', default: 'all' },
  PROXY_PATH: {
    what: 'Path of the exchange. Every other path except `/healthz` is 404.',
    default: '/api/fabric/embeds/tokens',
  },
  TRUSTED_HOPS: {
    what: 'Number of your reverse proxies that append to `X-Forwarded-For`.',
    default: '0',
  },
  RATE_LIMIT_PER_CLIENT: { what: 'Requests/seconds per client address, or `off`.', default: '60/60' },
  RATE_LIMIT_PER_TOKEN: { what: 'Requests/seconds per token, or `off`.', default: '600/60' },
  REDIS_URL: {
    what: 'Redis in which several instances count together. Requires the package `ioredis`.',
    default: 'in memory',
  },
  EXPIRES_IN: { what: 'Lifetime of a guest token in seconds, if you know it.', default: 'not stated' },
  TIMEOUT_MS: { what: 'Time limit of a whole exchange, in milliseconds.', default: '8000' },
  MAX_CONCURRENT: { what: 'Concurrent exchanges.', default: '100' },
  DRAIN_DELAY_MS: {
    what: 'How long new connections are still accepted after SIGTERM while `/healthz` answers 503, in milliseconds.',
    default: '0',
  },
} as const satisfies Record<string, { readonly what: string; readonly default: string }>;

type Name = keyof typeof ENVIRONMENT;

/** What the options of the proxy are called here. */
const VARIABLES = new Map<string, string>([
  ['host', 'SIGNALWIRE_HOST'],
  ['allowedOrigins', 'ALLOWED_ORIGINS'],
  ['token', 'SIGNALWIRE_TOKEN'],
  ['tokens', 'SIGNALWIRE_TOKENS'],
  ['credentials.projectId', 'SIGNALWIRE_PROJECT_ID'],
  ['credentials.apiToken', 'SIGNALWIRE_API_TOKEN'],
  ['rateLimit.perClient.requests', 'The first number of RATE_LIMIT_PER_CLIENT'],
  ['rateLimit.perClient.seconds', 'The second number of RATE_LIMIT_PER_CLIENT'],
  ['rateLimit.perToken.requests', 'The first number of RATE_LIMIT_PER_TOKEN'],
  ['rateLimit.perToken.seconds', 'The second number of RATE_LIMIT_PER_TOKEN'],
  ['expiresIn', 'EXPIRES_IN'],
  ['timeoutMs', 'TIMEOUT_MS'],
  ['maxConcurrent', 'MAX_CONCURRENT'],
  ['path', 'PROXY_PATH'],
  ['trustedHops', 'TRUSTED_HOPS'],
  ['drainDelayMs', 'DRAIN_DELAY_MS'],
]);

/** The error's sentence with the variable's name instead of the option's. */
export function inVariables({ option, problem }: OptionError): string {
  return `${VARIABLES.get(option) ?? option} ${problem}`;
}

function firstSentence(text: string): string {
  return `${text.split(/\. |\.$/)[0]}.`;
}

/** The variables as options of the proxy. */
export interface Configuration {
  readonly options: ServeOptions;
  readonly redisUrl: string | undefined;
}

/**
 * Reads the variables. An empty variable counts as not set. Checks only what the options cannot check themselves.
 * @throws OptionError whose `option` is the variable.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Configuration {
  const text = (name: Name) => variables[name]?.trim() || undefined;
  const required = (name: Name) => {
    const value = text(name);
    if (value === undefined)
      throw new OptionError(name, `is not set: ${firstSentence(ENVIRONMENT[name].what)}`);
    return value;
  };
  const integer = (name: Name) => {
    const value = text(name);
    if (value !== undefined && !/^\d{1,9}$/.test(value))
      throw new OptionError(name, 'is not a whole number.');
    return value === undefined ? undefined : Number(value);
  };
  const rateLimit: RateLimitOptions = {
    perClient: rateOf('RATE_LIMIT_PER_CLIENT', text('RATE_LIMIT_PER_CLIENT')),
    perToken: rateOf('RATE_LIMIT_PER_TOKEN', text('RATE_LIMIT_PER_TOKEN')),
  };
  const options: ServeOptions = {
    host: required('SIGNALWIRE_HOST'),
    allowedOrigins: required('ALLOWED_ORIGINS')
      .split(/[\s,]+/)
      .filter(Boolean),
    token: text('SIGNALWIRE_TOKEN'),
    tokens: tokensOf(text('SIGNALWIRE_TOKENS')),
    credentials: credentialsOf(text('SIGNALWIRE_PROJECT_ID'), text('SIGNALWIRE_API_TOKEN')),
    rateLimit,
    expiresIn: integer('EXPIRES_IN'),
    timeoutMs: integer('TIMEOUT_MS'),
    maxConcurrent: integer('MAX_CONCURRENT'),
    port: portOf(integer('PORT')),
    bindAddress: text('BIND_ADDRESS'),
    path: text('PROXY_PATH'),
    trustedHops: integer('TRUSTED_HOPS'),
    drainDelayMs: integer('DRAIN_DELAY_MS'),
  };
  return { options, redisUrl: redisUrlOf(text('REDIS_URL')) };
}

function tokensOf(value: string | undefined): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  const pairs = value.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  if (pairs.some(({ length }) => length !== 2))
    throw new OptionError('SIGNALWIRE_TOKENS', 'is not written as "alias=token,alias=token".');
  if (new Set(pairs.map(([alias]) => alias)).size < pairs.length)
    throw new OptionError('SIGNALWIRE_TOKENS', 'contains the same alias twice.');
  return Object.fromEntries(pairs) as Record<string, string>;
}

function credentialsOf(projectId: string | undefined, apiToken: string | undefined) {
  if (projectId === undefined && apiToken === undefined) return undefined;
  if (projectId !== undefined && apiToken !== undefined) return { projectId, apiToken };
  throw new OptionError('SIGNALWIRE_PROJECT_ID', 'and SIGNALWIRE_API_TOKEN must be set together.');
}

function rateOf(name: Name, value: string | undefined): Rate | false | undefined {
  if (value === undefined) return undefined;
  if (value === 'off') return false;
  const [, requests, seconds] = /^(\d{1,7})\/(\d{1,5})$/.exec(value) ?? [];
  if (requests === undefined) throw new OptionError(name, 'is not written as "requests/seconds" or "off".');
  return { requests: Number(requests), seconds: Number(seconds) };
}

function portOf(port: number | undefined): number | undefined {
  if (port !== undefined && port > 65_535) throw new OptionError('PORT', 'is not a port number.');
  return port;
}

function redisUrlOf(value: string | undefined): string | undefined {
  if (value !== undefined && !(/^rediss?:\/\/\S+$/.test(value) && URL.canParse(value)))
    throw new OptionError('REDIS_URL', 'is not a redis:// or rediss:// URL.');
  return value;
}
