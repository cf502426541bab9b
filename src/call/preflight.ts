// May a call be made here at all? Asked before anything is exchanged, captured or loaded further.
// Promise: throws the one preflight code that fits, or returns. Must not know tokens, the SDK or the interface.
import { ClickToCallError } from '../errors.js';

/** What the page is able to do; read from `window` unless a test says otherwise. */
export interface Surroundings {
  readonly secure: boolean;
  readonly webrtc: boolean;
  readonly online: boolean;
  /** Whether Permissions-Policy lets this document use a feature; true where the browser cannot tell. */
  allows(feature: 'microphone' | 'camera'): boolean;
}

interface PolicyDocument {
  permissionsPolicy?: { allowsFeature(feature: string): boolean };
  featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** The surroundings of a real page. */
export function surroundingsOf(page: Window & typeof globalThis): Surroundings {
  return {
    secure: page.isSecureContext,
    webrtc: 'RTCPeerConnection' in page && !!page.navigator.mediaDevices?.getUserMedia,
    online: page.navigator.onLine,
    allows(feature) {
      // Chromium only, under its old and its new name; elsewhere getUserMedia refuses with media-denied.
      const { permissionsPolicy, featurePolicy } = page.document as PolicyDocument;
      return (permissionsPolicy ?? featurePolicy)?.allowsFeature(feature) ?? true;
    },
  };
}

/** What a call needs of its surroundings. */
export interface Needs {
  /** The built-in interface takes the microphone; a page's own may not. */
  readonly media: boolean;
  readonly video: boolean;
  /** The endpoint is on this machine: being offline does not matter. */
  readonly local: boolean;
}

/**
 * Returns when a call can be tried.
 * @throws ClickToCallError `preflight-insecure-context`, `-unsupported`, `-policy`, `-offline`.
 */
export function preflight(needs: Needs, here: Surroundings): void {
  if (needs.media) {
    // First: an insecure page lacks mediaDevices too, and "no WebRTC" would send its owner the wrong way.
    if (!here.secure) throw new ClickToCallError('preflight-insecure-context');
    if (!here.webrtc) throw new ClickToCallError('preflight-unsupported');
    if (!here.allows('microphone') || (needs.video && !here.allows('camera'))) {
      throw new ClickToCallError('preflight-policy');
    }
  }
  if (!here.online && !needs.local) throw new ClickToCallError('preflight-offline');
}
