// Numbers as custom properties: first values, changes, and pages whose policy forbids style attributes.
import { expect } from 'chai';
import { cssVariables } from '../../../src/ui/panel/css-variables.js';
import { html, render } from '../../../src/ui/panel/template.js';
import { clearRendered, rendered } from './rendered.js';

afterEach(clearRendered);

type Variables = Readonly<Record<string, number>>;

const template = (variables: Variables) => html`<p ${cssVariables(variables)}></p>`;

const valueOf = (box: HTMLElement, name: string) => box.querySelector('p')!.style.getPropertyValue(name);

describe('cssVariables', () => {
  it('sets each number as a custom property of the element', () => {
    const box = rendered(template({ x: 100, y: 0 }));
    expect([valueOf(box, '--x'), valueOf(box, '--y')]).to.deep.equal(['100', '0']);
  });

  it('updates the properties when the template is rendered again', () => {
    const box = rendered(template({ x: 1, y: 2 }));
    rendered(template({ x: 3.5, y: 2 }), box);
    expect([valueOf(box, '--x'), valueOf(box, '--y')]).to.deep.equal(['3.5', '2']);
  });

  it('keeps other styles of the element', () => {
    const box = rendered(template({ x: 1 }));
    box.querySelector('p')!.style.color = 'red';
    rendered(template({ x: 2 }), box);
    expect(box.querySelector('p')!.style.color).to.equal('red');
  });

  it('is usable in a style sheet', () => {
    const box = rendered(template({ x: 7 }));
    box.querySelector('p')!.style.width = 'calc(var(--x) * 10px)';
    expect(box.querySelector('p')!.getBoundingClientRect().width).to.equal(70);
  });

  it('works where the Content Security Policy forbids inline styles', async () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="style-src 'none'">
      <p style="--x: 1"></p><div></div>`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    try {
      await loaded;
      const page = frame.contentDocument!;
      // The policy applies to this page.
      expect(page.querySelector('p')!.style.getPropertyValue('--x')).to.equal('');
      const box = page.querySelector('div')!;
      render(template({ x: 5 }), box);
      expect(valueOf(box, '--x')).to.equal('5');
    } finally {
      frame.remove();
    }
  });
});
