// Brings back the media of a call when its path is lost: an ICE restart, offered to the gateway again and again until
// media flows or the call ends. The SDK's own recovery starts when the connection has failed, 15 s after the last packet,
// tries once, and hangs up 12 s later without a word.
// Callers can rely on this: nothing here throws, an offer that led nowhere is rolled back, and a step that hangs in the
// browser does not block the next loss. It knows nothing about how a request travels or how long a call may be lost.
import type { DebugLog } from '../debug-log.js';
import { waitFor, type Timers } from '../wait.js';

/** What recovery needs from the gateway. */
export interface Signalling {
  /**
   * Offers the gateway a new description of the call.
   * @returns its answer.
   * @throws {@link CallGone}, or any other error when there is no connection or no agreement.
   */
  renegotiate(sdp: string): Promise<string>;
  /** Replaces the connection to the gateway, which may be dead without knowing it. */
  reconnect(): void;
}

/** The gateway no longer knows the call. */
export class CallGone extends Error {}

export interface MediaRecoveryOptions {
  readonly peer: RTCPeerConnection;
  readonly signalling: Signalling;
  readonly log: DebugLog;
  readonly timers: Timers;
  /** Called when the gateway no longer knows the call. */
  readonly onGone: () => void;
}

/** How long each step of a try may take, in milliseconds. */
export const RECOVERY_LIMITS = {
  /** For the browser to make a description, apply one, or roll one back. */
  describeMs: 5_000,
  /** For candidates; one that is late, as from a TURN server, goes into the next try. */
  gatherMs: 1_500,
  /** For the gateway's answer; after that its connection counts as dead. */
  answerMs: 4_000,
  /** For media to flow on the new path. */
  connectMs: 5_000,
  /** Between two tries. */
  pauseMs: 1_000,
};

/** Recovers the media of one call, one loss at a time. */
export class MediaRecovery {
  readonly #options: MediaRecoveryOptions;
  #running: AbortController | undefined;

  constructor(options: MediaRecoveryOptions) {
    this.#options = options;
  }

  /** Starts, and goes on until media flows or it is stopped. Does nothing while it is running. */
  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  /** Stops at once: the call is over. */
  stop(): void {
    this.#running?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { log, onGone } = this.#options;
    while (!this.#isConnected() && !signal.aborted) {
      try {
        await this.#restartIce(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        log('media not back yet', thrown);
        if (thrown instanceof CallGone) return onGone();
      }
      if (!this.#isConnected()) await this.#pause(signal);
    }
    // Before `#running` is cleared: an offer without an answer would block every later negotiation.
    await this.#rollBack(signal).catch(() => {});
    // Lost again in the meantime, while start() did nothing because this was still running.
    if (!signal.aborted && !this.#isConnected()) return this.#run(signal);
    this.#running = undefined;
  }

  async #restartIce(signal: AbortSignal): Promise<void> {
    const { peer, signalling, timers } = this.#options;
    await this.#rollBack(signal);
    // `iceGatheringState` is still that of the last time; only the last event belongs to this try.
    const gathered = this.#next('icecandidate', RECOVERY_LIMITS.gatherMs, signal, (event) => {
      return !(event as RTCPeerConnectionIceEvent).candidate;
    });
    const offer = await this.#described(peer.createOffer({ iceRestart: true }), signal);
    await this.#described(peer.setLocalDescription(offer), signal);
    await gathered.catch(() => {});
    signal.throwIfAborted();
    // The old path came back by itself.
    if (peer.connectionState === 'connected') return this.#rollBack(signal);
    const sdp = withoutMdnsCandidates(peer.localDescription?.sdp ?? '');
    if (!sdp.includes('a=candidate')) throw new Error('no network');
    const answer = await waitFor(signalling.renegotiate(sdp), {
      ms: RECOVERY_LIMITS.answerMs,
      timeUp: () => {
        signalling.reconnect();
        return new Error('no answer');
      },
      signal,
      timers,
    });
    const connected = this.#next('connectionstatechange', RECOVERY_LIMITS.connectMs, signal, () => {
      return peer.connectionState === 'connected';
    });
    await this.#described(peer.setRemoteDescription({ type: 'answer', sdp: answer }), signal);
    if (!this.#isConnected()) await connected;
  }

  /** Waits a while, or until the browser reports a network. */
  async #pause(signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const online = new Promise<void>((resolve) => {
      window.addEventListener('online', () => resolve(), { signal: done.signal });
    });
    await waitFor(online, { ms: RECOVERY_LIMITS.pauseMs, signal, timers: this.#options.timers }).catch(
      () => {},
    );
    done.abort();
  }

  #isConnected(): boolean {
    const { connectionState } = this.#options.peer;
    if (connectionState === 'closed') this.stop();
    return connectionState === 'connected';
  }

  /** Takes back an offer without an answer, also one that the SDK left. */
  async #rollBack(signal: AbortSignal): Promise<void> {
    const { peer } = this.#options;
    if (peer.signalingState === 'have-local-offer')
      await this.#described(peer.setLocalDescription({ type: 'rollback' }), signal);
  }

  /** Waits for the browser, with a limit: on a closed peer these promises never settle. */
  #described<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
    const timeUp = () => new Error('the browser does not answer');
    return waitFor(step, { ms: RECOVERY_LIMITS.describeMs, timeUp, signal, timers: this.#options.timers });
  }

  /** Resolves with the next event that matches. A rejection that nobody handles is ignored. */
  #next(type: string, ms: number, signal: AbortSignal, matches: (event: Event) => boolean): Promise<void> {
    const { peer, timers } = this.#options;
    const over = new AbortController();
    const happened = new Promise<void>((resolve) => {
      peer.addEventListener(type, (event) => matches(event) && resolve(), { signal: over.signal });
    });
    const next = waitFor(happened, { ms, timeUp: () => new Error(`no ${type}`), signal, timers });
    next.finally(() => over.abort()).catch(() => {});
    return next;
  }
}

/** mDNS names mean nothing to a gateway; the SDK leaves them out as well. */
function withoutMdnsCandidates(sdp: string): string {
  return sdp.replace(/^a=candidate.*\.local .*\r?\n/gm, '');
}
