// Real media tracks that claim to come from a device with a given id and label, and can be unplugged.

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
  // Firefox does not deliver events that a test dispatches on a track.
  const events = new EventTarget();
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const) {
    Object.defineProperty(track, name, { value: events[name].bind(events) });
  }
  return track;
}

/** Unplugs the track's device: the browser ends the track. */
export function vanish(track: MediaStreamTrack): void {
  track.stop();
  track.dispatchEvent(new Event('ended'));
}
