// The built-in call UI: an implementation of the port that takes the microphone, opens the gateway and shows a panel.
// Promise: token, code and microphone are asked for in the same tick; whatever of them is not used is given back.
// Must not know: attributes, the public token, the cache.
import { asClickToCallError, ClickToCallError, type ErrorDetail } from '../errors.js';
import type { CallState } from '../events.js';
import { AgentView } from '../ui/agent/agent-view.js';
import type { DebugLog } from '../debug-log.js';
import { LiveCall } from './live-call.js';
import { loadSdk } from '../element/load.js';
import { lazy } from '../lazy.js';
import { captureMedia, mayPrompt, stopStream } from '../media/capture.js';
import { holdSiteLock } from './other-tabs.js';
import { hideDeniedStorage } from '../sdk/page-storage.js';
import { CallPanel } from '../ui/panel/panel.js';
import { permissionHelp } from '../ui/texts/permission-help.js';
import type { CallHost } from './call-host.js';
import type { CallHandle, CallRequest, CallUi } from './port.js';
import type { Gateway } from '../sdk/gateway.js';
import type { Words } from '../locales/texts.js';

export const loadVideoStage = lazy(() => import('../ui/video/video-stage.js'));

/** The call UI and the screen around it, which outlives the call: it says how the call ended. */
export interface OwnUi {
  readonly callUi: CallUi;
  show(state: CallState): void;
  showMuted(on: boolean): void;
  showEnd(durationMs: number): void;
  showFailure(error: ErrorDetail, sentence: string): void;
  front(): void;
  moved(): void;
  close(): void;
}

export interface OwnUiOptions extends Words {
  readonly log: DebugLog;
  readonly destination: string;
  readonly video: boolean;
  readonly mute: (on: boolean) => Promise<void>;
  readonly sendDigits: (digits: string) => Promise<void>;
  /** The code that opens a gateway, or a test's. */
  readonly load?: typeof loadSdk;
}

/** Opens the panel and makes the call UI that fills it. */
export function createOwnUi(host: CallHost, options: OwnUiOptions): OwnUi {
  const { words, language, log, destination, video, mute, sendDigits, load = loadSdk } = options;
  const { element, audio, fallback } = host;
  let live: LiveCall | undefined;
  let lastSentence: string | undefined;
  const panel = new CallPanel(host.container, {
    words,
    language,
    destination,
    inline: element.display === 'inline',
    theme: element.theme,
    video,
    audio,
    fallback,
    announce: (text) => host.say(text),
    actions: {
      hangup: () => host.hangup(),
      redial: () => host.redial(),
      // Never fails: silence is the track's own (line.ts).
      mute: (on) => void mute(on),
      turnCameraOff: (on) => live?.turnCameraOff(on),
      sendDigit: (digit) => void sendDigits(digit).catch((error: unknown) => log('digit not sent', error)),
      useDevice: (kind, id) => live?.useDevice(kind, id),
      leave: () => host.focusButton(),
      closed: () => {
        // What went wrong stays to be read beside the button.
        if (lastSentence !== undefined) host.say(lastSentence, true);
      },
    },
  });
  const agent = new AgentView({
    panel,
    words,
    captions: element.transcript,
    emit: (event) => host.emit(event),
    announce: (text) => host.say(text),
    log,
  });
  panel.open();
  if (video) {
    // Without its pictures it is still a call.
    loadVideoStage().then(
      (stage) => panel.showStage(stage),
      (error: unknown) => log('video not shown', error),
    );
  }

  const callUi = async (call: CallRequest): Promise<CallHandle> => {
    // Ends what was begun when one of them fails: the next attempt may come before the visitor has blinked.
    const attempt = new AbortController();
    const { signal } = attempt;
    const stop = () => attempt.abort(call.signal.reason);
    if (call.signal.aborted) stop();
    call.signal.addEventListener('abort', stop, { once: true });
    const leaveSite = holdSiteLock((otherTab) => panel.show({ otherTab }));
    // All three in one tick. The first failure is the call's; what comes in later is given back.
    const capturing = captureMedia(call.video, signal);
    const opening = openGateway({ ...call, signal }, log, load);
    showPrompt(capturing, call.video);
    try {
      const [stream, gateway] = await Promise.all([capturing, opening]);
      gateway.onAgentEvent((type, payload) => agent.take(type, payload));
      const current = (live = new LiveCall({ stream, panel, audio, words }));
      const line = await gateway.dial({
        destination: call.destination,
        video: call.video,
        userVariables: call.userVariables,
        stream,
        signal,
        report: (change) => {
          call.report(change);
          if ('state' in change && change.state === 'active') current.watch();
        },
        onTrack: (track) => panel.play(track),
      });
      current.use(line);
      return {
        ended: line.ended.finally(() => {
          current.stop();
          leaveSite();
          panel.silence();
        }),
        hangup: () => line.hangup(),
        mute: (on) => line.mute(on),
        sendDigits: (digits) => line.sendDigits(digits),
      };
    } catch (thrown) {
      live?.stop();
      leaveSite();
      attempt.abort(thrown);
      // However late they come.
      capturing.then(stopStream, () => {});
      opening.then(
        (late) => late.close(),
        () => {},
      );
      throw thrown;
    }
  };

  /** Says that the browser asks, for as long as it may be asking. */
  function showPrompt(capturing: Promise<MediaStream>, video: boolean): void {
    let answered = false;
    const onAnswer = () => {
      answered = true;
      panel.show({ asking: false });
    };
    capturing.then(onAnswer, onAnswer);
    void mayPrompt(video).then((asking) => panel.show({ asking: asking && !answered }));
  }

  return {
    callUi,
    show: (state) => panel.show({ state }),
    showMuted: (muted) => panel.show({ muted }),
    showEnd: (durationMs) => panel.show({ state: 'ended', durationMs }),
    showFailure({ code, retryable }, sentence) {
      const help = code === 'media-denied' ? words[permissionHelp(navigator)] : '';
      lastSentence = `${sentence} ${help}`.trim();
      panel.show({ state: 'failed', sentence, help, canRetry: retryable });
    },
    front: () => panel.front(),
    moved: () => panel.moved(),
    close: () => panel.close(),
  };
}

/** A session with the gateway; a token that it refuses is exchanged anew, once. */
async function openGateway(call: CallRequest, log: DebugLog, load: typeof loadSdk): Promise<Gateway> {
  const { signal } = call;
  hideDeniedStorage();
  const [token, { connectGateway }] = await Promise.all([call.guestToken(), sdkFrom(load)]);
  let gateway;
  try {
    gateway = await connectGateway({ token, signal, log });
  } catch (thrown) {
    if (asClickToCallError(thrown, 'internal').code !== 'connect-unauthorized') throw thrown;
    log('guest token refused, exchanging anew');
    gateway = await connectGateway({ token: await call.guestToken({ refused: token }), signal, log });
  }
  if (gateway.expiresAtMs !== undefined) call.report({ expiresAtMs: gateway.expiresAtMs });
  return gateway;
}

async function sdkFrom(load: typeof loadSdk): ReturnType<typeof loadSdk> {
  try {
    return await load();
  } catch (cause) {
    throw new ClickToCallError('ui-load-failed', { cause });
  }
}
