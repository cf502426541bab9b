// What is sent to the endpoint, and how its answers are checked: anything but the contract is refused, and no secret is
// repeated.
import { expect } from 'chai';
import type { ErrorCode } from '../../src/errors.js';
import { checkReply, readReply, requestBody } from '../../src/token/wire.js';
import { reasonOf, rejects } from '../rejects.js';
import { endlessAnswer, hangingAnswer, json } from './fake-endpoint.js';
import { base64url, makeJwe, makeJwt, makeUnreadableJwt, PUBLIC_TOKEN } from './made-tokens.js';

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);
const read = (response: Response, signal?: AbortSignal) => readReply(response, { nowMs: NOW_MS, signal });

describe('requestBody', () => {
  it('has only the token, or is an empty object', () => {
    expect(requestBody(PUBLIC_TOKEN)).to.equal(`{"token":"${PUBLIC_TOKEN}"}`);
    expect(requestBody('')).to.equal('{}');
  });
});

describe('readReply', () => {
  it('accepts the token of every 2xx answer, whatever its content type', async () => {
    for (const token of [makeJwe(), makeJwt(), makeUnreadableJwt()]) {
      expect(await read(json({ token }))).to.deep.equal({ token });
      expect(await read(json({ token }, 200))).to.deep.equal({ token });
      expect(await read(new Response(JSON.stringify({ token })))).to.deep.equal({ token });
    }
  });

  it('uses a valid lifetime and ignores an invalid one', async () => {
    const token = makeJwe();
    expect(await read(json({ token, expires_in: 600 }))).to.deep.equal({ token, expiresInSec: 600 });
    for (const expires_in of [0, -1, '600', null, true, {}]) {
      expect(await read(json({ token, expires_in })), JSON.stringify(expires_in)).to.deep.equal({ token });
    }
    expect(await read(new Response(`{"token":"${token}","expires_in":1e999}`))).to.deep.equal({ token });
    expect(checkReply({ token, expiresIn: 60 })).to.deep.equal({ token, expiresInSec: 60 });
  });

  it('refuses every 2xx answer that breaks the contract', async () => {
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
    it(`gives ${code} for ${status}, even if the body contains a token`, async () => {
      const body = status === '304' ? null : JSON.stringify({ token: makeJwe() });
      const error = await rejects(read(new Response(body, { status: Number(status) })), code);
      expect(error.status).to.equal(Number(status));
      expect(error.errors).to.equal(undefined);
    });
  }

  it('cancels the body of a refusal that it does not need', async () => {
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
    it(`parses Retry-After: ${header}`, async () => {
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

  it('passes on the well-formed items of a 422', async () => {
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

  it('returns no items when there are none', async () => {
    for (const body of ['', 'x', '[]', '{"errors":{}}', '{"errors":[]}', '{"error":"Unprocessable"}']) {
      const error = await rejects(read(new Response(body, { status: 422 })), 'token-invalid-request');
      expect(error.errors, body).to.equal(undefined);
    }
  });

  it('limits the length and number of items', async () => {
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

  it('removes tokens from every field of an item, also where the cut would split one', async () => {
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

  it('stops reading an answer or a refusal at 64 KB', async () => {
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

  it('stops reading a hanging body with the reason of the signal', async () => {
    const hanging = hangingAnswer();
    const controller = new AbortController();
    const reading = read(hanging.response, controller.signal);
    await hanging.begun;
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await reasonOf(reading)).to.equal(reason);
    expect(hanging.cancelled()).to.equal(true);
  });

  it('rethrows the error of a broken connection unchanged', async () => {
    const broken = new TypeError('network error');
    const body = new ReadableStream({ start: (controller) => controller.error(broken) });
    expect(await reasonOf(read(new Response(body)))).to.equal(broken);
  });
});
