// The environment variables of the bin: one table, from which the README's is made, and their reading.
// Promise: a missing or malformed variable becomes an Error with one sentence that names it and never quotes its
// value. Must not know: process, sockets, Redis.
import type { Rate, RateLimitOptions } from './options.js';
import type { ServeOptions } from './serve.js';

/** Every variable: what it means, and what holds without it. */
export const ENVIRONMENT = {
  SIGNALWIRE_HOST: {
    what: 'Space name (`example`) or host that exchanges tokens. https is meant.',
    default: 'required',
  },
  ALLOWED_ORIGINS: {
    what: 'Origins of the pages that may ask, separated by commas: `https://example.com`. `https://*.example.com` stands for one label; `*` is refused.',
    default: 'required',
  },
  SIGNALWIRE_TOKEN: {
    what: 'The public token to exchange, whatever the page sends: the page then needs none.',
    default: 'any `c2c_`/`c2t_` token passes',
  },
  SIGNALWIRE_TOKENS: {
    what: 'Aliases and their tokens, `support=c2c_…,sales=c2c_…`. Nothing else passes. Not looked at with `SIGNALWIRE_TOKEN`.',
    default: 'none',
  },
  SIGNALWIRE_PROJECT_ID: { what: 'Project id, for spaces that want an API token.', default: 'none' },
  SIGNALWIRE_API_TOKEN: { what: 'API token, sent to the upstream as HTTP Basic.', default: 'none' },
  PORT: { what: 'Port to listen at.', default: '8080' },
  BIND_ADDRESS: { what: 'Address to listen at.', default: 'all' },
  PROXY_PATH: { what: 'The one path that is served.', default: '/api/fabric/embeds/tokens' },
  TRUSTED_HOPS: {
    what: 'How many reverse proxies of yours write `X-Forwarded-For` before a request arrives.',
    default: '0',
  },
  RATE_LIMIT_PER_CLIENT: { what: 'Requests/seconds for each client address, or `off`.', default: '60/60' },
  RATE_LIMIT_PER_TOKEN: { what: 'Requests/seconds for each token, or `off`.', default: '600/60' },
  REDIS_URL: {
    what: 'Count in this Redis together with other instances; needs the package `ioredis`.',
    default: 'in memory',
  },
  EXPIRES_IN: { what: 'Life of a guest token in seconds, where you know it.', default: 'not stated' },
  TIMEOUT_MS: { what: 'For a whole exchange.', default: '8000' },
  MAX_CONCURRENT: { what: 'Exchanges at the same time.', default: '100' },
  DRAIN_DELAY_MS: {
    what: 'How long new connections are still taken after SIGTERM, while `/healthz` says 503.',
    default: '0',
  },
} as const satisfies Record<string, { readonly what: string; readonly default: string }>;

type Name = keyof typeof ENVIRONMENT;

/** What the options are called here; the words of an Error begin with one of them. */
const NAMES: Record<string, string> = {
  host: 'SIGNALWIRE_HOST',
  allowedOrigins: 'ALLOWED_ORIGINS',
  token: 'SIGNALWIRE_TOKEN',
  tokens: 'SIGNALWIRE_TOKENS',
  'credentials.projectId': 'SIGNALWIRE_PROJECT_ID',
  'credentials.apiToken': 'SIGNALWIRE_API_TOKEN',
  'rateLimit.perClient.requests': 'The first number of RATE_LIMIT_PER_CLIENT',
  'rateLimit.perClient.seconds': 'The second number of RATE_LIMIT_PER_CLIENT',
  'rateLimit.perToken.requests': 'The first number of RATE_LIMIT_PER_TOKEN',
  'rateLimit.perToken.seconds': 'The second number of RATE_LIMIT_PER_TOKEN',
  expiresIn: 'EXPIRES_IN',
  timeoutMs: 'TIMEOUT_MS',
  maxConcurrent: 'MAX_CONCURRENT',
  path: 'PROXY_PATH',
  trustedHops: 'TRUSTED_HOPS',
  drainDelayMs: 'DRAIN_DELAY_MS',
};

/** The words for what is wrong with an option, as words about the variable that set it. */
export function inVariables(message: string): string {
  return message.replace(/^[\w.]+/, (option) => (Object.hasOwn(NAMES, option) ? NAMES[option]! : option));
}

function firstSentence(text: string): string {
  return `${text.split(/\. |\.$/)[0]}.`;
}

/** What the variables say. */
export interface Configuration {
  readonly options: ServeOptions;
  readonly redisUrl: string | undefined;
}

/**
 * Reads the variables. An empty one is one that is not set.
 * @throws Error with one clear sentence.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Configuration {
  const text = (name: Name) => variables[name]?.trim() || undefined;
  const required = (name: Name) => {
    const value = text(name);
    if (value === undefined) throw new Error(`${name} is not set: ${firstSentence(ENVIRONMENT[name].what)}`);
    return value;
  };
  const integer = (name: Name) => {
    const value = text(name);
    if (value !== undefined && !/^\d{1,9}$/.test(value)) throw new Error(`${name} is not a whole number.`);
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
    throw new Error('SIGNALWIRE_TOKENS is not written as "alias=token,alias=token".');
  if (new Set(pairs.map(([alias]) => alias)).size < pairs.length)
    throw new Error('SIGNALWIRE_TOKENS holds an alias twice.');
  return Object.fromEntries(pairs) as Record<string, string>;
}

function credentialsOf(projectId: string | undefined, apiToken: string | undefined) {
  if (projectId === undefined && apiToken === undefined) return undefined;
  if (projectId !== undefined && apiToken !== undefined) return { projectId, apiToken };
  throw new Error('SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN belong together: set both or neither.');
}

function rateOf(name: Name, value: string | undefined): Rate | false | undefined {
  if (value === undefined) return undefined;
  if (value === 'off') return false;
  const [, requests, seconds] = /^(\d{1,7})\/(\d{1,5})$/.exec(value) ?? [];
  if (requests === undefined) throw new Error(`${name} is not written as "requests/seconds" or "off".`);
  return { requests: Number(requests), seconds: Number(seconds) };
}

function portOf(port: number | undefined): number | undefined {
  if (port !== undefined && port > 65_535) throw new Error('PORT is not a port.');
  return port;
}

function redisUrlOf(value: string | undefined): string | undefined {
  if (value !== undefined && !(/^rediss?:\/\/\S+$/.test(value) && URL.canParse(value)))
    throw new Error('REDIS_URL is not a redis:// or rediss:// URL.');
  return value;
}
