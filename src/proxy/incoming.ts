// Reads the token out of a page's request. At most 2 KB are read, whatever the headers say.
import type { Incoming } from './message.js';
import { checkRequest, parseJson, readText } from '../token/wire.js';
import type { StopSignal } from '../wait.js';
import { refusal, type Answer } from './reply.js';

/** Longest body that is read, in bytes. */
const MAX_BODY = 2048;

/** The token of a request, or '' when it has none; or the answer that refuses the request. */
export async function readToken(request: Incoming, signal: StopSignal): Promise<string | Answer> {
  if (request.bodyUsed) return refusal('body_used');
  if (!isPlainJson(request.headers)) return refusal('type_refused');
  if (Number(request.headers.get('content-length')) > MAX_BODY) return refusal('body_too_long');
  const text = await readText(request.body, MAX_BODY, signal);
  if (text === undefined) return refusal('body_too_long');
  const value = parseJson(text);
  if (value === undefined) return refusal('body_malformed');
  const checked = checkRequest(value);
  return typeof checked === 'string' ? refusal('body_invalid') : checked.token;
}

/** Whether the body is JSON in UTF-8. A page of another origin needs a preflight to send this type; a form cannot send it. */
function isPlainJson(headers: Incoming['headers']): boolean {
  const type = headers.get('content-type') ?? '';
  const encoding = headers.get('content-encoding') ?? 'identity';
  return encoding === 'identity' && /^\s*application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type);
}
