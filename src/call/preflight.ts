// Checks whether this page can make a call, before anything is exchanged, captured or loaded.
import { ClickToCallError } from '../errors.js';

/** What the page can do. */
export interface Surroundings {
  readonly secure: boolean;
  readonly webrtc: boolean;
  readonly online: boolean;
  /** Whether Permissions-Policy allows a feature in this document; true if the browser cannot tell. */
  allows(feature: 'microphone' | 'camera'): boolean;
}

interface PolicyDocument {
  permissionsPolicy?: { allowsFeature(feature: string): boolean };
  featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Reads the surroundings from a window. */
export function surroundingsOf(page: Window & typeof globalThis): Surroundings {
  return {
    secure: page.isSecureContext,
    webrtc: 'RTCPeerConnection' in page && !!page.navigator.mediaDevices?.getUserMedia,
    online: page.navigator.onLine,
    allows(feature) {
      // Chromium only, with an old and a new name. In other browsers getUserMedia fails with media-denied instead.
      const { permissionsPolicy, featurePolicy } = page.document as PolicyDocument;
      return (permissionsPolicy ?? featurePolicy)?.allowsFeature(feature) ?? true;
    },
  };
}

/** What a call requires. */
export interface Needs {
  /** True for the built-in interface, which captures the microphone. A page's own interface may not. */
  readonly media: boolean;
  readonly video: boolean;
  /** The endpoint is on this machine, so being offline does not matter. */
  readonly local: boolean;
}

/**
 * Returns if a call can be attempted.
 * @throws ClickToCallError `preflight-insecure-context`, `-unsupported`, `-policy`, `-offline`.
 */
export function preflight(needs: Needs, here: Surroundings): void {
  if (needs.media) {
    // First, because an insecure page lacks mediaDevices too, and "no WebRTC" would mislead its developer.
    if (!here.secure) throw new ClickToCallError('preflight-insecure-context');
    if (!here.webrtc) throw new ClickToCallError('preflight-unsupported');
    if (!here.allows('microphone') || (needs.video && !here.allows('camera'))) {
      throw new ClickToCallError('preflight-policy');
    }
  }
  if (!here.online && !needs.local) throw new ClickToCallError('preflight-offline');
}
