// The page's own button (`for`): found by its id when it is used, so that it may come later or be replaced.
// A reactive controller. Must not know what a click leads to; never touches the page's button.
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/** What a visitor does before clicking. */
export const INTENT: readonly string[] = ['pointerover', 'focusin', 'touchstart'];

interface Host extends ReactiveControllerHost, HTMLElement {
  readonly htmlFor: string;
}

/** Listens for clicks on, and interest in, the button that the host's `htmlFor` names in the host's own tree. */
export class PageButton implements ReactiveController {
  readonly #host: Host;
  readonly #clicked: () => void;
  readonly #wanted: () => void;
  #root: Node | undefined;

  constructor(host: Host, clicked: () => void, wanted: () => void) {
    this.#host = host;
    this.#clicked = clicked;
    this.#wanted = wanted;
    host.addController(this);
  }

  /** The button, when there is one now. */
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

  // Above all buttons and capturing: the button may come later, and its own handlers cannot hide the click.
  #listen(how: 'addEventListener' | 'removeEventListener'): void {
    for (const type of ['click', ...INTENT]) this.#root?.[how](type, this.#onEvent, true);
  }

  readonly #onEvent = ({ type, target }: Event): void => {
    if (!this.element?.contains(target as Node)) return;
    if (type === 'click') this.#clicked();
    else this.#wanted();
  };
}
