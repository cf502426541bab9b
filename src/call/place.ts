// The straight path of a call: judge the settings, look around, hand the request to a call UI, follow it to its end.
// Promise: every attempt ends in exactly one outcome (outcome.ts); one call per page; late answers change nothing.
// Must not know: how the interface looks, how the SDK works, what is in a token.
import { ClickToCallError, ERRORS, type ErrorCode, type ErrorDetail } from '../errors.js';
import { SwCallEndedEvent, SwCallStartedEvent, SwErrorEvent, type CallState } from '../events.js';
import { languageOf } from '../locales/language.js';
import { settled, waitFor } from '../wait.js';
import type { OwnUi } from './built-in.js';
import { createDebugLog } from '../debug-log.js';
import { loadBuiltIn } from '../element/load.js';
import { outcomeOf, type Ending } from './end.js';
import { planCall, planToken, settingsOf, type CallPlan, type PageFacts } from './settings.js';
import type { CallElement, CallHost, CallRun } from './call-host.js';
import type { CallChange, CallHandle, CallRequest } from './port.js';
import { preconnect } from './preconnect.js';
import { preflight, surroundingsOf } from './preflight.js';
import { englishWith, loadWords } from '../locales/texts.js';

/** How long an ending call may take to give everything back, in milliseconds, before the next one goes on without it. */
const RELEASE_LIMIT_MS = 5_000;

/** How long a guest token that nobody has clicked for is waited for, in milliseconds: a dial asks anew for what got stuck. */
const WARM_UP_PATIENCE_MS = 8_000;

/** States that a call UI may report. */
const REPORTABLE: readonly string[] = ['connecting', 'ringing', 'active', 'reconnecting'];

/** One attempt, as the next one sees it. */
interface Attempt {
  readonly element: CallElement;
  over: boolean;
  /** Settles when it has given everything back. */
  readonly released: Promise<void>;
  /** Takes from the screen how it ended. */
  putAway(): void;
}

/** The page's one line: taken while a call is prepared or up, and until it is released. */
let line: Attempt | undefined;

/** Elements whose developer was warned. */
const warned = new WeakSet<CallElement>();

/**
 * Fetches ahead of the click what it will need: the words, and with `token` the guest token. Without it, the connection
 * that the exchange will take is opened. What is wrong with the settings is told at the click.
 */
export async function warmUp(
  element: CallElement,
  token: boolean,
  patienceMs = WARM_UP_PATIENCE_MS,
): Promise<void> {
  void loadWords(languageOf(element), element.strings);
  try {
    const { source, endpoint } = planToken(settingsOf(element), pageFacts());
    if (token) await source.get({ signal: AbortSignal.timeout(patienceMs) });
    else if (endpoint && !source.isReady) preconnect(endpoint);
  } catch {
    // Not asked for by the visitor, so nobody is told.
  }
}

