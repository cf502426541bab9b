// The visitor's microphone and camera: asked for once, and given back whatever happens.
// Promise: a stream that arrives after nobody wants it any more is stopped at once; no live microphone is left behind.
import { ClickToCallError, type ErrorCode } from '../errors.js';
import { waitFor } from '../wait.js';

/** What getUserMedia's exceptions mean. Source: https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
const CODES: Readonly<Record<string, ErrorCode>> = {
  NotAllowedError: 'media-denied',
  SecurityError: 'media-denied',
  NotFoundError: 'media-not-found',
  OverconstrainedError: 'media-not-found',
  NotReadableError: 'media-in-use',
  AbortError: 'media-in-use',
};

/** Clean speech; also for what is chosen during the call. */
export const AUDIO: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
export const VIDEO: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** Stops every track of a stream: the browser's recording sign goes out. */
export function stopStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/**
 * Asks for the microphone, and the camera for video.
 * @param devices the browser's devices, or a test's.
 * @throws ClickToCallError `media-denied`, `media-not-found`, `media-in-use`, `media-failed`; the signal's reason when aborted.
 */
export async function captureMedia(
  video: boolean,
  signal: AbortSignal,
  devices: Pick<MediaDevices, 'getUserMedia'> = navigator.mediaDevices,
): Promise<MediaStream> {
  const asking = devices.getUserMedia({ audio: AUDIO, video: video && VIDEO });
  try {
    return await waitFor(asking, { signal });
  } catch (cause) {
    // A prompt cannot be withdrawn: the visitor may allow it long after hanging up.
    asking.then(stopStream, () => {});
    signal.throwIfAborted();
    throw new ClickToCallError(CODES[(cause as DOMException)?.name] ?? 'media-failed', { cause });
  }
}

/** Whether the browser may ask the visitor now; true where it does not tell. */
export async function mayPrompt(video: boolean): Promise<boolean> {
  try {
    const names = ['microphone', ...(video ? ['camera'] : [])] as PermissionName[];
    const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return answers.some(({ state }) => state === 'prompt');
  } catch {
    return true;
  }
}
