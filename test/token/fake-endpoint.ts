// A fake `fetch` that records every request and answers it when the test says so.
import type { HandClock } from './hand-clock.js';
import { turn } from './turn.js';

/** A request that was sent, and how the test can end it. */
export interface Sent {
  readonly url: string;
  readonly init: RequestInit;
  answer(response: Response): void;
  fail(reason: unknown): void;
  /** Whether the test has answered or failed it. */
  isOver(): boolean;
}

export class FakeEndpoint {
  readonly sent: Sent[] = [];

  /** Rejects when its signal aborts, like the browser's fetch. */
  fetch: typeof globalThis.fetch = (input, init = {}) =>
    new Promise<Response>((resolve, reject) => {
      let over = false;
      const ending = <T>(end: (value: T) => void) => {
        return (value: T) => {
          over = true;
          end(value);
        };
      };
      const [answer, fail] = [ending<Response>(resolve), ending<unknown>(reject)];
      this.sent.push({ url: String(input), init, answer, fail, isOver: () => over });
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });

  /** The latest request. */
  get last(): Sent {
    const last = this.sent.at(-1);
    if (!last) throw new Error('nothing was sent');
    return last;
  }

  /** Ends all three tries of the exchange under way in the same way, as soon as each is sent. */
  async endEveryTry(clock: HandClock, end: (sent: Sent) => void): Promise<void> {
    for (let tries = 1; tries <= 3; tries += 1) {
      if (tries > 1) clock.pass(600);
      await turn();
      end(this.last);
      await turn();
    }
  }

  /** Whether the latest request was aborted. */
  get aborted(): boolean {
    return this.last.init.signal?.aborted === true;
  }
}

/** An answer in JSON. */
export function json(body: unknown, status = 201, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

/**
 * An answer whose body starts and then hangs. `begun` resolves when the start has been read; `cancelled` says whether
 * the body was cancelled.
 */
export function hangingAnswer(status = 201) {
  let cancelled = false;
  let begin: () => void;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"token":"')),
    pull: () => begin(),
    cancel: () => void (cancelled = true),
  });
  return { response: new Response(body, { status }), begun, cancelled: () => cancelled };
}

/** An answer that never ends. `chunks` counts the chunks of 16 KB that were read. */
export function endlessAnswer(status = 201) {
  let chunks = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      chunks += 1;
      controller.enqueue(new Uint8Array(16 * 1024).fill(32));
    },
    cancel: () => void (cancelled = true),
  });
  return { response: new Response(body, { status }), chunks: () => chunks, cancelled: () => cancelled };
}
