// The page inside the frame: sets up one experiment, and passes every event on to the frame's element, so that the
// demo page hears it like one of its own.
// Promise: the element and its code are the real ones; only what surrounds them is arranged.
import '../../src/define.js';
import type { SwClickToCallEventMap } from '../../src/events.js';
import type { SwClickToCall } from '../../src/element/sw-click-to-call.js';
import { WORKING, type Experiment, type LabFrame } from './experiment.js';
import { surround } from './surroundings.js';

const EVENTS: readonly (keyof SwClickToCallEventMap)[] = [
  'sw-dial',
  'sw-call-state',
  'sw-call-started',
  'sw-call-hangup',
  'sw-call-ended',
  'sw-error',
];

const frame = window.frameElement as LabFrame | null;
if (frame?.experiment) await run(frame.experiment, frame);

async function run(experiment: Experiment & { readonly dials: boolean }, frame: LabFrame): Promise<void> {
  const place = document.getElementById('call')!;
  const call = elementFor(experiment);
  place.append(call);
  if (experiment.anotherCall) await callFirst(place);
  // Once everything of this page is here.
  if (experiment.surrounding) surround(experiment.surrounding);
  for (const type of EVENTS) {
    call.addEventListener(type, ({ type, detail }) => {
      frame.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    });
  }
  if (experiment.dials) void call.dial();
}

function elementFor({ attributes, provider }: Experiment): SwClickToCall {
  const call = document.createElement('sw-click-to-call');
  const written = { host: location.origin, ...WORKING, ...attributes };
  for (const [name, value] of Object.entries(written)) call.setAttribute(name, value);
  if (provider === 'failing') call.tokenProvider = () => Promise.reject(new Error('Our login has expired.'));
  if (provider === 'pending') call.tokenProvider = ({ signal }) => untilAborted(signal);
  const fallback = document.createElement('a');
  Object.assign(fallback, { slot: 'fallback', href: 'tel:+15550100', textContent: '+1 555 0100' });
  call.append(fallback);
  return call;
}

/** Another button's call, up before ours begins. */
function callFirst(place: HTMLElement): Promise<void> {
  const first = elementFor({ attributes: { destination: '/public/ringing', label: 'Call sales' } });
  place.prepend(first);
  return new Promise((resolve) => {
    first.addEventListener('sw-call-state', ({ detail }) => {
      if (detail.state !== 'preparing') resolve();
    });
    void first.dial();
  });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}
