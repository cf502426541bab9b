// The playground: settings in, one living element and the code for it out.
// Promise: a change never disturbs a call that is going on; it counts for the next one. The snippet never holds what
// belongs to this page only (the stand-in's host) or to the visitor only (the token of their space).
import type { CallState } from '../../src/events.js';
import { byId } from '../by-id.js';
import { startCopying } from '../copy-button.js';
import type { ExchangeMode } from '../exchange/modes.js';
import { startExchangePicker } from '../exchange/picker.js';
import { showCode } from '../highlight.js';
import { onSpace, type OwnSpace } from '../space.js';
import { CONTROLS, OWN_BUTTON_ID } from './controls.js';
import { controlView, type ControlView } from './control-view.js';
import { attributeOf, initialSettings, writtenOf, type Settings } from './settings.js';
import { FLAVOURS, type Flavour } from './snippets.js';
import { startTabs } from './tabs.js';

const RESTING: readonly CallState[] = ['idle', 'ended', 'failed'];

/** Sets it up. */
export function startPlayground(standIn: boolean): void {
  const settings: Settings = {
    ...initialSettings(),
    token: 'c2c_demo',
    destination: '/public/support',
    label: 'Call us',
    ...(standIn && { host: location.origin }),
  };
  const code = byId('snippet', HTMLElement);
  let flavour: Flavour = FLAVOURS[0]!;
  let space: OwnSpace | undefined;
  const views = new Map<keyof Settings, ControlView>();

  const refresh = () => {
    showElement({ ...settings, ...space, disabled: settings.disabled || (!space && !standIn) });
    showCode(code, flavour.write(writtenOf(forOthers(settings, space))));
  };
  const set = (property: keyof Settings, value: unknown) => {
    Object.assign(settings, { [property]: value });
    views.get(property)?.show(value);
  };

  for (const [name, control] of Object.entries(CONTROLS)) {
    const property = name as keyof Settings;
    const view = controlView(attributeOf(property) ?? property, control, (value) => {
      Object.assign(settings, { [property]: value });
      refresh();
    });
    view.show(settings[property]);
    views.set(property, view);
    groupOf(control.group).append(view.element);
  }

  const exchange = byId('exchange', HTMLFieldSetElement);
  const take = ({ proxyPath, token }: ExchangeMode) => {
    set('proxyUrl', proxyPath ?? '');
    set('token', token ?? 'c2c_demo');
    views.get('token')!.enable(token === undefined);
    refresh();
  };
  startExchangePicker(exchange, byId('exchange-what', HTMLElement), take);

  startTabs(byId('snippet-tabs', HTMLElement), byId('snippet-panel', HTMLElement), FLAVOURS, (id) => {
    flavour = FLAVOURS.find((candidate) => candidate.id === id)!;
    refresh();
  });
  startCopying(byId('copy-snippet', HTMLButtonElement), () => code);
  byId('playground-form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());

  onSpace((own) => {
    space = own;
    // Their own space answers: the form above decides, and the stand-in's proxies stand in front of the stand-in.
    exchange.disabled = Boolean(own) || !standIn;
    for (const property of ['host', 'token', 'destination'] as const) views.get(property)!.enable(!own);
    if (own) set('proxyUrl', '');
    refresh();
  });
}

/** The box of a group; made when it is first asked for. */
function groupOf(title: string): HTMLElement {
  const place = byId('controls', HTMLElement);
  const known = [...place.children].find((group) => (group as HTMLElement).dataset.group === title);
  if (known) return known.lastElementChild as HTMLElement;
  const group = document.createElement('details');
  group.dataset.group = title;
  group.open = place.childElementCount === 0;
  const summary = document.createElement('summary');
  summary.textContent = title;
  const box = document.createElement('div');
  group.append(summary, box);
  place.append(group);
  return box;
}

/** What somebody else can paste: no host of this machine, no token of the visitor. */
function forOthers(settings: Settings, space: OwnSpace | undefined): Settings {
  const host = settings.host === location.origin ? initialSettings().host : settings.host;
  if (!space) return { ...settings, host };
  return { ...settings, host: space.host, destination: space.destination, token: 'c2c_your_token' };
}

/** Puts the settings on the element, live; on a new one when the last call left something behind. */
function showElement(settings: Settings): void {
  const place = byId('playground-call', HTMLElement);
  let call = place.querySelector('sw-click-to-call');
  if (!call || (call.state !== 'idle' && RESTING.includes(call.state))) {
    const fallback = document.createElement('a');
    Object.assign(fallback, { slot: 'fallback', href: '#events', textContent: 'The event log says why' });
    call = document.createElement('sw-click-to-call');
    call.append(fallback);
    place.replaceChildren(call);
  }
  byId(OWN_BUTTON_ID, HTMLButtonElement).hidden = !settings.htmlFor;
  const { lang, ...own } = settings;
  if (lang) call.lang = lang;
  else call.removeAttribute('lang');
  Object.assign(call, own);
}
