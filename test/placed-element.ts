// An element on a page, with a call interface turned by hand behind it, and what can be read of it; taken away again when
// the test is over.
import '../src/define.js';
import type { SwClickToCall } from '../src/element/sw-click-to-call.js';
import { part } from './by-role.js';
import { FakeCallUi, type FakeCall } from './fake-call-ui.js';
import { Heard, nextEvent } from './next-event.js';
import { makeJwe } from './token/made-tokens.js';
import { later } from './later.js';

const placed = new Set<SwClickToCall>();

/** What most tests need: a destination, a token that needs no network, and a call interface in the test's hand. */
export function place(settings: Partial<SwClickToCall> = {}, markup: Record<string, string> = {}) {
  const ui = new FakeCallUi();
  const element = document.createElement('sw-click-to-call');
  for (const [name, value] of Object.entries(markup)) element.setAttribute(name, value);
  const token = makeJwe();
  const tokenProvider = () => Promise.resolve({ token });
  Object.assign(element, { destination: '/public/support', tokenProvider, callUi: ui.callUi, ...settings });
  const heard = new Heard(element);
  document.body.append(element);
  placed.add(element);
  return { element, ui, heard, token };
}

/** A call that its interface was asked for, and that cannot be hung up yet. */
export async function prepare(settings: Partial<SwClickToCall> = {}) {
  const placed = place(settings);
  const asked = placed.ui.next();
  const dialled = placed.element.dial();
  return { ...placed, call: await asked, dialled };
}

/** A call that was answered. */
export async function answered(settings: Partial<SwClickToCall> = {}) {
  const prepared = await prepare(settings);
  prepared.call.hand();
  await prepared.dialled;
  prepared.call.report('ringing');
  prepared.call.report('active');
  return prepared;
}

/** Waits until an element tells that its call is over. */
export function over(element: SwClickToCall): Promise<Event> {
  return nextEvent(element, 'sw-call-state', ({ detail }) =>
    ['ended', 'failed', 'idle'].includes(detail.state),
  );
}

/** Every promise that could still tell something has settled. */
export async function nothingMore(element: SwClickToCall): Promise<void> {
  await later();
  await element.updateComplete;
}

/** The element's own button. */
export function buttonOf(element: SwClickToCall): HTMLButtonElement {
  return part(element.shadowRoot!, 'button') as HTMLButtonElement;
}

/** What the button says; WebKit counts a slot without content as a line. */
export function textOf(element: SwClickToCall): string {
  return buttonOf(element).innerText.trim();
}

/** What the element says beside its button. */
export function messageOf(element: SwClickToCall): string {
  return part(element.shadowRoot!, 'status').textContent;
}

/** Everything of an element that can be read in the page: attributes, slots, shadow tree. */
export function readable(element: SwClickToCall): string {
  return element.outerHTML + new XMLSerializer().serializeToString(element.shadowRoot!);
}

/** The page-wide line is free again afterwards. */
export async function clearPage(): Promise<void> {
  const elements = [...placed];
  placed.clear();
  for (const element of elements) {
    await element.hangup();
    element.remove();
  }
}

export type { FakeCall };
