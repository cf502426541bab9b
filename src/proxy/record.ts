// The line that is written down for a request.
// Promise: no token beyond its last four characters, no address but a keyed hash of it, no header, no body, and a log
// that fails never fails a request. Must not know: how the request was answered, where lines go.
import { withoutTokens } from '../token/wire.js';
import type { LogRecord, TokenProxyOptions } from './options.js';
import { serializedOrigin } from './origin.js';
import { createDigest } from './digest.js';
import type { Incoming } from './message.js';
import type { Answer } from './reply.js';

/** What is known of a request when it has been answered. */
export interface Answered {
  readonly id: string;
  readonly incoming: Incoming;
  /** The origin, when it is an allowed one. */
  readonly origin: string | undefined;
  /** The key of its client. */
  readonly client: string | undefined;
  /** The public token, when one was found. */
  readonly token: string | undefined;
  readonly answer: Answer;
  readonly startedMs: number;
}

/** Makes the function that writes one line. */
export function createRecorder(log: TokenProxyOptions['log']): (answered: Answered) => Promise<void> {
  if (!log) return () => Promise.resolve();
  const digest = createDigest({ keyed: true });
  return async function record({ id, incoming, origin: admitted, client, token, answer, startedMs }) {
    const { method, headers } = incoming;
    const origin = admitted ?? serializedOrigin(headers.get('origin'));
    const { status, code, upstreamStatus } = answer;
    const line = async (): Promise<LogRecord> => ({
      time: new Date().toISOString(),
      id,
      // A method may be any word.
      method: /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : 'OTHER',
      status,
      ms: Math.round((performance.now() - startedMs) * 10) / 10,
      ...(origin !== undefined && { origin: withoutTokens(origin) }),
      ...(client !== undefined && { client: await digest(client) }),
      ...(token && { token: token.slice(-4) }),
      ...(code !== undefined && { code }),
      ...(upstreamStatus !== undefined && { upstreamStatus }),
    });
    try {
      const written: unknown = log(await line());
      // It may be an async function. Nobody waits for it, and its failure must not end the process.
      if (written instanceof Promise) written.catch(() => undefined);
    } catch {
      // The page should have its answer all the same.
    }
  };
}
