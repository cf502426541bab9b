// The audio element that will play the far end, made inside the visitor's gesture.

/** An audio element that may play later without another gesture: browsers remember a `play()` inside one. */
export function unlockAudio(): HTMLAudioElement {
  const audio = new Audio();
  audio.autoplay = true;
  // A browser without MediaStream cannot make calls either, which preflight.ts reports.
  if ('MediaStream' in window) audio.srcObject = new MediaStream();
  audio.play().catch(() => {});
  return audio;
}
