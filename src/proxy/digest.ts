// Names for what must not be written down: short hashes of addresses and tokens.
// Promise: bounded memory; a keyed digest cannot be undone by trying all addresses. Must not know what is hashed.

/** How many results are kept; hashing is asynchronous, and the same clients come again. */
const MAX_KEPT = 1000;

/**
 * A function from a text to 16 hexadecimal characters.
 * @param keyed with a key that is made up at the first call and never told; else the same everywhere.
 */
export function createDigest({ keyed }: { keyed: boolean }): (text: string) => Promise<string> {
  const kept = new Map<string, string>();
  let key: string | undefined;
  return async function digest(text) {
    // Not earlier: some runtimes give out no random numbers outside of a request.
    key ??= keyed ? crypto.randomUUID() : '';
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = await sha256(key + text);
    if (kept.size >= MAX_KEPT) kept.clear();
    // Not the promise: some runtimes let no request wait for the work of another.
    kept.set(text, made);
    return made;
  };
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
