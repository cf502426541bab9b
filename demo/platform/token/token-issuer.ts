// Issues guest tokens for the token endpoint and verifies them for the gateway. A token is encrypted (JWE, as in
// production) or signed (JWT). Of an encrypted one a browser can read the header only, which names the gateway (`ch`).
import { randomBytes, randomUUID } from 'node:crypto';
import { EncryptJWT, SignJWT, jwtDecrypt, jwtVerify, type JWTPayload } from 'jose';
import type { GuestTokenSpec } from '../scenarios/token-scenarios.js';

export interface GuestClaims {
  readonly jti: string;
  readonly subscriberId: string;
  readonly projectId: string;
  readonly spaceId: string;
  readonly expiresAtS: number;
  /** How the gateway treats this token. */
  readonly gateway: 'accepted' | 'refused' | 'silent';
}

export interface TokenIssuer {
  /** Issues a guest token for the gateway at `ch`. */
  issue(spec: GuestTokenSpec, ch: string): Promise<string>;
  /** Returns the claims of a token of this issuer; rejects for any other token and for an expired one. */
  verify(token: string): Promise<GuestClaims>;
}

// Nothing listens at this port: it is outside the ephemeral range, and browsers do not block it.
const UNREACHABLE_GATEWAY = 'ws://127.0.0.1:65431/platform/gateway';

/** Creates an issuer with a key of its own. */
export function createTokenIssuer(now: () => number = Date.now): TokenIssuer {
  const key = randomBytes(32);
  const project = { project_id: randomUUID(), space_id: randomUUID() };
  let refusedLast = false;

  /** How the gateway will treat the next token of this kind. */
  function gatewayBehaviour(gateway: GuestTokenSpec['gateway']): GuestClaims['gateway'] {
    if (gateway === 'refused-once') return (refusedLast = !refusedLast) ? 'refused' : 'accepted';
    return gateway === 'absent' ? 'accepted' : gateway;
  }

  return {
    async issue({ form, lifetimeS, gateway }, ch) {
      const issuedAtS = Math.floor(now() / 1000);
      const header = { ch: gateway === 'absent' ? UNREACHABLE_GATEWAY : ch, typ: 'SAT' };
      const claims = { ...project, sub: randomUUID(), jti: randomUUID(), gateway: gatewayBehaviour(gateway) };
      const expiresAtS = issuedAtS + lifetimeS;
      if (form === 'jwt') {
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

    async verify(token) {
      const options = { currentDate: new Date(now()) };
      const encrypted = token.split('.').length === 5;
      const { payload } = encrypted
        ? await jwtDecrypt(token, key, options)
        : await jwtVerify(token, key, options);
      return toClaims(payload);
    },
  };
}

function toClaims(payload: JWTPayload): GuestClaims {
  return {
    jti: String(payload.jti),
    subscriberId: String(payload.sub),
    projectId: String(payload['project_id']),
    spaceId: String(payload['space_id']),
    expiresAtS: Number(payload.exp),
    gateway: payload['gateway'] as GuestClaims['gateway'],
  };
}
