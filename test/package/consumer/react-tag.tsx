/** @jsxImportSource react */
// The tag itself in React 19, with the types of its door.
import 'sw-click-to-call/jsx/react';

export const tag = (
  <sw-click-to-call
    destination="/public/support"
    proxy-url="/token"
    token-ttl="60"
    video
    userVariables={{ plan: 'gold' }}
    className="support"
    onClick={(event) => event.currentTarget.hangup()}
    onsw-error={(event) => event.detail.code === 'call-busy'}
    ref={(element) => void element?.dial()}
    key="one"
  >
    Call support
  </sw-click-to-call>
);

// @ts-expect-error one of three words
export const wrongValue = <sw-click-to-call preload="sometimes" />;
// @ts-expect-error another event's detail
export const wrongDetail = <sw-click-to-call onsw-dial={({ detail }) => detail.durationMs} />;
