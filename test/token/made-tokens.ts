// Tokens in the forms of real ones. Signatures and ciphertext are noise.

/** A public token. */
export const PUBLIC_TOKEN = 'c2c_7acc0e5e968706a032983cd80cdca219';

/** Text as base64url, without padding. */
export function base64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

let serial = 0;
const noise = (length: number) => base64url(`${serial++}`.padStart(length, '~'));

/** An encrypted token as SignalWire issues it: readable header, unreadable payload, empty second part. */
export function makeJwe(header: Record<string, unknown> = {}): string {
  const parts = { alg: 'dir', enc: 'A256GCM', ch: 'puc.signalwire.com', typ: 'SAT', ...header };
  return [base64url(JSON.stringify(parts)), '', noise(12), noise(90), noise(16)].join('.');
}

/** A signed, readable token, as a page's own server may issue it. */
export function makeJwt(claims: Record<string, unknown> = {}): string {
  return [base64url('{"alg":"HS256","typ":"JWT"}'), base64url(JSON.stringify(claims)), noise(32)].join('.');
}

/** A signed token whose payload is not JSON. */
export function makeUnreadableJwt(): string {
  return [base64url('{"alg":"HS256"}'), base64url('not json'), noise(32)].join('.');
}
