// The only file that names the SDK: it opens a session with the gateway. line/line.ts places the call on it.
// Promise: everything settles. The SDK's own promise for a session may never, it is a singleton per page, and it leaves
// a deaf socket and storage entries behind; each place that works around one of these says so.
import { SignalWire as sdk, type SignalWireClient, type SignalWireClientParams } from '@signalwire/js';
import { ClickToCallError } from '../errors.js';
import type { UserVariables } from '../events.js';
import { AGENT_EVENT_TYPES, type AgentEventType } from './agent-events.js';
import type { DebugLog } from '../debug-log.js';
import { placeCall, type Line, type LineOptions, type SdkCall } from './call.js';
import { settled, TIMERS, waitFor, type Timers } from '../wait.js';
import { vertoSignalling, type SdkSocketOwner } from './verto.js';

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

export interface DialOptions extends Omit<
  LineOptions,
  'log' | 'timers' | 'call' | 'signalling' | 'closeSession'
> {
  readonly destination: string;
  readonly video: boolean;
  readonly userVariables: UserVariables;
  readonly signal: AbortSignal;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** How long after a socket's error its close may come. Browsers send one right after the other. */
const CLOSE_AFTER_ERROR_MS = 500;
const DISCONNECT_TIMEOUT_MS = 1_000;

/**
 * Opens a session with the gateway that the token names.
 * @throws ClickToCallError `connect-unauthorized`, `connect-failed`, `connect-timeout`; the signal's reason when aborted.
 */
export async function connectGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, signal, log, timeoutMs = CONNECT_TIMEOUT_MS, timers = TIMERS, entry = sdk } = options;
  signal.throwIfAborted();
  forgetStoredSession();
  const others = sessionKeys();
  const forget = () => forgetStoredSession(others);
  const inside: { session?: SdkSession } = {};
  let lostSockets = 0;
  let giveUp!: (error: ClickToCallError) => void;
  const unreachable = new Promise<never>((_, reject) => (giveUp = reject));
  const fail = () => giveUp(new ClickToCallError('connect-failed'));
  const logger = sdkLogger(log, {
    // The SDK would try for ever. One more try of its own tells a hiccup from a gateway that is not there.
    _onSocketClose: () => void (++lostSockets > 1 && fail()),
    // An error without a close: the page's own policy stops the socket, in Chromium, and the SDK waits for ever.
    _onSocketError: () => void timers.setTimeout(() => void (lostSockets || fail()), CLOSE_AFTER_ERROR_MS),
  });
  // Firefox throws instead, where the SDK lets it go unseen. There is no socket then; else it was somebody else's.
  const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition === 'report' || !/^wss?:/.test(blockedURI)) return;
    timers.setTimeout(() => void (inside.session?._socket || fail()), CLOSE_AFTER_ERROR_MS);
  };
  window.addEventListener('securitypolicyviolation', onViolation);
  const opening = entry({ token, logger, sagaMonitor: watchForSession(inside) } as SignalWireClientParams);
  try {
    const client = await waitFor(Promise.race([opening, unreachable]), {
      ms: timeoutMs,
      timeUp: () => new ClickToCallError(lostSockets ? 'connect-failed' : 'connect-timeout'),
      signal,
      timers,
    });
    return gatewayOf(client, inside.session, forget, log, timers);
  } catch (thrown) {
    abandon(inside.session);
    await settled(
      opening.then((late) => late.disconnect()),
      DISCONNECT_TIMEOUT_MS,
      timers,
    );
    forget();
    throw isRefusal(thrown) ? new ClickToCallError('connect-unauthorized', { cause: thrown }) : thrown;
  } finally {
    window.removeEventListener('securitypolicyviolation', onViolation);
  }
}

/**
 * The SDK watches the speakers for each call and never stops: the watcher would hold the whole call, its peer and its
 * panel for as long as the page lives. Ours stops (media/device-list.ts). Its sagas start before it begins to watch.
 */
const NO_SPEAKER_WATCH = { _attachSpeakerTrackListener() {} };

/** What is used of the SDK's session: the object that owns the socket and, for as long as it tries, the page's only place. */
interface SdkSession extends SdkSocketOwner {
  authError(error: { code: number; message: string }): void;
  readonly expiresAt?: number;
  _closeConnection?(status: 'disconnected'): void;
}

/**
 * The SDK has no way to stop a session that is still being opened: its promise never settles, and as a singleton per
 * page it would be handed to the next caller, with the old token. Its option for watching sagas (redux-saga's own
 * interface) shows the session object, which can be stopped.
 */
