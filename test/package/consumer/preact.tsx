/** @jsxImportSource preact */
// The tag in Preact, with the types of its door.
import 'sw-click-to-call/jsx/preact';

export const tag = (
  <sw-click-to-call
    destination="/public/support"
    proxy-url="/token"
    userVariables={{ plan: 'gold' }}
    class="support"
    onsw-error={(event) => event.detail.code === 'call-busy'}
    ref={(element) => void element?.dial()}
  >
    Call support
  </sw-click-to-call>
);

// @ts-expect-error one of three words
export const wrongValue = <sw-click-to-call preload="sometimes" />;
// @ts-expect-error another event's detail
export const wrongDetail = <sw-click-to-call onsw-dial={({ detail }) => detail.durationMs} />;
