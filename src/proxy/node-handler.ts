// A token proxy, or any function of its shape, as a listener of node:http.
// Promise: forwarded addresses count only from the configured number of trusted hops; a failure ends in an answer.
// Must not know: tokens, origins, limits.
/// <reference types="node" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANSWER, isOpenProxy } from './message.js';
import { sendAnswer, toIncoming, toOutgoing, toRequest } from './node-message.js';
import { sendByNode } from './node-upstream.js';
import type { TokenProxy } from './options.js';

/** A listener of node:http. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** How the adapter works. */
export interface NodeHandlerOptions {
  /**
   * How many reverse proxies of yours a request passes. So many entries of `X-Forwarded-For` are believed, from the
   * right. Default 0: the address of the connection counts.
   */
  readonly trustedHops?: number | undefined;
}

/** Makes a listener for `http.createServer`, Express and their like. The path is up to whoever calls it. */
export function createNodeHandler(proxy: TokenProxy, options: NodeHandlerOptions = {}): NodeListener {
  return createListener(proxy, options, () => false);
}

/**
 * The same for a whole server.
 * @param isMisplaced whether nothing is served at a request's path; it is then answered 404, readable for allowed origins.
 */
export function createListener(
  proxy: TokenProxy,
  { trustedHops = 0 }: NodeHandlerOptions,
  isMisplaced: (incoming: IncomingMessage) => boolean,
): NodeListener {
  if (!Number.isInteger(trustedHops) || trustedHops < 0 || trustedHops > 100)
    throw new Error('trustedHops is not a whole number from 0 to 100.');
  return function nodeHandler(incoming, outgoing) {
    answer(incoming, outgoing).catch(() => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { 'cache-control': 'no-store' }).end();
    });
  };

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const clientAddress = addressOf(incoming, trustedHops);
    const context = { clientAddress };
    const answered = isOpenProxy(proxy)
      ? await proxy[ANSWER](toIncoming(incoming, outgoing, isMisplaced(incoming)), context, sendByNode)
      : await toOutgoing(await proxy(toRequest(incoming, outgoing), context));
    sendAnswer(answered, incoming, outgoing);
  }
}

/**
 * The client's address: what the outermost trusted hop says it was connected to. What stands further left was written
 * by the client itself. With fewer entries than hops somebody came around the hops: the connection counts.
 */
function addressOf({ headersDistinct, socket }: IncomingMessage, trustedHops: number): string | undefined {
  if (trustedHops === 0) return socket.remoteAddress;
  const forwarded = (headersDistinct['x-forwarded-for'] ?? []).join(',').split(',');
  return forwarded.at(-trustedHops)?.trim() || socket.remoteAddress;
}
