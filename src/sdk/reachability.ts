// Tells early that a gateway cannot be reached. The SDK itself would try for ever, and reports what happens to a socket
// nowhere but in its log.
import type { SignalWireClientParams } from '@signalwire/js';
import type { DebugLog } from '../debug-log.js';
import { ClickToCallError } from '../errors.js';
import type { Timers } from '../wait.js';
import type { FoundSession } from './undocumented.js';

type SdkLogger = NonNullable<SignalWireClientParams['logger']>;

/** How long after a socket's error its close may come. Browsers send one right after the other. */
const CLOSE_AFTER_ERROR_MS = 500;

/** Watches one session while it is being opened. */
export class ReachabilityWatch {
  /** Rejects with `connect-failed`; never resolves. */
  readonly unreachable: Promise<never>;
  /** Passes the SDK's log on, and reads it. */
  readonly logger: SdkLogger;
  readonly #found: FoundSession;
  readonly #timers: Timers;
  #lostSockets = 0;
  #fail!: () => void;

  constructor(found: FoundSession, log: DebugLog, timers: Timers) {
    this.#found = found;
    this.#timers = timers;
    this.unreachable = new Promise((_, reject) => {
      this.#fail = () => reject(new ClickToCallError('connect-failed'));
    });
    // It may reject after the session is open.
    this.unreachable.catch(() => {});
    this.logger = this.#loggerFor(log);
    window.addEventListener('securitypolicyviolation', this.#onViolation);
  }

  get hasLostSocket(): boolean {
    return this.#lostSockets > 0;
  }

  stop(): void {
    window.removeEventListener('securitypolicyviolation', this.#onViolation);
  }

  /** One reconnect by the SDK tells a brief interruption from an unreachable gateway. */
  #onSocketClose(): void {
    if (++this.#lostSockets > 1) this.#fail();
  }

  /** An error without a close: in Chromium the page's own policy stopped the socket, and the SDK waits for ever. */
  #onSocketError(): void {
    this.#timers.setTimeout(() => {
      if (!this.#lostSockets) this.#fail();
    }, CLOSE_AFTER_ERROR_MS);
  }

  /** In Firefox the constructor of the socket throws instead. If there is a socket, the violation was not the SDK's. */
  readonly #onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent): void => {
    if (disposition === 'report' || !/^wss?:/.test(blockedURI)) return;
    this.#timers.setTimeout(() => {
      if (!this.#found.session?._socket) this.#fail();
    }, CLOSE_AFTER_ERROR_MS);
  };

  #loggerFor(log: DebugLog): SdkLogger {
    const at =
      (level: string) =>
      (...facts: unknown[]) => {
        if (facts[0] === '_onSocketClose') this.#onSocketClose();
        if (facts[0] === '_onSocketError') this.#onSocketError();
        log(`sdk ${level}`, ...facts);
      };
    return {
      fatal: at('fatal'),
      error: at('error'),
      warn: at('warn'),
      info: at('info'),
      debug: at('debug'),
      trace: () => {},
    };
  }
}
