// JSON-RPC 2.0 messages, and the Verto messages (JSON-RPC as well) that travel inside them.
import { randomUUID } from 'node:crypto';

export type Params = Readonly<Record<string, unknown>>;

export interface RpcRequest {
  readonly id: string;
  readonly method: string;
  readonly params: Params;
}

/** The reply to a request. */
export type RpcReply = { readonly result: unknown } | { readonly error: RpcError };

export interface RpcError {
  readonly code: number;
  readonly message: string;
}

/** Parses a request from a text frame. Returns undefined for acknowledgements and anything that is not a request. */
export function parseRequest(frame: string): RpcRequest | undefined {
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

export function serializeReply(id: string, reply: RpcReply): string {
  return JSON.stringify({ jsonrpc: '2.0', id, ...reply });
}

export function serializeRequest(method: string, params: Params): string {
  return JSON.stringify(request(method, params));
}

export function request(method: string, params: Params, id: string | number = randomUUID()): Params {
  return { jsonrpc: '2.0', id, method, params };
}

/** The result of a request that returns no data. */
export const OK = { result: { code: '200', message: 'OK' } } as const;

/** A Verto result in the two envelopes that the SDK unwraps. */
export function vertoResult(vertoId: unknown, nodeId: string, result: Params): RpcReply {
  const inner = { jsonrpc: '2.0', id: vertoId, result };
  return { result: { code: '200', message: 'OK', node_id: nodeId, result: inner } };
}

/** The value itself if it is an object; an empty object otherwise. */
export function asParams(value: unknown): Params {
  return typeof value === 'object' && value !== null ? (value as Params) : {};
}
