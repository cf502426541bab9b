// An element of one's own that gets its guest tokens from this package and places the call in its own way.
// In your project: from 'sw-click-to-call' instead of the path.
import { css, html, LitElement } from 'lit';
import { ERRORS, GuestTokenController, watchPage } from '../../src/index.js';

/**
 * `<own-call-button token="c2c_…">`: a button that shows how its guest token stands.
 * `place` is what calls, e.g. with `@signalwire/js`; it is given the guest token and nobody else is.
 */
export class OwnCallButton extends LitElement {
  static override properties = {
    token: {},
    proxyUrl: { attribute: 'proxy-url' },
    place: { attribute: false },
  };

  static override styles = css`
    [role='status']:empty {
      display: none;
    }
  `;

  declare token: string;
  declare proxyUrl: string;
  declare place: (guestToken: string) => Promise<void>;

  // A function, because the attributes may change: another token means another source. All elements of the page that
  // ask for the same share one cache and one request. `watchPage` tells a Content-Security-Policy from a dead network.
  readonly #guest = new GuestTokenController(this, () => ({
    token: this.token,
    endpoint: this.proxyUrl || undefined,
    watch: watchPage,
  }));

  override render() {
    const { status, error } = this.#guest;
    return html`
      <button ?disabled=${status === 'loading'} @click=${this.#call}>
        ${status === 'loading' ? 'Getting ready…' : 'Call'}
      </button>
      <p role="status">${error && (ERRORS[error.code].retryable ? 'Please try again.' : 'Not available.')}</p>
    `;
  }

  readonly #call = async () => {
    let guestToken: string;
    try {
      // A visitor asked: the failure of a moment ago does not stand in the way.
      guestToken = await this.#guest.get({ userInitiated: true });
    } catch {
      return; // The controller has it in `error`; when this element was removed meanwhile, nobody is left to tell.
    }
    // Straight into the call: never into a property, an attribute, an event or a log.
    await this.place(guestToken);
  };
}

customElements.define('own-call-button', OwnCallButton);
