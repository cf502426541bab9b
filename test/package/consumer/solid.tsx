/** @jsxImportSource solid-js */
// The tag in Solid, with the types of its door.
import 'sw-click-to-call/jsx/solid';

export const tag = (
  <sw-click-to-call
    destination="/public/support"
    proxy-url="/token"
    prop:userVariables={{ plan: 'gold' }}
    class="support"
    on:sw-error={(event) => void event.detail.code}
    ref={(element) => void element.dial()}
  >
    Call support
  </sw-click-to-call>
);

// @ts-expect-error one of three words
export const wrongValue = <sw-click-to-call preload="sometimes" />;
// @ts-expect-error another event's detail
export const wrongDetail = <sw-click-to-call on:sw-dial={({ detail }) => detail.durationMs} />;
