// A provider of the page that is deaf or wrong: it holds nobody up, and what it answered is not repeated.
import { expect } from 'chai';
import { provideToken } from '../../src/token/provider.js';
import { reasonOf, rejects } from '../rejects.js';
import { makeJwe } from './made-tokens.js';

describe('provideToken', () => {
  it('gives up with the reason of the signal, even if the provider is deaf to it', async () => {
    const stop = new AbortController();
    const asking = provideToken(() => new Promise(() => undefined), { signal: stop.signal, reason: 'dial' });
    stop.abort('gone');
    expect(await reasonOf(asking)).to.equal('gone');
  });

  it('does not take being stopped for a failure of a provider that listens', async () => {
    const stop = new AbortController();
    const listening = ({ signal }: { signal: AbortSignal }) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    const asking = provideToken(listening, { signal: stop.signal, reason: 'dial' });
    stop.abort('gone');
    expect(await reasonOf(asking)).to.equal('gone');
  });

  it('says what is wrong with an answer, without the answer', async () => {
    const stop = new AbortController();
    const ask = (answer: unknown) =>
      provideToken(() => Promise.resolve(answer as never), { signal: stop.signal, reason: 'refused' });
    const token = makeJwe();
    expect(await ask({ token, expiresIn: 60 })).to.deep.equal({ token, expiresInSec: 60 });
    expect((await rejects(ask(token), 'token-provider')).message).to.contain('not a JSON object');
    expect((await rejects(ask({ token: 'x' }), 'token-provider')).message).to.contain('not a JWS or JWE');
  });
});
