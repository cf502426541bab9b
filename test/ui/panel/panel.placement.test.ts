// Where the panel is: above the page, minimised to a pill, or inline in place of the button; also after the element moved.
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { buttonNamed, buttonNames, isVisible, part } from '../../by-role.js';
import { clearPanels, openPanel } from './open-panel.js';

afterEach(clearPanels);

describe('an open panel', () => {
  it('is above the page and leaves the page usable', () => {
    const { dialog, opener } = openPanel();
    expect(dialog().matches(':popover-open')).to.equal(true);
    expect(dialog().matches(':modal')).to.equal(false);
    opener.focus();
    expect(document.activeElement === opener).to.equal(true);
  });

  it('is visible and usable in browsers that refuse to show an open dialog as a popover', () => {
    const original = HTMLElement.prototype.showPopover;
    HTMLElement.prototype.showPopover = function (this: HTMLElement) {
      if (this.hasAttribute('open')) throw new DOMException('open', 'InvalidStateError');
      original.call(this);
    };
    try {
      const { show, dialog, isShown, root } = openPanel();
      show({ state: 'active' });
      expect(isShown()).to.equal(true);
      expect(dialog().inert).to.equal(false);
      buttonNamed(root, 'Keypad').click();
      expect(buttonNames(root)).to.include('Key 5');
    } finally {
      HTMLElement.prototype.showPopover = original;
    }
  });

  it('is above the page again after the element was moved, without taking the focus', () => {
    const { panel, host, dialog, opener } = openPanel();
    opener.focus();
    document.body.prepend(host);
    expect(dialog().matches(':popover-open')).to.equal(false);
    panel.moved();
    expect(dialog().matches(':popover-open')).to.equal(true);
    expect(document.activeElement === opener).to.equal(true);
  });

  it('closes once, and later changes do not bring it back', () => {
    const { panel, show, container, requests } = openPanel();
    panel.close();
    expect(() => {
      panel.close();
      show({ state: 'ended' });
      show({ remoteVideo: undefined });
      panel.moved();
    }).to.not.throw();
    expect(container.childElementCount).to.equal(0);
    expect(requests.filter((request) => request === 'closed')).to.have.lengthOf(1);
  });

  it('that another panel has replaced closes without touching the other', () => {
    const { panel, container, requests } = openPanel();
    const other = document.createElement('div');
    container.replaceChildren(other);
    panel.close();
    expect(other.parentElement === container).to.equal(true);
    expect(requests).to.deep.equal([]);
  });
});

describe('a minimised panel', () => {
  it('is a pill that restores the panel, which then shows the present state', async () => {
    const { show, root, dialog, text } = openPanel();
    await sendKeys({ press: 'Escape' });
    show({ state: 'ringing' });
    expect(buttonNames(root)).to.not.include('Hang up');
    part(root, 'pill').click();
    expect(buttonNames(root)).to.include('Hang up');
    expect(dialog().matches(':focus-within')).to.equal(true);
    expect(text()).to.contain('Ringing…');
  });

  it('has a name that begins with its visible text', async () => {
    const { root } = openPanel();
    await sendKeys({ press: 'Escape' });
    expect(buttonNamed(root, 'Front desk Show the call').getAttribute('part')).to.equal('pill');
  });

  it('is restored when the call ends, without taking the focus', async () => {
    const { show, root, text, button } = openPanel();
    show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    button.focus();
    show({ state: 'ended' });
    expect(text()).to.contain('Call ended');
    expect(root.activeElement === button).to.equal(true);
  });

  it('stays minimised when the element is moved', async () => {
    const { panel, root, host } = openPanel();
    await sendKeys({ press: 'Escape' });
    document.body.prepend(host);
    panel.moved();
    expect(buttonNames(root)).to.not.include('Hang up');
  });
});

describe('an inline panel', () => {
  it('is in the page, in place of the button', () => {
    const { dialog, isShown, button } = openPanel({ display: 'inline' });
    expect(isShown()).to.equal(true);
    expect(dialog().matches(':popover-open')).to.equal(false);
    expect(isVisible(button)).to.equal(false);
  });

  it('can be minimised, which shows the button, and restored', async () => {
    const { panel, show, root, isShown, button } = openPanel({ display: 'inline' });
    show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(false);
    expect(root.activeElement === button).to.equal(true);
    panel.front();
    expect(isShown()).to.equal(true);
  });

  it('is restored to show that the call failed, without taking the focus', async () => {
    const { show, isShown, text, number, opener } = openPanel({ display: 'inline' });
    show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    opener.focus();
    show({ state: 'failed', sentence: 'The connection was lost.' });
    expect(isShown()).to.equal(true);
    expect(text()).to.contain('The connection was lost.');
    expect(isVisible(number)).to.equal(true);
    expect(document.activeElement === opener).to.equal(true);
  });
});
