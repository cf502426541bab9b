// Writes the log record of a request: no header, no body, a keyed hash instead of the address, and only the last four
// characters of the token. A log that fails never fails a request.
import { withoutTokens } from '../token/wire.js';
import type { LogRecord, TokenProxyOptions } from './options.js';
import { serializedOrigin } from './origin.js';
import { createDigest } from './digest.js';
import type { Incoming } from './message.js';
import type { Answer } from './reply.js';

/** What is known about a request after its answer. */
export interface Answered {
  readonly id: string;
  readonly incoming: Incoming;
  /** Undefined unless it is an allowed origin. */
  readonly origin: string | undefined;
  /** The key under which the client is counted. */
  readonly client: string | undefined;
  /** The public token, if one was found. */
  readonly token: string | undefined;
  readonly answer: Answer;
  readonly startedMs: number;
}

/** Makes the function that writes one record. */
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
      // HTTP allows any word as a method, a token included.
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
      // An async log is not awaited, but an unhandled rejection would end the process.
      if (written instanceof Promise) written.catch(() => undefined);
    } catch {
      // The page gets its answer anyway.
    }
  };
}
