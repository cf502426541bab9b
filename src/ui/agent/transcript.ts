// The captions of a call with an AI agent: a model of who said what, and the template that shows it.
// Promise: each turn is one line, in the order in which the turns began; nothing is read out before it is final.
// Must not know: the gateway's messages, events of the element.
import type { SwTranscriptDetail } from '../../events.js';
import type { Strings } from '../../locales/en.js';
import { pinned } from './keep-pinned.js';
import { html } from '../panel/template.js';

/** One turn of one speaker. Never changed: a turn that goes on is another object with the same key. */
export interface CaptionLine {
  /** Stays with the line while its text grows. */
  readonly key: number;
  readonly speaker: 'agent' | 'caller';
  readonly text: string;
  readonly final: boolean;
}

/** Older lines are forgotten. */
const MOST_LINES = 200;
/** In UTF-16 units. Of a longer turn the end is shown, which is what is being said. */
const MOST_TEXT = 4_000;

/** Ends in a script that is written without spaces. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\uff01-\uff60]$/u;

/** What was said in one call. */
export class Transcript {
  #lines: readonly CaptionLine[] = [];
  #nextKey = 0;
  /** The agent's line that the caller cut short, until the agent speaks again. */
  #cutShort: number | undefined;

  /** Oldest first; another array after each change. */
  get lines(): readonly CaptionLine[] {
    return this.#lines;
  }

  /**
   * Takes in what was said. A caller's text replaces the open line, for the recogniser repeats what it has; an
   * agent's pieces follow each other, for each is the next sentence that is spoken. A final text replaces either.
   */
  add({ speaker, text: said, final }: SwTranscriptDetail): void {
    const text = ending(said);
    const open = this.#lines.findLast((line) => line.speaker === speaker && !line.final);
    const last = this.#lines.findLast((line) => line.final);
    if (final && last?.speaker === speaker && last.text === text) {
      if (open) this.#lines = this.#lines.filter((line) => line !== open);
    } else if (open) {
      const whole = final || speaker === 'caller' ? text : ending(joined(open.text, text));
      this.#replace(open, whole, final);
      if (final && speaker === 'agent') this.#closeAnswered(open.key);
    } else if (!this.#settle(speaker, text, final)) {
      this.#begin(speaker, text, final);
    }
  }

  #begin(speaker: CaptionLine['speaker'], text: string, final: boolean): void {
    this.#cutShort = undefined;
    const agents = this.#lines.findLast((line) => line.speaker === 'agent' && !line.final);
    if (speaker === 'caller' && agents) {
      this.#cutShort = agents.key;
      this.#replace(agents, agents.text, true);
    }
    this.#lines = [...this.#lines, { key: this.#nextKey++, speaker, text, final }].slice(-MOST_LINES);
  }

  /** A turn that was cut short is still told as a whole: how far it came. That is no new turn. */
  #settle(speaker: CaptionLine['speaker'], text: string, final: boolean): boolean {
    const cut = this.#lines.find(({ key }) => key === this.#cutShort);
    if (speaker !== 'agent' || !final || !cut || !isSameTurn(cut.text, text)) return false;
    this.#replace(cut, text, true);
    this.#cutShort = undefined;
    return true;
  }

  /** A caller who was answered has finished, even when nobody said so. */
  #closeAnswered(answer: number): void {
    const answered = this.#lines.find(
      (line) => line.speaker === 'caller' && !line.final && line.key < answer,
    );
    if (answered) this.#replace(answered, answered.text, true);
  }

  #replace(old: CaptionLine, text: string, final: boolean): void {
    this.#lines = this.#lines.map((line) => (line.key === old.key ? { ...line, text, final } : line));
  }
}

function ending(text: string): string {
  return text.length > MOST_TEXT ? `…${text.slice(-MOST_TEXT)}` : text;
}

function joined(before: string, piece: string): string {
  // Some agents send all they have said so far.
  if (piece.startsWith(before)) return piece;
  return `${before}${UNSPACED.test(before) ? '' : ' '}${piece}`;
}

function isSameTurn(one: string, other: string): boolean {
  // Not only at the end: looking for that from every mark in a row of them takes seconds.
  const [a, b] = [one, other].map((text) =>
    text
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim()
      .toLowerCase(),
  ) as [string, string];
  return a.startsWith(b) || b.startsWith(a);
}

/** The words that captions need. */
export type CaptionWords = Pick<Strings, 'captions' | 'speakerAgent' | 'speakerCaller'>;

/**
 * The captions, as a region that scrolls. Open lines are for the eye only; a line enters the log, and is read out
 * once, when it is final. Needs a block size and `overflow: auto` from a style sheet.
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
      // Two templates, not one with a switch: the final line is a new node, which is what a log reads out.
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
