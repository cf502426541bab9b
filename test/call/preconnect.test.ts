// What a preconnect leaves in the page: nothing. A journey shows that the connection is opened.
import { expect } from 'chai';
import { preconnect } from '../../src/call/preconnect.js';

describe('preconnect', () => {
  /** The links that were added to the head, including those removed again. */
  const linksOf = async (act: () => void): Promise<HTMLLinkElement[]> => {
    const seen: HTMLLinkElement[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) seen.push(...(addedNodes as NodeListOf<HTMLLinkElement>));
    });
    observer.observe(document.head, { childList: true });
    act();
    await Promise.resolve();
    observer.disconnect();
    return seen;
  };

  it('names only the origin, without cookies, and leaves nothing in the page', async () => {
    const before = document.head.childElementCount;
    const [link, ...others] = await linksOf(() =>
      preconnect('https://example.invalid/api/fabric/embeds/tokens?key=1'),
    );
    expect(others).to.deep.equal([]);
    expect(link!.rel).to.equal('preconnect');
    expect(link!.href).to.equal('https://example.invalid/');
    expect(link!.crossOrigin).to.equal('anonymous');
    expect(document.head.childElementCount).to.equal(before);
  });

  it('does not repeat while the connection exists', async () => {
    const hover = (nowMs: number) => linksOf(() => preconnect('https://hovered.invalid/tokens', nowMs));
    expect(await hover(1_000)).to.have.length(1);
    expect(await hover(10_999)).to.have.length(0);
    expect(await hover(11_000)).to.have.length(1);
  });

  it('does nothing for the origin of the page', async () => {
    expect(await linksOf(() => preconnect(`${location.origin}/proxy/tokens`))).to.deep.equal([]);
  });
});
