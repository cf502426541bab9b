// Explains where to unblock the microphone in the visitor's browser. The browser is guessed from its user agent string;
// a wrong guess only shows a sentence that does not help.
import type { SentenceKey } from '../../locales/en.js';

/** The key of the sentence for a browser. */
export function permissionHelp({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): SentenceKey {
  // iPads identify as a Macintosh.
  if (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'allowIos';
  if (/Android/.test(userAgent)) return 'allowAndroid';
  if (/Firefox\//.test(userAgent)) return 'allowFirefox';
  if (/Chrome\/|Chromium\//.test(userAgent)) return 'allowChromium';
  if (/Safari\//.test(userAgent)) return 'allowSafari';
  return 'allowOther';
}