function watchForSession(inside: { session?: SdkSession }) {
  return {
    rootSagaStarted({ args }: { args?: { instance?: object }[] }) {
      const { instance } = args?.[0] ?? {};
      if (instance) Object.assign(instance, NO_SPEAKER_WATCH);
    },
    effectTriggered({ effect }: { effect?: { payload?: { args?: { session?: SdkSession }[] } } }) {
      inside.session ??= effect?.payload?.args?.[0]?.session;
    },
  };
}

/** Ends a session for good, whatever it is doing: no more tries, no open socket, and the SDK's place is free. */
function abandon(session: SdkSession | undefined): void {
  if (!session) return;
  session.connect = () => {};
  // Read before: the SDK stops listening to the socket and leaves it open.
  const socket = session._socket;
  session.authError({ code: 0, message: 'abandoned' });
  socket?.close();
}

function gatewayOf(
  client: SignalWireClient,
  session: SdkSession | undefined,
  forget: () => void,
  log: DebugLog,
  timers: Timers,
): Gateway {
  const emitter = client as unknown as {
    on(type: string, listener: (payload: unknown) => void): void;
    off(type: string, listener: (payload: unknown) => void): void;
  };
  const listening: [string, (payload: unknown) => void][] = [];
  let closing: Promise<void> | undefined;
  // A page that is left has no time for a session to end.
  window.addEventListener('pagehide', forget);
  // Once only: a second disconnect() would reset the SDK's singleton under the next call.
  const close = () =>
    (closing ??= (async () => {
      for (const [type, listener] of listening) emitter.off(type, listener);
      const disconnecting = client.disconnect();
      await settled(disconnecting, DISCONNECT_TIMEOUT_MS, timers);
      // It waits for answers that may never come before it closes its socket, and keeps its place for so long: the next
      // call would get the dead session.
      if (session) {
        session.connect = () => {};
        const socket = session._socket;
        if (session._closeConnection) {
          session._closeConnection('disconnected');
          await settled(disconnecting, DISCONNECT_TIMEOUT_MS, timers);
        }
        socket?.close();
      }
      window.removeEventListener('pagehide', forget);
      forget();
    })());
  return {
    // In seconds; 0 when the gateway did not say.
    expiresAtMs: session?.expiresAt ? session.expiresAt * 1000 : undefined,
    close,
    onAgentEvent(listener) {
      // Not on the call: the SDK re-emits what it does not know on the client, at run time only.
      for (const type of AGENT_EVENT_TYPES) {
        const relay = (payload: unknown) => {
          try {
            listener(type, payload);
          } catch (error) {
            // Thrown further, it would stop the SDK's own workers, and with them the call.
            log('agent event dropped', type, error);
          }
        };
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
        // Muting is ours (line/line.ts): the SDK's would stop the track and ask for the microphone again.
        stopMicrophoneWhileMuted: false,
        stopCameraWhileMuted: false,
      });
      // On a client that was disconnected meanwhile the SDK never settles this.
      const call = (await waitFor(dialling, { signal: options.signal })) as unknown as SdkCall;
      const signalling = session && vertoSignalling(session, call);
      return placeCall({ ...options, call, signalling, closeSession: close, log, timers });
    },
  };
}

/** AuthError by its name or code: the class is minified in the SDK's own build. */
function isRefusal(thrown: unknown): boolean {
  const { name, code } = (thrown ?? {}) as { name?: unknown; code?: unknown };
  return name === 'AuthError' || code === -32002 || code === -32003;
}

/** What the SDK's entries in sessionStorage are called: with the type of an encrypted token, or the room of a readable one. */
const SESSION_KEY = /^(?:pt|as|ci)-/;

function sessionKeys(): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => SESSION_KEY.test(key));
  } catch {
    return []; // Storage is blocked: then nothing was stored either.
  }
}

/**
 * The SDK keeps its session's identity in sessionStorage, so that a next token of the page would resume it, and its
 * logger writes the log level to localStorage when the module loads. Neither may stay.
 * @param others entries of the same form that were there before.
 */
function forgetStoredSession(others?: readonly string[]): void {
  for (const key of sessionKeys()) {
    if (others ? !others.includes(key) : key.endsWith('-SAT')) sessionStorage.removeItem(key);
  }
  try {
    localStorage.removeItem('loglevel:signalwire');
  } catch {
    // Blocked likewise.
  }
}

// Also when it was only fetched ahead, and nobody calls.
forgetStoredSession();

/** The SDK tells what happens to a socket nowhere but in its log. */
function sdkLogger(log: DebugLog, on: Record<'_onSocketClose' | '_onSocketError', () => void>): SdkLogger {
  const at =
    (level: string) =>
    (...facts: unknown[]) => {
      if (facts[0] === '_onSocketClose' || facts[0] === '_onSocketError') on[facts[0]]();
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
