// A page's tokenProvider that ignores its signal or returns something wrong.
import { expect } from 'chai';
import { provideToken } from '../../src/token/provider.js';
import { reasonOf, rejects } from '../rejects.js';
import { makeJwe } from './made-tokens.js';

describe('provideToken', () => {
  it('rejects with the reason of the signal, even if the provider ignores it', async () => {
    const stop = new AbortController();
    const asking = provideToken(() => new Promise(() => undefined), { signal: stop.signal, reason: 'dial' });
    stop.abort('gone');
    expect(await reasonOf(asking)).to.equal('gone');
  });

  it('does not report a provider that rejects because of the abort', async () => {
    const stop = new AbortController();
    const listening = ({ signal }: { signal: AbortSignal }) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    const asking = provideToken(listening, { signal: stop.signal, reason: 'dial' });
    stop.abort('gone');
    expect(await reasonOf(asking)).to.equal('gone');
  });

  it('says what is wrong with a result without quoting it', async () => {
    const stop = new AbortController();
    const ask = (answer: unknown) =>
      provideToken(() => Promise.resolve(answer as never), { signal: stop.signal, reason: 'refused' });
    const token = makeJwe();
    expect(await ask({ token, expiresIn: 60 })).to.deep.equal({ token, expiresInSec: 60 });
    expect((await rejects(ask(token), 'token-provider')).message).to.contain('not a JSON object');
    expect((await rejects(ask({ token: 'x' }), 'token-provider')).message).to.contain('not a JWS or JWE');
  });
});
