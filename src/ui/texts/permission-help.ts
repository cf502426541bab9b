// Where a blocked microphone is allowed again, for the browser that the visitor uses.
// A guess by what browsers call themselves; a wrong guess costs a useless sentence and nothing else.
import type { SentenceKey } from '../../locales/en.js';

/** The key of the sentence that fits a browser. */
export function permissionHelp({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): SentenceKey {
  // An iPad says that it is a Macintosh.
  if (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'allowIos';
  if (/Android/.test(userAgent)) return 'allowAndroid';
  if (/Firefox\//.test(userAgent)) return 'allowFirefox';
  if (/Chrome\/|Chromium\//.test(userAgent)) return 'allowChromium';
  if (/Safari\//.test(userAgent)) return 'allowSafari';
  return 'allowOther';
}
