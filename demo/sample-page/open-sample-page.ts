// Opens a sample page in an iframe.
import type { SwClickToCallEventMap } from '../../src/events.js';
import type { SamplePageFrame, SamplePageSetup } from './sample-page-setup.js';

export interface OpenOptions {
  /** The accessible name of the iframe. */
  readonly title: string;
  /** Whether the call starts without a click. */
  readonly dialsOnLoad: boolean;
}

/** Replaces the content of a container, and with it the previous sample page and its call. */
export function openSamplePage(
  container: HTMLElement,
  setup: SamplePageSetup,
  { title, dialsOnLoad }: OpenOptions,
): SamplePageFrame {
  const frame: SamplePageFrame = document.createElement('iframe');
  frame.title = title;
  frame.allow = setup.allow ?? 'microphone; camera; autoplay';
  frame.setup = { ...setup, dialsOnLoad };
  frame.src = new URL('./sample-page/sample-page.html', document.baseURI).href;
  container.replaceChildren(frame);
  return frame;
}

type EventMap = SwClickToCallEventMap;

/** Listens to the element inside a sample page, which forwards its events to the iframe. */
export function onSamplePageEvent<Name extends keyof EventMap>(
  frame: SamplePageFrame,
  name: Name,
  listener: (detail: EventMap[Name]['detail']) => void,
): void {
  frame.addEventListener(name, (event) => listener((event as CustomEvent<EventMap[Name]['detail']>).detail));
}
