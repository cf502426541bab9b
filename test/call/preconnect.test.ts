// What the page has of a connection that is opened ahead: nothing that stays. That it is opened is shown by a journey.
import { expect } from 'chai';
import { preconnect } from '../../src/call/preconnect.js';

describe('preconnect', () => {
  /** The links that the head was given, whether or not they are still there. */
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

  it('names the server alone, without cookies, and leaves nothing in the page', async () => {
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

  it('is not asked for again while it is there', async () => {
    const hover = (nowMs: number) => linksOf(() => preconnect('https://hovered.invalid/tokens', nowMs));
    expect(await hover(1_000)).to.have.length(1);
    expect(await hover(10_999)).to.have.length(0);
    expect(await hover(11_000)).to.have.length(1);
  });

  it('is not needed for the server that the page came from', async () => {
    expect(await linksOf(() => preconnect(`${location.origin}/proxy/tokens`))).to.deep.equal([]);
  });
});
