// A served proxy and its client: requests as browsers send them, and raw bytes for what no client would send.
import { once } from 'node:events';
import { request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { serve, type ProxyServer, type ServeOptions } from '../../src/proxy/node.js';
import type { LogRecord } from '../../src/proxy/handler.js';

export const ORIGIN = 'https://shop.example';
export const TOKEN = 'c2c_7acc0e5e968706a032983cd80cdca219';
export const PATH = '/api/fabric/embeds/tokens';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: {
    readonly token?: string;
    readonly expires_in?: number;
    readonly error?: string;
    readonly errors?: { type: string; code: string; message: string; attribute?: string; url?: string }[];
  };
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** `undefined` removes a default header. */
  readonly headers?: Record<string, string | string[] | undefined>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export class ProxyClient {
  readonly lines: LogRecord[] = [];
  readonly server: ProxyServer;

  private constructor(server: ProxyServer, lines: LogRecord[]) {
    this.server = server;
    this.lines = lines;
  }

  static async serve(options: Partial<ServeOptions> & { host: string }): Promise<ProxyClient> {
    const lines: LogRecord[] = [];
    const server = await serve({
      allowedOrigins: [ORIGIN],
      port: 0,
      bindAddress: '127.0.0.1',
      signals: false,
      rateLimit: false,
      log: (line) => lines.push(line),
      ...options,
    });
    return new ProxyClient(server, lines);
  }

  /** Sends a request with any headers, including those that `fetch` forbids. */
  async ask({ method = 'POST', path = PATH, headers = {}, body, signal }: Sent = {}): Promise<Answered> {
    const all = { origin: ORIGIN, 'content-type': 'application/json', ...headers };
    const wanted = Object.entries(all).filter(([, value]) => value !== undefined);
    const sent = body ?? (method === 'POST' ? JSON.stringify({ token: TOKEN }) : undefined);
    const request = send({
      port: this.server.port,
      host: '127.0.0.1',
      agent: false,
      method,
      path,
      headers: Object.fromEntries(wanted) as Record<string, string>,
      ...(signal && { signal }),
    });
    request.end(sent);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { statusCode: status = 0, headers: received } = response;
    return { status, headers: received, text, json: text ? (JSON.parse(text) as Answered['json']) : {} };
  }

  exchange(token: unknown, sent: Sent = {}): Promise<Answered> {
    return this.ask({ ...sent, body: JSON.stringify({ token }) });
  }

  /** Sends raw bytes and returns everything received until the connection ends. */
  async raw(...pieces: string[]): Promise<string> {
    const socket = this.connect();
    await once(socket, 'connect');
    for (const piece of pieces) socket.write(piece);
    return received(socket);
  }

  connect(): Socket {
    return connect(this.server.port, '127.0.0.1');
  }

  async close(): Promise<void> {
    this.server.server.closeAllConnections();
    await this.server.drain();
  }
}

export async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString())).on('error', () => {});
  await once(socket, 'close');
  return text;
}

/** The head of a POST request as text. */
export function head(...more: string[]): string {
  const lines = [`POST ${PATH} HTTP/1.1`, 'Host: proxy.example', `Origin: ${ORIGIN}`];
  return [...lines, 'Content-Type: application/json', ...more, '', ''].join('\r\n');
}
