// Opens a session with the gateway. The only file that imports the SDK.
// Callers can rely on this: everything settles. The SDK's own promise for a session may never settle, the session is a
// singleton per page, and it leaves a deaf socket and storage entries behind; each workaround says which of these it is for.
import { SignalWire as sdk, type SignalWireClient, type SignalWireClientParams } from '@signalwire/js';
import type { DebugLog } from '../debug-log.js';
import { ClickToCallError } from '../errors.js';
import type { UserVariables } from '../events.js';
import { settled, TIMERS, waitFor, type Timers } from '../wait.js';
import { agentEvent, AGENT_EVENT_TYPES } from './agent-events.js';
import { PlacedCall, type PlacedCallControls, type PlacedCallOptions } from './call.js';
import { ReachabilityWatch } from './reachability.js';
import { forgetStoredSessions, hideDeniedStorage, StoredSession } from './stored-session.js';
import {
  watchForSession,
  type FoundSession,
  type SdkCall,
  type SdkClient,
  type SdkSession,
  type SignalWireEntry,
} from './undocumented.js';
import { vertoSignalling } from './verto.js';

export interface GatewayOptions {
  /** The guest token; its header names the gateway. */
  readonly token: string;
  readonly signal: AbortSignal;
  readonly log: DebugLog;
  /** How long the gateway may take to accept the token. Default 10 s. */
  readonly timeoutMs?: number;
  readonly timers?: Timers;
  readonly entry?: SignalWireEntry;
}

export interface DialOptions extends Pick<PlacedCallOptions, 'stream' | 'report'> {
  readonly destination: string;
  readonly video: boolean;
  readonly userVariables: UserVariables;
  readonly signal: AbortSignal;
}

const CONNECT_TIMEOUT_MS = 10_000;
const DISCONNECT_TIMEOUT_MS = 1_000;

// The module writes to storage when it loads, also when it was only preloaded.
forgetStoredSessions();

/**
 * Opens a session with the gateway that the token names.
 * @throws ClickToCallError `connect-unauthorized`, `connect-failed`, `connect-timeout`; the signal's reason when aborted.
 */
export async function connectGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, signal, log, timeoutMs = CONNECT_TIMEOUT_MS, timers = TIMERS, entry = sdk } = options;
  signal.throwIfAborted();
  hideDeniedStorage();
  const stored = new StoredSession();
  const found: FoundSession = {};
  const reachability = new ReachabilityWatch(found, log, timers);
  const params = { token, logger: reachability.logger, sagaMonitor: watchForSession(found) };
  const opening = entry(params as SignalWireClientParams);
  try {
    const client = await waitFor(Promise.race([opening, reachability.unreachable]), {
      ms: timeoutMs,
      timeUp: () => new ClickToCallError(reachability.hasLostSocket ? 'connect-failed' : 'connect-timeout'),
      signal,
      timers,
    });
    return new Gateway(client, { session: found.session, stored, log, timers });
  } catch (thrown) {
    abandon(found.session);
    // A client that still arrives must be gone before the next session opens.
    const disconnected = opening.then((late) => late.disconnect());
    await settled(disconnected, DISCONNECT_TIMEOUT_MS, timers);
    stored.end();
    throw isRefusal(thrown) ? new ClickToCallError('connect-unauthorized', { cause: thrown }) : thrown;
  } finally {
    reachability.stop();
  }
}

/** What a call UI uses of a gateway. */
export interface GatewaySession extends Pick<Gateway, 'expiresAtMs' | 'onAgentEvent' | 'close'> {
  dial(options: DialOptions): Promise<PlacedCallControls>;
}

interface GatewayParts {
  /** Undefined for an SDK that does not show it. */
  readonly session: SdkSession | undefined;
  readonly stored: StoredSession;
  readonly log: DebugLog;
  readonly timers: Timers;
}

/** An authenticated session with the gateway, good for one call. */
export class Gateway {
  /** When the guest token really ends, if the gateway said so; milliseconds of wall-clock time. */
  readonly expiresAtMs: number | undefined;
  readonly #client: SignalWireClient;
  readonly #parts: GatewayParts;
  readonly #listeners: [type: string, listener: (payload: unknown) => void][] = [];
  #closing: Promise<void> | undefined;

  constructor(client: SignalWireClient, parts: GatewayParts) {
    this.#client = client;
    this.#parts = parts;
    const { expiresAt } = parts.session ?? {};
    this.expiresAtMs = expiresAt ? expiresAt * 1000 : undefined;
  }

  /** Places the call, which closes the session when it ends. */
  async dial({
    destination,
    video,
    userVariables,
    signal,
    stream,
    report,
  }: DialOptions): Promise<PlacedCall> {
    const dialling = this.#client.dial({
      to: destination,
      audio: true,
      video,
      negotiateVideo: video,
      userVariables,
      // PlacedCall mutes: the SDK would stop the track, and ask for the microphone again.
      stopMicrophoneWhileMuted: false,
      stopCameraWhileMuted: false,
    });
    // On a client that has been disconnected the SDK never settles this.
    const call = (await waitFor(dialling, { signal })) as unknown as SdkCall;
    const { session, log, timers } = this.#parts;
    const signalling = session && vertoSignalling(session, call);
    return new PlacedCall({
      call,
      stream,
      report,
      signalling,
      log,
      timers,
      closeSession: () => this.close(),
    });
  }

  /** Passes on what an AI agent sends beside its sound, as events of the element, until the session closes. */
  onAgentEvent(listener: (event: Event) => void): void {
    for (const type of AGENT_EVENT_TYPES) {
      const guarded = (payload: unknown) => {
        try {
          const event = agentEvent(type, payload);
          if (event) listener(event);
        } catch (error) {
          // An exception would stop the SDK's own workers, and with them the call.
          this.#parts.log('agent event dropped', type, error);
        }
      };
      this.#listeners.push([type, guarded]);
      this.#emitter.on(type, guarded);
    }
  }

  /** Closes the session, within a limit. Once only: a second disconnect() would reset the SDK under the next call. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const [type, listener] of this.#listeners) this.#emitter.off(type, listener);
    const { session, stored, timers } = this.#parts;
    const disconnecting = this.#client.disconnect();
    await settled(disconnecting, DISCONNECT_TIMEOUT_MS, timers);
    // disconnect() waits for answers that may never come before it closes its socket, and until then the next call
    // would get this session.
    if (session) {
      session.connect = () => {};
      const socket = session._socket;
      if (session._closeConnection) {
        session._closeConnection('disconnected');
        await settled(disconnecting, DISCONNECT_TIMEOUT_MS, timers);
      }
      socket?.close();
    }
    stored.end();
  }

  get #emitter(): SdkClient {
    return this.#client as unknown as SdkClient;
  }
}

/** Ends a session for good, whatever it is doing: no more tries, no open socket, and the singleton's place is free. */
function abandon(session: SdkSession | undefined): void {
  if (!session) return;
  session.connect = () => {};
  // Read first: the SDK drops the socket and leaves it open.
  const socket = session._socket;
  session.authError({ code: 0, message: 'abandoned' });
  socket?.close();
}

/** AuthError by its name or code: the class is minified in the SDK's own build. */
function isRefusal(thrown: unknown): boolean {
  const { name, code } = (thrown ?? {}) as { name?: unknown; code?: unknown };
  return name === 'AuthError' || code === -32002 || code === -32003;
}
