// Runs a token proxy, or any function of the same shape, as a listener of node:http. A function that fails is answered
// with 500. Forwarded addresses are believed only from the configured number of trusted hops.
/// <reference types="node" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OptionError } from './option-error.js';
import { ANSWER, isOpenProxy } from './message.js';
import { sendAnswer, toIncoming, toOutgoing, toRequest } from './node-message.js';
import { sendByNode } from './node-upstream.js';
import type { TokenProxy } from './options.js';

/** A listener of node:http. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** How the adapter works. */
export interface NodeHandlerOptions {
  /**
   * How many of your own reverse proxies a request passes: that many entries of `X-Forwarded-For` are believed,
   * counted from the right. Default 0, which uses the address of the connection.
   */
  readonly trustedHops?: number | undefined;
}

/** Makes a listener for `http.createServer`, Express and others. Which paths it serves is up to the caller. */
export function createNodeHandler(proxy: TokenProxy, options: NodeHandlerOptions = {}): NodeListener {
  return createListener(proxy, options, () => false);
}

/**
 * Makes a listener for a whole server.
 * @param isMisplaced whether nothing is served at a request's path. Such a request gets a 404 that allowed origins can
 *   read.
 */
export function createListener(
  proxy: TokenProxy,
  { trustedHops = 0 }: NodeHandlerOptions,
  isMisplaced: (incoming: IncomingMessage) => boolean,
): NodeListener {
  if (!Number.isInteger(trustedHops) || trustedHops < 0 || trustedHops > 100)
    throw new OptionError('trustedHops', 'is not a whole number from 0 to 100.');
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
 * The client's address as the outermost trusted hop recorded it. Entries further left were written by the client and
 * cannot be trusted. With fewer entries than hops the request bypassed a hop, so the address of the connection counts.
 */
function addressOf({ headersDistinct, socket }: IncomingMessage, trustedHops: number): string | undefined {
  if (trustedHops === 0) return socket.remoteAddress;
  const forwarded = (headersDistinct['x-forwarded-for'] ?? []).join(',').split(',');
  return forwarded.at(-trustedHops)?.trim() || socket.remoteAddress;
}
