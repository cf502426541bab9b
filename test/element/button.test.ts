// The button before it belongs to an element: a real button, quiet while nothing failed, in parts that a page may replace.
import { expect } from 'chai';
import { buildButton } from '../../src/element/button.js';

describe('the button', () => {
  it('is a real button that submits no form', () => {
    const { button } = buildButton();
    expect(button.type).to.equal('button');
    expect(button.getAttribute('part')).to.equal('button');
  });

  it('hides its picture from assistive technology', () => {
    const { button } = buildButton();
    expect(button.querySelector('svg')?.getAttribute('aria-hidden')).to.equal('true');
    expect(button.textContent).to.equal('');
  });

  it('has one polite live region, and shows no fallback while nothing failed', () => {
    const { status, fallback } = buildButton();
    expect(status.getAttribute('role')).to.equal('status');
    expect(fallback.name).to.equal('fallback');
    expect(fallback.hidden).to.equal(true);
  });

  it('lets the page replace the icon and the text', () => {
    const { button, label } = buildButton();
    expect([...button.querySelectorAll('slot')].map(({ name }) => name)).to.deep.equal(['icon', '']);
    expect(label.previousElementSibling).to.equal(button.querySelector('slot:not([name])'));
  });
});
