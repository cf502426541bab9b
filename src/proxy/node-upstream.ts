// The upstream call on Node, over node:https, for proxies whose options name no `fetch`.
// Promise: certificates are checked whatever the environment says, no proxy of the environment is used, redirects are
// answers, connections are kept. Must not know: tokens, what the answer means.
/// <reference types="node" />
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Reply } from '../token/wire.js';
import type { Send } from './message.js';
import { toBody } from './node-message.js';

/** Connections rest for less than gateways let them, so that none is closed while a request goes out. */
const AGENT = { keepAlive: true, maxFreeSockets: 128, timeout: 15_000 };
const httpAgent = new http.Agent(AGENT);
const httpsAgent = new https.Agent({ ...AGENT, rejectUnauthorized: true });

/** Parsed once: the upstream of a proxy does not change. */
const targets = new Map<string, { isHttps: boolean; host: string; options: RequestOptions }>();

function targetOf(url: string) {
  const known = targets.get(url);
  if (known) return known;
  const { protocol, host, hostname, port, pathname } = new URL(url);
  const isHttps = protocol === 'https:';
  const options: RequestOptions = {
    method: 'POST',
    hostname: hostname.replace(/^\[|\]$/g, ''),
    path: pathname,
    agent: isHttps ? httpsAgent : httpAgent,
    ...(port && { port }),
  };
  const target = { isHttps, host, options };
  targets.set(url, target);
  return target;
}

export const sendByNode: Send = ({ url, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const { isHttps, host, options } = targetOf(url);
    const length = Buffer.byteLength(body);
    const outgoing = (isHttps ? https : http).request({
      ...options,
      headers: { host, ...headers, 'content-length': length },
    });
    const onAbort = () => outgoing.destroy(signal.reason instanceof Error ? signal.reason : undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.once('close', () => signal.removeEventListener('abort', onAbort));
    outgoing.once('response', (incoming: IncomingMessage) => resolve(toReply(incoming)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });

function toReply(incoming: IncomingMessage): Reply {
  const { statusCode: status = 0, headers } = incoming;
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    // What is not read to its end would keep the connection from the next request.
    body: toBody(incoming, () => incoming.destroy()),
  };
}
