// A call interface turned by hand: it writes down what it is asked and answers when the test says so.
import type { CallChange, CallEnd, CallHandle, CallRequest, CallUi } from '../src/call/port.js';

/** One call that the interface was asked for. */
export class FakeCall implements CallHandle {
  readonly request: CallRequest;
  /** What the handle was asked, oldest first. */
  readonly asked: string[] = [];
  readonly handed: Promise<CallHandle>;
  readonly ended: Promise<CallEnd>;
  /** The call can be hung up from now on. */
  hand!: () => void;
  /** The call could not be placed. */
  refuse!: (reason: unknown) => void;
  /** The call is over. */
  end!: (end: CallEnd) => void;
  /** The call is over because something failed. */
  fail!: (reason: unknown) => void;

  constructor(request: CallRequest) {
    this.request = request;
    this.handed = new Promise((resolve, reject) => {
      this.hand = () => resolve(this);
      this.refuse = reject;
    });
    this.ended = new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
    this.handed.catch(() => {});
    this.ended.catch(() => {});
  }

  report(state: Extract<CallChange, { state: unknown }>['state']): void {
    this.request.report({ state });
  }

  hangup(): void {
    this.asked.push('hangup');
    this.end({ status: 'disconnected', reason: 'hangup' });
  }

  mute(on: boolean): void {
    this.asked.push(`mute ${on}`);
  }

  sendDigits(digits: string): void {
    this.asked.push(`digits ${digits}`);
  }
}

export class FakeCallUi {
  readonly calls: FakeCall[] = [];
  /** Whether it goes on placing a call that nobody wants any more. */
  stubborn = false;
  #waiting: ((call: FakeCall) => void)[] = [];

  readonly callUi: CallUi = (request) => {
    const call = new FakeCall(request);
    request.signal.addEventListener('abort', () => {
      if (!this.stubborn) call.refuse(request.signal.reason);
    });
    this.calls.push(call);
    this.#waiting.splice(0).forEach((tell) => tell(call));
    return call.handed;
  };

  /** The next call that is asked for. */
  next(): Promise<FakeCall> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
