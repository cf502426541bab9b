// A guest token for a custom element: the host's updates show the state of the token, and never the token.
import { ReactiveElement } from '@lit/reactive-element';
import { expect } from 'chai';
import '../../docs/examples/own-element.js';
import type { OwnCallButton } from '../../docs/examples/own-element.js';
import { GuestTokenController, type GuestTokenControllerOptions } from '../../src/token/controller.js';
import { GuestTokenSource } from '../../src/token/source.js';
import { reasonOf, rejects } from '../rejects.js';
import { FakeEndpoint, json } from './fake-endpoint.js';
import { HandClock } from './hand-clock.js';
import { makeJwe, PUBLIC_TOKEN } from './made-tokens.js';

type Options = ConstructorParameters<typeof GuestTokenController>[1];

/** An element that records the state of its token at each update. */
class Host extends ReactiveElement {
  readonly seen: string[] = [];
  guest!: GuestTokenController;
  protected override updated(): void {
    this.seen.push([this.guest.status, this.guest.error?.code].filter(Boolean).join(' '));
  }
}
customElements.define('token-host', Host);

describe('GuestTokenController', () => {
  let endpoint: FakeEndpoint;
  let clock: HandClock;
  let hosts: Host[] = [];
  beforeEach(() => {
    endpoint = new FakeEndpoint();
    clock = new HandClock();
  });
  afterEach(() => {
    for (const host of hosts.splice(0)) host.remove();
  });
  const makeSource = () =>
    new GuestTokenSource({ token: PUBLIC_TOKEN, fetch: endpoint.fetch, clock, timers: clock });
  const place = async (options: Options = { source: makeSource() }) => {
    const host = new Host();
    host.guest = new GuestTokenController(host, options);
    hosts = [...hosts, host];
    document.body.append(host);
    await host.updateComplete;
    return host;
  };

  it('updates its host while a token is fetched', async () => {
    const token = makeJwe();
    const host = await place();
    const getting = host.guest.get();
    await host.updateComplete;
    endpoint.last.answer(json({ token }));
    expect(await getting).to.equal(token);
    await host.updateComplete;
    expect(host.seen).to.deep.equal(['empty', 'loading', 'ready']);
  });

  it('has the error of a failure until the next attempt', async () => {
    const host = await place();
    const failing = rejects(host.guest.get(), 'token-forbidden');
    await host.updateComplete;
    endpoint.last.answer(json({}, 403));
    expect(host.guest.error).to.equal(undefined);
    expect(await failing).to.equal(host.guest.error);
    await host.updateComplete;
    const again = host.guest.get({ userInitiated: true });
    await host.updateComplete;
    endpoint.last.answer(json({ token: makeJwe() }));
    await again;
    await host.updateComplete;
    expect(host.seen).to.deep.equal(['empty', 'loading', 'failed token-forbidden', 'loading', 'ready']);
  });

  it('aborts when its host is removed, without a failure, and works when the host is inserted again', async () => {
    const token = makeJwe();
    const host = await place();
    const leaving = reasonOf(host.guest.get());
    await host.updateComplete;
    host.remove();
    expect(await leaving).to.have.property('name', 'AbortError');
    expect(endpoint.aborted).to.equal(true);
    await host.updateComplete;
    expect(host.seen).to.deep.equal(['empty', 'loading', 'empty']);
    document.body.append(host);
    const getting = host.guest.get();
    endpoint.last.answer(json({ token }));
    expect(await getting).to.equal(token);
    host.remove();
    expect(host.guest.status, 'nothing was under way').to.equal('ready');
  });

  it('keeps the state of the latest request when an earlier one ends', async () => {
    const source = makeSource();
    const host = await place({ source });
    const early = host.guest.get();
    const [first] = endpoint.sent;
    const late = host.guest.get({ reason: 'refused' });
    endpoint.last.answer(json({ token: makeJwe() }));
    await late;
    first?.answer(json({}, 403));
    await rejects(early, 'token-forbidden');
    expect(host.guest.status).to.equal('ready');
    expect(host.guest.error).to.equal(undefined);
  });

  it('reads its options at every get, so that they can depend on attributes', async () => {
    const options: { -readonly [Name in keyof GuestTokenControllerOptions]: string } = {};
    const host = await place(() => options as GuestTokenControllerOptions);
    await rejects(host.guest.get(), 'config-token-missing');
    expect(host.guest.error?.code).to.equal('config-token-missing');
    options.token = makeJwe();
    expect(await host.guest.get(), 'a ready token needs no exchange').to.equal(options.token);
    expect(host.guest.status).to.equal('ready');
  });

  it('shares the source of the page with equal configurations', async () => {
    let asked = 0;
    const token = makeJwe();
    const tokenProvider = () => {
      asked += 1;
      return Promise.resolve({ token });
    };
    const [one, other] = [await place({ tokenProvider }), await place({ tokenProvider })];
    expect(await Promise.all([one.guest.get(), other.guest.get()])).to.deep.equal([token, token]);
    expect(asked).to.equal(1);
  });

  it('returns the token from get() only', async () => {
    const token = makeJwe();
    const host = await place();
    const getting = host.guest.get();
    endpoint.last.answer(json({ token }));
    await getting;
    expect(JSON.stringify(host.guest)).to.equal('{}');
    expect(Reflect.ownKeys(host.guest)).to.deep.equal([]);
    expect(`${JSON.stringify(host.seen)}${host.outerHTML}`).to.not.contain(token.slice(-12));
  });

  it('works in the documented example', async () => {
    const token = makeJwe();
    const button = document.createElement('own-call-button') as OwnCallButton;
    const placed: string[] = [];
    button.place = (guestToken) => Promise.resolve(void placed.push(guestToken));
    document.body.append(button);
    const click = async () => {
      await button.updateComplete;
      button.renderRoot.querySelector('button')!.click();
      await button.updateComplete;
    };
    const said = async () => {
      await button.updateComplete;
      return button.renderRoot.querySelector('[role=status]')!.textContent;
    };
    await click();
    expect(await said()).to.equal('Not available.');
    button.token = token;
    await click();
    expect(placed).to.deep.equal([token]);
    expect(await said()).to.equal('');
    button.remove();
  });
});
