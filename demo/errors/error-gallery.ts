// The error gallery: a button for every error code. Each error is reproduced by the real element in a sample page, and
// shown as the visitor and as the developer see it.
import { ERRORS } from '../../src/error-table.js';
import type { ErrorCode, ErrorDetail } from '../../src/errors.js';
import { en } from '../../src/locales/en.js';
import { byId } from '../by-id.js';
import { onSamplePageEvent, openSamplePage } from '../sample-page/open-sample-page.js';
import { REPRODUCTIONS, type NotReproducible, type Reproduction } from './reproductions.js';

/** The first part of a code, and the heading of its group. */
const GROUP_TITLES: Readonly<Record<string, string>> = {
  config: 'Markup',
  preflight: 'Before anything is sent',
  token: 'Token exchange',
  ui: 'Code loading',
  media: 'Microphone',
  connect: 'Gateway',
  call: 'Call',
  internal: 'Internal',
};

export function startErrorGallery(hasPlatform: boolean): void {
  const list = byId('error-list', HTMLElement);
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', textContent: code });
    button.dataset.code = code;
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      for (const other of list.querySelectorAll('button'))
        other.setAttribute('aria-pressed', String(other === button));
      show(code, hasPlatform);
      // In a single column the detail is below the long list.
      if (matchMedia('(width < 60rem)').matches) byId('error-detail', HTMLElement).scrollIntoView();
    });
    groupOf(list, code.split('-', 1)[0]!).append(button);
  }
}

/** The group for the first part of a code; added to the list on first use. */
function groupOf(list: HTMLElement, prefix: string): HTMLElement {
  const existing = list.querySelector<HTMLElement>(`[data-prefix="${prefix}"]`);
  if (existing) return existing;
  const group = document.createElement('div');
  group.dataset.prefix = prefix;
  group.setAttribute('role', 'group');
  const title = document.createElement('h3');
  title.id = `error-group-${prefix}`;
  title.textContent = GROUP_TITLES[prefix] ?? prefix;
  group.setAttribute('aria-labelledby', title.id);
  group.append(title);
  list.append(group);
  return group;
}

function show(code: ErrorCode, hasPlatform: boolean): void {
  const { message, remediation, retryable } = ERRORS[code];
  byId('error-hint', HTMLElement).hidden = true;
  byId('error-detail', HTMLElement).hidden = false;
  byId('error-title', HTMLElement).textContent = code;
  byId('error-retryable', HTMLElement).textContent = retryable ? 'yes' : 'no';
  showTexts({ message, remediation });
  const reproduction = REPRODUCTIONS[code];
  if ('reason' in reproduction || (reproduction.needsPlatform && !hasPlatform))
    describeOnly(code, reproduction);
  else reproduce(code, reproduction);
}

function describeOnly(code: ErrorCode, reproduction: Reproduction | NotReproducible): void {
  byId('error-description', HTMLElement).textContent =
    'reason' in reproduction
      ? reproduction.reason
      : `${reproduction.description} This needs the local platform: run “npm run demo” to reproduce it.`;
  byId('error-json', HTMLElement).textContent = 'Not reproduced.';
  const visitorText = document.createElement('blockquote');
  visitorText.textContent = en[ERRORS[code].say];
  byId('error-visitor', HTMLElement).replaceChildren(visitorText);
  showStatus('Not reproduced');
}

function reproduce(code: ErrorCode, reproduction: Reproduction): void {
  const { description, seconds } = reproduction;
  byId('error-description', HTMLElement).textContent = description;
  byId('error-json', HTMLElement).textContent = '…';
  showStatus(seconds ? `Running; this takes about ${seconds} seconds` : 'Running');
  const startedAt = performance.now();
  const frame = openSamplePage(byId('error-visitor', HTMLElement), reproduction, {
    title: `What the visitor sees: ${code}`,
    dialsOnLoad: true,
  });
  onSamplePageEvent(frame, 'sw-error', (detail) => {
    showTexts(detail);
    byId('error-json', HTMLElement).textContent = JSON.stringify(detail, null, 2);
    const elapsed = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (detail.code === code) showStatus(`Reproduced in ${elapsed} s`, 'reproduced');
    else showStatus(`Failed with ${detail.code} instead`, 'unexpected');
  });
}

function showTexts({ message, remediation }: Pick<ErrorDetail, 'message' | 'remediation'>): void {
  byId('error-message', HTMLElement).textContent = message;
  byId('error-remediation', HTMLElement).textContent = remediation;
}

function showStatus(text: string, outcome: 'pending' | 'reproduced' | 'unexpected' = 'pending'): void {
  const status = byId('error-status', HTMLElement);
  status.textContent = text;
  status.dataset.outcome = outcome;
}
