// The playground: a control for each setting, a live element, and the code for it. A change does not affect a call in
// progress. The code contains neither this machine's host nor the visitor's token.
import { byId } from '../by-id.js';
import { startCopyButton } from '../copy-button.js';
import { DEFAULT_DESTINATION, DEFAULT_TOKEN } from '../default-call.js';
import type { ExchangeMode } from '../exchange/exchange-modes.js';
import { startExchangePicker } from '../exchange/exchange-picker.js';
import { showCode } from '../highlight.js';
import { onSpace, type OwnSpace } from '../own-space.js';
import { controlView, type ControlView } from './control-view.js';
import { showElement } from './live-element.js';
import { SETTING_CONTROLS } from './setting-controls.js';
import { attributeOf, changedSettings, defaultSettings, type Settings } from './settings.js';
import { SNIPPET_FORMATS, type SnippetFormat } from './snippets.js';
import { startTabs } from './tabs.js';

export function startPlayground(hasPlatform: boolean): void {
  new Playground(hasPlatform).start();
}

class Playground {
  readonly #hasPlatform: boolean;
  readonly #settings: Settings;
  readonly #controls = new Map<keyof Settings, ControlView>();
  readonly #exchange = byId('exchange', HTMLFieldSetElement);
  readonly #code = byId('snippet', HTMLElement);
  #format: SnippetFormat = SNIPPET_FORMATS[0]!;
  #space: OwnSpace | undefined;

  constructor(hasPlatform: boolean) {
    this.#hasPlatform = hasPlatform;
    this.#settings = {
      ...defaultSettings(),
      token: DEFAULT_TOKEN,
      destination: DEFAULT_DESTINATION,
      label: 'Call us',
      ...(hasPlatform && { host: location.origin }),
    };
  }

  start(): void {
    this.#addControls();
    startExchangePicker(this.#exchange, byId('exchange-description', HTMLElement), (mode) =>
      this.#chooseExchange(mode),
    );
    startTabs(
      byId('snippet-tabs', HTMLElement),
      byId('snippet-panel', HTMLElement),
      SNIPPET_FORMATS,
      (id) => {
        this.#format = SNIPPET_FORMATS.find((format) => format.id === id)!;
        this.#update();
      },
    );
    startCopyButton(byId('copy-snippet', HTMLButtonElement), () => this.#code);
    byId('playground-form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
    onSpace((space) => this.#useSpace(space));
  }

  #addControls(): void {
    for (const [name, control] of Object.entries(SETTING_CONTROLS)) {
      const property = name as keyof Settings;
      const view = controlView(attributeOf(property) ?? property, control, (value) => {
        Object.assign(this.#settings, { [property]: value });
        this.#update();
      });
      view.show(this.#settings[property]);
      this.#controls.set(property, view);
      controlGroup(control.group).append(view.element);
    }
  }

  #set(property: keyof Settings, value: unknown): void {
    Object.assign(this.#settings, { [property]: value });
    this.#controls.get(property)?.show(value);
  }

  #chooseExchange({ proxyPath, token }: ExchangeMode): void {
    this.#set('proxyUrl', proxyPath ?? '');
    this.#set('token', token ?? DEFAULT_TOKEN);
    this.#controls.get('token')!.setEnabled(token === undefined);
    this.#update();
  }

  /** The visitor's own space replaces the local platform and the proxies in front of it. */
  #useSpace(space: OwnSpace | undefined): void {
    this.#space = space;
    this.#exchange.disabled = Boolean(space) || !this.#hasPlatform;
    for (const property of ['host', 'token', 'destination'] as const)
      this.#controls.get(property)!.setEnabled(!space);
    if (space) this.#set('proxyUrl', '');
    this.#update();
  }

  #update(): void {
    const canCall = this.#space !== undefined || this.#hasPlatform;
    showElement({
      ...this.#settings,
      ...this.#space,
      disabled: this.#settings.disabled || !canCall,
    });
    showCode(this.#code, this.#format.write(changedSettings(this.#publicSettings())));
  }

  /** The settings that the code shows. */
  #publicSettings(): Settings {
    const settings = this.#settings;
    const space = this.#space;
    if (space)
      return { ...settings, host: space.host, destination: space.destination, token: 'c2c_your_token' };
    return settings.host === location.origin ? { ...settings, host: defaultSettings().host } : settings;
  }
}

/** The box for the controls of a group; added on first use. The first group is open. */
function controlGroup(title: string): HTMLElement {
  const container = byId('controls', HTMLElement);
  const existing = [...container.children].find((group) => (group as HTMLElement).dataset.group === title);
  if (existing) return existing.lastElementChild as HTMLElement;
  const group = document.createElement('details');
  group.dataset.group = title;
  group.open = container.childElementCount === 0;
  const summary = document.createElement('summary');
  summary.textContent = title;
  const box = document.createElement('div');
  group.append(summary, box);
  container.append(group);
  return box;
}
