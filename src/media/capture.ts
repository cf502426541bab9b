// Captures the visitor's microphone and camera.
// A stream that arrives after the caller gave up is stopped at once, so no recording indicator stays on.
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

/** The same for the first track and for every device chosen during the call. */
const CONSTRAINTS: Readonly<Record<'audio' | 'video', MediaTrackConstraints>> = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 } },
};

type CaptureDevices = Pick<MediaDevices, 'getUserMedia'>;

/** Stops every track, which turns off the browser's recording indicator. */
export function stopStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/**
 * Captures the microphone, and the camera if `video` is true.
 * @throws ClickToCallError `media-denied`, `media-not-found`, `media-in-use` or `media-failed`; the signal's reason when aborted.
 */
export async function captureMedia(
  video: boolean,
  signal: AbortSignal,
  devices: CaptureDevices = navigator.mediaDevices,
): Promise<MediaStream> {
  try {
    const constraints = { audio: CONSTRAINTS.audio, video: video && CONSTRAINTS.video };
    return await abortable(devices.getUserMedia(constraints), signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw new ClickToCallError(CODES[(cause as DOMException)?.name] ?? 'media-failed', { cause });
  }
}

/**
 * Captures one track from the device with that id, or from the browser's default without an id.
 * @throws what getUserMedia throws; the signal's reason when aborted.
 */
export async function captureTrack(
  kind: 'audio' | 'video',
  deviceId: string | undefined,
  signal: AbortSignal,
  devices: CaptureDevices,
): Promise<MediaStreamTrack> {
  signal.throwIfAborted();
  const exact = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  const stream = await abortable(
    devices.getUserMedia({ [kind]: { ...CONSTRAINTS[kind], ...exact } }),
    signal,
  );
  return stream.getTracks()[0]!;
}

/** A permission prompt cannot be withdrawn: the visitor may allow it long after the signal has aborted. */
async function abortable(capture: Promise<MediaStream>, signal: AbortSignal): Promise<MediaStream> {
  try {
    return await waitFor(capture, { signal });
  } catch (thrown) {
    capture.then(stopStream, () => {});
    throw thrown;
  }
}

/** The part of `navigator.permissions` that is used here. */
export interface PermissionSource {
  query(descriptor: { name: PermissionName }): Promise<Pick<PermissionStatus, 'state'>>;
}

/** Whether the browser may show a permission prompt; true when it does not say. */
export async function mayPrompt(
  video: boolean,
  permissions: PermissionSource = navigator.permissions,
): Promise<boolean> {
  try {
    const names = ['microphone', ...(video ? ['camera'] : [])] as PermissionName[];
    const answers = await Promise.all(names.map((name) => permissions.query({ name })));
    return answers.some(({ state }) => state === 'prompt');
  } catch {
    return true;
  }
}
