// The event log: every event of every element on the page, newest last, with its detail as JSON. It listens on the
// body, because the events bubble.
import type { SwClickToCallEventMap } from '../src/events.js';
import { byId } from './by-id.js';

type EventName = keyof SwClickToCallEventMap;
type Category = 'call' | 'state' | 'error' | 'agent';

/** Keyed by event name, so that the compiler reports a missing event. */
const CATEGORIES: Readonly<Record<EventName, Category>> = {
  'sw-dial': 'call',
  'sw-call-state': 'state',
  'sw-call-started': 'call',
  'sw-call-hangup': 'call',
  'sw-call-ended': 'call',
  'sw-error': 'error',
  'sw-transcript': 'agent',
  'sw-display-content': 'agent',
  'sw-user-event': 'agent',
};

/** Older entries are removed, so that a page that stays open does not grow without limit. */
const MAX_ENTRIES = 500;

/** The log scrolls along if it was this close to its end. */
const SCROLL_TOLERANCE_PX = 40;

export function startEventLog(): void {
  const log = byId('log', HTMLElement);
  const entries = byId('log-entries', HTMLOListElement);
  const emptyNote = byId('log-empty', HTMLElement);
  const filter = byId('log-filter', HTMLFieldSetElement);

  const applyFilter = (entry: HTMLElement) => {
    const category = filter.querySelector<HTMLInputElement>(':checked')?.value ?? 'all';
    entry.hidden = category !== 'all' && entry.dataset.category !== category;
  };
  const updateEmptyNote = () => {
    emptyNote.hidden = entries.querySelector('li:not([hidden])') !== null;
    emptyNote.textContent = entries.childElementCount
      ? 'No events of this kind yet.'
      : 'No events yet. Press any call button on this page.';
  };
  const add = (event: Event) => {
    // Does not scroll while the visitor reads older entries.
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < SCROLL_TOLERANCE_PX;
    const entry = logEntry(event as SwClickToCallEventMap[EventName]);
    applyFilter(entry);
    entries.append(entry);
    if (entries.childElementCount > MAX_ENTRIES) entries.firstElementChild?.remove();
    updateEmptyNote();
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  for (const name of Object.keys(CATEGORIES)) document.body.addEventListener(name, add);

  filter.addEventListener('change', () => {
    for (const entry of entries.children) applyFilter(entry as HTMLElement);
    updateEmptyNote();
  });
  byId('clear-log', HTMLButtonElement).addEventListener('click', () => {
    entries.replaceChildren();
    updateEmptyNote();
  });
}

function logEntry({ type, detail, target }: SwClickToCallEventMap[EventName]): HTMLLIElement {
  const section = (target as HTMLElement).closest<HTMLElement>('section');
  const summary = document.createElement('summary');
  summary.append(
    currentTime(),
    textElement('strong', type),
    textElement('span', summaryOf(detail), 'summary'),
    textElement('span', section?.dataset.title ?? '', 'section-title'),
  );
  const json = textElement('pre', JSON.stringify(detail, null, 2));
  json.tabIndex = 0;
  const details = document.createElement('details');
  details.append(summary, json);
  const entry = document.createElement('li');
  entry.dataset.category = CATEGORIES[type as EventName];
  entry.append(details);
  return entry;
}

function currentTime(): HTMLTimeElement {
  const now = new Date();
  const time = document.createElement('time');
  time.dateTime = now.toISOString();
  time.textContent = `${now.toLocaleTimeString('en-GB')}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  return time;
}

function textElement(tag: 'strong' | 'span' | 'pre', text: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** The detail of an event in one line. */
function summaryOf(detail: unknown): string {
  const { previous, state, code, ...rest } = detail as Record<string, unknown>;
  if (state !== undefined) return `${String(previous)} → ${String(state)}`;
  if (code !== undefined) return String(code);
  return Object.entries(rest)
    .flatMap(([name, value]) => {
      if (typeof value === 'string') return value || [];
      if (typeof value === 'number') return `${name} ${value}`;
      return value === true ? name : [];
    })
    .join(' · ');
}
