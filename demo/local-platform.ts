// Whether the local platform answers the calls of this page. "npm run demo" serves both and marks the page with a meta
// element; a static copy of the page has no platform.

/** The name of the meta element. */
export const LOCAL_PLATFORM_META = 'local-platform';

export function hasLocalPlatform(): boolean {
  return document.querySelector(`meta[name="${LOCAL_PLATFORM_META}"]`) !== null;
}
