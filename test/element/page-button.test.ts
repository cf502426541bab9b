// A button of the page in the place of the element's own: whenever it comes, wherever it stands, whatever the page does
// with its click.
import { expect } from 'chai';
import { loadCall } from '../../src/element/load.js';
import { isVisible } from '../by-role.js';
import { buttonOf, clearPage, place } from '../placed-element.js';

before(() => loadCall());
afterEach(clearPage);

describe('for', () => {
  const pageButtons: HTMLElement[] = [];
  const pageButton = (id: string, root: Node = document.body) => {
    const own = document.createElement('button');
    own.id = id;
    own.append(document.createElement('span'));
    pageButtons.push(own);
    return root.appendChild(own);
  };
  afterEach(() => {
    for (const own of pageButtons.splice(0)) own.remove();
  });

  it("hides the element's own button", async () => {
    const { element } = place({ htmlFor: 'own' });
    await element.updateComplete;
    expect(isVisible(buttonOf(element))).to.equal(false);
    element.removeAttribute('for');
    element.htmlFor = '';
    await element.updateComplete;
    expect(isVisible(buttonOf(element))).to.equal(true);
  });

  it('lets a button of the page start the call, also one that comes later, also by what is in it', async () => {
    const { ui } = place({ htmlFor: 'own' });
    const asked = ui.next();
    pageButton('own').querySelector('span')!.click();
    await asked;
    expect(ui.calls).to.have.lengthOf(1);
  });

  it('follows another id, and takes odd ones', async () => {
    const { element, ui, heard } = place({ htmlFor: 'first' });
    const [first, second] = [pageButton('first'), pageButton('a:b.c 1')];
    element.htmlFor = 'a:b.c 1';
    first.click();
    expect(heard.events).to.deep.equal([]);
    const asked = ui.next();
    second.click();
    await asked;
  });

  it('is deaf to other buttons and to a disabled element', () => {
    const { element, heard } = place({ htmlFor: 'own' });
    pageButton('other').click();
    element.disabled = true;
    pageButton('own').click();
    expect(heard.events).to.deep.equal([]);
  });

  it('finds the button inside the same shadow root', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    const { element, ui } = place({ htmlFor: 'own' });
    root.append(element);
    const asked = ui.next();
    pageButton('own', root).click();
    await asked;
    await element.hangup();
    host.remove();
  });

  it('no longer answers when the element is gone', () => {
    const { element, heard } = place({ htmlFor: 'own' });
    element.remove();
    pageButton('own').click();
    expect(heard.events).to.deep.equal([]);
  });

  it('works even if the page stops the event', async () => {
    const { ui } = place({ htmlFor: 'own' });
    const own = pageButton('own');
    own.addEventListener('click', (event) => event.stopImmediatePropagation());
    const asked = ui.next();
    own.click();
    await asked;
  });

  it("gives the focus of the element to the page's button", () => {
    const { element } = place({ htmlFor: 'own' });
    const own = pageButton('own');
    element.focus();
    expect(document.activeElement === own).to.equal(true);
  });
});
