// Bad days as toggles: one condition at a time, and a page with a button to try it on.
// Must not know what the conditions are made of.
import type { CallState } from '../../src/events.js';
import { byId } from '../by-id.js';
import { openLab } from '../lab/open-lab.js';
import { CONDITIONS, type Condition } from './conditions.js';

/** Sets it up; without the stand-in only what the page can do by itself can be chosen. */
export function startNetwork(standIn: boolean): void {
  const place = byId('network-choices', HTMLElement);
  const groups = new Map<string, HTMLElement>();
  for (const condition of CONDITIONS) {
    const possible = standIn || condition.surrounding !== undefined;
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name: 'condition', value: condition.id, disabled: !possible });
    radio.addEventListener('change', () => show(condition));
    const label = document.createElement('label');
    label.append(radio, condition.title);
    const group = groups.get(condition.where) ?? newGroup(place, condition.where);
    groups.set(condition.where, group);
    group.append(label);
  }
  byId('network-note', HTMLElement).hidden = standIn;
  // Nothing is opened before somebody looks: the frame is a page of its own.
  const first = CONDITIONS.find((condition) => standIn || condition.surrounding)!;
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    seen.disconnect();
    if (place.querySelector(':checked')) return;
    place.querySelector<HTMLInputElement>(`[value="${first.id}"]`)!.checked = true;
    show(first);
  });
  seen.observe(place);
}

function newGroup(place: HTMLElement, where: string): HTMLElement {
  const group = document.createElement('fieldset');
  group.className = 'segments';
  const legend = document.createElement('legend');
  legend.textContent = where;
  const row = document.createElement('div');
  group.append(legend, row);
  place.append(group);
  return row;
}

function show(condition: Condition): void {
  byId('network-watch', HTMLElement).textContent = condition.watch;
  const state = byId('network-state', HTMLElement);
  state.textContent = 'idle';
  const frame = openLab(byId('network-frame', HTMLElement), condition, {
    title: `A page on a bad day: ${condition.title}`,
    dials: false,
  });
  frame.addEventListener('sw-call-state', (event) => {
    state.textContent = (event as unknown as CustomEvent<{ state: CallState }>).detail.state;
  });
}
