// The visitor's own SignalWire space: what they typed, for as long as the page lives.
// Promise: the token is in its field and in this variable, nowhere else: no attribute, no storage, no URL, no snippet.
// Must not know who calls with it; whoever does sets it as a property, which the element never reflects.
import { byId } from './by-id.js';

/** Enough to call somebody. */
export interface OwnSpace {
  /** Name of the space, or a host. */
  readonly host: string;
  readonly token: string;
  readonly destination: string;
}

/** What to do with the space, or with undefined when the stand-in should answer again. */
export type SpaceListener = (space: OwnSpace | undefined) => void;

const listeners: SpaceListener[] = [];
let current: OwnSpace | undefined;

/** Tells the space now and whenever it changes. */
export function onSpace(listener: SpaceListener): void {
  listeners.push(listener);
  listener(current);
}

/** Takes the form into use. It opens by itself when somebody came for it, or when there is nothing else to call. */
export function startSpace(standIn: boolean): void {
  const form = byId('space-form', HTMLFormElement);
  const box = byId('space', HTMLDetailsElement);
  const said = byId('space-said', HTMLElement);
  const token = byId('space-token', HTMLInputElement);
  const host = byId('space-host', HTMLInputElement);
  hide(token, byId('space-show', HTMLButtonElement));

  const take = () => {
    const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value.trim();
    const space = { host: field('host'), token: field('token'), destination: field('destination') };
    const complete = Boolean(space.host && space.token && space.destination);
    current = complete ? space : undefined;
    said.textContent = complete
      ? `The buttons above and in the playground now call ${space.destination} at “${space.host}”.`
      : standIn
        ? 'Until all three are filled in, the local stand-in answers.'
        : 'Fill in all three, and the buttons make real calls.';
    for (const tell of listeners) tell(current);
  };
  form.addEventListener('input', take);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields are emptied after this event.
  form.addEventListener('reset', () => setTimeout(take));

  const asked = new URLSearchParams(location.search).get('space')?.trim();
  if (asked) host.value = asked;
  box.open = Boolean(asked) || !standIn;
  take();
}

/**
 * Covers what is typed. Not a password field where that can be helped: browsers offer to save passwords, and this
 * page promises to keep nothing.
 */
function hide(token: HTMLInputElement, show: HTMLButtonElement): void {
  const covers = CSS.supports('-webkit-text-security', 'disc');
  const set = (shown: boolean) => {
    token.classList.toggle('covered', covers && !shown);
    if (!covers) token.type = shown ? 'text' : 'password';
    show.setAttribute('aria-pressed', String(shown));
  };
  show.addEventListener('click', () => set(show.getAttribute('aria-pressed') !== 'true'));
  set(false);
}
