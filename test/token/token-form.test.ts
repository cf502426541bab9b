// Which values the token attribute accepts; server secrets are refused and never repeated.
import { expect } from 'chai';
import { publicToken } from '../../src/token/token-form.js';
import { throws } from '../rejects.js';
import { base64url, makeJwe, makeJwt, makeUnreadableJwt, PUBLIC_TOKEN } from './made-tokens.js';

describe('publicToken', () => {
  const longest = `c2c_${'a'.repeat(252)}`;

  it('accepts both kinds of public tokens, trimmed', () => {
    for (const value of [PUBLIC_TOKEN, 'c2t_A-b_9', longest]) {
      for (const proxied of [false, true]) {
        expect(publicToken(` ${value}\n`, { proxied })).to.deep.equal({ kind: 'public', value });
      }
    }
  });

  it('requires a token without a proxy, but not with one', () => {
    for (const value of ['', '  ', null, undefined]) {
      throws(() => publicToken(value), 'config-token-missing');
      expect(publicToken(value, { proxied: true })).to.deep.equal({ kind: 'none', value: '' });
    }
  });

  it('accepts an alias only with a proxy', () => {
    for (const value of ['support', 'Sales_2-de', 'x'.repeat(64), '0bdb0c4c-1111-4222-8333-444455556666']) {
      throws(() => publicToken(value), 'config-token-invalid');
      expect(publicToken(value, { proxied: true })).to.deep.equal({ kind: 'alias', value });
    }
  });

  it('recognizes guest tokens', () => {
    for (const value of [makeJwe(), makeJwt(), makeUnreadableJwt()]) {
      expect(publicToken(value)).to.deep.equal({ kind: 'guest', value });
    }
  });

  it('refuses any other value, with and without a proxy', () => {
    const bad = [
      `${longest}a`,
      'c2c_',
      'c2c_a b',
      'c2t_ä',
      'c2c_a.b.c',
      'two words',
      'x'.repeat(65),
      'a.b.c',
      `${base64url('[1]')}.e30.eA`,
      `${base64url('null')}.e30.eA`,
      `${makeJwt()}.x`,
      `${base64url('{}')}..eA`,
      makeJwt({ filler: 'x'.repeat(13_000) }),
    ];
    for (const value of bad) {
      for (const proxied of [false, true]) {
        throws(() => publicToken(value, { proxied }), 'config-token-invalid');
      }
    }
  });

  it('refuses server secrets without repeating them', () => {
    const apiToken = `PT${'0123456789abcdef'.repeat(3)}`;
    const projectId = '0bdb0c4c-1111-4222-8333-444455556666';
    const secrets = [
      apiToken,
      `PT${'0123456789ABCDEF'.repeat(3).slice(0, 40)}`,
      'PSK_abcdefgh12345678',
      'PSKabcdefgh12345678abcd',
      `Basic ${btoa('a:b')}`,
      `bearer ${makeJwt()}`,
      `${projectId}:${apiToken}`,
      `${projectId}:`,
      `https://${projectId}:x@example.signalwire.com`,
    ];
    for (const secret of secrets) {
      for (const proxied of [false, true]) {
        const error = throws(() => publicToken(secret, { proxied }), 'config-token-secret');
        const told = error.message + error.remediation + JSON.stringify(error.toDetail());
        expect(told, secret).to.not.contain(secret).and.not.contain(secret.slice(-8));
      }
    }
  });
});
