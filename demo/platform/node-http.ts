// Serves a fetch-shaped function behind node:http.
// Promises that the function sees an abort when the client goes away, and that a rejection looks to the client
// like a lost connection, which is what it means for a fetch. Must not know what is served.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Fetch = (request: Request) => Promise<Response>;

export function serveFetch(
  fetch: Fetch,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  stop: AbortSignal,
): void {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort(new Error('The client is gone.')));
  const signal = AbortSignal.any([gone.signal, stop]);
  readRequest(incoming, signal)
    .then(fetch)
    .then((response) => writeResponse(response, outgoing))
    .catch(() => outgoing.destroy());
}

async function readRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  const { method = 'GET', url = '/', socket } = incoming;
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(url, `${scheme}://${incoming.headers.host ?? 'localhost'}`), {
    method,
    headers,
    signal,
    ...(hasBody && { body: Buffer.concat(chunks) }),
  });
}

async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
