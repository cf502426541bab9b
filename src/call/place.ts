// Places a call: validates the settings, checks what the page can do, hands the request to a call UI, and follows the
// call to its end. Loads with the first intent.
// Callers can rely on this: one call per page at a time, and the next call waits until the last one has released the
// microphone and the session. It knows nothing about the interface's look, the SDK or the contents of a token.
import { createDebugLog, type DebugLog } from '../debug-log.js';
import { ClickToCallError, ERRORS, type ErrorCode } from '../errors.js';
import { SwCallStartedEvent, type CallState } from '../events.js';
import { languageOf } from '../locales/language.js';
import { englishWith, loadWords, type Words } from '../locales/texts.js';
import { permissionHelp } from '../ui/texts/permission-help.js';
import { settled, waitFor } from '../wait.js';
import type { Call } from './call.js';
import type { CallElement } from './call-element.js';
import { resultOf, type Ending } from './end.js';
import type { CallChange, CallHandle, CallRequest, CallUi } from './port.js';
import { preconnect } from './preconnect.js';
import { preflight, surroundingsOf } from './preflight.js';
import {
  planCall,
  planToken,
  settingsOf,
  type CallPlan,
  type CallSettings,
  type PageFacts,
} from './settings.js';

/** How long an ending call may take to release everything before the next call starts anyway, in milliseconds. */
const RELEASE_LIMIT_MS = 5_000;

/** How long a token that was fetched ahead of the click may take, in milliseconds; a dial then asks anew. */
const WARM_UP_LIMIT_MS = 8_000;

/** States that a call UI may report. */
const REPORTABLE: readonly string[] = ['connecting', 'ringing', 'active', 'reconnecting'];

/** The page's one call: from its preflight until the next one's. */
let current: Call | undefined;

/** Elements whose developer has read the warning about a guest token in an attribute. */
const warned = new WeakSet<HTMLElement>();

/** Places a call. Settles when it can be hung up, or is over; never rejects. */
export async function placeCall(call: Call): Promise<void> {
  await new Placement(call).run();
}

/**
 * Fetches ahead of the click what it will need: the texts, and with `token` the guest token. Without it, the connection
 * for the exchange is opened. Errors are left to the click.
 */
export async function warmUp(
  element: CallElement,
  token: boolean,
  limitMs = WARM_UP_LIMIT_MS,
): Promise<void> {
  void loadWords(languageOf(element), element.strings);
  try {
    const { source, endpoint } = planToken(settingsOf(element), pageFacts());
    if (token) await source.get({ signal: AbortSignal.timeout(limitMs) });
    else if (endpoint && !source.isReady) preconnect(endpoint);
  } catch {
    // The visitor has not asked for anything yet.
  }
}

/** One call on its way from the settings to its end. */
class Placement {
  readonly #call: Call;
  readonly #settings: CallSettings;
  readonly #log: DebugLog;
  #texts: Words;
  readonly #textsLoaded: Promise<void>;
  #placing: Promise<CallHandle> | undefined;
  readonly #unsubscribe: () => void;
  #release!: () => void;
  /** The code for a failure that has none of its own: ours, until a page's own call UI is at work. */
  #fallbackCode: ErrorCode = 'internal';

