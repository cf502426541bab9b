// The audio element that will play the far end, made inside the visitor's gesture.
// Must not know the call: it is fetched before any click, and so costs a few bytes only.

/** An audio element that may play later without another gesture: browsers remember a play() inside one. */
export function unlockAudio(): HTMLAudioElement {
  const audio = new Audio();
  audio.autoplay = true;
  // Where there is none there are no calls either; the path of the call says so.
  if ('MediaStream' in window) audio.srcObject = new MediaStream();
  audio.play().catch(() => {});
  return audio;
}
