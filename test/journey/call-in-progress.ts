// A call that is up and heard, to which something is about to happen: what every fault during a call promises afterwards.
import assert from 'node:assert/strict';
import type { CallRecord } from '../../demo/platform/call/call-record.js';
import type { Stage, TestPage } from './stage.js';

/** Bounds from the fault to `sw-call-ended`, in milliseconds: the product's own limit, and room for a slow machine. */
export const EVERYTHING_ENDS = {
  /** 5 s until the browser notices, 30 s to come back, 2 s for a goodbye. */
  mediaLostMs: 50_000,
  /** 5 s until the browser notices, 4 s until the gateway is asked. */
  callGoneMs: 25_000,
};

export class CallInProgress {
  readonly test: TestPage;
  readonly call: CallRecord;
  readonly #stage: Stage;

  constructor(stage: Stage, test: TestPage, call: CallRecord) {
    this.#stage = stage;
    this.test = test;
    this.call = call;
  }

  /** Calls, waits until both sides hear each other, and hands the call over. */
  static async open(
    stage: Stage,
    attributes: Record<string, string> = {},
    before?: string,
  ): Promise<CallInProgress> {
    const incoming = stage.platform.nextCall();
    const body = stage.tag({ destination: '/public/tone', ...attributes });
    const test = await stage.page({ body, ...(before !== undefined && { before }) });
    await click(test);
    await test.state('active');
    const call = await incoming;
    await test.untilHeard();
    await call.until(({ received }) => received.audioPackets > 10);
    return new CallInProgress(stage, test, call);
  }

  /** The call goes on: the same one, heard again by both, and it ends as any other. */
  async survives(states: readonly string[]): Promise<void> {
    const { test, call } = this;
    await this.passes(states);
    await this.hearsOn();
    assert.deepEqual(await this.#states(), states);
    assert.equal(call.state, 'answered');
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    assert.equal((await test.event('sw-call-ended')).detail.reason, 'hangup');
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started', 'sw-call-hangup', 'sw-call-ended']);
    await call.until(({ endedBy }) => endedBy === 'caller');
    await this.callsAgain();
  }

  /** Settles when the element has been in these states, one after the other, since the call is up. */
  async passes(states: readonly string[], timeout = 40_000): Promise<void> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const seen = await this.#states();
      if (seen.join().startsWith(states.join())) return;
      if (performance.now() > deadline) throw new Error(`Not ${states.join()}, but ${seen.join()}`);
      await this.test.page.waitForTimeout(50);
    }
  }

  async #states(): Promise<string[]> {
    const events = await this.test.events();
    const states = events.filter(({ type }) => type === 'sw-call-state').map(({ state }) => state);
    return states.slice(states.indexOf('active'));
  }

  /** Packets go on to arrive, here and there. */
  async hearsOn(): Promise<void> {
    const { test, call } = this;
    const there = call.received.audioPackets;
    const { packets } = await test.heard();
    await test.untilHeard(30_000, packets + 10);
    await call.until(({ received }) => received.audioPackets > there + 10);
  }

  /** The call is lost, and says so once. */
  async drops(): Promise<void> {
    const { test } = this;
    const ended = await test.event('sw-call-ended', 60_000);
    assert.equal(ended.detail.reason, 'dropped');
    assert.equal(ended.detail.status, 'failed');
    assert.equal(ended.state, 'failed');
    assert.deepEqual(await test.outcome(), ['sw-dial', 'sw-call-started', 'sw-error', 'sw-call-ended']);
    assert.equal((await test.event('sw-error')).detail.code, 'call-dropped');
  }

  /** Nothing is left of the call, and the same button calls again without a reload. */
  async callsAgain(): Promise<void> {
    const { test } = this;
    await test.untilNothingHeld();
    await test.page.evaluate(() => {
      document.querySelector('sw-click-to-call')!.setAttribute('destination', '/public/echo');
    });
    await click(test);
    await test.state('active');
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    await test.untilNothingHeld();
    await test.page.waitForFunction(() => document.querySelector('sw-click-to-call')!.state === 'ended');
    await this.#stage.untilNobodyConnected();
    await test.close();
  }

  /** The connections that the gateway has now. */
  connections(): ReadonlySet<unknown> {
    return this.#stage.platform.connections();
  }
}

/** Clicks the button of the element. */
export async function click(test: TestPage): Promise<void> {
  await test.page.getByRole('button', { name: 'Call support' }).click();
}
