// What a page sends, read with suspicion.
// Promise: at most 2 KB are read, whatever the headers say; nothing of the request but its token comes out. Must not
// know: what is done with the token, the upstream.
import type { Incoming } from './message.js';
import { checkRequest, parseJson, readText } from '../token/wire.js';
import type { StopSignal } from '../wait.js';
import { refusal, type Answer } from './reply.js';

/** Longest body that is read, in bytes. */
const MAX_BODY = 2048;

/** The token of a request, '' when it holds none; or the refusal of that request. */
export async function readToken(request: Incoming, signal: StopSignal): Promise<string | Answer> {
  const { headers, body } = request;
  if (request.bodyUsed) return refusal('body_used');
  // A page of another origin cannot send this type without a preflight; a form cannot send it at all.
  const type = headers.get('content-type') ?? '';
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (!/^\s*application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type) || encoding !== 'identity')
    return refusal('type_refused');
  if (Number(headers.get('content-length')) > MAX_BODY) return refusal('body_too_long');
  const text = await readText(body, MAX_BODY, signal);
  if (text === undefined) return refusal('body_too_long');
  const value = parseJson(text);
  if (value === undefined) return refusal('body_malformed');
  const checked = checkRequest(value);
  return typeof checked === 'string' ? refusal('body_invalid') : checked.token;
}