  constructor(call: Call) {
    const { element } = call;
    this.#call = call;
    this.#settings = settingsOf(element);
    this.#log = createDebugLog(element.debug);
    this.#texts = englishWith(element.strings);
    this.#textsLoaded = loadWords(languageOf(element), element.strings).then((texts) => {
      this.#texts = texts;
    });
    call.released = new Promise((resolve) => (this.#release = resolve));
    this.#unsubscribe = call.subscribe(this.#onChange);
    window.addEventListener('pagehide', this.#onPageHide);
  }

  async run(): Promise<void> {
    const call = this.#call;
    try {
      const handle = await this.#place();
      call.handle = handle;
      if (typeof handle?.ended?.then !== 'function') {
        // Whatever it is, it may hold a call.
        void settled((async () => handle?.hangup?.())(), RELEASE_LIMIT_MS);
        throw new TypeError('callUi returned no handle');
      }
      if (call.snapshot.state === 'preparing') call.update({ state: 'connecting' });
      Promise.resolve(handle.ended).then(
        (end) => this.#end({ end }),
        (thrown: unknown) => this.#end({ thrown, fallbackCode: 'call-failed' }),
      );
    } catch (thrown) {
      // The visitor reads about it in their language.
      await this.#textsLoaded;
      this.#end({ thrown, fallbackCode: this.#fallbackCode });
    }
  }

  /** Everything up to a call that can be hung up. */
  async #place(): Promise<CallHandle> {
    const call = this.#call;
    const { callUi, video } = this.#settings;
    const plan = planCall(this.#settings, call.dialVariables, pageFacts());
    this.#warn(plan);
    preflight({ media: !callUi, video, local: plan.local }, surroundingsOf(window));
    const previous = this.#takePage();
    const request = this.#requestFor(plan);
    const place = callUi ?? (await this.#builtIn(plan));
    // The last call's microphone and session must be gone before this one asks for them. Waits in any case, so that the
    // element has returned from dial() before a call UI reports.
    await waitFor(previous?.released ?? Promise.resolve(), { signal: call.signal });
    if (callUi) this.#fallbackCode = 'call-failed';
    this.#placing = (async () => place(request))();
    return waitFor(this.#placing, { signal: call.signal });
  }

  /** Makes this the page's call. @returns the one before. */
  #takePage(): Call | undefined {
    const call = this.#call;
    if (current && !current.isOver) throw new ClickToCallError('preflight-in-call');
    const previous = current;
    current = call;
    const { container, fallback } = call.surface;
    // The ended screen of another element's call stands where this one is about to open.
    if (previous?.element !== call.element) previous?.snapshot.ui?.close();
    container.before(fallback);
    container.replaceChildren();
    return previous;
  }

  async #builtIn({ destination }: CallPlan): Promise<CallUi> {
    const call = this.#call;
    const loading = call.loaders.builtIn().catch((cause: unknown) => {
      throw new ClickToCallError('ui-load-failed', { cause });
    });
    const [{ openBuiltIn }] = await waitFor(Promise.all([loading, this.#textsLoaded]), {
      signal: call.signal,
    });
    const { video } = this.#settings;
    return openBuiltIn(call, { ...this.#texts, log: this.#log, destination, video });
  }

  #requestFor({ destination, userVariables, source }: CallPlan): CallRequest {
    const { signal, surface } = this.#call;
    let lastToken = '';
    const ask = async (reason: 'dial' | 'refused') => {
      const askedMs = performance.now();
      lastToken = await source.get({ signal, reason, userInitiated: true });
      this.#log('guest token ready after', Math.round(performance.now() - askedMs), 'ms');
      return lastToken;
    };
    // The built-in call UI needs it first thing, so it does not wait for the interface to load.
    let early = this.#settings.callUi ? undefined : ask('dial');
    early?.catch(() => {});
    return {
      destination,
      host: this.#settings.host,
      video: this.#settings.video,
      userVariables,
      container: surface.container,
      signal,
      async guestToken({ refused } = {}) {
        if (refused) source.invalidate(refused);
        const asked = early ?? ask(refused ? 'refused' : 'dial');
        early = undefined;
        return asked;
      },
      report: (change) => this.#onReport(change, (expiresAtMs) => source.noteExpiry(lastToken, expiresAtMs)),
    };
  }

  /** A page's own call UI may pass anything. */
  #onReport(change: CallChange, noteExpiry: (expiresAtMs: number) => void): void {
    if (typeof change !== 'object' || change === null) return;
    if ('expiresAtMs' in change) noteExpiry(change.expiresAtMs);
    else if (REPORTABLE.includes(change.state)) this.#onState(change.state);
  }

  #onState(state: CallState): void {
    const call = this.#call;
    if (call.isOver || state === call.snapshot.state) return;
    const isAnswer = state === 'active' && call.snapshot.answeredAtMs === undefined;
    call.update({ state, ...(isAnswer && { answeredAtMs: performance.now() }) });
    this.#log('state', state);
    // A listener of sw-call-state may have hung up.
    if (isAnswer && !call.isOver) {
      call.element.dispatchEvent(new SwCallStartedEvent({ destination: this.#settings.destination }));
    }
  }

  #end(ending: Ending): void {
    const call = this.#call;
    if (call.isOver) return;
    const { answeredAtMs } = call.snapshot;
    const { isHangup, state, error, end } = resultOf(ending, { answered: answeredAtMs !== undefined });
    const detail = error?.toDetail();
    this.#log('over', state, end?.reason ?? '', detail ?? '', error?.cause ?? '');
    if (isHangup) call.tellHangup();
    call.end({ state, end, error: detail, ...(error && this.#wordsFor(error.code)) });
  }

  #wordsFor(code: ErrorCode): { sentence: string; help: string } {
    const { words } = this.#texts;
    const row = ERRORS[code];
    const say = this.#settings.video && 'sayOfVideo' in row ? row.sayOfVideo : row.say;
    return { sentence: words[say], help: code === 'media-denied' ? words[permissionHelp(navigator)] : '' };
  }

  readonly #onChange = (): void => {
    if (!this.#call.isOver) return;
    this.#unsubscribe();
    window.removeEventListener('pagehide', this.#onPageHide);
    void settled(this.#hangUp(), RELEASE_LIMIT_MS).then(this.#release);
  };

  /** Hangs up what was placed, also by a call UI that returns after the end. */
  async #hangUp(): Promise<void> {
    const call = this.#call;
    // A call UI may be stopped by what it reports, before it has returned; and `stop` aborts the signal a moment later.
    await undefined;
    const handle = call.handle ?? (await this.#placing);
    // A page's own call UI has ended its call already, unless it was stopped. Ours may be asked twice.
    if (call.signal.aborted || !this.#settings.callUi) await handle?.hangup();
  }

  /** A page that comes back from the back/forward cache must not place a call by itself. */
  readonly #onPageHide = (): void => {
    if (!this.#call.handle) void this.#call.hangup();
  };

  #warn({ warning }: CallPlan): void {
    const { element } = this.#call;
    if (!warning || warned.has(element)) return;
    warned.add(element);
    // eslint-disable-next-line no-console -- the one documented warning
    console.warn(`[sw-click-to-call] ${warning}`);
  }
}

function pageFacts(): PageFacts {
  return { url: location.href, title: document.title, referrer: document.referrer };
}
