// The only file that names the SDK: it opens a session with the gateway. line.ts places the call on it.
// Promise: everything settles. The SDK's own promise for a session may never, it is a singleton per page, and it leaves
// a deaf socket and storage entries behind; each place that works around one of these says so.
import { SignalWire as sdk, type SignalWireClient, type SignalWireClientParams } from '@signalwire/js';
import { ClickToCallError } from '../errors.js';
import type { UserVariables } from '../events.js';
import { AGENT_EVENT_TYPES, type AgentEventType } from './agent-events.js';
import type { DebugLog } from './debug-log.js';
import { placeCall, type Line, type LineOptions, type SdkCall } from './line.js';
import { atMost, pageTimers, unlessAborted, within, type Timers } from './time-limit.js';

type SdkLogger = NonNullable<SignalWireClientParams['logger']>;

/** The SDK's entry, or a test's. */
export type SignalWireEntry = (params: SignalWireClientParams) => Promise<SignalWireClient>;

export interface GatewayOptions {
  /** The guest token; its header names the gateway. */
  readonly token: string;
  readonly signal: AbortSignal;
  readonly log: DebugLog;
  /** How long the gateway may take to accept the token; 10 s by default. */
  readonly timeoutMs?: number;
  readonly timers?: Timers;
  readonly entry?: SignalWireEntry;
}

/** An authenticated session with the gateway: good for one call. */
export interface Gateway {
  /** When the guest token really ends, if the gateway said so; milliseconds of wall-clock time. */
  readonly expiresAtMs: number | undefined;
  /** Places the call; the line ends the session when it ends. */
  dial(options: DialOptions): Promise<Line>;
  /** What an AI agent tells beside its sound. */
  onAgentEvent(listener: (type: AgentEventType, payload: unknown) => void): void;
  /** Ends the session, bounded in time; safe to call twice. */
  close(): Promise<void>;
}

export interface DialOptions extends Omit<LineOptions, 'log' | 'timers' | 'call' | 'closeSession'> {
  readonly destination: string;
  readonly video: boolean;
  readonly userVariables: UserVariables;
  readonly signal: AbortSignal;
}

const CONNECT_TIMEOUT_MS = 10_000;
const DISCONNECT_TIMEOUT_MS = 1_000;

/** A session that was given up while it was being opened. The SDK goes on trying and would hand it to the next caller. */
let abandoned: Promise<void> | undefined;

/**
 * Opens a session with the gateway that the token names.
 * @throws ClickToCallError `connect-unauthorized`, `connect-failed`, `connect-timeout`; the signal's reason when aborted.
 */
export async function connectGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, signal, log, timeoutMs = CONNECT_TIMEOUT_MS, timers = pageTimers, entry = sdk } = options;
  let lostSockets = 0;
  let givenUp = false;
  let giveUp!: (error: ClickToCallError) => void;
  const unreachable = new Promise<never>((_, reject) => (giveUp = reject));
  const logger = sdkLogger(log, () => {
    // The SDK would try for ever. One more try of its own tells a hiccup from a gateway that is not there.
    if (++lostSockets > 1) giveUp(new ClickToCallError('connect-failed'));
  });
  const opening = (async () => {
    await abandoned;
    if (givenUp) throw signal.reason;
    forgetStoredSession();
    return entry({ token, logger });
  })();
  try {
    const client = await within(Promise.race([opening, unreachable]), {
      ms: timeoutMs,
      timeUp: () => new ClickToCallError(lostSockets ? 'connect-failed' : 'connect-timeout'),
      signal,
      timers,
    });
    return gatewayOf(client, log, timers);
  } catch (thrown) {
    givenUp = true;
    abandoned = opening.then(
      (late) => disconnect(late, timers),
      () => {},
    );
    throw isRefusal(thrown) ? new ClickToCallError('connect-unauthorized', { cause: thrown }) : thrown;
  }
}

function gatewayOf(client: SignalWireClient, log: DebugLog, timers: Timers): Gateway {
  const emitter = client as unknown as {
    on(type: string, listener: (payload: unknown) => void): void;
    off(type: string, listener: (payload: unknown) => void): void;
  };
  const listening: [string, (payload: unknown) => void][] = [];
  let closing: Promise<void> | undefined;
  // Once only: a second disconnect() would reset the SDK's singleton under the next call.
  const close = () =>
    (closing ??= (async () => {
      for (const [type, listener] of listening) emitter.off(type, listener);
      await disconnect(client, timers);
      forgetStoredSession();
    })());
  return {
    expiresAtMs: statedEnd(client),
    close,
    onAgentEvent(listener) {
      // Not on the call: the SDK re-emits what it does not know on the client, at run time only.
      for (const type of AGENT_EVENT_TYPES) {
        const relay = (payload: unknown) => listener(type, payload);
        listening.push([type, relay]);
        emitter.on(type, relay);
      }
    },
    async dial(options) {
      const dialling = client.dial({
        to: options.destination,
        audio: true,
        video: options.video,
        negotiateVideo: options.video,
        userVariables: options.userVariables,
        // Muting is ours (line.ts): the SDK's would stop the track and ask for the microphone again.
        stopMicrophoneWhileMuted: false,
        stopCameraWhileMuted: false,
      });
      // On a client that was disconnected meanwhile the SDK never settles this.
      const call = await unlessAborted(dialling, options.signal);
      return placeCall({ ...options, call: call as unknown as SdkCall, closeSession: close, log, timers });
    },
  };
}

async function disconnect(client: SignalWireClient, timers: Timers): Promise<void> {
  await atMost(DISCONNECT_TIMEOUT_MS, Promise.resolve(client.disconnect()), timers);
}

/** AuthError by its name or code: the class is minified in the SDK's own build. */
function isRefusal(thrown: unknown): boolean {
  const { name, code } = (thrown ?? {}) as { name?: unknown; code?: unknown };
  return name === 'AuthError' || code === -32002 || code === -32003;
}

/**
 * The SDK keeps its session's identity in sessionStorage under the token's type, so that any next token of the page
 * would resume it, and its logger writes the log level to localStorage when the module loads. Neither may stay.
 */
function forgetStoredSession(): void {
  try {
    for (const key of ['pt-SAT', 'as-SAT', 'ci-SAT']) sessionStorage.removeItem(key);
    localStorage.removeItem('loglevel:signalwire');
  } catch {
    // Storage is blocked: then nothing was stored either.
  }
}

/** The SDK tells a lost socket nowhere but in its log. */
function sdkLogger(log: DebugLog, onSocketClosed: () => void): SdkLogger {
  const at =
    (level: string) =>
    (...facts: unknown[]) => {
      if (facts[0] === '_onSocketClose') onSocketClosed();
      log(`sdk ${level}`, ...facts);
    };
  const quiet = () => {};
  return {
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    trace: quiet,
  };
}

/** The end of the token as the gateway stated it, in seconds or as ISO text. The SDK has no public way to it. */
function statedEnd(client: SignalWireClient): number | undefined {
  interface Inside {
    __wsClient?: { store?: { getState?(): { session?: { authorization?: Authorization } } } };
  }
  interface Authorization {
    fabric_subscriber?: { expires_at?: unknown };
  }
  const session = (client as unknown as Inside).__wsClient?.store?.getState?.().session;
  const end = session?.authorization?.fabric_subscriber?.expires_at;
  const ms = typeof end === 'number' ? end * 1000 : typeof end === 'string' ? Date.parse(end) : NaN;
  return Number.isFinite(ms) ? ms : undefined;
}
