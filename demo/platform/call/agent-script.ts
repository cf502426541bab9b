// The timed script of the demo's AI agent. It covers everything that an agent can send: partial and final speech
// recognition, an interruption, the four content formats, and a custom event.
import type { ClipName } from '../media/clips.js';

export interface AgentCue {
  /** Time since the caller joined. */
  readonly atMs: number;
  /** The event to send. */
  readonly event?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** The clip that starts here. */
  readonly plays?: ClipName;
  /** The agent stops in the middle of a clip. */
  readonly stopsTalking?: true;
}

const HELLO = 'Hello! I am the demo agent. Ask me for something.';
const REPLY = 'Of course. I am putting a few things on your screen now.';
const LONG =
  'There is a lot more that I could tell you about this, beginning with the history of the telephone';
const INTERRUPTION = 'Thank you, that is enough.';

export const AGENT_SCRIPT: readonly AgentCue[] = [
  { atMs: 0, plays: 'agent-hello', event: 'ai.response_utterance', params: { utterance: HELLO } },
  { atMs: 4600, event: 'ai.completion', params: { text: HELLO, type: 'normal' } },
  { atMs: 5400, event: 'ai.partial_result', params: { text: 'Can you', barged: false } },
  { atMs: 5800, event: 'ai.partial_result', params: { text: 'Can you show me', barged: false } },
  {
    atMs: 6300,
    event: 'ai.speech_detect',
    params: { text: 'Can you show me something? {confidence=0.95}', type: 'normal' },
  },
  { atMs: 6800, plays: 'agent-reply', event: 'ai.response_utterance', params: { utterance: REPLY } },
  {
    atMs: 8200,
    event: 'user_event',
    params: display('text', 'Plain text, shown as it is: 2 < 3 & 4 > 3.', 'Text'),
  },
  {
    atMs: 10_400,
    event: 'user_event',
    params: display(
      'markdown',
      '**Opening hours**\n\n- Mon to Fri: 9 to 17\n- [Map](https://example.com/map)',
      'Markdown',
    ),
  },
  {
    atMs: 12_600,
    event: 'user_event',
    params: {
      ...display('code', 'const answer = 6 * 7;\nconsole.log(answer);', 'Code'),
      language: 'javascript',
    },
  },
  {
    atMs: 14_800,
    event: 'user_event',
    // Contains a script on purpose: a client must not run it.
    params: display('html', '<p>An <em>order</em> form.</p><script>document.title = "run"</script>', 'HTML'),
  },
  { atMs: 15_600, event: 'ai.completion', params: { text: REPLY, type: 'normal' } },
  {
    atMs: 16_000,
    event: 'user_event',
    params: { type: 'order_ready', order: { number: 1234, counter: 'B' } },
  },
  {
    atMs: 16_600,
    plays: 'agent-long',
    event: 'ai.response_utterance',
    params: { utterance: `${LONG}, which is long.` },
  },
  { atMs: 19_200, event: 'ai.partial_result', params: { text: 'Thank you', barged: true } },
  { atMs: 19_300, stopsTalking: true, event: 'ai.completion', params: { text: LONG, type: 'barged' } },
  { atMs: 19_800, event: 'ai.transparent_barge', params: { combined_text: INTERRUPTION } },
  {
    atMs: 19_900,
    event: 'ai.speech_detect',
    params: { text: `${INTERRUPTION} {confidence=0.91}`, type: 'normal' },
  },
];

function display(format: 'text' | 'markdown' | 'code' | 'html', content: string, title: string) {
  return { type: 'display_content', format, title, content };
}
