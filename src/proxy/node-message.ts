// Converts between node:http messages and the proxy's. Bodies are streamed; a client that disconnects aborts its request;
// a connection whose request was not read to the end is closed, but not before the client could read the answer.
/// <reference types="node" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Incoming, Outgoing } from './message.js';
import { Stop } from './stop.js';

/** How long, and how much, a client may go on sending after it was answered. */
const MAX_LINGER_MS = 1000;
const MAX_LINGER_BYTES = 256 * 1024;

/** A message as the proxy reads it. Its signal aborts when the connection closes before the answer is sent. */
export function toIncoming(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isMisplaced = false,
): Incoming {
  const gone = new Stop();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.stop('gone');
  });
  const { method = 'GET', url = '/', headers, readableDidRead: bodyUsed } = incoming;
  return {
    method,
    url,
    bodyUsed,
    isMisplaced,
    headers: {
      get(name) {
        const key = name.toLowerCase();
        const value = Object.hasOwn(headers, key) ? headers[key] : null;
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
    },
    body: toBody(incoming),
    signal: gone,
  };
}

/** A message as a real `Request`, for functions that wrap the proxy. */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const { method, signal } = toIncoming(incoming, outgoing);
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort());
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>) : null;
  // Undici requires `duplex` for a stream as body; the DOM's types lack it.
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    signal: stop.signal,
    body,
    duplex: 'half',
  };
  return new Request(requestUrl(incoming), init);
}

/** The URL of a request. Nothing that the client writes there makes this throw. */
function requestUrl({ url = '/', headers, socket }: IncomingMessage): string {
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const host = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.exec(headers.host ?? '')?.[0] ?? 'localhost';
  // Never resolved against a base: "//evil.example" is a path here, and "http://evil.example/" is not.
  const path = url.startsWith('/') ? url : '/';
  return URL.canParse(`${scheme}://${host}`) ? `${scheme}://${host}${path}` : `${scheme}://localhost${path}`;
}

/** A message's body, read chunk by chunk. `onCancel` runs when the reader cancels before the end. */
export function toBody(message: Readable, onCancel?: () => void): NonNullable<Incoming['body']> {
  return {
    getReader() {
      const pieces: Buffer[] = [];
      let state: 'open' | 'ended' | 'broken' = message.destroyed ? 'broken' : 'open';
      let wake = () => {};
      const onData = (piece: Buffer) => {
        pieces.push(piece);
        wake();
      };
      const onEnd = () => {
        state = 'ended';
        wake();
      };
      const onClose = () => {
        if (state === 'open') state = 'broken';
        wake();
      };
      message.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
      return {
        async read() {
          if (pieces.length === 0 && state === 'open') await new Promise<void>((resolve) => (wake = resolve));
          const value = pieces.shift();
          if (value) return { done: false, value };
          if (state === 'ended') return { done: true, value: undefined };
          throw new Error('The connection broke.');
        },
        async cancel() {
          // Nothing to release after the end, and removing listeners is expensive.
          if (state === 'ended') return;
          message.off('data', onData).off('end', onEnd).off('close', onClose).pause();
          onCancel?.();
        },
      };
    },
  };
}

/** A `Response` as `sendAnswer` takes it. */
export async function toOutgoing(response: Response): Promise<Outgoing> {
  const { status, headers } = response;
  const body = await response.text();
  return { status, headers: Object.fromEntries(headers), body: response.body ? body : null };
}

/** Sends an answer. */
export function sendAnswer(
  { status, headers, body }: Outgoing,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  if (outgoing.destroyed) return;
  const isRead = incoming.complete;
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name] ?? '');
  if (body !== null) list.push('content-length', String(Buffer.byteLength(body)));
  if (!isRead) list.push('connection', 'close');
  outgoing.writeHead(status, list);
  if (isRead) outgoing.end(body ?? undefined);
  else linger(incoming, outgoing, body ?? '');
}

/** Closing a connection with unread bytes resets it, and the client may lose the answer: read on for a moment. */
function linger(incoming: IncomingMessage, outgoing: ServerResponse, body: string): void {
  let size = 0;
  const finish = () => {
    clearTimeout(timer);
    incoming.off('data', count).off('close', finish);
    outgoing.end();
  };
  const count = (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_LINGER_BYTES) finish();
  };
  const timer = setTimeout(finish, MAX_LINGER_MS);
  outgoing.write(body);
  incoming.on('data', count).once('close', finish).resume();
}
