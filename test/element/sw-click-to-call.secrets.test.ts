// Whatever is a secret reaches the call interface at most: no event, no markup, no console, no storage repeats it.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import type { Heard } from '../next-event.js';
import { clearPage, place, readable } from '../placed-element.js';
import { makeJwe } from '../token/made-tokens.js';

before(() => loadCall());
afterEach(clearPage);

describe('secrets', () => {
  /** Everything that is written to the console while `run` runs. */
  async function printed(run: () => Promise<unknown>): Promise<string> {
    const lines: unknown[][] = [];
    const names = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
    const kept = names.map((name) => console[name]);
    for (const name of names) console[name] = (...facts: unknown[]) => void lines.push([name, ...facts]);
    try {
      await run();
    } finally {
      names.forEach((name, index) => (console[name] = kept[index]!));
    }
    return lines.map((line) => line.map((fact) => String(fact)).join(' ')).join('\n');
  }
  const everythingHeard = ({ events }: Heard) =>
    JSON.stringify(events.map(({ type, detail }) => [type, detail]));
  const stored = () =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]);

  it('of a server in the place of the token are refused and repeated nowhere', async () => {
    const secret = 'PT0123456789abcdef0123456789abcdef0123456789abcdef';
    const { element, heard } = place({ tokenProvider: null, token: secret, debug: true });
    const console = await printed(() => element.dial());
    expect(heard.of('sw-error')[0]?.detail.code).to.equal('config-token-secret');
    for (const place of [
      everythingHeard(heard),
      readable(element),
      console,
      JSON.stringify(element.error),
      stored(),
    ]) {
      expect(place).to.not.contain(secret);
    }
  });

  it('that are guest tokens reach the call interface, and nothing else', async () => {
    const { element, ui, heard, token } = place({ debug: true });
    const console = await printed(async () => {
      const asked = ui.next();
      const dialled = element.dial();
      const call = await asked;
      expect(await call.request.guestToken()).to.equal(token);
      expect(JSON.stringify(call.request)).to.not.contain(token);
      call.hand();
      await dialled;
      call.report('active');
      await element.hangup();
    });
    for (const part of token.split('.').filter(Boolean)) {
      for (const place of [everythingHeard(heard), readable(element), console, stored()]) {
        expect(place).to.not.contain(part);
      }
    }
    expect(console).to.contain('active');
  });

  it('are fetched for a call and not before, and asked of the provider once', async () => {
    const token = makeJwe();
    const reasons: string[] = [];
    const { element, ui } = place({
      tokenProvider: ({ reason }) => {
        reasons.push(reason);
        return Promise.resolve({ token, expiresIn: 600 });
      },
    });
    expect(reasons).to.deep.equal([]);
    const asked = ui.next();
    void element.dial();
    const { request } = await asked;
    await request.guestToken();
    await request.guestToken();
    expect(reasons).to.deep.equal(['dial']);
    await request.guestToken({ refused: token });
    expect(reasons).to.deep.equal(['dial', 'refused']);
  });

  it('that are guest tokens in the attribute are used, with one warning however often it is called', async () => {
    const token = makeJwe();
    const { element, ui } = place({ tokenProvider: null }, { token });
    const call = async () => {
      const asked = ui.next();
      void element.dial();
      expect(await (await asked).request.guestToken()).to.equal(token);
      await element.hangup();
    };
    const console = await printed(call);
    expect(console.match(/tokenProvider/g)).to.have.lengthOf(1);
    expect(console).to.not.contain(token);
    expect(await printed(call)).to.not.contain('tokenProvider');
  });
});
