// A real panel in a shadow tree like the element's: button, live region, fallback and container, with their styles.
// Taken away again after each test by whoever calls clearPanels().
import { buildButton } from '../../../src/element/button.js';
import { buttonStyles } from '../../../src/element/button.styles.js';
import { CallPanel } from '../../../src/ui/panel/panel.js';
import type { PanelActions, PanelOptions } from '../../../src/ui/panel/panel-model.js';
import * as videoStage from '../../../src/ui/video/video-stage.js';
import { en } from '../../../src/locales/en.js';
import { isVisible } from '../../by-role.js';

const placed: HTMLElement[] = [];
const panels: CallPanel[] = [];

/** What a visitor asked for, as words. */
export function writtenDown(asked: string[]): PanelActions {
  return {
    hangup: () => void asked.push('hangup'),
    redial: () => void asked.push('redial'),
    mute: (on) => void asked.push(`mute ${on}`),
    turnCameraOff: (on) => void asked.push(`camera off ${on}`),
    sendDigit: (digit) => void asked.push(`digit ${digit}`),
    useDevice: (kind, id) => void asked.push(`use ${kind} ${id}`),
    leave: () => void asked.push('leave'),
    closed: () => void asked.push('closed'),
  };
}

/** A page with a button of its own, and an open panel. The page gave a telephone number as its own way out. */
export function openPanel(options: Partial<PanelOptions> = {}) {
  const opener = document.createElement('button');
  opener.textContent = 'Of the page';
  const host = document.createElement('div');
  // As the element has it: the styles look at it.
  if (options.inline) host.setAttribute('display', 'inline');
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
  const { button, status, fallback, container } = buildButton();
  root.append(button, status, fallback, container);
  const said: string[] = [];
  const asked: string[] = [];
  const actions = writtenDown(asked);
  const panel = new CallPanel(container, {
    words: en,
    language: 'en',
    destination: '/public/front-desk?channel=video',
    inline: false,
    theme: 'auto',
    video: false,
    audio: new Audio(),
    fallback,
    announce(text) {
      said.push(text);
      status.textContent = text;
    },
    actions: {
      ...actions,
      leave() {
        actions.leave();
        button.focus();
      },
    },
    ...options,
  });
  panels.push(panel);
  panel.open();
  if (options.video) panel.showStage(videoStage);
  const dialog = () => container.querySelector('dialog')!;
  return {
    panel,
    host,
    root,
    button,
    status,
    fallback,
    number,
    container,
    dialog,
    isShown: () => container.querySelector('dialog') !== null && isVisible(dialog()),
    said,
    asked,
    opener,
    text: () => dialog().innerText,
  };
}

/** Nothing of it is left, and no clock runs. */
export function clearPanels(): void {
  for (const panel of panels.splice(0)) panel.close();
  for (const one of placed.splice(0)) one.remove();
}
