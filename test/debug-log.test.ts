// The debug log shows the steps of a call without tokens or credentials, in whatever form they come.
import { expect } from 'chai';
import { createDebugLog, redact } from '../src/debug-log.js';
import { quickest } from './quickest.js';
import { base64url, makeJwe, makeJwt, PUBLIC_TOKEN } from './token/made-tokens.js';

const logged = (...facts: unknown[]) => {
  const lines: string[] = [];
  createDebugLog(true, (line) => lines.push(line))('step', ...facts);
  expect(lines).to.have.lengthOf(1);
  return lines[0]!;
};

describe('the debug log', () => {
  it('writes nothing unless it is enabled', () => {
    const lines: string[] = [];
    createDebugLog(false, (line) => lines.push(line))('step', 'fact');
    expect(lines).to.deep.equal([]);
  });

  it('writes the step and its details', () => {
    expect(logged('fact', 7, undefined, { a: [1] })).to.match(
      /sw-click-to-call.* step fact 7 undefined \{"a":\[1\]\}$/,
    );
    expect(logged(new TypeError('bad'))).to.contain('TypeError: bad');
  });

  it('survives values that JSON cannot represent', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(logged(circular)).to.contain('[object Object]');
    expect(logged({ n: 1n })).to.be.a('string');
  });
});

describe('redaction', () => {
  it('removes guest tokens of both forms, wherever they are', () => {
    for (const token of [makeJwe(), makeJwt({ sub: 'x' })]) {
      for (const fact of [token, { a: { jwt_token: token } }, new Error(`no: ${token}`), `?t=${token}&x=1`]) {
        const line = logged(fact);
        for (const part of token.split('.').filter(Boolean)) expect(line).to.not.contain(part);
      }
    }
  });

  it('removes a guest token whose header is written with spaces', () => {
    const token = [base64url('{ "alg": "dir" }'), '', 'aaaaaaaa', 'bbbbbbbbbb', 'cccccccc'].join('.');
    expect(redact(token)).to.not.contain('bbbbbbbbbb');
  });

  it('keeps the last four characters of a public token', () => {
    expect(redact(`token ${PUBLIC_TOKEN}.`)).to.equal(`token c2c_…${PUBLIC_TOKEN.slice(-4)}.`);
    expect(redact('c2t_abcdefgh')).to.equal('c2t_…efgh');
  });

  it('runs in linear time on hostile input', async () => {
    const run = () => {
      for (const piece of ['eyJ', '-eyJ', 'eyJ.', '\\', '\\"', '"jwt_token', '-c2c_', 'ice-pwd'])
        redact(piece.repeat(64 * 1024));
    };
    expect(await quickest(run, 1000)).to.be.below(1000);
  });

  it('keeps words that only start like a token', () => {
    expect(redact('heyJude, eyJ.')).to.equal('heyJude, eyJ.');
  });

  it('removes the credentials of ICE, DTLS and TURN', () => {
    const sdp = 'v=0\r\na=ice-ufrag:Ufrg\r\na=ice-pwd:Passw0rd\r\na=fingerprint:sha-256 AB:CD\r\na=mid:0';
    for (const line of [redact(sdp), logged({ sdp })]) {
      expect(line).to.not.match(/Ufrg|Passw0rd|AB:CD/);
      expect(line).to.contain('a=mid:0');
    }
    expect(logged({ ice_servers: [{ urls: 'turn:x', credential: 'S3cret' }] })).to.not.contain('S3cret');
  });

  it('removes the state that resumes a session at the gateway', () => {
    expect(logged({ authorization_state: 'Opaque/1==' })).to.not.contain('Opaque');
    expect(logged(JSON.stringify({ params: { authorization_state: 'Opaque/1==' } }, null, 2))).to.not.contain(
      'Opaque',
    );
  });

  it('removes it from JSON inside JSON too', () => {
    const inner = JSON.stringify({ authorization_state: 'Opaque/1==', credential: 'S3cret' });
    expect(logged({ data: inner })).to.not.match(/Opaque|S3cret/);
  });
});
