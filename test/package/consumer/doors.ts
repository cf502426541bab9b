// Every door as a strict TypeScript project meets it. Compiled by consumer.test.ts against the tarball, never run.
import {
  ClickToCallError,
  ERRORS,
  GuestTokenSource,
  register,
  SwClickToCall,
  SwDialEvent,
  type CallHandle,
  type CallRequest,
  type ErrorCode,
  type SwClickToCallEventMap,
} from 'sw-click-to-call';
import 'sw-click-to-call/define';
import { createTokenProxy } from 'sw-click-to-call/proxy';
import { createNodeHandler } from 'sw-click-to-call/proxy/node';
import manifest from 'sw-click-to-call/custom-elements.json' with { type: 'json' };

const element: SwClickToCall = document.createElement('sw-click-to-call');
element.tokenTtl = 60;
element.preload = 'eager';
element.tokenProvider = async ({ signal, reason }) => {
  signal.throwIfAborted();
  return { token: reason === 'refused' ? 'a.b.c' : 'd.e.f', expiresIn: 60 };
};
element.callUi = async (call: CallRequest): Promise<CallHandle> => {
  await call.guestToken();
  call.report({ state: 'ringing' });
  return {
    hangup: () => {},
    mute: () => {},
    sendDigits: () => {},
    ended: Promise.resolve({ status: 'disconnected', reason: 'remote' }),
  };
};
element.addEventListener('sw-dial', (event) => event.detail.setUserVariables({ plan: 'gold' }));
document.addEventListener('sw-error', ({ detail }) => {
  const code: ErrorCode = detail.code;
  console.log(ERRORS[code].remediation);
});
const ended: Promise<void> = element.dial().then(() => element.hangup());

// @ts-expect-error one of three words
element.preload = 'sometimes';
// @ts-expect-error read-only
element.state = 'idle';
// @ts-expect-error no such code
new ClickToCallError('call-forgotten');

export const all: unknown[] = [
  register('my-tag'),
  GuestTokenSource,
  SwDialEvent,
  createTokenProxy,
  createNodeHandler,
];
export type Names = keyof SwClickToCallEventMap;
export const modules: number = manifest.modules.length;
export { ended };
