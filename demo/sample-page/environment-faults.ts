// Faults of the browser, the devices or the page's own policy, simulated in one document. The element itself is not
// changed: it fails as it would in such an environment.

export type EnvironmentFault =
  | 'offline'
  | 'insecure'
  | 'no-webrtc'
  | 'microphone-denied'
  | 'no-microphone'
  | 'microphone-in-use'
  | 'microphone-failed'
  | 'csp-without-endpoint'
  | 'csp-without-chunks';

/** What getUserMedia rejects with. */
const MICROPHONE_ERRORS = {
  'microphone-denied': 'NotAllowedError',
  'no-microphone': 'NotFoundError',
  'microphone-in-use': 'NotReadableError',
  'microphone-failed': 'UnknownError',
} as const;

/** Cannot be undone in this document. */
export function applyEnvironmentFault(fault: EnvironmentFault): void {
  switch (fault) {
    case 'offline':
      return overrideProperty(navigator, 'onLine', false);
    case 'insecure':
      return overrideProperty(window, 'isSecureContext', false);
    case 'no-webrtc':
      Reflect.deleteProperty(window, 'RTCPeerConnection');
      return;
    case 'csp-without-endpoint':
      return addPolicy("connect-src 'none'");
    case 'csp-without-chunks':
      return addPolicy("script-src 'none'");
    case 'microphone-denied':
    case 'no-microphone':
    case 'microphone-in-use':
    case 'microphone-failed':
      return breakMicrophone(MICROPHONE_ERRORS[fault]);
  }
}

function breakMicrophone(name: string): void {
  const error = new DOMException('', name);
  // Undefined in an insecure context.
  if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => Promise.reject(error);
}

function overrideProperty(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { configurable: true, get: () => value });
}

/** Adds a real policy. It applies to what is loaded from now on. */
function addPolicy(content: string): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = content;
  document.head.append(policy);
}
