// Tracks of devices that are not there: real tracks that say which device they come from, and can be unplugged.

const context = new AudioContext();

/** A live track of a made-up microphone or camera. */
export function madeTrack(kind: 'audio' | 'video', deviceId: string, label = deviceId): MediaStreamTrack {
  const source =
    kind === 'audio'
      ? context.createMediaStreamDestination().stream
      : document.createElement('canvas').captureStream();
  const track = source.getTracks()[0]!;
  Object.defineProperty(track, 'getSettings', { value: () => ({ deviceId }) });
  Object.defineProperty(track, 'label', { value: label });
  // Firefox passes to a track's listeners only what the browser itself has to say, no event that a test made.
  const events = new EventTarget();
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const) {
    Object.defineProperty(track, name, { value: events[name].bind(events) });
  }
  return track;
}

/** The device of a track is gone: the browser ends it. */
export function vanish(track: MediaStreamTrack): void {
  track.stop();
  track.dispatchEvent(new Event('ended'));
}
