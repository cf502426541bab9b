// The first call of the page: to the local stand-in, or, with ?space=NAME, to a real space with one's own token.
// Promise: what is typed here lives in the fields and in the element's properties, nowhere else.
import type { SwClickToCall } from '../src/sw-click-to-call.js';
import { byId } from './by-id.js';
import { showSnippet, type Attributes } from './snippet.js';

/** Sets the hero up. */
export function startHero(call: SwClickToCall): void {
  const space = new URLSearchParams(location.search).get('space')?.trim();
  if (space) callSpace(call, space);
  else {
    call.host = location.origin;
    show(call, 'Call support', []);
  }
  startTrack(call);
}

function callSpace(call: SwClickToCall, space: string): void {
  const form = byId('space-form', HTMLFormElement);
  const label = byId('hero-label', HTMLElement);
  call.host = space;
  call.removeAttribute('token');
  call.removeAttribute('destination');
  label.textContent = 'Call';
  byId('hero-note', HTMLElement).textContent =
    `This button makes a real call to your SignalWire space “${space}”, with your own token.`;
  const take = () => {
    const { token, destination } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    call.token = token?.trim() ?? '';
    call.destination = destination?.trim() ?? '';
    call.disabled = !call.token || !call.destination;
    show(call, 'Call', [['host', space]]);
  };
  form.addEventListener('input', take);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  take();
}

function show({ token, destination }: SwClickToCall, label: string, more: Attributes): void {
  const attributes: Attributes = [
    ['token', token || 'c2c_…'],
    ['destination', destination || '/public/…'],
    ...more,
  ];
  showSnippet(byId('hero-snippet', HTMLElement), attributes, label);
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
