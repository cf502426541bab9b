// The first call of the page, with all there is to paste and the state that the call is in.
// Must not know where calls go: it follows the visitor's own space where there is one.
import type { SwClickToCall } from '../src/element/sw-click-to-call.js';
import { byId } from './by-id.js';
import { showCode } from './highlight.js';
import { onSpace, type OwnSpace } from './space.js';

const NOTES = {
  standIn:
    'It rings, a voice greets you, then you hear yourself. The far end is a local stand-in for SignalWire: no account needed, nothing leaves this machine.',
  nobody:
    'This copy of the page is served as plain files, so nobody answers here yet. Use your own SignalWire space below, or run “npm run demo”: it brings a stand-in that answers, without an account.',
};

/** Sets it up. */
export function startHero(call: SwClickToCall, standIn: boolean): void {
  const note = byId('hero-note', HTMLElement);
  onSpace((space) => {
    call.host = space?.host ?? location.origin;
    call.token = space?.token ?? 'c2c_demo';
    call.destination = space?.destination ?? '/public/support';
    call.disabled = !space && !standIn;
    note.textContent = space
      ? `This button makes a real call to “${space.host}”, with your own token.`
      : NOTES[standIn ? 'standIn' : 'nobody'];
    showCode(byId('hero-snippet', HTMLElement), snippet(space));
  });
  startTrack(call);
}

function snippet(space: OwnSpace | undefined): string {
  const host = space ? `\n  host="${space.host.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"` : '';
  const destination = (space?.destination ?? '/public/support')
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;');
  return `<script type="module"
  src="/sw-click-to-call/sw-click-to-call.js"></script>

<sw-click-to-call
  token="${space ? 'c2c_your_token' : 'c2c_demo'}"
  destination="${destination}"${host}>
  Call support
</sw-click-to-call>`;
}

/** Marks the state that the call is in. */
function startTrack(call: SwClickToCall): void {
  const stops = [...byId('hero-track', HTMLOListElement).children].filter(
    (stop) => stop instanceof HTMLElement,
  );
  call.addEventListener('sw-call-state', ({ detail: { state } }) => {
    const at = stops.findIndex((stop) => stop.dataset.on?.split(' ').includes(state));
    stops.forEach((stop, index) => {
      stop.classList.toggle('passed', index < at && state !== 'failed');
      stop.classList.toggle('wrong', index === at && state === 'failed');
      if (index === at) stop.setAttribute('aria-current', 'step');
      else stop.removeAttribute('aria-current');
      // The last two stops stand for two states each.
      if (index >= stops.length - 2)
        stop.textContent = index === at ? state : stop.dataset.on!.split(' ')[0]!;
    });
  });
}
