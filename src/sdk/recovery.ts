// Brings the media of a call back when its path is lost: the browser gathers anew (an ICE restart) and the gateway is
// offered the result, again and again until media flows or the caller of this stops it.
// Why not the SDK's own recovery: it begins when the connection has failed, 15 s after the last packet, tries once, and
// hangs up 12 s later without telling anybody.
// Promise: never throws; an offer that came to nothing is taken back, and a late answer to it is not used; what stands
// still is let go of, so that the next loss finds nobody at work.
// Must not know: how a request travels, how long a call may be lost, what the caller sees.
import type { DebugLog } from '../debug-log.js';
import { waitFor, type Timers } from '../wait.js';

/** The gateway, as far as a call that is up needs it for a new path. */
export interface Signalling {
  /**
   * Offers the gateway a new description of the call.
   * @returns its answer.
   * @throws {@link CallGone}, or any other error when there is no connection or no agreement.
   */
  renegotiate(sdp: string): Promise<string>;
  /** Replaces the connection to the gateway, which may be dead and not know it. */
  reconnect(): void;
}

/** The gateway does not know the call any more. */
export class CallGone extends Error {}

export interface MediaRecoveryOptions {
  readonly peer: RTCPeerConnection;
  readonly signalling: Signalling;
  readonly log: DebugLog;
  readonly timers: Timers;
  /** There is no call to be saved. */
  readonly onGone: () => void;
}

/** How long each step of an attempt may take, in milliseconds. */
export const RECOVERY_LIMITS = {
  /** For the browser to make a description, to take one, or to take one back. */
  describeMs: 5_000,
  /** For addresses; one that is late, as of a TURN server, has its place in the next attempt. */
  gatherMs: 1_500,
  /** For the gateway's answer; after that its connection counts as dead. */
  answerMs: 4_000,
  /** For media to flow on the new path. */
  connectMs: 5_000,
  /** From one attempt to the next. */
  pauseMs: 1_000,
};

export class MediaRecovery {
  readonly #options: MediaRecoveryOptions;
  #running: AbortController | undefined;

  constructor(options: MediaRecoveryOptions) {
    this.#options = options;
  }

  /** The path is lost. Goes on until media flows or it is stopped; does nothing when it is at it already. */
  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  /** The call is over. */
  stop(): void {
    this.#running?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { log, onGone } = this.#options;
    while (!this.#flows() && !signal.aborted) {
      try {
        await this.#attempt(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        log('media not back yet', thrown);
        if (thrown instanceof CallGone) return onGone();
      }
      if (!this.#flows()) await this.#pause(signal);
    }
    // Not before: an offer that nobody answered would keep the connection from any later agreement.
    await this.#withdraw(signal).catch(() => {});
    // Lost again meanwhile: whoever called start() found it at work.
    if (!signal.aborted && !this.#flows()) return this.#run(signal);
    this.#running = undefined;
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const { peer, signalling, timers } = this.#options;
    await this.#withdraw(signal);
    // The state of gathering is still that of the last time; only its last event belongs to this one.
    const gathered = this.#next('icecandidate', RECOVERY_LIMITS.gatherMs, signal, (event) => {
      return !(event as RTCPeerConnectionIceEvent).candidate;
    });
    const offer = await this.#described(peer.createOffer({ iceRestart: true }), signal);
    await this.#described(peer.setLocalDescription(offer), signal);
    await gathered.catch(() => {});
    signal.throwIfAborted();
    // It came back by itself meanwhile.
    if (peer.connectionState === 'connected') return this.#withdraw(signal);
    const sdp = withoutLocalNames(peer.localDescription?.sdp ?? '');
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
    if (!this.#flows()) await connected;
  }

  /** Until it is worth trying again: some time has passed, or the browser found a network. */
  async #pause(signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const online = new Promise<void>((resolve) => {
      window.addEventListener('online', () => resolve(), { signal: done.signal });
    });
    const { pauseMs: ms } = RECOVERY_LIMITS;
    await waitFor(online, { ms, timeUp: () => undefined, signal, timers: this.#options.timers }).catch(
      () => {},
    );
    done.abort();
  }

  #flows(): boolean {
    const { connectionState } = this.#options.peer;
    if (connectionState === 'closed') this.stop();
    return connectionState === 'connected';
  }

  /** Takes back an offer without an answer; also one that the SDK left there. */
  async #withdraw(signal: AbortSignal): Promise<void> {
    const { peer } = this.#options;
    if (peer.signalingState === 'have-local-offer')
      await this.#described(peer.setLocalDescription({ type: 'rollback' }), signal);
  }

  /** What the browser makes of a description, unless it stands still: a peer that was closed never settles. */
  #described<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
    const timeUp = () => new Error('the browser stands still');
    return waitFor(step, { ms: RECOVERY_LIMITS.describeMs, timeUp, signal, timers: this.#options.timers });
  }

  /** Settles with the next event that is meant. A rejection that nobody waits for is nothing. */
  #next(type: string, ms: number, signal: AbortSignal, isIt: (event: Event) => boolean): Promise<void> {
    const { peer, timers } = this.#options;
    const over = new AbortController();
    const happened = new Promise<void>((resolve) => {
      peer.addEventListener(type, (event) => isIt(event) && resolve(), { signal: over.signal });
    });
    const next = waitFor(happened, { ms, timeUp: () => new Error(`no ${type}`), signal, timers });
    next.finally(() => over.abort()).catch(() => {});
    return next;
  }
}

/** Names of the local network mean nothing to a gateway; the SDK leaves them out as well. */
function withoutLocalNames(sdp: string): string {
  return sdp.replace(/^a=candidate.*\.local .*\r?\n/gm, '');
}
