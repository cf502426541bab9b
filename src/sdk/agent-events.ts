// Translates the gateway's messages from an AI agent into events of the element.
// This is an allow list by type: no other gateway traffic leaves the element. Payloads come from the far end and are
// untrusted: known fields are checked, everything else is copied and frozen.
import {
  SwDisplayContentEvent,
  SwTranscriptEvent,
  SwUserEvent,
  type SwDisplayContentDetail,
  type SwTranscriptDetail,
} from '../events.js';

/** The gateway's event types that reach the page. */
export const AGENT_EVENT_TYPES = [
  'user_event',
  'calling.user_event',
  'ai.partial_result',
  'ai.speech_detect',
  'ai.transparent_barge',
  'ai.response_utterance',
  'ai.completion',
] as const;

export type AgentEventType = (typeof AGENT_EVENT_TYPES)[number];

/** An event that an AI agent causes. */
export type AgentEvent = SwTranscriptEvent | SwDisplayContentEvent | SwUserEvent;

type Payload = Readonly<Record<string, unknown>>;

const FORMATS = ['text', 'markdown', 'code', 'html'] as const;

/** The speech recognizer appends its confidence: "yes {confidence=0.95}". */
const CONFIDENCE = '{confidence=';

/** The event for one message, or undefined when the message has no usable content. */
export function agentEvent(type: AgentEventType, payload: unknown): AgentEvent | undefined {
  if (!isPlainObject(payload)) return undefined;
  switch (type) {
    case 'user_event':
    case 'calling.user_event':
      return userEvent(payload);
    case 'ai.partial_result':
      return transcript('caller', payload.text, false);
    case 'ai.speech_detect':
      return transcript('caller', payload.text, true);
    case 'ai.transparent_barge':
      return transcript('caller', payload.combined_text, true);
    case 'ai.response_utterance':
      return transcript('agent', payload.utterance, false);
    case 'ai.completion':
      return transcript('agent', payload.text, true);
  }
}

function transcript(
  speaker: SwTranscriptDetail['speaker'],
  raw: unknown,
  final: boolean,
): SwTranscriptEvent | undefined {
  if (typeof raw !== 'string') return undefined;
  const text = withoutConfidence(raw).trim();
  return text ? new SwTranscriptEvent({ speaker, text, final }) : undefined;
}

/** Starts from the end: one expression for the whole text backtracks for seconds on a long run of spaces. */
function withoutConfidence(text: string): string {
  const at = text.lastIndexOf(CONFIDENCE);
  return at >= 0 && /^[^}]*\}\s*$/.test(text.slice(at)) ? text.slice(0, at) : text;
}

function userEvent(payload: Payload): SwUserEvent | SwDisplayContentEvent {
  const { type, content, format, title, language } = payload;
  if (type !== 'display_content' || typeof content !== 'string') {
    return new SwUserEvent(frozenCopy(payload));
  }
  const detail: SwDisplayContentDetail = {
    ...(typeof title === 'string' && { title }),
    content,
    format: FORMATS.find((known) => known === format) ?? 'text',
    ...(typeof language === 'string' && { language }),
  };
  return new SwDisplayContentEvent(detail);
}

function isPlainObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function frozenCopy(payload: Payload): Record<string, unknown> {
  return JSON.parse(JSON.stringify(payload), (key, value: unknown) => {
    // A page that merges the payload into its own object would change that object's prototype.
    if (key === '__proto__') return undefined;
    return typeof value === 'object' && value !== null ? Object.freeze(value) : value;
  });
}
