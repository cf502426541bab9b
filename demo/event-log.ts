// The event log: every event of every element on the page, newest last, with its details as JSON to open.
// Listens at the body, for the events bubble. Text only; must not know what an event means.
import type { SwClickToCallEventMap } from '../src/events.js';
import { byId } from './by-id.js';

type Name = keyof SwClickToCallEventMap;
type Kind = 'call' | 'state' | 'error' | 'agent';

/** An object, so that the compiler notices an event that is missing here. */
const KINDS: Readonly<Record<Name, Kind>> = {
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

/** A page that is left open must not grow for ever. */
const MOST_ENTRIES = 500;

/** Starts logging. */
export function startEventLog(): void {
  const log = byId('log', HTMLElement);
  const entries = byId('log-entries', HTMLOListElement);
  const empty = byId('log-empty', HTMLElement);
  const filter = byId('log-filter', HTMLFieldSetElement);

  const shown = () => filter.querySelector<HTMLInputElement>(':checked')?.value ?? 'all';
  const judge = (entry: HTMLElement) => {
    entry.hidden = shown() !== 'all' && entry.dataset.kind !== shown();
  };
  const tellEmpty = () => {
    empty.hidden = entries.querySelector('li:not([hidden])') !== null;
    empty.textContent = entries.childElementCount
      ? 'Nothing of this kind yet.'
      : 'Nothing yet. Press any call button on this page.';
  };
  const add = (event: Event) => {
    // Who scrolled up is reading; the log stays where it is.
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const entry = entryOf(event as SwClickToCallEventMap[Name]);
    judge(entry);
    entries.append(entry);
    if (entries.childElementCount > MOST_ENTRIES) entries.firstElementChild?.remove();
    tellEmpty();
    if (follows) log.scrollTop = log.scrollHeight;
  };
  for (const name of Object.keys(KINDS) as Name[]) document.body.addEventListener(name, add);

  filter.addEventListener('change', () => {
    for (const entry of entries.children) judge(entry as HTMLElement);
    tellEmpty();
  });
  byId('clear-log', HTMLButtonElement).addEventListener('click', () => {
    entries.replaceChildren();
    tellEmpty();
  });
}

function entryOf({ type, detail, target }: SwClickToCallEventMap[Name]): HTMLLIElement {
  const now = new Date();
  const time = document.createElement('time');
  time.dateTime = now.toISOString();
  time.textContent = `${now.toLocaleTimeString('en-GB')}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  const name = document.createElement('strong');
  name.textContent = type;
  const where = document.createElement('span');
  where.className = 'where';
  where.textContent = (target as HTMLElement).closest<HTMLElement>('section')?.dataset.title ?? '';
  const gist = document.createElement('span');
  gist.className = 'gist';
  gist.textContent = gistOf(detail);
  const summary = document.createElement('summary');
  summary.append(time, name, gist, where);
  const json = document.createElement('pre');
  json.tabIndex = 0;
  json.textContent = JSON.stringify(detail, null, 2);
  const entry = document.createElement('li');
  entry.dataset.kind = KINDS[type as Name];
  const box = document.createElement('details');
  box.append(summary, json);
  entry.append(box);
  return entry;
}

/** What can be said of it in one line. */
function gistOf(detail: unknown): string {
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
