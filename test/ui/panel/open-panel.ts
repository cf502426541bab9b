// A real panel in a shadow tree like the element's: button, live region, fallback and container, with their styles.
// clearPanels() removes it after the test.
import { buildButton } from '../../../src/element/button.js';
import { buttonStyles } from '../../../src/element/button.styles.js';
import { CallPanel } from '../../../src/ui/panel/panel.js';
import type { PanelElement, PanelModel, PanelOptions } from '../../../src/ui/panel/panel-model.js';
import * as videoStage from '../../../src/ui/video/video-stage.js';
import { en } from '../../../src/locales/en.js';
import { isVisible } from '../../by-role.js';
import { FakeCall, FakeMedia, screenFacts } from './fake-call.js';

/** What a test may choose. */
export type Settings = Partial<
  Pick<PanelOptions, 'words' | 'language' | 'destination' | 'video'> & Pick<PanelElement, 'display' | 'theme'>
>;

export type OpenPanel = ReturnType<typeof openPanel>;

const placed: HTMLElement[] = [];
const panels: CallPanel[] = [];

/** The options of a panel, with a fake call that records in `requests` what the panel asks for. */
export function fakeOptions({ display = 'dialog', theme = 'auto', ...settings }: Settings = {}) {
  const requests: string[] = [];
  const parts = buildButton();
  const element: PanelElement = {
    display,
    theme,
    async dial() {
      requests.push('dial');
    },
    focus() {
      requests.push('focus');
      parts.button.focus();
    },
  };
  const call = new FakeCall(requests);
  const media = new FakeMedia(requests);
  const options: PanelOptions = {
    call,
    media,
    element,
    surface: parts,
    words: en,
    language: 'en',
    destination: '/public/front-desk?channel=video',
    video: false,
    ...settings,
  };
  return { requests, parts, call, media, options };
}

/** A page with its own button, and an open panel. The page's fallback is a telephone number. */
export function openPanel(settings: Settings = {}) {
  const { requests, parts, call, media, options } = fakeOptions(settings);
  const { button, status, fallback, container } = parts;
  const opener = document.createElement('button');
  opener.textContent = 'Button of the page';
  const host = document.createElement('div');
  // The styles select by this attribute of the element.
  if (settings.display) host.setAttribute('display', settings.display);
  const number = document.createElement('a');
  number.slot = 'fallback';
  number.href = 'tel:+15550100';
  number.textContent = '+1 555 0100';
  host.append('Call support', number);
  document.body.append(opener, host);
  placed.push(opener, host);
  opener.focus();
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets.push(buttonStyles.styleSheet!);
  root.append(button, status, fallback, container);
  const announcements = announcementsOf(status);
  const panel = new CallPanel(options);
  panels.push(panel);
  panel.open();
  if (options.video) panel.showStage(videoStage);
  const dialog = () => container.querySelector('dialog')!;
  return {
    panel,
    call,
    media,
    /** Changes what the panel shows: each fact in the store that owns it. */
    show(change: Partial<PanelModel>) {
      call.take(change);
      media.take(change);
      const screen = screenFacts(change);
      if (screen) panel.show(screen);
    },
    host,
    root,
    button,
    status,
    fallback,
    number,
    container,
    dialog,
    isShown: () => container.querySelector('dialog') !== null && isVisible(dialog()),
    announcements,
    requests,
    opener,
    text: () => dialog().innerText,
  };
}

/** Records every text of a live region. @returns reads them, oldest first. */
function announcementsOf(status: HTMLElement): () => readonly string[] {
  const texts: string[] = [];
  const record = (records: MutationRecord[]) => {
    for (const { addedNodes } of records)
      for (const { data } of addedNodes as NodeListOf<Text>) texts.push(data);
  };
  const observer = new MutationObserver(record);
  observer.observe(status, { childList: true });
  return () => {
    record(observer.takeRecords());
    return texts;
  };
}

/** Closes all panels, which stops their clocks, and removes their elements. */
export function clearPanels(): void {
  for (const panel of panels.splice(0)) panel.close();
  for (const element of placed.splice(0)) element.remove();
}
