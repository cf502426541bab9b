// Searches every failure of the exchange for every secret near it, and for parts of those secrets.
import { expect } from 'chai';
import { ClickToCallError } from '../../src/errors.js';
import { GuestTokenSource, type GuestTokenSourceOptions } from '../../src/token/source.js';
import { publicToken } from '../../src/token/token-form.js';
import { tokenEndpoint } from '../../src/token/wire.js';
import { reasonOf } from '../rejects.js';
import { FakeEndpoint, json } from './fake-endpoint.js';
import { HandClock } from './hand-clock.js';
import { makeJwe, makeJwt, PUBLIC_TOKEN } from './made-tokens.js';
import { turn } from './turn.js';

const JWE = makeJwe();
const JWT = makeJwt({ sub: 'guest' });
const API_TOKEN = `PT${'0123456789abcdef'.repeat(3)}`;
const PROJECT = '0bdb0c4c-1111-4222-8333-444455556666';
const BODY_WORD = 'InternalBodyWord';
/** The secrets, and parts of them, so that a truncated secret is found too. */
const FORBIDDEN = [
  PUBLIC_TOKEN,
  PUBLIC_TOKEN.slice(4),
  JWE,
  JWT,
  API_TOKEN,
  PROJECT,
  BODY_WORD,
  'hunter2',
].flatMap((secret) => [secret, secret.slice(0, 12), secret.slice(-12)]);

/** The failure of an exchange that ends in this way. */
async function failureOf(end: Response | Error | 'timeout', options: GuestTokenSourceOptions = {}) {
  const clock = new HandClock();
  const endpoint = new FakeEndpoint();
  const source = new GuestTokenSource({
    token: PUBLIC_TOKEN,
    fetch: endpoint.fetch,
    clock,
    timers: clock,
    ...options,
  });
  const failing = reasonOf(source.get());
  if (!options.tokenProvider) {
    for (let answered = 0; !source.isIdle;) {
      if (endpoint.sent.length > answered) {
        answered += 1;
        if (end === 'timeout') clock.pass(8_000);
        else if (end instanceof Response) endpoint.last.answer(end.clone());
        else endpoint.last.fail(end);
      }
      await turn();
      if ((clock.nextTimerMs ?? Infinity) <= 600) clock.pass(600);
      await turn();
    }
  }
  return failing;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return expect.fail('expected a throw');
}

describe('failures of the exchange', () => {
  it('never contain a token, a secret or a body in their text, JSON or stack', async () => {
    const leaky = `${BODY_WORD} ${PUBLIC_TOKEN} ${JWE} ${JWT}`;
    const errors = [
      { type: PUBLIC_TOKEN, code: JWE, message: `${PUBLIC_TOKEN} ${JWT}`, attribute: JWE, url: 'x' },
    ];
    const statuses = [400, 401, 403, 404, 405, 408, 422, 429, 500, 502, 503];
    const failures: unknown[] = [
      ...(await Promise.all(statuses.map((status) => failureOf(new Response(leaky, { status }))))),
      ...(await Promise.all(statuses.map((status) => failureOf(json({ errors, error: leaky }, status))))),
      await failureOf(new Response(leaky)),
      await failureOf(json({ token: leaky })),
      await failureOf(json({ token: PUBLIC_TOKEN, note: JWE })),
      await failureOf(json([JWE])),
      await failureOf(new TypeError('Failed to fetch')),
      await failureOf('timeout'),
      await failureOf('timeout', { tokenProvider: () => Promise.reject(new Error(leaky)) }),
      await failureOf('timeout', { tokenProvider: () => Promise.resolve({ token: leaky }) }),
      await failureOf('timeout', { tokenProvider: () => Promise.resolve(leaky as never) }),
      thrownBy(() => publicToken(API_TOKEN)),
      thrownBy(() => publicToken(`${PROJECT}:${API_TOKEN}`, { proxied: true })),
      thrownBy(() => publicToken(`Bearer ${JWT}`)),
      thrownBy(() => publicToken(`${PUBLIC_TOKEN}!`)),
      thrownBy(() => publicToken(`${JWE}.x`)),
      thrownBy(() => tokenEndpoint({ host: `${PROJECT}:${API_TOKEN}@example.signalwire.com` })),
      thrownBy(() => tokenEndpoint({ proxyUrl: `https://me:hunter2@example.org/?${PUBLIC_TOKEN}` })),
      thrownBy(() => tokenEndpoint({ proxyUrl: `https://[${API_TOKEN}` })),
    ];
    const codes = new Set<string>();
    for (const failure of failures) {
      if (!(failure instanceof ClickToCallError)) expect.fail(`not one of ours: ${String(failure)}`);
      codes.add(failure.code);
      const told = [
        String(failure),
        failure.message,
        failure.remediation,
        failure.stack,
        JSON.stringify(failure),
        JSON.stringify(failure.toDetail()),
      ].join('\n');
      for (const secret of FORBIDDEN) expect(told, failure.code).to.not.contain(secret);
    }
    expect([...codes].sort()).to.deep.equal([
      'config-endpoint-invalid',
      'config-token-invalid',
      'config-token-secret',
      'token-bad-response',
      'token-forbidden',
      'token-invalid-request',
      'token-network',
      'token-not-found',
      'token-provider',
      'token-rate-limited',
      'token-server-error',
      'token-timeout',
      'token-unauthorized',
    ]);
  });
});
