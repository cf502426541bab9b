// The page's sessionStorage where the browser denies it: a foreign frame without third-party storage, a sandbox.
// The SDK reads it unasked before it opens a session, and takes the exception for a refused token; without any storage
// it is content. Promise: touches nothing where storage works.

/** Makes a sessionStorage that throws when it is read one that is not there. */
export function hideDeniedStorage(page: Window = window): void {
  try {
    void page.sessionStorage;
  } catch {
    Object.defineProperty(page, 'sessionStorage', { configurable: true, value: undefined });
  }
}
