// What the proxy needs of a request and of an upstream, and what it answers: the small part of the web's own messages
// that an adapter can offer more cheaply than by making real ones. A `Request` is an `Incoming`, a `Response` is a
// `Reply`. Types and one symbol. Must not know: who offers them.
import type { Reply } from '../token/wire.js';
import type { StopSignal } from '../wait.js';
import type { RequestContext, TokenProxy } from './options.js';

/** The part of a `Request` that is read. */
export interface Incoming {
  readonly method: string;
  /** Absolute, or a path; only its query is looked at. */
  readonly url: string;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: Reply['body'];
  /** Whether somebody else has read the body already. */
  readonly bodyUsed: boolean;
  readonly signal: StopSignal;
  /** The adapter's word that nothing is served at the path of this request. */
  readonly isMisplaced?: boolean;
}

/** An answer before it is a `Response`. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The request to the upstream; always a POST. */
export interface UpstreamCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: StopSignal;
}

/** Sends it, without following redirects. Rejects when no answer comes or the signal aborts. */
export type Send = (call: UpstreamCall) => Promise<Reply>;

/** Under this name a proxy offers an adapter its inside: the same work, without real messages on either side. */
export const ANSWER = Symbol('answer');

/** A proxy that an adapter may look into. */
export interface OpenProxy extends TokenProxy {
  /** @param send the upstream call when the options name none. */
  [ANSWER](incoming: Incoming, context: RequestContext, send: Send): Promise<Outgoing>;
}

/** Whether a function is a proxy of ours, and not one that is wrapped in something of its user's. */
export function isOpenProxy(proxy: TokenProxy): proxy is OpenProxy {
  return ANSWER in proxy;
}
