// The error class: a code of the table (error-table.ts) and what is known about one failure. Codes are stable API; `message`
// and `remediation` never contain a token, a JWT or a response body. Loaded with the call code, not before a click.
import { ERRORS } from './error-table.js';
import type { ErrorRow } from './error-table.js';

export { ERRORS };

/** Every code of the table; stable API. */
export type ErrorCode = keyof typeof ERRORS;

/** The first word of a code: which step failed. */
export type ErrorPhase = 'config' | 'preflight' | 'token' | 'ui' | 'media' | 'connect' | 'call' | 'internal';

/** One item of the API's 422 answer, as documented by SignalWire. */
export interface ApiErrorItem {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly attribute?: string | null;
  readonly url?: string;
}

/** What may be known about a failure besides its code. */
export interface ErrorFacts {
  /** The caught error; for the log of `debug`, never serialized. */
  cause?: unknown;
  /** HTTP status of the token endpoint. */
  status?: number;
  /** How long the endpoint asks to wait, in milliseconds. */
  retryAfterMs?: number;
  /** The API's 422 items. */
  errors?: readonly ApiErrorItem[];
  /** Replaces the table's message when more is known. */
  message?: string;
}

/** A failure as a plain object, as in the detail of `sw-error`. */
export interface ErrorDetail {
  readonly code: ErrorCode;
  readonly phase: ErrorPhase;
  readonly message: string;
  readonly remediation: string;
  readonly retryable: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly errors?: readonly ApiErrorItem[];
}

/**
 * A failure with a code of the table, which also provides the message: `new ClickToCallError('call-busy')` is complete.
 * An unknown code becomes `internal`.
 */
export class ClickToCallError extends Error {
  override readonly name = 'ClickToCallError';
  readonly code: ErrorCode;
  readonly phase: ErrorPhase;
  readonly remediation: string;
  readonly retryable: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly errors?: readonly ApiErrorItem[];

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    const known = isErrorCode(code) ? code : 'internal';
    const row: ErrorRow = ERRORS[known];
    super(facts.message ?? row.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = known;
    this.phase = known.split('-', 1)[0] as ErrorPhase;
    this.remediation = row.remediation;
    this.retryable = row.retryable;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
    if (facts.errors !== undefined) this.errors = facts.errors;
  }

  /** The failure as a frozen plain object, for an event's detail. */
  toDetail(): ErrorDetail {
    const { code, phase, message, remediation, retryable, status, retryAfterMs, errors } = this;
    return Object.freeze({
      code,
      phase,
      message,
      remediation,
      retryable,
      ...(status !== undefined && { status }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(errors !== undefined && {
        errors: Object.freeze(errors.map((item) => Object.freeze({ ...item }))),
      }),
    });
  }
}

/** Whether a value is a code of the table. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

/**
 * Converts any thrown value to a `ClickToCallError`. Keeps the code of a `ClickToCallError` of any copy of this package.
 * @param fallback code for errors that carry none; the thrown value becomes the `cause`.
 */
export function asClickToCallError(thrown: unknown, fallback: ErrorCode): ClickToCallError {
  if (thrown instanceof ClickToCallError) return thrown;
  const code: unknown = (thrown as { code?: unknown } | null)?.code;
  if (thrown instanceof Error && thrown.name === 'ClickToCallError' && isErrorCode(code)) {
    return new ClickToCallError(code, { cause: thrown });
  }
  return new ClickToCallError(fallback, { cause: thrown });
}
