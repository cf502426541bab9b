// Finds Mozilla's own Firefox for the tests: not Playwright's build of it, which its download server alone has.
// Playwright drives it through WebDriver BiDi.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { findProgram } from './find-program.mjs';

/**
 * The path of a Firefox that is there, or undefined.
 * @returns {string | undefined}
 */
export function findFirefox() {
  return findProgram({
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    paths: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  })?.path;
}

/**
 * What `firefox.launch` of Playwright needs. A microphone and a camera that make real frames; nobody is asked:
 * what is not among the permissions is refused, as in a headless Chromium. A Firefox has one answer for all its
 * pages, because its BiDi knows no permission for them.
 * @param {readonly string[]} permissions `microphone`, `camera`.
 * @returns {import('playwright').LaunchOptions}
 */
export function firefoxOptions(permissions) {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found: run "npm run test:browsers", or set FIREFOX_PATH.');
  /** @param {string} name */
  const answer = (name) => (permissions.includes(name) ? ALLOW : BLOCK);
  return {
    executablePath,
    channel: 'moz-firefox',
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'permissions.default.microphone': answer('microphone'),
      'permissions.default.camera': answer('camera'),
      // The platform's far end is on this machine, and is found by address.
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  };
}

const ALLOW = 1;
const BLOCK = 2;
