// The door's words: what a proxy is made from, what it writes down, what a rate limiter has to offer. Types only.
// Promise: stable API. Must not know how any of it is done.

/** What a token proxy is made from. */
export interface TokenProxyOptions {
  /** Where tokens are exchanged: a space name (`example`) or a host. https is meant; `http://` for this machine only. */
  readonly host: string;
  /** The public token to exchange, whatever the page sends. */
  readonly token?: string | undefined;
  /** Aliases that pages may send, and the public tokens they stand for. Nothing but these aliases and tokens passes. */
  readonly tokens?: Readonly<Record<string, string>> | undefined;
  /**
   * The origins of the pages that may ask, as browsers write them: `https://example.com`. A first label may be a star,
   * which stands for exactly one label: `https://*.example.com`. A lone star is refused.
   */
  readonly allowedOrigins: readonly string[];
  /** HTTP Basic for spaces that want it. Never leaves the server in any other direction. */
  readonly credentials?: { readonly projectId: string; readonly apiToken: string } | undefined;
  /** Default: 60 requests a minute for each client, 600 for each token, counted in memory. `false` counts nothing. */
  readonly rateLimit?: false | RateLimitOptions | undefined;
  /** Life of a guest token in seconds, where you know it; an upstream that states a shorter one is believed. */
  readonly expiresIn?: number | undefined;
  /** For reading the request, waiting for a place and the upstream's whole answer together. Default 8000. */
  readonly timeoutMs?: number | undefined;
  /** Exchanges at the same time; as many again may wait up to a second, the others get 503. Default 100. */
  readonly maxConcurrent?: number | undefined;
  /**
   * A last word of your own before the exchange: business hours, a captcha, a session. Only `true` lets a request pass;
   * anything else is 403, a throw 500. It has to answer within `timeoutMs`.
   */
  readonly allow?: ((facts: AllowFacts) => boolean | Promise<boolean>) | undefined;
  /** The upstream call. Default: the global `fetch`; behind the Node adapter a plain request of node:https. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Receives one plain record per request. Default: nothing is written. Its failures are ignored. */
  readonly log?: ((record: LogRecord) => void) | undefined;
}

/** What `allow` judges by. */
export interface AllowFacts {
  /** An allowed one. */
  readonly origin: string;
  readonly clientAddress: string | undefined;
  /** What the page sent: a public token, an alias, or '' for none. */
  readonly token: string;
  /** The query of the proxy's own URL, the one place where a page can put more: `proxy-url="/call-token?captcha=…"`. */
  readonly query: URLSearchParams;
  /** The request's headers. Browsers add no cookies, the element asks without credentials. */
  readonly headers: Pick<Headers, 'get'>;
}

/** What only the adapter knows of a request. */
export interface RequestContext {
  /** Address of the client, from the socket or a trusted header. Without it only the limit per token counts. */
  readonly clientAddress?: string | undefined;
}

/** Answers one request of a page; never rejects. */
export type TokenProxy = (request: Request, context?: RequestContext) => Promise<Response>;

/** So many requests in so many seconds, counted from the first one. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/** What is counted, and where. */
export interface RateLimitOptions {
  /** For each client address; an IPv6 client is its /64. */
  readonly perClient?: Rate | false | undefined;
  /** For each public token. */
  readonly perToken?: Rate | false | undefined;
  /**
   * Makes the limiters when several instances count together. The options are those of `rate-limiter-flexible`:
   * `store: (options) => new RateLimiterRedis({ storeClient: redis, ...options })`. When a limiter fails or is silent
   * for half a second, this instance counts in its own memory meanwhile.
   */
  readonly store?: ((options: LimiterOptions) => Limiter) | undefined;
}

/** The options of a limiter, named as `rate-limiter-flexible` does. */
export interface LimiterOptions {
  readonly keyPrefix: string;
  /** Requests. */
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

/** The part of a `rate-limiter-flexible` limiter that is used. */
export interface Limiter {
  /** Rejects with an object that holds a number `msBeforeNext` when the key is over its limit. */
  consume(key: string): Promise<unknown>;
}

/** One request as it is written down: no token beyond its last four characters, no address, no header, no body. */
export interface LogRecord {
  /** ISO 8601. */
  readonly time: string;
  /** Also in the answer's `X-Request-Id`. */
  readonly id: string;
  readonly method: string;
  readonly status: number;
  /** How long it took. */
  readonly ms: number;
  /** The page's origin, when it is one. */
  readonly origin?: string;
  /** The client's address, hashed with a key that this instance makes up and never tells. */
  readonly client?: string;
  /** The public token's last four characters. */
  readonly token?: string;
  /** Why it was refused. */
  readonly code?: string;
  /** Status of the upstream's answer, where there was one that was not passed on. */
  readonly upstreamStatus?: number;
}