/** Makes one call. Returns at once; the host is told everything that happens. */
export function startCall(host: CallHost): CallRun {
  const { element, signal } = host;
  const settings = settingsOf(element);
  let spoken = englishWith(element.strings);
  const speaking = loadWords(languageOf(element), element.strings).then((words) => (spoken = words));
  const log = createDebugLog(element.debug);
  let state: CallState = 'preparing';
  let answeredAtMs: number | undefined;
  let ui: OwnUi | undefined;
  let placing: Promise<CallHandle> | undefined;
  let handle: CallHandle | undefined;
  /** What a failure is called that does not say so itself: ours, until the page's own call UI has the word. */
  let otherwise: ErrorCode = 'internal';
  let release!: () => void;
  const mine: Attempt = {
    element,
    over: false,
    released: new Promise<void>((resolve) => (release = resolve)),
    putAway: () => ui?.close(),
  };

  const to = (next: CallState) => {
    if (mine.over || next === state) return;
    state = next;
    log('state', next);
    host.setState(next);
    // A listener may have hung up.
    if (!mine.over) ui?.show(next);
  };

  const onReport = (change: CallChange, noteExpiry: (expiresAtMs: number) => void) => {
    // A page's own call UI may say anything.
    if (mine.over || typeof change !== 'object' || change === null) return;
    if ('expiresAtMs' in change) return noteExpiry(change.expiresAtMs);
    if (!REPORTABLE.includes(change.state)) return;
    to(change.state);
    if (mine.over || change.state !== 'active' || answeredAtMs !== undefined) return;
    answeredAtMs = performance.now();
    host.emit(new SwCallStartedEvent({ destination: settings.destination }));
  };

  /** Everything up to a call that can be hung up. */
  async function place(): Promise<CallHandle> {
    const plan = planCall(settings, host.dialVariables, pageFacts());
    // eslint-disable-next-line no-console -- the one documented warning
    if (plan.warning && !warned.has(element)) console.warn(`[sw-click-to-call] ${plan.warning}`);
    if (plan.warning) warned.add(element);
    const { callUi } = settings;
    preflight({ media: !callUi, video: settings.video, local: plan.local }, surroundingsOf(window));
    if (line && !line.over) throw new ClickToCallError('preflight-in-call');
    const previous = line;
    line = mine;
    // What another element's call left on the screen stands where this one is going to.
    if (previous?.element !== element) previous?.putAway();
    host.container.before(host.fallback);
    host.container.replaceChildren();
    const request = requestFor(plan);
    if (!callUi) ui = await openOwnUi(plan.destination);
    // The last call's microphone and session must be gone before the next one asks for them. Waits in any case: the
    // element must have this run in its hands before a call UI reports.
    await waitFor(previous?.released ?? Promise.resolve(), { signal });
    if (callUi) otherwise = 'call-failed';
    placing = (async () => (ui?.callUi ?? callUi!)(request))();
    return waitFor(placing, { signal });
  }

  async function openOwnUi(destination: string): Promise<OwnUi> {
    const loading = loadBuiltIn().catch((cause: unknown) => {
      throw new ClickToCallError('ui-load-failed', { cause });
    });
    const [{ createOwnUi }] = await waitFor(Promise.all([loading, speaking]), { signal });
    const { mute, sendDigits } = run;
    return createOwnUi(host, { ...spoken, log, destination, video: settings.video, mute, sendDigits });
  }

  function requestFor({ destination, userVariables, source }: CallPlan): CallRequest {
    let lastToken = '';
    const ask = async (reason: 'dial' | 'refused') => {
      const askedMs = performance.now();
      lastToken = await source.get({ signal, reason, userInitiated: true });
      log('guest token ready after', Math.round(performance.now() - askedMs), 'ms');
      return lastToken;
    };
    // Ours asks for it first thing, so the token does not wait for the interface to arrive.
    let early = settings.callUi ? undefined : ask('dial');
    early?.catch(() => {});
    return {
      destination,
      host: settings.host,
      video: settings.video,
      userVariables,
      container: host.container,
      signal,
      async guestToken({ refused } = {}) {
        if (refused) source.invalidate(refused);
        const asked = early ?? ask(refused ? 'refused' : 'dial');
        early = undefined;
        return asked;
      },
      report: (change) => onReport(change, (expiresAtMs) => source.noteExpiry(lastToken, expiresAtMs)),
    };
  }

  /** A page that comes back from the back/forward cache must not place a call by itself. A placed call is its UI's to end. */
  function hangUpOnLeaving(): void {
    if (!handle) host.hangup();
  }

  /** The one end of the attempt; whatever comes later is not heard. */
  function conclude(ending: Ending): void {
    if (mine.over) return;
    const answered = answeredAtMs !== undefined;
    const { hangup, state: last, error, end } = outcomeOf(ending, { state, answered });
    mine.over = true;
    window.removeEventListener('pagehide', hangUpOnLeaving);
    const detail = error?.toDetail();
    log('over', last, end?.reason ?? '', detail ?? '', error?.cause ?? '');
    void letGo('stopped' in ending);
    if (hangup) host.tellHangup();
    host.finish(last, detail);
    const durationMs = answered ? Math.round(performance.now() - answeredAtMs!) : 0;
    try {
      if (detail) {
        const told = host.emit(new SwErrorEvent(detail));
        showFailure(detail, told);
      } else if (last === 'ended') ui?.showEnd(durationMs);
      else ui?.close();
    } finally {
      // Told, whatever becomes of the screen.
      if (end) host.emit(new SwCallEndedEvent({ ...end, durationMs }));
    }
  }

  function showFailure(detail: ErrorDetail, told: boolean): void {
    const row = ERRORS[detail.code];
    const say = settings.video && 'sayOfVideo' in row ? row.sayOfVideo : row.say;
    const sentence = told ? spoken.words[say] : '';
    // A listener may have started another call, which put this one's interface away.
    if (ui && told && line === mine) {
      host.say(sentence);
      ui.showFailure(detail, sentence);
    } else {
      ui?.close();
      host.say(sentence, true);
    }
  }

  /** Gives back what the attempt took. A call UI that comes late has placed a call that nobody wants any more. */
  async function letGo(stopped: boolean): Promise<void> {
    const hangUp = async () => {
      // A call UI may report, and be stopped for it, before it has returned.
      await undefined;
      const placed = handle ?? (await placing);
      // A page's own call UI has ended its call already, unless it was stopped; ours may be asked twice.
      if (stopped || ui) await placed?.hangup();
    };
    await settled(hangUp(), RELEASE_LIMIT_MS);
    release();
  }

  async function follow(): Promise<void> {
    try {
      handle = await place();
      if (typeof handle?.ended?.then !== 'function') {
        // Whatever it is, it may hold a call.
        void settled((async () => handle?.hangup?.())(), RELEASE_LIMIT_MS);
        throw new TypeError('callUi returned no handle');
      }
      if (state === 'preparing') to('connecting');
    } catch (thrown) {
      // What went wrong is said in the visitor's language.
      await speaking;
      return conclude({ thrown, otherwise });
    }
    Promise.resolve(handle.ended).then(
      (end) => conclude({ end }),
      (thrown: unknown) => conclude({ thrown, otherwise: 'call-failed' }),
    );
  }

  const run: CallRun = {
    handed: Promise.resolve(),
    released: mine.released,
    front: () => ui?.front(),
    moved: () => ui?.moved(),
    async mute(on) {
      if (!handle || mine.over) return;
      await handle.mute(on);
      ui?.showMuted(on);
    },
    async sendDigits(digits) {
      if (!mine.over) await handle?.sendDigits(digits);
    },
  };
  signal.addEventListener('abort', () => conclude({ stopped: signal.reason }), { once: true });
  window.addEventListener('pagehide', hangUpOnLeaving);
  return Object.assign(run, { handed: follow() });
}

function pageFacts(): PageFacts {
  return { url: location.href, title: document.title, referrer: document.referrer };
}
