// Ways in which a browser, a device or a page's own rules can stand in the way of a call, put up for one document.
// Promise: the element is left as it is; it meets what it would meet in such a browser. Reaches no other document.
// Must not know which error follows.

/** What is different about the document. */
export type Surrounding =
  | 'offline'
  | 'insecure'
  | 'no-webrtc'
  | 'microphone-refused'
  | 'no-microphone'
  | 'microphone-busy'
  | 'microphone-broken'
  | 'csp-without-endpoint'
  | 'csp-without-chunks';

/** What getUserMedia rejects with. */
const MICROPHONE = {
  'microphone-refused': 'NotAllowedError',
  'no-microphone': 'NotFoundError',
  'microphone-busy': 'NotReadableError',
  'microphone-broken': 'UnknownError',
} as const;

/** Changes this document for good. */
export function surround(surrounding: Surrounding): void {
  switch (surrounding) {
    case 'offline':
      return pretend(navigator, 'onLine', false);
    case 'insecure':
      return pretend(window, 'isSecureContext', false);
    case 'no-webrtc':
      Reflect.deleteProperty(window, 'RTCPeerConnection');
      return;
    case 'csp-without-endpoint':
      return addPolicy("connect-src 'none'");
    case 'csp-without-chunks':
      return addPolicy("script-src 'none'");
    case 'microphone-refused':
    case 'no-microphone':
    case 'microphone-busy':
    case 'microphone-broken': {
      const refusal = new DOMException('', MICROPHONE[surrounding]);
      // An insecure document has no devices at all.
      if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => Promise.reject(refusal);
      return;
    }
  }
}

function pretend(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { configurable: true, get: () => value });
}

/** A real policy: it holds from here on, for what is not loaded yet. */
function addPolicy(content: string): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = content;
  document.head.append(policy);
}
