// The built-in call UI: an implementation of the port that takes the microphone, opens the gateway and shows a panel.
// Promise: token, code and microphone are asked for in the same tick; whatever of them is not used is given back.
// Must not know: attributes, the public token, the cache.
import { asClickToCallError, ClickToCallError } from '../errors.js';
import type { CallState } from '../events.js';
import type { Strings } from '../locales/en.js';
import { agentEvent } from './agent-events.js';
import type { DebugLog } from './debug-log.js';
import { loadSignalWire } from './load.js';
import { captureMedia, stopStream } from './media.js';
import { CallPanel } from './panel.js';
import type { CallHandle, CallHost, CallRequest, CallUi } from './port.js';
import type { Gateway } from './signalwire.js';

/** The call UI and the screen around it, which outlives the call: it says how the call ended. */
export interface OwnUi {
  readonly callUi: CallUi;
  show(state: CallState): void;
  showMuted(on: boolean): void;
  showEnd(durationMs: number): void;
  showFailure(sentence: string, canRetry: boolean): void;
  front(): void;
  moved(): void;
  close(): void;
}

export interface OwnUiOptions {
  readonly words: Strings;
  readonly log: DebugLog;
  /** Who is called. */
  readonly title: string;
  readonly mute: (on: boolean) => Promise<void>;
}

/** Opens the panel and makes the call UI that fills it. */
export function createOwnUi(host: CallHost, { words, log, title, mute }: OwnUiOptions): OwnUi {
  const { element } = host;
  const panel = new CallPanel(host.container, {
    words,
    title,
    inline: element.display === 'inline',
    theme: element.theme,
    audio: host.audio,
    announce: (text) => host.say(text),
    hangup: () => host.hangup(),
    redial: () => host.redial(),
    mute: (on) => void mute(on),
    closed: () => host.focusButton(),
  });
  panel.open();

  const callUi = async (call: CallRequest): Promise<CallHandle> => {
    const { signal } = call;
    // All three in one tick. The first failure is the call's; what comes in later is given back.
    const capturing = captureMedia(call.video, signal);
    const opening = openGateway(call, log);
    let stream: MediaStream;
    let gateway: Gateway;
    try {
      [stream, gateway] = await Promise.all([capturing, opening]);
    } catch (thrown) {
      capturing.then(stopStream, () => {});
      opening.then(
        (late) => late.close(),
        () => {},
      );
      throw thrown;
    }
    gateway.onAgentEvent((type, payload) => {
      const event = agentEvent(type, payload);
      if (event) host.emit(event);
    });
    const line = await gateway
      .dial({
        destination: call.destination,
        video: call.video,
        userVariables: call.userVariables,
        stream,
        signal,
        report: (change) => call.report(change),
        onTrack: (track) => panel.play(track),
      })
      .catch((thrown: unknown) => {
        stopStream(stream);
        void gateway.close();
        throw thrown;
      });
    return {
      ended: line.ended.finally(() => panel.silence()),
      hangup: () => line.hangup(),
      mute: (on) => line.mute(on),
      sendDigits: (digits) => line.sendDigits(digits),
    };
  };

  return {
    callUi,
    show: (state) => panel.show({ state }),
    showMuted: (muted) => panel.show({ muted }),
    showEnd: (durationMs) => panel.show({ state: 'ended', durationMs }),
    showFailure: (sentence, canRetry) => panel.show({ state: 'failed', sentence, canRetry }),
    front: () => panel.front(),
    moved: () => panel.moved(),
    close: () => panel.close(),
  };
}

/** A session with the gateway; a token that it refuses is exchanged anew, once. */
async function openGateway(call: CallRequest, log: DebugLog): Promise<Gateway> {
  const { signal } = call;
  const [token, { connectGateway }] = await Promise.all([call.guestToken(), loadSdk()]);
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

async function loadSdk(): ReturnType<typeof loadSignalWire> {
  try {
    return await loadSignalWire();
  } catch (cause) {
    throw new ClickToCallError('ui-load-failed', { cause });
  }
}
