// The twelve keys of a telephone, on the screen and on the keyboard. Keyboard shortcuts of the browser are not keys.
import { expect } from 'chai';
import { isKey, keypad } from '../../../src/ui/panel/keypad.js';
import { ar } from '../../../src/locales/ar.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, buttonNames, part } from '../../by-role.js';
import { clearRendered, rendered } from './rendered.js';

afterEach(clearRendered);

const KEYS = [...'123456789*0#'];

describe('the keypad', () => {
  it('has the twelve keys of a telephone in their order, with names', () => {
    const box = rendered(keypad('', en, () => {}));
    expect(buttonNames(box)).to.deep.equal(KEYS.map((key) => `Key ${key}`));
    expect([...box.querySelectorAll('button')].map((button) => button.innerText.trim())).to.deep.equal(KEYS);
  });

  it('sends each digit when its key is pressed', () => {
    const sent: string[] = [];
    const box = rendered(keypad('', en, (digit) => void sent.push(digit)));
    for (const key of KEYS) buttonNamed(box, `Key ${key}`).click();
    expect(sent).to.deep.equal(KEYS);
  });

  it('shows the digits that were sent', () => {
    const box = rendered(keypad('', en, () => {}));
    const before = part(box, 'keypad').innerText;
    rendered(
      keypad('12#', en, () => {}),
      box,
    );
    expect(before).to.not.contain('12#');
    expect(part(box, 'keypad').innerText).to.contain('12#');
  });

  it('is a named group that runs from left to right in every language', () => {
    const pad = part(rendered(keypad('', ar, () => {})), 'keypad');
    expect(pad.getAttribute('role')).to.equal('group');
    expect(pad.getAttribute('aria-label')).to.equal(ar.keypad);
    expect(getComputedStyle(pad).direction).to.equal('ltr');
  });
});

describe('a key on the keyboard', () => {
  const press = (key: string, held: KeyboardEventInit = {}) =>
    isKey(new KeyboardEvent('keydown', { key, ...held }));

  it('counts when it types a key of the keypad', () => {
    expect(KEYS.filter((key) => press(key))).to.deep.equal(KEYS);
    // A "#" is typed with Shift on many keyboards.
    expect(press('#', { shiftKey: true })).to.equal(true);
    for (const key of ['a', 'A', '+', 'Enter', ' ', '', '12']) expect(press(key), key).to.equal(false);
  });

  it('does not count as part of a shortcut', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey'])
      expect(press('1', { [held]: true }), held).to.equal(false);
  });
});
