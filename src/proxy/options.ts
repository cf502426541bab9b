// Public types of the package export "./proxy".

/** Options of a token proxy. */
export interface TokenProxyOptions {
  /** Where tokens are exchanged: a space name (`example`) or a host, over https. `http://` is allowed for loopback only. */
  readonly host: string;
  /** The public token to exchange, whatever the page sends. */
  readonly token?: string | undefined;
  /** Aliases that pages may send, and the public tokens they stand for. Nothing else is accepted. */
  readonly tokens?: Readonly<Record<string, string>> | undefined;
  /**
   * Origins of the pages that may use the proxy, as browsers send them: `https://example.com`. The first label may be a
   * star, which matches exactly one label: `https://*.example.com`. A lone star is refused.
   */
  readonly allowedOrigins: readonly string[];
  /** HTTP Basic for spaces that require it. Sent to the upstream only. */
  readonly credentials?: { readonly projectId: string; readonly apiToken: string } | undefined;
  /** Default: 60 requests a minute per client and 600 per token, counted in memory. `false` turns limits off. */
  readonly rateLimit?: false | RateLimitOptions | undefined;
  /** Lifetime of a guest token in seconds, if you know it. A shorter one from the upstream takes precedence. */
  readonly expiresIn?: number | undefined;
  /** Time limit for reading the request, waiting in the queue and the upstream's answer together. Default 8000. */
  readonly timeoutMs?: number | undefined;
  /** Concurrent exchanges. The same number may wait up to a second; all others get 503. Default 100. */
  readonly maxConcurrent?: number | undefined;
  /**
   * A final hook that can refuse an exchange: business hours, a captcha, a session. Only `true` allows the request;
   * any other value is 403, an error is 500. It has to answer within `timeoutMs`.
   */
  readonly allow?: ((facts: AllowFacts) => boolean | Promise<boolean>) | undefined;
  /** Makes the upstream call. Default: the global `fetch`; with the Node adapter, node:https. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Receives one plain record per request. Default: no log. Errors it throws are ignored. */
  readonly log?: ((record: LogRecord) => void) | undefined;
}

/** What `allow` receives. */
export interface AllowFacts {
  /** Always an allowed origin. */
  readonly origin: string;
  readonly clientAddress: string | undefined;
  /** What the page sent: a public token, an alias, or '' for none. */
  readonly token: string;
  /** The query of the proxy's URL, where a page can pass more: `proxy-url="/call-token?captcha=…"`. */
  readonly query: URLSearchParams;
  /** The request's headers. They contain no cookies: the element asks without credentials. */
  readonly headers: Pick<Headers, 'get'>;
}

/** What only the adapter knows about a request. */
export interface RequestContext {
  /** Address of the client, from the socket or a trusted header. Without it only the limit per token applies. */
  readonly clientAddress?: string | undefined;
}

/** Answers one request of a page. Never rejects. */
export type TokenProxy = (request: Request, context?: RequestContext) => Promise<Response>;

/** A number of requests within a number of seconds, counted from the first request. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/** What is limited, and where it is counted. */
export interface RateLimitOptions {
  /** Per client address; an IPv6 client is its /64. */
  readonly perClient?: Rate | false | undefined;
  /** Per public token. */
  readonly perToken?: Rate | false | undefined;
  /**
   * Makes limiters that several instances share. The options are those of `rate-limiter-flexible`:
   * `store: (options) => new RateLimiterRedis({ storeClient: redis, ...options })`. When a limiter fails or does not
   * answer within half a second, this instance counts in its own memory.
   */
  readonly store?: ((options: LimiterOptions) => Limiter) | undefined;
}

/** Options of a limiter, named as in `rate-limiter-flexible`. */
export interface LimiterOptions {
  readonly keyPrefix: string;
  /** Requests. */
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

/** The part of a `rate-limiter-flexible` limiter that is used. */
export interface Limiter {
  /** Rejects with an object that has a number `msBeforeNext` when the key is over its limit. */
  consume(key: string): Promise<unknown>;
}

/** The log record of one request. Holds no address, header or body, and only the last four characters of a token. */
export interface LogRecord {
  /** ISO 8601. */
  readonly time: string;
  /** Also in the answer's `X-Request-Id`. */
  readonly id: string;
  readonly method: string;
  readonly status: number;
  /** How long the answer took. */
  readonly ms: number;
  /** The page's origin, if it is well-formed. */
  readonly origin?: string;
  /** The client's address, hashed with a random key that never leaves this instance. */
  readonly client?: string;
  /** The public token's last four characters. */
  readonly token?: string;
  /** Code of the refusal. */
  readonly code?: string;
  /** Status of an upstream answer that was not passed on. */
  readonly upstreamStatus?: number;
}
