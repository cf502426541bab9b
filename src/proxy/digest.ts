// Short hashes that stand for addresses and tokens where those must not be written down. Memory is bounded.

/** How many digests are kept. Hashing is asynchronous, and the same clients come back. */
const MAX_KEPT = 1000;

/**
 * Makes a function that maps a text to 16 hexadecimal characters.
 * @param keyed whether a random key that never leaves the instance is mixed in, so that nobody can find the text by
 *   hashing all possible ones. Without a key every instance gives the same digest.
 */
export function createDigest({ keyed }: { keyed: boolean }): (text: string) => Promise<string> {
  const kept = new Map<string, string>();
  let key: string | undefined;
  return async function digest(text) {
    // Created late, because some runtimes refuse random numbers outside a request.
    key ??= keyed ? crypto.randomUUID() : '';
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = await sha256(key + text);
    if (kept.size >= MAX_KEPT) kept.clear();
    // The result, not the promise: in some runtimes a request cannot await a promise of another request.
    kept.set(text, made);
    return made;
  };
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
