// The page's own button (`for`), as a reactive controller. It is looked up by id when it is used, so it may be added later
// or replaced. The button itself is never changed.
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/** Events that come before a click. */
export const INTENT: readonly string[] = ['pointerover', 'focusin', 'touchstart'];

interface Host extends ReactiveControllerHost, HTMLElement {
  readonly htmlFor: string;
}

/** Listens for clicks and intent on the button that the host's `htmlFor` names in the host's own tree. */
export class PageButton implements ReactiveController {
  readonly #host: Host;
  readonly #onClick: () => void;
  readonly #onIntent: () => void;
  #root: Node | undefined;

  constructor(host: Host, onClick: () => void, onIntent: () => void) {
    this.#host = host;
    this.#onClick = onClick;
    this.#onIntent = onIntent;
    host.addController(this);
  }

  /** The button, if there is one now. */
  get element(): HTMLElement | null {
    const { htmlFor } = this.#host;
    return (htmlFor && (this.#root as Document | undefined)?.getElementById?.(htmlFor)) || null;
  }

  hostConnected(): void {
    this.#root = this.#host.getRootNode();
    this.#listen('addEventListener');
  }

  hostDisconnected(): void {
    this.#listen('removeEventListener');
  }

  // On the root and capturing: the button may be added later, and its own handlers cannot hide the click.
  #listen(how: 'addEventListener' | 'removeEventListener'): void {
    for (const type of ['click', ...INTENT]) this.#root?.[how](type, this.#onEvent, true);
  }

  readonly #onEvent = ({ type, target }: Event): void => {
    if (!this.element?.contains(target as Node)) return;
    if (type === 'click') this.#onClick();
    else this.#onIntent();
  };
}
