// The panel and the keyboard: Escape, the focus while the panel opens, changes and closes, and typed digits.
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { CallState } from '../../../src/events.js';
import { buttonNamed, buttonNames, part } from '../../by-role.js';
import { clearPanels, openPanel } from './open-panel.js';

afterEach(clearPanels);

const LIVE: CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];
const LIVE_BUTTONS = ['Minimise', 'Mute microphone', 'Keypad', 'Sound and devices', 'Hang up'];

describe('Escape', () => {
  for (const state of LIVE) {
    it(`minimises the panel in the state ${state}, focuses the pill and does not hang up`, async () => {
      const { show, root, requests } = openPanel();
      show({ state });
      await sendKeys({ press: 'Escape' });
      expect(buttonNames(root)).to.not.include('Hang up');
      expect(part(root, 'pill').innerText).to.contain('Front desk');
      expect(requests).to.deep.equal([]);
      expect(root.activeElement === part(root, 'pill')).to.equal(true);
    });
  }

  for (const sheet of ['Keypad', 'Sound and devices']) {
    it(`closes "${sheet}" before it minimises the panel`, async () => {
      const { show, root, requests } = openPanel();
      show({ state: 'active' });
      const opener = () => buttonNamed(root, sheet);
      opener().click();
      expect(opener().getAttribute('aria-expanded')).to.equal('true');
      await sendKeys({ press: 'Escape' });
      expect(opener().getAttribute('aria-expanded')).to.equal('false');
      expect(requests).to.deep.equal([]);
      await sendKeys({ press: 'Escape' });
      expect(root.activeElement === part(root, 'pill')).to.equal(true);
    });
  }

  it('closes the panel after the call, and returns the focus to the element', async () => {
    const { show, root, button, isShown, container, requests } = openPanel();
    show({ state: 'ended' });
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(false);
    expect(container.childElementCount).to.equal(0);
    expect(requests).to.deep.equal(['focus', 'closed']);
    expect(root.activeElement === button).to.equal(true);
  });

  it('does nothing while the focus is outside the panel', async () => {
    const { show, root, opener } = openPanel();
    show({ state: 'active' });
    opener.focus();
    await sendKeys({ press: 'Escape' });
    expect(buttonNames(root)).to.include('Hang up');
  });

  it('does not reach the page when the panel has used it', async () => {
    let heard = 0;
    const count = () => void (heard += 1);
    document.addEventListener('keydown', count);
    openPanel();
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', count);
    expect(heard).to.equal(0);
  });

  it('reaches the page while the panel is minimised', async () => {
    const { root } = openPanel();
    await sendKeys({ press: 'Escape' });
    expect(root.activeElement === part(root, 'pill')).to.equal(true);
    let heard = 0;
    const count = (event: KeyboardEvent) => void (heard += event.defaultPrevented ? 0 : 1);
    document.addEventListener('keydown', count);
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', count);
    expect(heard).to.equal(1);
  });
});

describe('the focus', () => {
  it('moves into the panel when it opens, and to the pill when it is minimised', () => {
    const { show, root, dialog } = openPanel();
    expect(dialog().matches(':focus-within')).to.equal(true);
    show({ state: 'active' });
    buttonNamed(root, 'Minimise').focus();
    buttonNamed(root, 'Minimise').click();
    expect(root.activeElement === part(root, 'pill')).to.equal(true);
  });

  it('stays in the page when the panel closes without it', () => {
    const { panel, requests, opener } = openPanel();
    opener.focus();
    panel.close();
    expect(document.activeElement === opener).to.equal(true);
    expect(requests).to.deep.equal(['closed']);
  });

  it('stays in the page when the call changes', () => {
    const { show, opener } = openPanel();
    opener.focus();
    for (const state of [...LIVE, 'ended'] as const) show({ state });
    expect(document.activeElement === opener).to.equal(true);
  });

  it('stays in the panel when the focused button disappears', () => {
    const { show, root, dialog } = openPanel();
    show({ state: 'active' });
    buttonNamed(root, 'Hang up').focus();
    show({ state: 'ended' });
    expect(dialog().matches(':focus-within')).to.equal(true);
  });

  it('reaches every control by Tab', async () => {
    const { show, root } = openPanel();
    show({ state: 'active' });
    const reached: (string | null | undefined)[] = [];
    for (let step = 0; step < LIVE_BUTTONS.length; step += 1) {
      await sendKeys({ press: 'Tab' });
      reached.push(root.activeElement?.getAttribute('aria-label'));
    }
    expect(reached).to.deep.equal(LIVE_BUTTONS);
  });
});

describe('typing', () => {
  it('sends digits while the keypad is open, and only then', async () => {
    const { show, root, requests } = openPanel();
    show({ state: 'active' });
    await sendKeys({ press: '1' });
    buttonNamed(root, 'Keypad').click();
    await sendKeys({ press: '4' });
    await sendKeys({ press: '#' });
    await sendKeys({ press: 'a' });
    expect(requests).to.deep.equal(['digits 4', 'digits #']);
    expect(part(root, 'keypad').innerText).to.contain('4#');
  });

  it('leaves keyboard shortcuts to the browser while the keypad is open', () => {
    const { show, root, requests, dialog } = openPanel();
    show({ state: 'active' });
    buttonNamed(root, 'Keypad').click();
    for (const held of ['ctrlKey', 'metaKey', 'altKey']) {
      const event = new KeyboardEvent('keydown', { key: '1', [held]: true, bubbles: true, cancelable: true });
      expect(dialog().dispatchEvent(event), held).to.equal(true);
    }
    expect(requests).to.deep.equal([]);
  });
});
