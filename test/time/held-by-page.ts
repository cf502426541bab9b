// What a page holds, as the browser's own debugger counts it after a garbage collection: heap, nodes (detached ones
// too), listeners, and every peer connection, track and media element that can still be reached.
// Changes nothing in the page but the arrays in which the stage keeps what the page took.
import type { CDPSession } from 'playwright';
import type { TestPage } from '../journey/stage.js';

/** Classes whose living instances are counted. */
const COUNTED = ['RTCPeerConnection', 'MediaStreamTrack', 'WebSocket', 'HTMLAudioElement'] as const;

export interface Held extends Record<(typeof COUNTED)[number], number> {
  readonly heapBytes: number;
  readonly documents: number;
  /** In the document or not. */
  readonly nodes: number;
  readonly jsEventListeners: number;
}

/** What may be more than before, however often something was done: compiled code, and templates made for the first time. */
const MAY_GROW: Partial<Held> = { heapBytes: 1_000_000, nodes: 100 };

/** Whether a page is back to what it held before. */
export function isBack(held: Held, before: Held): boolean {
  const counts = Object.keys(before) as (keyof Held)[];
  return counts.every((what) => held[what] <= before[what] + (MAY_GROW[what] ?? 0));
}

/** Chromium itself keeps a stream for 8 s after getUserMedia, to count how long that took. */
const SETTLED_WITHIN_MS = 60_000;

export class HeldByPage {
  readonly #test: TestPage;
  readonly #debugger: CDPSession;

  private constructor(test: TestPage, session: CDPSession) {
    this.#test = test;
    this.#debugger = session;
  }

  static async of(test: TestPage): Promise<HeldByPage> {
    const session = await test.context.newCDPSession(test.page);
    await session.send('HeapProfiler.enable');
    return new HeldByPage(test, session);
  }

  /** Counts until it looks right, or for a minute; gives the last count either way. */
  async whenSettled(looksRight: (held: Held) => boolean): Promise<Held> {
    const deadline = performance.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const held = await this.#count();
      if (looksRight(held) || performance.now() > deadline) return held;
    }
  }

  async #count(): Promise<Held> {
    await this.#test.page.evaluate(() => {
      const { seen, peers, tracks } = window;
      for (const kept of [seen, peers, tracks]) kept.length = 0;
    });
    await this.#debugger.send('HeapProfiler.collectGarbage');
    const instances = Object.fromEntries(
      await Promise.all(COUNTED.map(async (name) => [name, await this.#instancesOf(name)])),
    ) as Record<(typeof COUNTED)[number], number>;
    const { usedSize } = await this.#debugger.send('Runtime.getHeapUsage');
    return { heapBytes: usedSize, ...(await this.#debugger.send('Memory.getDOMCounters')), ...instances };
  }

  async #instancesOf(name: string): Promise<number> {
    const objectGroup = 'counting';
    // The stage puts a class of its own before the browser's.
    const expression = `{ let c = ${name}; while (!String(c).includes('[native code]')) c = Object.getPrototypeOf(c); c.prototype; }`;
    const { result } = await this.#debugger.send('Runtime.evaluate', { expression, objectGroup });
    const prototypeObjectId = result.objectId!;
    const { objects } = await this.#debugger.send('Runtime.queryObjects', { prototypeObjectId, objectGroup });
    const { result: length } = await this.#debugger.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration:
        'function () { return this.filter((found) => !Object.hasOwn(found, "constructor")).length; }',
      returnByValue: true,
    });
    await this.#debugger.send('Runtime.releaseObjectGroup', { objectGroup });
    return length.value as number;
  }
}
