// Serves a function from Request to Response with node:http. Its request is aborted when the client disconnects. If it
// rejects, the connection is closed without a response, so that the client's fetch rejects too.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Fetch = (request: Request) => Promise<Response>;

export function serveFetch(
  fetch: Fetch,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  stop: AbortSignal,
): void {
  const disconnected = new AbortController();
  outgoing.once('close', () => disconnected.abort(new Error('The client disconnected.')));
  const signal = AbortSignal.any([disconnected.signal, stop]);
  readRequest(incoming, signal)
    .then(fetch)
    .then((response) => writeResponse(response, outgoing))
    .catch(() => outgoing.destroy());
}

async function readRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/', socket } = incoming;
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(url, `${scheme}://${incoming.headers.host ?? 'localhost'}`), {
    method,
    headers: headersOf(incoming),
    signal,
    ...(hasBody && { body: Buffer.concat(chunks) }),
  });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}

async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
