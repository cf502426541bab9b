// Why the far end is not there: the gateway's cause codes as codes of ours. Data, and how it is read.
// Sources: ITU-T Q.850 (numbers and names as FreeSWITCH writes them), RFC 3261 (three-digit SIP statuses).
import type { ErrorCode } from '../errors.js';

type CallCode = Extract<ErrorCode, 'call-not-found' | 'call-rejected' | 'call-busy' | 'call-no-answer'>;

const CAUSES: Readonly<Record<CallCode, readonly string[]>> = {
  'call-not-found': [
    ...['1', '2', '3', '20', '22', '27', '28', '404', '410', '484', '604'],
    ...['UNALLOCATED_NUMBER', 'NO_ROUTE_TRANSIT_NET', 'NO_ROUTE_DESTINATION', 'SUBSCRIBER_ABSENT'],
    ...['NUMBER_CHANGED', 'DESTINATION_OUT_OF_ORDER', 'INVALID_NUMBER_FORMAT', 'USER_NOT_REGISTERED'],
  ],
  'call-busy': ['17', '486', '600', 'USER_BUSY'],
  'call-no-answer': ['18', '19', '408', '480', '487', 'NO_USER_RESPONSE', 'NO_ANSWER', 'ORIGINATOR_CANCEL'],
  // A far end that hangs up before it answers does not want the call.
  'call-rejected': ['16', '21', '31', '403', '603', 'NORMAL_CLEARING', 'CALL_REJECTED', 'NORMAL_UNSPECIFIED'],
};

/** Causes by which a far end ends an answered call on purpose; any other means that it was lost. */
const PURPOSE = new Set([
  '16',
  '31',
  'NORMAL_CLEARING',
  'NORMAL_UNSPECIFIED',
  '17',
  '21',
  'CALL_REJECTED',
  '825',
]);

/** One hint of the gateway: a name or a number. */
export type Cause = string | number | undefined;

/** A gateway may say anything; what is neither a word nor a number says nothing. */
function textOf(hint: unknown): string {
  return typeof hint === 'string' || typeof hint === 'number' ? String(hint) : '';
}

/**
 * The code for a call that ended before it was answered.
 * @param hints whatever the gateway said, cause and code in any order; the first known one decides.
 */
export function codeBeforeAnswer(...hints: Cause[]): ErrorCode {
  // Some gateways answer the invite with an error in words.
  if (hints.some((hint) => /not found/i.test(textOf(hint)))) return 'call-not-found';
  for (const hint of hints) {
    for (const [code, causes] of Object.entries(CAUSES)) {
      if (causes.includes(textOf(hint))) return code as CallCode;
    }
  }
  return 'call-failed';
}

/** Whether an answered call was ended by the far end, rather than lost. */
export function isDeliberate(...hints: Cause[]): boolean {
  return hints.some((hint) => PURPOSE.has(textOf(hint)));
}
