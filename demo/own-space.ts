// The visitor's own SignalWire space, as typed into the form. The token exists in its input and in this module's memory
// only: no attribute, no storage, no URL, no snippet contains it.
import { byId } from './by-id.js';

export interface OwnSpace {
  /** Name of the space, or a host. */
  readonly host: string;
  readonly token: string;
  readonly destination: string;
}

/** Receives undefined while the form is incomplete. */
export type SpaceListener = (space: OwnSpace | undefined) => void;

const listeners: SpaceListener[] = [];
let current: OwnSpace | undefined;

/** Calls the listener now and whenever the space changes. */
export function onSpace(listener: SpaceListener): void {
  listeners.push(listener);
  listener(current);
}

/** Sets up the form. It is open if the URL names a space, or if there is no local platform to call. */
export function startOwnSpace(hasPlatform: boolean): void {
  const form = byId('space-form', HTMLFormElement);
  const status = byId('space-status', HTMLElement);
  const hostInput = byId('space-host', HTMLInputElement);
  const incomplete = hasPlatform
    ? 'Until all three fields are filled in, the local platform answers.'
    : 'Fill in all three fields to make real calls.';
  startTokenInput(byId('space-token', HTMLInputElement), byId('space-show', HTMLButtonElement));

  const update = () => {
    current = readSpace(form);
    status.textContent = current
      ? `The buttons above and in the playground now call ${current.destination} at “${current.host}”.`
      : incomplete;
    for (const listener of listeners) listener(current);
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The browser empties the fields after this event.
  form.addEventListener('reset', () => setTimeout(update));

  const requested = new URLSearchParams(location.search).get('space')?.trim();
  if (requested) hostInput.value = requested;
  byId('space', HTMLDetailsElement).open = Boolean(requested) || !hasPlatform;
  update();
}

function readSpace(form: HTMLFormElement): OwnSpace | undefined {
  const read = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value.trim();
  const space = { host: read('host'), token: read('token'), destination: read('destination') };
  return space.host && space.token && space.destination ? space : undefined;
}

/**
 * Hides what is typed. Not with a password field if the browser can do without: browsers offer to save passwords, and
 * this page must not keep the token.
 */
function startTokenInput(input: HTMLInputElement, showButton: HTMLButtonElement): void {
  const canMask = CSS.supports('-webkit-text-security', 'disc');
  const setShown = (shown: boolean) => {
    input.classList.toggle('masked', canMask && !shown);
    if (!canMask) input.type = shown ? 'text' : 'password';
    showButton.setAttribute('aria-pressed', String(shown));
  };
  showButton.addEventListener('click', () => setShown(showButton.getAttribute('aria-pressed') !== 'true'));
  setShown(false);
}
