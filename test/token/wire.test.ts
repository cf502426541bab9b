// What may be sent to the endpoint, and what is believed of its answers: nothing but what the contract says, and no secret
// is repeated.
import { expect } from 'chai';
import type { ErrorCode } from '../../src/errors.js';
import { checkReply, publicToken, readReply, requestBody } from '../../src/token/wire.js';
import { reasonOf, rejects, throws } from '../rejects.js';
import { endlessAnswer, hangingAnswer, json } from './fake-endpoint.js';
import { base64url, makeJwe, makeJwt, makeUnreadableJwt, PUBLIC_TOKEN } from './made-tokens.js';

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);
const read = (response: Response, signal?: AbortSignal) => readReply(response, { nowMs: NOW_MS, signal });

describe('publicToken', () => {
  const longest = `c2c_${'a'.repeat(252)}`;

  it('takes public tokens of both kinds, trimmed', () => {
    for (const value of [PUBLIC_TOKEN, 'c2t_A-b_9', longest]) {
      for (const proxied of [false, true]) {
        expect(publicToken(` ${value}\n`, { proxied })).to.deep.equal({ kind: 'public', value });
      }
    }
  });

  it('misses a token without a proxy, and does without one behind a proxy', () => {
    for (const value of ['', '  ', null, undefined]) {
      throws(() => publicToken(value), 'config-token-missing');
      expect(publicToken(value, { proxied: true })).to.deep.equal({ kind: 'none', value: '' });
    }
  });

  it('takes an alias behind a proxy only', () => {
    for (const value of ['support', 'Sales_2-de', 'x'.repeat(64), '0bdb0c4c-1111-4222-8333-444455556666']) {
      throws(() => publicToken(value), 'config-token-invalid');
      expect(publicToken(value, { proxied: true })).to.deep.equal({ kind: 'alias', value });
    }
  });

  it('takes guest tokens as what they are', () => {
    for (const value of [makeJwe(), makeJwt(), makeUnreadableJwt()]) {
      expect(publicToken(value)).to.deep.equal({ kind: 'guest', value });
    }
  });

  it('refuses what is none of these, with and without a proxy', () => {
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

  it('recognises server secrets and does not repeat them', () => {
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

describe('requestBody', () => {
  it('holds the token and nothing else, or nothing at all', () => {
    expect(requestBody(PUBLIC_TOKEN)).to.equal(`{"token":"${PUBLIC_TOKEN}"}`);
    expect(requestBody('')).to.equal('{}');
  });
});

describe('readReply', () => {
  it('takes the token of every 2xx answer, whatever its content type says', async () => {
    for (const token of [makeJwe(), makeJwt(), makeUnreadableJwt()]) {
      expect(await read(json({ token }))).to.deep.equal({ token });
      expect(await read(json({ token }, 200))).to.deep.equal({ token });
      expect(await read(new Response(JSON.stringify({ token })))).to.deep.equal({ token });
    }
  });

  it('takes a stated life that makes sense and ignores any other', async () => {
    const token = makeJwe();
    expect(await read(json({ token, expires_in: 600 }))).to.deep.equal({ token, expiresInSec: 600 });
    for (const expires_in of [0, -1, '600', null, true, {}]) {
      expect(await read(json({ token, expires_in })), JSON.stringify(expires_in)).to.deep.equal({ token });
    }
    expect(await read(new Response(`{"token":"${token}","expires_in":1e999}`))).to.deep.equal({ token });
    expect(checkReply({ token, expiresIn: 60 })).to.deep.equal({ token, expiresInSec: 60 });
  });

  it('refuses every 2xx answer that is not the contract', async () => {
    const tooLong = makeJwt({ filler: 'x'.repeat(13_000) });
    const bodies = [
      '',
      '<!doctype html><title>secret page</title>',
      '{"token":',
      'null',
      '[]',
      '"text"',
      '42',
      '{}',
      '{"token":null}',
      '{"token":42}',
      '{"token":""}',
      '{"token":"abc"}',
      `{"token":"${PUBLIC_TOKEN}"}`,
      `{"token":" ${makeJwt()}"}`,
      `{"token":"${base64url('[]')}.e30.eA"}`,
      `{"token":"${base64url('{}')}.e30.e+A"}`,
      `{"token":"a.b.c.d"}`,
      `{"token":"${tooLong}"}`,
      `["${makeJwt()}"]`,
    ];
    for (const body of bodies) {
      const error = await rejects(read(new Response(body, { status: 201 })), 'token-bad-response');
      expect(error.status, body).to.equal(201);
    }
    await rejects(read(new Response(null, { status: 204 })), 'token-bad-response');
  });

  const byStatus: Record<number, ErrorCode> = {
    301: 'token-bad-response',
    304: 'token-bad-response',
    400: 'token-invalid-request',
    401: 'token-unauthorized',
    402: 'token-invalid-request',
    403: 'token-forbidden',
    404: 'token-not-found',
    405: 'token-invalid-request',
    408: 'token-invalid-request',
    413: 'token-invalid-request',
    415: 'token-invalid-request',
    422: 'token-invalid-request',
    429: 'token-rate-limited',
    499: 'token-invalid-request',
    500: 'token-server-error',
    502: 'token-server-error',
    503: 'token-server-error',
    504: 'token-server-error',
    599: 'token-server-error',
  };
  for (const [status, code] of Object.entries(byStatus)) {
    it(`gives ${code} for ${status}, even if the body holds a token`, async () => {
      const body = status === '304' ? null : JSON.stringify({ token: makeJwe() });
      const error = await rejects(read(new Response(body, { status: Number(status) })), code);
      expect(error.status).to.equal(Number(status));
      expect(error.errors).to.equal(undefined);
    });
  }

  it('does not wait for the body of a refusal that it has no use for', async () => {
    const hanging = hangingAnswer(403);
    await rejects(read(hanging.response), 'token-forbidden');
    expect(hanging.cancelled()).to.equal(true);
  });

  const retryAfter: [header: string, retryAfterMs: number | undefined][] = [
    ['7', 7_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2027', 2_027_000],
    ['Jan 5', undefined],
  ];
  for (const [header, retryAfterMs] of retryAfter) {
    it(`understands Retry-After: ${header}`, async () => {
      const limited = await rejects(read(json({}, 429, { 'Retry-After': header })), 'token-rate-limited');
      expect(limited.retryAfterMs).to.equal(retryAfterMs);
      const busy = await rejects(read(json({}, 503, { 'Retry-After': header })), 'token-server-error');
      expect(busy.retryAfterMs).to.equal(retryAfterMs);
    });
  }

  const item = {
    type: 'validation_error',
    code: 'invalid_parameter',
    message: 'is invalid',
    attribute: 'token',
    url: 'https://signalwire.com/docs',
  };

  it('passes on the items of a 422 that have the right form', async () => {
    const errors = [
      item,
      { ...item, attribute: null, url: undefined },
      { ...item, url: 'javascript:alert(1)', extra: 'x', attribute: 7 },
      { ...item, url: 'data:text/html,https://x' },
      { ...item, url: 'http://docs.example' },
      { ...item, message: 1 },
      { ...item, code: undefined },
      { ...item, type: null },
      null,
      'text',
      [item],
    ];
    const error = await rejects(read(json({ errors }, 422)), 'token-invalid-request');
    const { type, code, message } = item;
    expect(error.errors).to.deep.equal([
      item,
      { type, code, message, attribute: null },
      { type, code, message },
      { type, code, message, attribute: 'token' },
      { type, code, message, attribute: 'token', url: 'http://docs.example' },
    ]);
  });

  it('gives no items where there are none', async () => {
    for (const body of ['', 'x', '[]', '{"errors":{}}', '{"errors":[]}', '{"error":"Unprocessable"}']) {
      const error = await rejects(read(new Response(body, { status: 422 })), 'token-invalid-request');
      expect(error.errors, body).to.equal(undefined);
    }
  });

  it('shortens items and their number', async () => {
    const long = 'm'.repeat(2_000);
    const errors = Array.from({ length: 25 }, () => ({ ...item, message: long, url: `https://x/${long}` }));
    const error = await rejects(read(json({ errors: errors.slice(0, 12) }, 422)), 'token-invalid-request');
    expect(error.errors).to.have.length(12);
    expect(error.errors?.[0]?.message).to.equal('m'.repeat(500));
    expect(error.errors?.[0]?.url).to.have.length(500);
    const many = await rejects(
      read(json({ errors: Array.from({ length: 25 }, () => item) }, 422)),
      'token-invalid-request',
    );
    expect(many.errors).to.have.length(20);
  });

  it('takes tokens out of every field of an item, also where the cut would fall into one', async () => {
    const jwe = makeJwe();
    const jwt = makeJwt({ sub: 'guest' });
    const leaky = {
      type: `t ${PUBLIC_TOKEN}`,
      code: PUBLIC_TOKEN,
      message: `${'m'.repeat(485)} ${PUBLIC_TOKEN} ${jwe}`,
      attribute: `token=${jwt}, ${PUBLIC_TOKEN}${jwe}`,
      url: `https://x/?token=${PUBLIC_TOKEN}&guest=${jwe}`,
    };
    const error = await rejects(read(json({ errors: [leaky] }, 422)), 'token-invalid-request');
    expect(error.errors).to.deep.equal([
      {
        type: 't [token]',
        code: '[token]',
        message: `${'m'.repeat(485)} [token] [token]`.slice(0, 500),
        attribute: 'token=[token], [token]',
        url: 'https://x/?token=[token]&guest=[token]',
      },
    ]);
  });

  it('stops reading at 64 KB, of an answer and of a refusal', async () => {
    const answer = endlessAnswer(201);
    await rejects(read(answer.response), 'token-bad-response');
    const refused = endlessAnswer(422);
    await rejects(read(refused.response), 'token-invalid-request');
    for (const endless of [answer, refused]) {
      expect(endless.chunks()).to.be.lessThan(8);
      expect(endless.cancelled()).to.equal(true);
    }
  });

  it('reads an answer of nearly 64 KB', async () => {
    const token = makeJwe();
    const body = JSON.stringify({ token, filler: 'x'.repeat(64 * 1024 - 400) });
    expect(body.length).to.be.within(60_000, 64 * 1024);
    expect(await read(new Response(body))).to.deep.equal({ token });
  });

  it('gives up a hanging body with the reason of the signal', async () => {
    const hanging = hangingAnswer();
    const controller = new AbortController();
    const reading = read(hanging.response, controller.signal);
    await hanging.begun;
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await reasonOf(reading)).to.equal(reason);
    expect(hanging.cancelled()).to.equal(true);
  });

  it('lets a broken connection through as it is', async () => {
    const broken = new TypeError('network error');
    const body = new ReadableStream({ start: (controller) => controller.error(broken) });
    expect(await reasonOf(read(new Response(body)))).to.equal(broken);
  });
});
