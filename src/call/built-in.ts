// The built-in call UI: captures the microphone, opens a session with the gateway, and shows both in a panel.
// Callers can rely on this: token, code and microphone are asked for in the same tick, and whatever is not used is released.
// It implements the same port as a page's own call UI, and never sees the public token or the cache.
import { asClickToCallError, ClickToCallError } from '../errors.js';
import { lazy } from '../lazy.js';
import { CallMedia } from '../media/call-media.js';
import { stopStream } from '../media/capture.js';
import type { PlacedCallControls } from '../sdk/call.js';
import type { GatewaySession } from '../sdk/gateway.js';
import { watchLine as watchStatistics } from '../sdk/statistics.js';
import { AgentView } from '../ui/agent/agent-view.js';
import { CallPanel } from '../ui/panel/panel.js';
import type { BuiltInOptions, Call } from './call.js';
import { holdSiteLock } from './other-tabs.js';
import type { CallHandle, CallRequest, CallUi } from './port.js';

export const loadVideoStage = lazy(() => import('../ui/video/video-stage.js'));

/** Opens the panel of a call, and makes the call UI that it shows. */
export function openBuiltIn(call: Call, options: BuiltInOptions): CallUi {
  const { log, words, video } = options;
  const { element, surface } = call;
  const media = new CallMedia({ audio: call.audio });
  const panel = new CallPanel({ call, media, surface, element, ...options });
  const { status } = surface;
  const agent = new AgentView({ panel, element, status, words, captions: element.transcript, log });
  call.showIn(panel);
  panel.open();
  if (video) {
    loadVideoStage().then(
      (stage) => panel.showStage(stage),
      // It is still a call without pictures.
      (error: unknown) => log('video not shown', error),
    );
  }
  return (request) => new BuiltInCall(call, media, agent, options).place(request);
}

/** One call of the built-in UI. */
class BuiltInCall {
  readonly #call: Call;
  readonly #media: CallMedia;
  readonly #agent: AgentView;
  readonly #options: BuiltInOptions;
  readonly #leaveSite: () => void;
  #stopStatistics: (() => void) | undefined;

  constructor(call: Call, media: CallMedia, agent: AgentView, options: BuiltInOptions) {
    this.#call = call;
    this.#media = media;
    this.#agent = agent;
    this.#options = options;
    this.#leaveSite = holdSiteLock((otherTab) => call.update({ otherTab }));
  }

  async place(request: CallRequest): Promise<CallHandle> {
    // Stops what was begun when one part fails: the next call may come before the visitor has blinked.
    const attempt = new AbortController();
    const { signal } = attempt;
    const stop = () => attempt.abort(request.signal.reason);
    if (request.signal.aborted) stop();
    request.signal.addEventListener('abort', stop, { once: true });
    const capturing = this.#media.capture(request.video, signal);
    const opening = this.#openGateway({ ...request, signal });
    try {
      const [stream, gateway] = await Promise.all([capturing, opening]);
      return await this.#dial(request, signal, stream, gateway);
    } catch (thrown) {
      this.#stop();
      attempt.abort(thrown);
      // However late they come.
      capturing.then(stopStream, () => {});
      opening.then(
        (gateway) => gateway.close(),
        () => {},
      );
      throw thrown;
    }
  }

  async #dial(
    request: CallRequest,
    signal: AbortSignal,
    stream: MediaStream,
    gateway: GatewaySession,
  ): Promise<CallHandle> {
    const { destination, video, userVariables } = request;
    const media = this.#media;
    gateway.onAgentEvent((event) => this.#agent.take(event));
    media.start(stream);
    const placed: PlacedCallControls = await gateway.dial({
      destination,
      video,
      userVariables,
      stream,
      signal,
      report: (news) => {
        if ('track' in news) return media.play(news.track);
        request.report(news);
        if (news.state === 'active') this.#watch(placed.peer);
      },
    });
    media.feed(placed);
    return {
      ended: placed.ended.finally(() => this.#stop()),
      hangup: () => placed.hangup(),
      mute: (on) => placed.mute(on),
      sendDigits: (digits) => placed.sendDigits(digits),
    };
  }

  /** Level and quality mean something from the answer on. */
  #watch(peer: RTCPeerConnection | undefined): void {
    if (!peer || this.#stopStatistics) return;
    this.#stopStatistics = watchStatistics({ peer, onReading: (reading) => this.#media.read(reading) });
  }

  #stop(): void {
    this.#stopStatistics?.();
    this.#leaveSite();
    this.#media.stop();
  }

  /** A session with the gateway. A token that it refuses is exchanged again, once. */
  async #openGateway({ signal, guestToken, report }: CallRequest): Promise<GatewaySession> {
    const { log } = this.#options;
    const [token, { connectGateway }] = await Promise.all([guestToken(), this.#loadSdk()]);
    let gateway;
    try {
      gateway = await connectGateway({ token, signal, log });
    } catch (thrown) {
      if (asClickToCallError(thrown, 'internal').code !== 'connect-unauthorized') throw thrown;
      log('guest token refused, exchanging again');
      gateway = await connectGateway({ token: await guestToken({ refused: token }), signal, log });
    }
    if (gateway.expiresAtMs !== undefined) report({ expiresAtMs: gateway.expiresAtMs });
    return gateway;
  }

  async #loadSdk() {
    try {
      return await this.#call.loaders.sdk();
    } catch (cause) {
      throw new ClickToCallError('ui-load-failed', { cause });
    }
  }
}
