// A call can be ended at every moment, also inside an event: once, with everything released, and nothing told afterwards.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import type { FakeCall } from '../fake-call-ui.js';
import { answered, clearPage, nothingMore, over, place, prepare } from '../placed-element.js';
import { later } from '../later.js';

before(() => loadCall());
afterEach(clearPage);

describe('hangup()', () => {
  const CANCELLED = ['sw-dial', 'sw-call-hangup', 'sw-call-ended'];

  it('does nothing without a call', async () => {
    const { element, heard } = place();
    await element.hangup();
    expect(heard.events).to.deep.equal([]);
  });

  it('while the code is still coming ends the attempt', async () => {
    const { element, heard, ui } = place();
    const dialled = element.dial();
    await element.hangup();
    await dialled;
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(element.state).to.equal('ended');
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('while preparing tells the call interface at once', async () => {
    const { element, heard, call } = await prepare();
    const over = element.hangup();
    expect(call.request.signal.aborted).to.equal(true);
    expect(element.state).to.equal('ended');
    await over;
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(heard.of('sw-call-ended')[0]?.detail).to.deep.equal({
      status: 'disconnected',
      reason: 'hangup',
      durationMs: 0,
    });
  });

  it('while ringing is a cancelled call, not a failed one', async () => {
    const { element, heard, call, dialled } = await prepare();
    call.hand();
    await dialled;
    call.report('ringing');
    await element.hangup();
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(call.asked).to.deep.equal(['hangup']);
  });

  it('settles when everything is released, and hangs up once', async () => {
    const { element, call } = await answered();
    let release!: () => void;
    let released = false;
    call.hangup = () => {
      call.asked.push('hangup');
      return new Promise<void>((resolve) => (release = resolve)) as never;
    };
    const over = element.hangup().then(() => expect(released).to.equal(true));
    void element.hangup();
    await later();
    released = true;
    release();
    await over;
    expect(call.asked).to.deep.equal(['hangup']);
  });

  it('hangs up a call that is placed after all', async () => {
    const { element, ui, heard, call, dialled } = await prepare();
    ui.stubborn = true;
    const over = element.hangup();
    await dialled;
    const before = heard.events.length;
    call.report('ringing');
    call.report('active');
    call.hand();
    await over;
    expect(call.asked).to.deep.equal(['hangup']);
    expect(element.state).to.equal('ended');
    expect(heard.events).to.have.lengthOf(before);
  });

  it('inside sw-call-hangup is the same hang-up', async () => {
    const { element, heard, call } = await answered();
    element.addEventListener('sw-call-hangup', () => void element.hangup());
    await element.hangup();
    expect(heard.names).to.deep.equal(['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    expect(call.asked).to.deep.equal(['hangup']);
  });

  it('inside sw-call-hangup is the same one before there is any code, and when the interface hung up', async () => {
    const { element, heard } = place();
    element.addEventListener('sw-call-hangup', () => void element.hangup());
    const dialled = element.dial();
    await element.hangup();
    await dialled;
    expect(heard.names).to.deep.equal(CANCELLED);
    const second = await answered();
    second.element.addEventListener('sw-call-hangup', () => void second.element.hangup());
    second.call.hangup();
    await over(second.element);
    await nothingMore(second.element);
    expect(second.heard.names.filter((name) => name === 'sw-call-hangup')).to.have.lengthOf(1);
    expect(second.heard.names.at(-1)).to.equal('sw-call-ended');
  });

  it('inside the tokenProvider ends the attempt once', async function () {
    // Without WebRTC the built-in interface, which asks first thing, asks nobody.
    if (!('RTCPeerConnection' in window)) this.skip();
    const { element, heard } = place({
      callUi: null,
      tokenProvider: () => {
        void element.hangup();
        return new Promise(() => {});
      },
    });
    await element.dial();
    await nothingMore(element);
    expect(heard.names).to.deep.equal(CANCELLED);
  });

  it('inside what a call interface reports before it returns reaches the call all the same', async () => {
    let hand!: () => void;
    const asked: string[] = [];
    const handle = {
      ended: new Promise<never>(() => {}),
      hangup: () => void asked.push('hangup'),
      mute: () => {},
      sendDigits: () => {},
    };
    const { element, heard } = place({
      callUi: (request) => {
        request.report({ state: 'connecting' });
        return new Promise((resolve) => (hand = () => resolve(handle)));
      },
    });
    element.addEventListener('sw-call-state', ({ detail }) => {
      if (detail.state === 'connecting') void element.hangup();
    });
    await element.dial();
    hand();
    await element.hangup();
    expect(heard.names).to.deep.equal(CANCELLED);
    expect(asked).to.deep.equal(['hangup']);
  });

  for (const state of ['preparing', 'connecting', 'ringing', 'active'] as const) {
    it(`inside the event of "${state}" ends the call, once, with nothing after it`, async () => {
      const { element, ui, heard } = place();
      element.addEventListener('sw-call-state', ({ detail }) => {
        if (detail.state === state) void element.hangup();
      });
      const follow = async (call: FakeCall) => {
        call.hand();
        await dialled;
        call.report('ringing');
        call.report('active');
      };
      const asked = ui.next();
      const dialled = element.dial();
      if (state === 'preparing') await dialled;
      else await follow(await asked);
      await element.hangup();
      expect(heard.names.filter((name) => name !== 'sw-call-started')).to.deep.equal(CANCELLED);
      expect(heard.names.at(-1)).to.equal('sw-call-ended');
      expect(element.state).to.equal('ended');
    });
  }
});
