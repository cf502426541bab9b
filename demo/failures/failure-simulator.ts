// The failure simulator: choose one failure, and make a call from a sample page that has it.
import type { CallState } from '../../src/events.js';
import { byId } from '../by-id.js';
import { onSamplePageEvent, openSamplePage } from '../sample-page/open-sample-page.js';
import { FAILURES, type Failure } from './failures.js';

/** Without the local platform only failures of the browser itself can be chosen. */
export function startFailureSimulator(hasPlatform: boolean): void {
  const form = byId('failure-choices', HTMLElement);
  const groups = new Map<string, HTMLElement>();
  const isPossible = (failure: Failure) => hasPlatform || failure.environmentFault !== undefined;
  for (const failure of FAILURES) {
    const radio = document.createElement('input');
    Object.assign(radio, {
      type: 'radio',
      name: 'failure',
      value: failure.id,
      disabled: !isPossible(failure),
    });
    radio.addEventListener('change', () => show(failure));
    const label = document.createElement('label');
    label.append(radio, failure.title);
    const group = groups.get(failure.origin) ?? addGroup(form, failure.origin);
    groups.set(failure.origin, group);
    group.append(label);
  }
  byId('failure-note', HTMLElement).hidden = hasPlatform;
  showWhenVisible(form, FAILURES.find(isPossible)!);
}

/** Opens the first sample page when the visitor scrolls to the section, because it is a page of its own to load. */
function showWhenVisible(form: HTMLElement, failure: Failure): void {
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    observer.disconnect();
    if (form.querySelector(':checked')) return;
    form.querySelector<HTMLInputElement>(`[value="${failure.id}"]`)!.checked = true;
    show(failure);
  });
  observer.observe(form);
}

function addGroup(form: HTMLElement, title: string): HTMLElement {
  const group = document.createElement('fieldset');
  group.className = 'segments';
  const legend = document.createElement('legend');
  legend.textContent = title;
  const row = document.createElement('div');
  group.append(legend, row);
  form.append(group);
  return row;
}

function show(failure: Failure): void {
  byId('failure-effect', HTMLElement).textContent = failure.effect;
  const state = byId('failure-state', HTMLElement);
  state.textContent = 'idle' satisfies CallState;
  const frame = openSamplePage(byId('failure-frame', HTMLElement), failure, {
    title: `Sample page: ${failure.title}`,
    dialsOnLoad: false,
  });
  onSamplePageEvent(frame, 'sw-call-state', (detail) => {
    state.textContent = detail.state;
  });
}
