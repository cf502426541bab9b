// The parts of `Request` and `Response` that the proxy uses. An adapter can provide them more cheaply than real web
// messages; a `Request` is an `Incoming`, and a `Response` is a `Reply`.
import type { Reply } from '../token/wire.js';
import type { StopSignal } from '../wait.js';
import type { RequestContext, TokenProxy } from './options.js';

/** The part of a `Request` that is read. */
export interface Incoming {
  readonly method: string;
  /** Absolute, or a path; only the query is used. */
  readonly url: string;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: Reply['body'];
  /** Whether other code has read the body already. */
  readonly bodyUsed: boolean;
  readonly signal: StopSignal;
  /** Set by the adapter when nothing is served at the path of this request. */
  readonly isMisplaced?: boolean;
}

/** The proxy's answer, from which an adapter makes a `Response` or a Node response. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A request to the upstream; always a POST. */
export interface UpstreamCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: StopSignal;
}

/** Sends a request without following redirects. Rejects when no answer comes or the signal aborts. */
export type Send = (call: UpstreamCall) => Promise<Reply>;

/** The key under which a proxy offers adapters the same work without real web messages. */
export const ANSWER = Symbol('answer');

/** A proxy that has the method for adapters. */
export interface OpenProxy extends TokenProxy {
  /** @param send makes the upstream call when the options have no `fetch`. */
  [ANSWER](incoming: Incoming, context: RequestContext, send: Send): Promise<Outgoing>;
}

/** False for a function that wraps a proxy, or any other of the same shape. */
export function isOpenProxy(proxy: TokenProxy): proxy is OpenProxy {
  return ANSWER in proxy;
}
