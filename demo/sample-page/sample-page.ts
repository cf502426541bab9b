// The page inside the iframe: creates the element, applies the fault, and forwards each event to the iframe, so that
// the demo page receives it like one of its own. The element is the real one; only its environment is changed.
import '../../src/define.js';
import type { SwClickToCall } from '../../src/element/sw-click-to-call.js';
import type { SwClickToCallEventMap } from '../../src/events.js';
import { untilAborted } from '../until-aborted.js';
import { applyEnvironmentFault } from './environment-faults.js';
import {
  WORKING_ATTRIBUTES,
  type OpenedSetup,
  type SamplePageFrame,
  type SamplePageSetup,
} from './sample-page-setup.js';

const FORWARDED_EVENTS: readonly (keyof SwClickToCallEventMap)[] = [
  'sw-dial',
  'sw-call-state',
  'sw-call-started',
  'sw-call-hangup',
  'sw-call-ended',
  'sw-error',
];

const frame = window.frameElement as SamplePageFrame | null;
if (frame?.setup) await showCall(frame.setup, frame);

async function showCall(setup: OpenedSetup, frame: SamplePageFrame): Promise<void> {
  const container = document.getElementById('call')!;
  const call = createElement(setup);
  container.append(call);
  if (setup.anotherCall) await startAnotherCall(container);
  // Last, because a policy would also block what this page itself loads.
  if (setup.environmentFault) applyEnvironmentFault(setup.environmentFault);
  for (const type of FORWARDED_EVENTS) {
    call.addEventListener(type, ({ type, detail }) => {
      frame.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    });
  }
  if (setup.dialsOnLoad) void call.dial();
}

function createElement({ attributes, tokenProvider }: SamplePageSetup): SwClickToCall {
  const call = document.createElement('sw-click-to-call');
  const all = { host: location.origin, ...WORKING_ATTRIBUTES, ...attributes };
  for (const [name, value] of Object.entries(all)) call.setAttribute(name, value);
  if (tokenProvider === 'failing')
    call.tokenProvider = () => Promise.reject(new Error('The login has expired.'));
  if (tokenProvider === 'pending') call.tokenProvider = ({ signal }) => untilAborted(signal);
  const fallback = document.createElement('a');
  Object.assign(fallback, { slot: 'fallback', href: 'tel:+15550100', textContent: '+1 555 0100' });
  call.append(fallback);
  return call;
}

/** Resolves when the call of another element has started. */
function startAnotherCall(container: HTMLElement): Promise<void> {
  const other = createElement({ attributes: { destination: '/public/ringing', label: 'Call sales' } });
  container.prepend(other);
  return new Promise((resolve) => {
    other.addEventListener('sw-call-state', ({ detail }) => {
      if (detail.state !== 'preparing') resolve();
    });
    void other.dial();
  });
}
