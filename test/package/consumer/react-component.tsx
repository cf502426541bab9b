/** @jsxImportSource react */
// The React component, with React 18 and with React 19.
import { useRef } from 'react';
import type { SwClickToCall as SwClickToCallElement } from 'sw-click-to-call';
import { SwClickToCall, type SwClickToCallProps } from 'sw-click-to-call/react';

export function Support({ plan }: { plan: string }) {
  const button = useRef<SwClickToCallElement>(null);
  const theme: SwClickToCallProps['theme'] = 'dark';
  return (
    <SwClickToCall
      ref={button}
      className="support"
      style={{ position: 'fixed' }}
      lang="de"
      destination="/public/support"
      theme={theme}
      video={false}
      userVariables={{ plan }}
      strings={{ call: 'Ring' }}
      tokenProvider={async () => ({ token: 'a.b.c' })}
      onSwDial={(event) => event.detail.setUserVariables({ plan })}
      onSwCallEnded={({ detail }) => console.log(detail.durationMs.toFixed(), button.current?.state)}
      onSwError={({ detail }) => console.log(detail.remediation)}
    >
      Call support
      <a slot="fallback" href="tel:+15550100">
        +1 555 0100
      </a>
    </SwClickToCall>
  );
}

// @ts-expect-error one of three words
export const wrongValue = <SwClickToCall preload="sometimes" />;
// @ts-expect-error read-only
export const readOnly = <SwClickToCall state="idle" />;
// @ts-expect-error another event's detail
export const wrongDetail = <SwClickToCall onSwDial={({ detail }) => detail.durationMs} />;
