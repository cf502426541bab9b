// Guest tokens: made for the token endpoint, recognised by the gateway.
// Promises the two forms that exist: encrypted (JWE, as in production) and signed (JWT); only the header, which
// names the gateway in `ch`, can be read by the browser that carries an encrypted one.
// Must not know who asks for a token, nor what the gateway does with one.
import { randomBytes, randomUUID } from 'node:crypto';
import { EncryptJWT, SignJWT, jwtDecrypt, jwtVerify, type JWTPayload } from 'jose';
import type { GuestStory } from './stories.js';

/** What a guest token says about its bearer. */
export interface Guest {
  readonly jti: string;
  readonly subscriberId: string;
  readonly projectId: string;
  readonly spaceId: string;
  readonly expiresAtS: number;
  readonly gateway: 'accepted' | 'refused' | 'silent';
}

export interface Mint {
  /** Makes a guest token that sends its bearer to the gateway at `ch`. */
  issue(story: GuestStory, ch: string): Promise<string>;
  /** The bearer of a token of this mint; rejects for any other token and for an expired one. */
  recognise(token: string): Promise<Guest>;
}

// High, outside the range from which systems hand out ports, and not on the browsers' list of forbidden ones.
const NOBODY_LISTENS_HERE = 'ws://127.0.0.1:65431/platform/gateway';

/** A mint with keys of its own: its tokens mean nothing to another one. */
export function createMint(now: () => number = Date.now): Mint {
  const key = randomBytes(32);
  const project = { project_id: randomUUID(), space_id: randomUUID() };
  let refusedLast = false;

  /** What the gateway will do with the next token of this story. */
  function welcome(story: GuestStory): Guest['gateway'] {
    if (story.gateway === 'refused-once') return (refusedLast = !refusedLast) ? 'refused' : 'accepted';
    return story.gateway === 'absent' ? 'accepted' : story.gateway;
  }

  return {
    async issue(story, ch) {
      const issuedAtS = Math.floor(now() / 1000);
      const header = { ch: story.gateway === 'absent' ? NOBODY_LISTENS_HERE : ch, typ: 'SAT' };
      const claims = { ...project, sub: randomUUID(), jti: randomUUID(), gateway: welcome(story) };
      const expiresAtS = issuedAtS + story.lifeS;
      if (story.form === 'jwt') {
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', ...header })
          .setIssuedAt(issuedAtS)
          .setExpirationTime(expiresAtS)
          .sign(key);
      }
      return new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header })
        .setIssuedAt(issuedAtS)
        .setExpirationTime(expiresAtS)
        .encrypt(key);
    },

    async recognise(token) {
      const options = { currentDate: new Date(now()) };
      const encrypted = token.split('.').length === 5;
      const { payload } = encrypted
        ? await jwtDecrypt(token, key, options)
        : await jwtVerify(token, key, options);
      return toGuest(payload);
    },
  };
}

function toGuest(payload: JWTPayload): Guest {
  return {
    jti: String(payload.jti),
    subscriberId: String(payload.sub),
    projectId: String(payload['project_id']),
    spaceId: String(payload['space_id']),
    expiresAtS: Number(payload.exp),
    gateway: payload['gateway'] as Guest['gateway'],
  };
}
