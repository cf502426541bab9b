// The upstream call over node:https, for proxies without a `fetch` option. Always checks certificates and ignores proxy
// settings, whatever the environment says; does not follow redirects; reuses connections.
/// <reference types="node" />
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Reply } from '../token/wire.js';
import type { Send } from './message.js';
import { toBody } from './node-message.js';

/** Idle connections close before gateways close them, so that none is closed while a request goes out on it. */
const AGENT = { keepAlive: true, maxFreeSockets: 128, timeout: 15_000 };
const httpAgent = new http.Agent(AGENT);
const httpsAgent = new https.Agent({ ...AGENT, rejectUnauthorized: true });

/** Each URL is parsed once: a proxy has one upstream. */
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

/** Sends over node:http or node:https. */
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
    // A body that is not read to the end would block the connection for the next request.
    body: toBody(incoming, () => incoming.destroy()),
  };
}
