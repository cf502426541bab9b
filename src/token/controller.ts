// Guest tokens for a custom element: connects the page's shared source to the lifecycle of a reactive element. The host
// updates whenever `status` or `error` changes, and its requests are aborted when it disconnects. Only `get()` returns the
// token.
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { asClickToCallError, type ClickToCallError } from '../errors.js';
import { sharedSource, type SharedSourceConfig } from './shared-source.js';
import type { GetOptions, GuestTokenSource } from './source.js';

/** State of the latest `get()`. `empty`: none yet, or it was aborted when the host disconnected. */
export type GuestTokenStatus = 'empty' | 'loading' | 'ready' | 'failed';

/** Where the tokens of a host come from. */
export interface GuestTokenControllerOptions extends SharedSourceConfig {
  /** A source to use; all other options are then ignored. Default: the page's shared source for the other options. */
  readonly source?: GuestTokenSource | undefined;
}

/** A reactive controller that gets guest tokens for its host. */
export class GuestTokenController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: GuestTokenControllerOptions | (() => GuestTokenControllerOptions);
  #status: GuestTokenStatus = 'empty';
  #error: ClickToCallError | undefined;
  /** Aborts all requests under way. */
  #stop = new AbortController();
  /** Identifies the latest `get()`. */
  #latest: object | undefined;

  /** @param options or a function that returns them, called by every `get()`, for options that depend on attributes. */
  constructor(
    host: ReactiveControllerHost,
    options: GuestTokenControllerOptions | (() => GuestTokenControllerOptions),
  ) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** State of the latest `get()`. */
  get status(): GuestTokenStatus {
    return this.#status;
  }

  /** Why the latest `get()` failed. */
  get error(): ClickToCallError | undefined {
    return this.#error;
  }

  /**
   * Resolves to a guest token that is valid for a call now.
   * @throws ClickToCallError of the `config-token-…`, `config-endpoint-…` and `token-…` codes; `connect-unauthorized`.
   * @throws an `AbortError` when the host leaves the document.
   */
  async get(options: Omit<GetOptions, 'signal'> = {}): Promise<string> {
    const { signal } = this.#stop;
    const mine = (this.#latest = {});
    const show = (status: GuestTokenStatus, error?: ClickToCallError) => {
      if (this.#latest === mine) this.#show(status, error);
    };
    show('loading');
    try {
      const token = await this.#source().get({ ...options, signal });
      show('ready');
      return token;
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      const error = asClickToCallError(thrown, 'internal');
      show('failed', error);
      throw error;
    }
  }

  hostDisconnected(): void {
    if (this.#status === 'loading') {
      this.#latest = undefined;
      this.#show('empty');
    }
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #source(): GuestTokenSource {
    const options = typeof this.#options === 'function' ? this.#options() : this.#options;
    return options.source ?? sharedSource(options);
  }

  #show(status: GuestTokenStatus, error: ClickToCallError | undefined = undefined): void {
    if (status === this.#status && error === this.#error) return;
    this.#status = status;
    this.#error = error;
    this.#host.requestUpdate();
  }
}
