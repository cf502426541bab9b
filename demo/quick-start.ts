// The first section of the page: a call button, the HTML for it, and the state of the call.
import type { SwClickToCall } from '../src/element/sw-click-to-call.js';
import { byId } from './by-id.js';
import { DEFAULT_DESTINATION, DEFAULT_TOKEN } from './default-call.js';
import { showCode } from './highlight.js';
import { onSpace, type OwnSpace } from './own-space.js';

const NOTE_WITH_PLATFORM =
  'It rings, a voice greets you, then you hear your own voice as an echo. A local platform on this machine answers the call: you need no account, and nothing leaves this machine.';
const NOTE_WITHOUT_PLATFORM =
  'This copy of the page is served as static files, so there is nothing to answer the call. Use your own SignalWire space below, or run “npm run demo”, which includes a local platform and needs no account.';

export function startQuickStart(call: SwClickToCall, hasPlatform: boolean): void {
  const note = byId('quick-start-note', HTMLElement);
  onSpace((space) => {
    call.host = space?.host ?? location.origin;
    call.token = space?.token ?? DEFAULT_TOKEN;
    call.destination = space?.destination ?? DEFAULT_DESTINATION;
    call.disabled = !space && !hasPlatform;
    if (space) note.textContent = `This button makes a real call to “${space.host}” with your token.`;
    else note.textContent = hasPlatform ? NOTE_WITH_PLATFORM : NOTE_WITHOUT_PLATFORM;
    showCode(byId('quick-start-snippet', HTMLElement), snippet(space));
  });
  showStates(call);
}

/** Never contains the visitor's token. */
function snippet(space: OwnSpace | undefined): string {
  const host = space ? `\n  host="${escapeAttribute(space.host)}"` : '';
  return `<script type="module"
  src="/sw-click-to-call/sw-click-to-call.js"></script>

<sw-click-to-call
  token="${space ? 'c2c_your_token' : DEFAULT_TOKEN}"
  destination="${escapeAttribute(space?.destination ?? DEFAULT_DESTINATION)}"${host}>
  Call support
</sw-click-to-call>`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Marks the current state in the list of states. */
function showStates(call: SwClickToCall): void {
  const steps = [...byId('quick-start-states', HTMLOListElement).querySelectorAll('li')];
  call.addEventListener('sw-call-state', ({ detail: { state } }) => {
    const current = steps.findIndex((step) => statesOf(step).includes(state));
    steps.forEach((step, index) => {
      step.classList.toggle('passed', index < current && state !== 'failed');
      step.classList.toggle('failed', index === current && state === 'failed');
      if (index === current) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
      // A step for two states shows the current one, or else the first.
      step.textContent = index === current ? state : statesOf(step)[0]!;
    });
  });
}

function statesOf(step: HTMLElement): readonly string[] {
  return step.dataset.states!.split(' ');
}
