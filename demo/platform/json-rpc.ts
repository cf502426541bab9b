// The envelopes of the wire: JSON-RPC 2.0, and inside of it Verto, which is JSON-RPC again.
// Promises the nesting that the SDK unwraps. Must not know what any message means.
import { randomUUID } from 'node:crypto';

export type Params = Readonly<Record<string, unknown>>;

export interface RpcRequest {
  readonly id: string;
  readonly method: string;
  readonly params: Params;
}

/** The answer to a request: a result, or what is wrong. */
export type RpcOutcome = { readonly result: unknown } | { readonly error: RpcFault };

export interface RpcFault {
  readonly code: number;
  readonly message: string;
}

/** A request in a text frame, or undefined for anything else: an acknowledgement, or noise. */
export function readRequest(frame: string): RpcRequest | undefined {
  let message: unknown;
  try {
    message = JSON.parse(frame);
  } catch {
    return undefined;
  }
  const { id, method, params } = asParams(message);
  if (typeof method !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) return undefined;
  return { id: id as string, method, params: asParams(params) };
}

export function writeOutcome(id: string, outcome: RpcOutcome): string {
  return JSON.stringify({ jsonrpc: '2.0', id, ...outcome });
}

export function writeRequest(method: string, params: Params, id: string | number = randomUUID()): string {
  return JSON.stringify(request(method, params, id));
}

export function request(method: string, params: Params, id: string | number = randomUUID()): Params {
  return { jsonrpc: '2.0', id, method, params };
}

/** Success without anything to say. */
export const OK = { result: { code: '200', message: 'OK' } } as const;

/** A Verto result in its two envelopes. */
export function vertoResult(vertoId: unknown, nodeId: string, result: Params): RpcOutcome {
  const inner = { jsonrpc: '2.0', id: vertoId, result };
  return { result: { code: '200', message: 'OK', node_id: nodeId, result: inner } };
}

/** An object's members, or none when it is something else. */
export function asParams(value: unknown): Params {
  return typeof value === 'object' && value !== null ? (value as Params) : {};
}
