// A call of the SDK, turned by hand: what the SDK emits, in which order, and the ways in which it forgets to settle.
import type { SdkCall } from '../../src/sdk/undocumented.js';
import '../media/needs-webrtc.js';

export class FakeSdkCall implements SdkCall {
  options: Record<string, unknown> = {};
  cause?: string;
  causeCode?: string;
  audioEl: HTMLAudioElement | undefined = document.createElement('audio');
  callId?: string;
  resume?: () => Promise<void>;
  /** What it was asked, oldest first. */
  readonly asked: string[] = [];
  readonly connection = new RTCPeerConnection();
  /** Undefined in the tick of start(), as in the SDK. */
  peer: SdkCall['peer'];
  /** Whether start() makes a peer at once; in the SDK it comes a moment later. */
  hasPeer = true;
  /** The gateway takes note of nothing: no hang-up, no digits. */
  deaf = false;
  /** Whether it is inside as we know it, so that its own recovery can be switched off. */
  isKnown = false;
  readonly #listeners = new Map<string, ((payload: unknown) => void)[]>();
  #refuse!: (reason: unknown) => void;

  on(event: string, listener: (payload: never) => void): void {
    const known = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...known, listener as (payload: unknown) => void]);
  }

  emit(event: string, payload: unknown = {}): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload);
  }

  start(): Promise<void> {
    this.asked.push('start');
    if (this.hasPeer) this.makePeer();
    return new Promise((_, reject) => (this.#refuse = reject));
  }

  makePeer(): void {
    this.peer = {
      instance: this.connection,
      _resolveStartMethod: () => void this.asked.push('lift the limit'),
      ...(this.isKnown && { triggerResume: () => {}, restartIceWithRelayOnly: () => {} }),
    };
    if (!this.isKnown) return;
    this.callId = 'call-1';
    this.resume = () => Promise.resolve();
  }

  /** start() rejects. */
  refuse(reason: unknown): void {
    this.#refuse(reason);
  }

  hangup(): Promise<void> {
    if (!this.peer) return Promise.reject(new Error('Invalid RTCPeer ID to hangup'));
    this.asked.push('hangup');
    // The SDK waits for the gateway before it tells anybody.
    return this.deaf ? new Promise(() => {}) : Promise.resolve().then(() => this.destroy());
  }

  sendDigits(digits: string): Promise<void> {
    this.asked.push(`digits ${digits}`);
    return this.deaf ? new Promise(() => {}) : Promise.resolve();
  }

  /** What the browser says about the connection, long before the SDK does. */
  connectionIs(connectionState: RTCPeerConnectionState): void {
    Object.defineProperty(this.connection, 'connectionState', { value: connectionState, configurable: true });
    this.connection.dispatchEvent(new Event('connectionstatechange'));
  }

  /** The far end answers, and its media flows. */
  answer(): void {
    this.emit('trying');
    this.emit('active');
    this.emit('call.joined', {});
    this.emit('media.connected');
  }

  /** The call is gone, with the cause of the far end or without any. */
  destroy(cause?: string, causeCode?: string): void {
    if (cause !== undefined) this.cause = cause;
    if (causeCode !== undefined) this.causeCode = causeCode;
    this.emit('hangup');
    this.emit('destroy');
  }
}
