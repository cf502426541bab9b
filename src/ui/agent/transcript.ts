// The captions of a call with an AI agent: the lines of the conversation, and the template that shows them.
// Each turn is one line, in the order in which the turns began. Screen readers announce a line only when it is final.
import type { SwTranscriptDetail } from '../../events.js';
import type { Strings } from '../../locales/en.js';
import { pinned } from './keep-pinned.js';
import { html } from '../panel/template.js';

/** One turn of one speaker. Immutable: when a turn continues, a new object with the same key replaces it. */
export interface CaptionLine {
  /** Stays the same while the text grows. */
  readonly key: number;
  readonly speaker: Speaker;
  readonly text: string;
  readonly final: boolean;
}

type Speaker = SwTranscriptDetail['speaker'];

/** Older lines are dropped. */
const MAX_LINES = 200;
/** Of a longer turn, only the end is shown, because that is what is being said. In UTF-16 units. */
const MAX_TEXT = 4_000;

/** Ends in a script that is written without spaces. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\uff01-\uff60]$/u;

/** The conversation of one call. */
export class Transcript {
  #lines: readonly CaptionLine[] = [];
  #nextKey = 0;
  /** Key of the agent's line that the caller interrupted, until the agent speaks again. */
  #interrupted: number | undefined;

  /** Oldest first. Each change makes a new array. */
  get lines(): readonly CaptionLine[] {
    return this.#lines;
  }

  /** Adds a piece of speech to the line that it belongs to, or begins a new line. */
  add({ speaker, text, final }: SwTranscriptDetail): void {
    const piece = { speaker, text: endOf(text), final };
    const open = this.#openLine(speaker);
    if (this.#repeatsLastLine(piece)) this.#lines = this.#lines.filter((line) => line !== open);
    else if (open) this.#continue(open, piece);
    else if (!this.#correctInterrupted(piece)) this.#begin(piece);
  }

  #openLine(speaker: Speaker): CaptionLine | undefined {
    return this.#lines.findLast((line) => line.speaker === speaker && !line.final);
  }

  /** Agents and recognizers may send a final text twice. */
  #repeatsLastLine({ speaker, text, final }: SwTranscriptDetail): boolean {
    const last = this.#lines.findLast((line) => line.final);
    return final && last?.speaker === speaker && last.text === text;
  }

  /**
   * A caller's text replaces the open line, because the recognizer repeats what it has heard so far. An agent's text is
   * appended, because each piece is the next sentence. A final text replaces the line in both cases.
   */
  #continue(open: CaptionLine, { speaker, text, final }: SwTranscriptDetail): void {
    const whole = final || speaker === 'caller' ? text : endOf(joined(open.text, text));
    this.#replace(open, whole, final);
    if (final && speaker === 'agent') this.#closeAnswered(open.key);
  }

  #begin({ speaker, text, final }: SwTranscriptDetail): void {
    this.#interrupted = undefined;
    const agents = this.#openLine('agent');
    if (speaker === 'caller' && agents) {
      this.#interrupted = agents.key;
      this.#replace(agents, agents.text, true);
    }
    this.#lines = [...this.#lines, { key: this.#nextKey++, speaker, text, final }].slice(-MAX_LINES);
  }

  /** After an interruption, the agent sends how far the interrupted turn got. That corrects its line and is no new turn. */
  #correctInterrupted({ speaker, text, final }: SwTranscriptDetail): boolean {
    const line = this.#lines.find(({ key }) => key === this.#interrupted);
    if (speaker !== 'agent' || !final || !line || !isSameTurn(line.text, text)) return false;
    this.#replace(line, text, true);
    this.#interrupted = undefined;
    return true;
  }

  /** A caller whom the agent has answered has finished, even if no final text arrived. */
  #closeAnswered(answerKey: number): void {
    const answered = this.#lines.find(
      (line) => line.speaker === 'caller' && !line.final && line.key < answerKey,
    );
    if (answered) this.#replace(answered, answered.text, true);
  }

  #replace(old: CaptionLine, text: string, final: boolean): void {
    this.#lines = this.#lines.map((line) => (line.key === old.key ? { ...line, text, final } : line));
  }
}

function endOf(text: string): string {
  return text.length > MAX_TEXT ? `…${text.slice(-MAX_TEXT)}` : text;
}

function joined(before: string, piece: string): string {
  // Some agents repeat everything that they have said so far.
  if (piece.startsWith(before)) return piece;
  return `${before}${UNSPACED.test(before) ? '' : ' '}${piece}`;
}

function isSameTurn(one: string, other: string): boolean {
  // Not anchored at the end of the text: such an expression takes seconds on a long row of punctuation.
  const [a, b] = [one, other].map((text) =>
    text
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim()
      .toLowerCase(),
  ) as [string, string];
  return a.startsWith(b) || b.startsWith(a);
}

/** The texts that captions need. */
export type CaptionWords = Pick<Strings, 'captions' | 'speakerAgent' | 'speakerCaller'>;

/**
 * The captions as a scrolling log. Open lines are hidden from screen readers; a final line is announced once.
 * A style sheet has to set the block size and `overflow: auto`.
 */
export function captions(lines: readonly CaptionLine[], words: CaptionWords) {
  return html`<div
    part="transcript"
    role="log"
    tabindex="0"
    aria-label=${words.captions}
    aria-live="polite"
    aria-relevant="additions"
    ${pinned()}
  >
    ${lines.map((line) =>
      // Two templates, so that a final line is a new node: screen readers announce nodes that are added to a log.
      line.final
        ? html`<p data-speaker=${line.speaker}>${caption(line, words)}</p>`
        : html`<p data-speaker=${line.speaker} class="open" aria-hidden="true">${caption(line, words)}</p>`,
    )}
  </div>`;
}

function caption({ speaker, text }: CaptionLine, words: CaptionWords) {
  const name = speaker === 'agent' ? words.speakerAgent : words.speakerCaller;
  return html`<strong>${name}</strong> <span dir="auto">${text}</span>`;
}
