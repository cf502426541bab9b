// The event log: every event of every element on the page, newest last.
// Listens at the body, for the events bubble. Text only; must not know what an event means.
import type { SwClickToCallEventMap } from '../src/events.js';
import { byId } from './by-id.js';

type Name = keyof SwClickToCallEventMap;

/** An object, so that the compiler notices an event that is missing here. */
const TONES: Readonly<Record<Name, 'plain' | 'good' | 'bad'>> = {
  'sw-dial': 'plain',
  'sw-call-state': 'plain',
  'sw-call-started': 'good',
  'sw-call-hangup': 'plain',
  'sw-call-ended': 'plain',
  'sw-error': 'bad',
  'sw-transcript': 'plain',
  'sw-display-content': 'plain',
  'sw-user-event': 'plain',
};

/** A page that is left open must not grow for ever. */
const MOST_ENTRIES = 500;
/** Longer details are broken into lines. */
const ONE_LINE = 76;

/** Starts logging. */
export function startEventLog(): void {
  const log = byId('log', HTMLElement);
  const entries = byId('log-entries', HTMLOListElement);
  const empty = byId('log-empty', HTMLElement);

  const add = (event: SwClickToCallEventMap[Name]) => {
    // Who scrolled up is reading; the log stays where it is.
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    entries.append(entryOf(event));
    if (entries.childElementCount > MOST_ENTRIES) entries.firstElementChild?.remove();
    empty.hidden = true;
    if (follows) log.scrollTop = log.scrollHeight;
  };
  for (const name of Object.keys(TONES) as Name[]) document.body.addEventListener(name, add);

  byId('clear-log', HTMLButtonElement).addEventListener('click', () => {
    entries.replaceChildren();
    empty.hidden = false;
  });
}

function entryOf({ type, detail }: SwClickToCallEventMap[Name]): HTMLLIElement {
  const now = new Date();
  const time = document.createElement('time');
  time.dateTime = now.toISOString();
  time.textContent = `${now.toLocaleTimeString('en-GB')}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  const name = document.createElement('strong');
  name.textContent = type;
  const json = document.createElement('pre');
  json.textContent = readable(detail);
  const entry = document.createElement('li');
  entry.dataset.tone = TONES[type as Name];
  entry.append(time, name, json);
  return entry;
}

/** JSON on one line where it fits, else indented. */
function readable(detail: unknown): string {
  const indented = JSON.stringify(detail, null, 2);
  const line = indented.replace(/\n\s*/g, ' ');
  return line.length <= ONE_LINE ? line : indented;
}
