// The sentence about a blocked microphone for each browser, by its user agent string. Some browsers claim to be another one.
import { expect } from 'chai';
import { permissionHelp } from '../../../src/ui/texts/permission-help.js';
import { en } from '../../../src/locales/en.js';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

/** User agent strings and the matching help. */
const BROWSERS: Record<string, [userAgent: string, help: string, maxTouchPoints?: number]> = {
  Chrome: [`${WINDOWS} ${BLINK}`, 'allowChromium'],
  Edge: [`${WINDOWS} ${BLINK} Edg/126.0.0.0`, 'allowChromium'],
  'Chrome on a laptop with a touch screen': [`${WINDOWS} ${BLINK}`, 'allowChromium', 10],
  'Chrome on a Mac': [`${MAC} ${BLINK}`, 'allowChromium', 0],
  Firefox: [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
    'allowFirefox',
  ],
  Safari: [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`, 'allowSafari', 0],
  'Safari on an iPhone': [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 'allowIos', 5],
  'Safari on an iPad': [
    `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`,
    'allowIos',
    5,
  ],
  'Chrome on an iPhone': [`${IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1`, 'allowIos', 5],
  'Chrome on Android': [`${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36`, 'allowAndroid', 5],
  'Firefox on Android': [
    'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0',
    'allowAndroid',
    5,
  ],
  'a browser with a generic user agent': ['Mozilla/5.0', 'allowOther'],
  'a browser with an empty user agent': ['', 'allowOther'],
};

describe('the help for a blocked microphone', () => {
  for (const [name, [userAgent, help, maxTouchPoints = 0]] of Object.entries(BROWSERS)) {
    it(`matches ${name}`, () => {
      const key = permissionHelp({ userAgent, maxTouchPoints });
      expect(key).to.equal(help);
      expect(en[key]).to.contain('try again');
    });
  }
});
