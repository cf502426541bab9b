// Guest tokens for an element of one's own: the page's shared source, tied to the life of a reactive element.
// Promise: the host is updated whenever `status` or `error` changes; what is under way is given up with the host; the
// token is what `get()` resolves to and nothing else. Must not know: what the host looks like, what it calls.
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { asClickToCallError, type ClickToCallError } from '../errors.js';
import { sharedSource, type SharedSourceConfig } from './shared-source.js';
import type { GetOptions, GuestTokenSource } from './source.js';

/** How the latest `get()` stands. `empty`: there was none yet, or it was given up with its host. */
export type GuestTokenStatus = 'empty' | 'loading' | 'ready' | 'failed';

/** Where the tokens of a host come from. */
export interface GuestTokenControllerOptions extends SharedSourceConfig {
  /** A source of one's own; everything else is then ignored. Default: the one that the page shares for the rest. */
  readonly source?: GuestTokenSource | undefined;
}

/** Hands guest tokens to the element that hosts it. */
export class GuestTokenController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: GuestTokenControllerOptions | (() => GuestTokenControllerOptions);
  #status: GuestTokenStatus = 'empty';
  #error: ClickToCallError | undefined;
  /** For all that is under way. */
  #stop = new AbortController();
  /** Tells the latest `get()` from those before it. */
  #latest: object | undefined;

  /** @param options as a function where they follow from the host's attributes: read anew by every `get()`. */
  constructor(
    host: ReactiveControllerHost,
    options: GuestTokenControllerOptions | (() => GuestTokenControllerOptions),
  ) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** How the latest `get()` stands. */
  get status(): GuestTokenStatus {
    return this.#status;
  }

  /** Why the latest `get()` failed. */
  get error(): ClickToCallError | undefined {
    return this.#error;
  }

  /**
   * A guest token that is good for a call now.
   * @throws ClickToCallError of the `config-token-…`, `config-endpoint-…` and `token-…` codes; `connect-unauthorized`.
   * @throws an `AbortError` when the host leaves the document meanwhile.
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
