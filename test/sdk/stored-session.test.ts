// A page whose storage throws when it is read, as in the sandboxed frame here: afterwards it has none, which the SDK can
// live with.
import { expect } from 'chai';
import { hideDeniedStorage } from '../../src/sdk/stored-session.js';

describe("the page's storage", () => {
  it('is left alone where it works', () => {
    const before = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
    hideDeniedStorage(window);
    expect(Object.getOwnPropertyDescriptor(window, 'sessionStorage')).to.deep.equal(before);
  });

  it('is not there where reading it throws', () => {
    const page = {
      get sessionStorage(): Storage {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    };
    hideDeniedStorage(page as Window);
    expect(page.sessionStorage).to.equal(undefined);
  });

  it('is not there in a sandboxed frame, after which the SDK can be asked', async () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<script>
      ${hideDeniedStorage.toString()}
      hideDeniedStorage(window);
      parent.postMessage(String(window.sessionStorage), '*');
    </script>`;
    const told = new Promise((resolve) =>
      addEventListener('message', ({ data }) => resolve(data), { once: true }),
    );
    document.body.append(frame);
    expect(await told).to.equal('undefined');
    frame.remove();
  });
});
