// The button as a visitor has it: what it says, in the language of the place it stands in, and whether it can be pressed.
import { expect } from 'chai';
import { isVisible } from '../by-role.js';
import { nextEvent } from '../next-event.js';
import { buttonOf, clearPage, place, textOf } from '../placed-element.js';

afterEach(clearPage);

describe('the button', () => {
  it('shows what is slotted, else the label, else "Call" in the language around it', async () => {
    const { element } = place();
    await element.updateComplete;
    expect(textOf(element)).to.equal('Call');
    element.strings = { call: 'Ring us' };
    await element.updateComplete;
    expect(textOf(element)).to.equal('Ring us');
    element.label = 'Call support';
    await element.updateComplete;
    expect(textOf(element)).to.equal('Call support');
    element.textContent = 'Slotted';
    const [slot] = buttonOf(element).querySelectorAll<HTMLSlotElement>('slot:not([name])');
    expect(slot?.assignedNodes().map(({ textContent }) => textContent)).to.deep.equal(['Slotted']);
  });

  it('keeps its label when only other slots are filled, on lines of their own', async () => {
    const { element } = place();
    element.label = 'Call support';
    const fallback = document.createElement('a');
    fallback.slot = 'fallback';
    element.append('\n  ', fallback, '\n');
    await nextEvent(buttonOf(element).querySelector('slot:not([name])')!, 'slotchange');
    expect(textOf(element)).to.equal('Call support');
    element.append('Slotted');
    await nextEvent(buttonOf(element).querySelector('slot:not([name])')!, 'slotchange');
    expect(buttonOf(element).querySelector<HTMLElement>('[part=label] span')?.hidden).to.equal(true);
  });

  it('follows the language that it is in, and its own before that', async () => {
    const around = document.createElement('div');
    around.lang = 'fr-CA';
    document.body.append(around);
    const { element } = place();
    around.append(element);
    element.requestUpdate();
    await element.updateComplete;
    expect(textOf(element)).to.equal('Appeler');
    element.lang = 'de';
    await element.updateComplete;
    expect(textOf(element)).to.equal('Anrufen');
    element.removeAttribute('lang');
    await element.updateComplete;
    expect(textOf(element)).to.equal('Appeler');
    around.remove();
  });

  it('follows the language of the place that it is moved to', async () => {
    const { element } = place();
    await element.updateComplete;
    const around = document.body.appendChild(document.createElement('div'));
    around.lang = 'es';
    around.append(element);
    await element.updateComplete;
    expect(textOf(element)).to.equal('Llamar');
    around.remove();
  });

  it('takes the focus of the element', () => {
    const { element } = place();
    element.focus();
    expect(element.shadowRoot!.activeElement === buttonOf(element)).to.equal(true);
    element.blur();
  });

  it('does nothing while disabled, and says so in the markup', async () => {
    const { element, heard, ui } = place({ disabled: true });
    await element.updateComplete;
    expect(buttonOf(element).disabled).to.equal(true);
    expect(element.hasAttribute('disabled')).to.equal(true);
    buttonOf(element).click();
    await element.dial();
    expect(heard.events).to.deep.equal([]);
    expect(ui.calls).to.have.lengthOf(0);
  });

  it('can be hidden as any element', () => {
    const { element } = place();
    element.hidden = true;
    expect(isVisible(element)).to.equal(false);
  });

  it('can be styled from outside by its parts', () => {
    const names = [...place().element.shadowRoot!.querySelectorAll('[part]')].map((one) =>
      one.getAttribute('part'),
    );
    expect(names).to.include.members(['button', 'icon', 'label', 'status']);
  });
});
