// The live element of the playground.
import type { CallState } from '../../src/events.js';
import { byId } from '../by-id.js';
import { PAGE_BUTTON_ID } from './setting-controls.js';
import type { Settings } from './settings.js';

const FINISHED: readonly CallState[] = ['ended', 'failed'];

/** Sets the properties of the element. After a finished call it is replaced, so that nothing of that call remains. */
export function showElement(settings: Settings): void {
  const container = byId('playground-call', HTMLElement);
  let call = container.querySelector('sw-click-to-call');
  if (!call || FINISHED.includes(call.state)) {
    const fallback = document.createElement('a');
    Object.assign(fallback, { slot: 'fallback', href: '#events', textContent: 'See the event log' });
    call = document.createElement('sw-click-to-call');
    call.append(fallback);
    container.replaceChildren(call);
  }
  byId(PAGE_BUTTON_ID, HTMLButtonElement).hidden = !settings.htmlFor;
  const { lang, ...properties } = settings;
  if (lang) call.lang = lang;
  else call.removeAttribute('lang');
  Object.assign(call, properties);
}
