// The calls in progress at the gateway, by session.
import { Call, type CallTimings } from '../call/call.js';
import type { CallRecord } from '../call/call-record.js';
import type { DestinationScenario } from '../scenarios/destination-scenarios.js';
import type { Session } from '../session/session.js';

export interface ActiveCallsOptions {
  readonly timings: CallTimings;
  /** Called for each incoming call. */
  readonly onCall: (record: CallRecord) => void;
}

export class ActiveCalls {
  readonly #options: ActiveCallsOptions;
  readonly #calls = new Set<Call>();

  constructor(options: ActiveCallsOptions) {
    this.#options = options;
  }

  /** Registers a call until it ends. */
  add(record: CallRecord, session: Session, scenario: DestinationScenario): Call {
    const call = new Call({
      record,
      session,
      scenario,
      timings: this.#options.timings,
      onEnd: () => this.#calls.delete(call),
    });
    this.#calls.add(call);
    this.#options.onCall(record);
    return call;
  }

  find(session: Session, id: string): Call | undefined {
    return this.of(session).find((call) => call.record.id === id);
  }

  of(session: Session): readonly Call[] {
    return [...this.#calls].filter((call) => call.session === session);
  }

  /** Ends the calls of a client that is gone. */
  endAll(session: Session): void {
    for (const call of this.of(session)) call.end('gateway');
  }

  /** Ends every call. */
  close(): void {
    for (const call of [...this.#calls]) call.end('gateway');
  }
}
