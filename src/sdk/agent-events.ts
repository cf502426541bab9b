// What an AI agent's call says beside its sound, translated into the element's events.
// An allow list by type: nothing else of the gateway's traffic leaves the element. Payloads are the far end's words
// and therefore untrusted: each field is checked, and the rest is copied and frozen.
import {
  SwDisplayContentEvent,
  SwTranscriptEvent,
  SwUserEvent,
  type SwDisplayContentDetail,
  type SwTranscriptDetail,
} from '../events.js';

/** The gateway's event types that are listened to. */
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

type Payload = Readonly<Record<string, unknown>>;

const FORMATS = ['text', 'markdown', 'code', 'html'] as const;

/** The recogniser appends its confidence to what it heard: "yes {confidence=0.95}". */
const CONFIDENCE = '{confidence=';

/** The event for one message of the far end, or undefined when it holds nothing to tell. */
export function agentEvent(type: AgentEventType, payload: unknown): Event | undefined {
  if (!isPlainObject(payload)) return undefined;
  switch (type) {
    case 'user_event':
    case 'calling.user_event':
      return userEvent(payload);
    case 'ai.partial_result':
      return said('caller', payload.text, false);
    case 'ai.speech_detect':
      return said('caller', payload.text, true);
    case 'ai.transparent_barge':
      return said('caller', payload.combined_text, true);
    case 'ai.response_utterance':
      return said('agent', payload.utterance, false);
    case 'ai.completion':
      return said('agent', payload.text, true);
  }
}

function said(speaker: SwTranscriptDetail['speaker'], words: unknown, final: boolean): Event | undefined {
  if (typeof words !== 'string') return undefined;
  const text = withoutConfidence(words).trim();
  return text ? new SwTranscriptEvent({ speaker, text, final }) : undefined;
}

/** Not one expression from the left: a long run of spaces would keep the page busy for seconds. */
function withoutConfidence(words: string): string {
  const at = words.lastIndexOf(CONFIDENCE);
  return at >= 0 && /^[^}]*\}\s*$/.test(words.slice(at)) ? words.slice(0, at) : words;
}

function userEvent(payload: Payload): Event {
  const { type, content, format, title, language } = payload;
  if (type !== 'display_content' || typeof content !== 'string') {
    return new SwUserEvent(frozenCopy(payload) as Record<string, unknown>);
  }
  const known = FORMATS.find((one) => one === format) ?? 'text';
  const detail: SwDisplayContentDetail = {
    ...(typeof title === 'string' && { title }),
    content,
    format: known,
    ...(typeof language === 'string' && { language }),
  };
  return new SwDisplayContentEvent(detail);
}

function isPlainObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function frozenCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    // A page may merge it into an object of its own, whose prototype this would become.
    if (key === '__proto__') return undefined;
    return typeof inner === 'object' && inner !== null ? Object.freeze(inner) : inner;
  });
}
