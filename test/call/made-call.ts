// Real calls on an element that stands in for <sw-click-to-call>: same properties and surface, but it only records.
import { Call, type CallLoaders } from '../../src/call/call.js';
import type { CallElement, Surface } from '../../src/call/call-element.js';
import { SwErrorEvent, type CallState } from '../../src/events.js';
import { makeJwe } from '../token/made-tokens.js';

const RECORDED = ['sw-call-started', 'sw-call-hangup', 'sw-call-ended', 'sw-error', 'sw-transcript'];

export class FakeElement extends HTMLElement implements CallElement {
  token = '';
  destination = '/public/support';
  host = 'embeds.signalwire.com';
  proxyUrl = '';
  tokenTtl = 900;
  tokenProvider: CallElement['tokenProvider'] = () => Promise.resolve({ token: makeJwe() });
  callUi: CallElement['callUi'] = null;
  video = false;
  userVariables: unknown = {};
  pageContext = false;
  display = 'dialog';
  theme = 'auto';
  transcript = false;
  strings: CallElement['strings'] = {};
  debug = false;
  state: CallState = 'idle';
  readonly surface: Surface;
  /** Events (without `sw-dial`) and states of all its calls, oldest first; `sw-error` as its code. */
  readonly told: string[] = [];
  /** What the interface asked of it. */
  readonly asked: ('dial' | 'focus')[] = [];
  readonly #announced: string[] = [];
  readonly #announcements = new MutationObserver((records) => this.#read(records));

  constructor() {
    super();
    const status = document.createElement('p');
    const fallback = document.createElement('slot');
    fallback.textContent = '+1 555 0100';
    fallback.hidden = true;
    const container = document.createElement('div');
    this.attachShadow({ mode: 'open' }).append(status, fallback, container);
    this.surface = { status, fallback, container };
    this.#announcements.observe(status, { childList: true });
    for (const type of RECORDED) {
      this.addEventListener(type, (event) =>
        this.told.push(event instanceof SwErrorEvent ? event.detail.code : type),
      );
    }
  }

  /** Texts of the live region, oldest first. */
  get announced(): readonly string[] {
    this.#read(this.#announcements.takeRecords());
    return this.#announced;
  }

  dial(): Promise<void> {
    this.asked.push('dial');
    return Promise.resolve();
  }

  override focus(): void {
    this.asked.push('focus');
  }

  #read(records: MutationRecord[]): void {
    for (const { addedNodes } of records)
      for (const { textContent } of addedNodes) this.#announced.push(textContent!);
  }
}

customElements.define('fake-call-element', FakeElement);

const made: Call[] = [];

/** An element on the page. */
export function makeElement(properties: Partial<FakeElement> = {}): FakeElement {
  const element = Object.assign(new FakeElement(), properties);
  document.body.append(element);
  return element;
}

/** A call that loads nothing, unless the test gives loaders. */
export function makeCall(element = makeElement(), loaders: Partial<CallLoaders> = {}): Call {
  const pending = () => new Promise<never>(() => {});
  const call = new Call(element, element.surface, {
    call: pending,
    builtIn: pending,
    sdk: pending,
    ...loaders,
  });
  made.push(call);
  let before = call.snapshot.state;
  call.subscribe(() => {
    const { state } = call.snapshot;
    if (state === before) return;
    before = element.state = state;
    element.told.push(state);
  });
  return call;
}

/** Ends all calls and removes their elements. Settles when everything is released. */
export async function removeCalls(): Promise<void> {
  for (const call of made.splice(0)) {
    call.stop('removed');
    await call.released;
    call.snapshot.ui?.close();
    call.element.remove();
  }
}
