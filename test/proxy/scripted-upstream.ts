// A token endpoint on loopback that answers as a test says, and records its requests and aborted connections.
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A guest token in the form that production issues. */
export const GUEST = `eyJhbGciOiJkaXIifQ..${'a'.repeat(16)}.${'b'.repeat(40)}.${'c'.repeat(22)}`;
export const CREATED = { status: 201, body: JSON.stringify({ token: GUEST }) };

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** How to answer a request; a function answers itself, or not at all. */
export type Script = Said | ((response: ServerResponse, asked: Asked) => void);

export class ScriptedUpstream extends EventEmitter {
  readonly asked: Asked[] = [];
  /** Number of requests whose client disconnected before the answer. */
  abandoned = 0;
  script: Script = CREATED;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.once('close', () => {
      if (response.writableFinished) return;
      this.abandoned++;
      this.emit('abandoned');
    });
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const { method = '', url = '', headers } = request;
        const asked = { method, url, headers, body: Buffer.concat(chunks).toString() };
        this.asked.push(asked);
        const { script } = this;
        if (typeof script === 'function') script(response, asked);
        else
          response
            .writeHead(script.status, { 'content-type': 'application/json', ...script.headers })
            .end(script.body);
        this.emit('asked', asked);
      });
  });

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** As the proxy's `host`. */
  get host(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
