// The error gallery: every code of the table at a click, reproduced in a frame, with what the visitor sees and what
// the developer gets.
// Promise: what is shown as reproduced came out of the real element as an event. Must not know how errors come about.
import { ERRORS } from '../../src/error-table.js';
import type { ErrorCode, ErrorDetail } from '../../src/errors.js';
import { en } from '../../src/locales/en.js';
import { byId } from '../by-id.js';
import { openLab } from '../lab/open-lab.js';
import { ERROR_CASES } from './cases.js';

const PHASES: Readonly<Record<string, string>> = {
  config: 'In your markup',
  preflight: 'Before anything is sent',
  token: 'The token exchange',
  ui: 'The code',
  media: 'The microphone',
  connect: 'The gateway',
  call: 'The call itself',
  internal: 'Ours',
};

/** Sets it up. */
export function startGallery(standIn: boolean): void {
  const list = byId('error-list', HTMLElement);
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: code });
    button.dataset.code = code;
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      for (const other of list.querySelectorAll('button'))
        other.setAttribute('aria-pressed', String(other === button));
      show(code, standIn);
      // In one column the card stands below a long list.
      if (matchMedia('(width < 60rem)').matches) byId('error-detail', HTMLElement).scrollIntoView();
    });
    groupOf(list, code.split('-', 1)[0]!).append(button);
  }
}

function groupOf(list: HTMLElement, phase: string): HTMLElement {
  const known = list.querySelector<HTMLElement>(`[data-phase="${phase}"]`);
  if (known) return known;
  const group = document.createElement('div');
  group.dataset.phase = phase;
  group.setAttribute('role', 'group');
  const title = document.createElement('h3');
  title.id = `phase-${phase}`;
  title.textContent = PHASES[phase] ?? phase;
  group.setAttribute('aria-labelledby', title.id);
  group.append(title);
  list.append(group);
  return group;
}

function show(code: ErrorCode, standIn: boolean): void {
  const { message, remediation, retryable, say } = ERRORS[code];
  const place = byId('error-visitor', HTMLElement);
  byId('error-detail', HTMLElement).hidden = false;
  byId('error-hint', HTMLElement).hidden = true;
  byId('error-title', HTMLElement).textContent = code;
  byId('error-message', HTMLElement).textContent = message;
  byId('error-remediation', HTMLElement).textContent = remediation;
  byId('error-retryable', HTMLElement).textContent = retryable ? 'yes' : 'no';
  byId('error-json', HTMLElement).textContent = '…';
  const how = byId('error-how', HTMLElement);
  const found = ERROR_CASES[code];

  if ('see' in found || (found.standIn && !standIn)) {
    how.textContent =
      'see' in found
        ? found.see
        : `${found.how} That takes the local stand-in: run “npm run demo” to see it happen.`;
    byId('error-json', HTMLElement).textContent = 'Not reproduced here.';
    const sentence = document.createElement('blockquote');
    sentence.textContent = en[say];
    place.replaceChildren(sentence);
    tell('Told, not reproduced');
    return;
  }
  how.textContent = found.how;
  tell(found.seconds ? `On its way; this one takes about ${found.seconds} seconds` : 'On its way');
  const began = performance.now();
  const frame = openLab(place, found, { title: `What your visitor sees: ${code}`, dials: true });
  frame.addEventListener('sw-error', (event) => {
    const detail = (event as unknown as CustomEvent<ErrorDetail>).detail;
    byId('error-message', HTMLElement).textContent = detail.message;
    byId('error-remediation', HTMLElement).textContent = detail.remediation;
    byId('error-json', HTMLElement).textContent = JSON.stringify(detail, null, 2);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (detail.code === code) tell(`Reproduced in ${seconds} s`, 'done');
    else tell(`Here it is ${detail.code}`, 'other');
  });
}

function tell(sentence: string, as: 'waiting' | 'done' | 'other' = 'waiting'): void {
  const status = byId('error-status', HTMLElement);
  status.textContent = sentence;
  status.dataset.as = as;
}
