// An AI agent's messages: first an event that the page may prevent, then captions and one region with the latest shared
// content.
import { expect } from 'chai';
import {
  SwDisplayContentEvent,
  SwTranscriptEvent,
  SwUserEvent,
  type SwDisplayContentDetail,
} from '../../../src/events.js';
import { AgentView, type AgentViewOptions } from '../../../src/ui/agent/agent-view.js';
import type { TemplateResult } from '../../../src/ui/panel/template.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, part } from '../../by-role.js';
import { clearRendered, rendered } from '../panel/rendered.js';

afterEach(clearRendered);

/** An agent view that renders into a box. */
function setUp(options: Partial<AgentViewOptions> = {}) {
  const box = document.createElement('div');
  const element = new EventTarget();
  const status = document.createElement('div');
  const types: string[] = [];
  for (const type of ['sw-transcript', 'sw-display-content', 'sw-user-event'])
    element.addEventListener(type, () => void types.push(type));
  let shows = 0;
  let wake = () => {};
  const view = new AgentView({
    panel: {
      showExtra(extra: TemplateResult) {
        rendered(extra, box);
        shows += 1;
        wake();
      },
    },
    element,
    status,
    words: en,
    captions: true,
    log() {},
    ...options,
  });
  return {
    view,
    box,
    element,
    status,
    /** Types of the dispatched events. */
    types,
    /** Resolves when the panel has been shown that many times in total. */
    shown: async (times: number) => {
      while (shows < times) await new Promise<void>((resolve) => (wake = resolve));
    },
    says: (speaker: 'agent' | 'caller', text: string) =>
      view.take(new SwTranscriptEvent({ speaker, text, final: true })),
    share: (detail: SwDisplayContentDetail) => view.take(new SwDisplayContentEvent(detail)),
    text: () => box.innerText,
  };
}

describe('speech', () => {
  it('is an event and, with captions on, a caption', async () => {
    const { says, types, shown, box } = setUp();
    says('agent', 'Hello.');
    says('caller', 'Hi');
    expect(types).to.deep.equal(['sw-transcript', 'sw-transcript']);
    await shown(2);
    expect(part(box, 'transcript').innerText.replace(/\s+/g, ' ').trim()).to.equal('Agent Hello. You Hi');
    expect(part(box, 'transcript').getAttribute('role')).to.equal('log');
  });

  it('is only an event with captions off', async () => {
    const { says, types, share, shown, box } = setUp({ captions: false });
    says('agent', 'Hello.');
    share({ content: 'x', format: 'text' });
    await shown(1);
    expect(types).to.deep.equal(['sw-transcript', 'sw-display-content']);
    expect(() => part(box, 'transcript')).to.throw();
  });
});

describe('a user event', () => {
  it('is dispatched and not shown', async () => {
    const { view, says, types, shown, text } = setUp();
    view.take(new SwUserEvent({ text: 'Secret' }));
    says('agent', 'Hello.');
    await shown(1);
    expect(types).to.deep.equal(['sw-user-event', 'sw-transcript']);
    expect(text()).to.not.contain('Secret');
  });
});

describe('shared content', () => {
  it('is shown in a region with its title, which the visitor can close', async () => {
    const { share, shown, box, text } = setUp();
    share({ title: 'The menu', content: 'Soup', format: 'text' });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.equal('The menu');
    expect(text()).to.contain('The menu').and.to.contain('Soup');
    buttonNamed(box, 'Close').click();
    expect(text()).to.not.contain('Soup');
  });

  it('has a default title when the agent gives none', async () => {
    const { share, shown, box } = setUp();
    share({ content: 'Soup', format: 'text' });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.equal('Shared with you');
  });

  it('has a title of 200 characters at most', async () => {
    const { share, shown, box, status } = setUp();
    share({ content: 'Soup', format: 'text', title: 'x'.repeat(100_000) });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.have.length(200);
    expect(status.textContent).to.equal(`Shared with you: ${'x'.repeat(200)}`);
  });

  it('is not shown when the page prevents its event', async () => {
    const { share, says, shown, text, element } = setUp();
    element.addEventListener('sw-display-content', (event) => event.preventDefault());
    share({ content: 'Soup', format: 'text' });
    says('agent', 'Hello.');
    await shown(1);
    expect(text()).to.contain('Hello.').and.to.not.contain('Soup');
  });

  it('stays when captions arrive, and closing it keeps the captions', async () => {
    const { share, says, shown, box, text } = setUp();
    share({ content: 'Soup', format: 'text' });
    await shown(1);
    says('agent', 'Hello.');
    await shown(2);
    expect(text()).to.contain('Soup').and.to.contain('Hello.');
    buttonNamed(box, 'Close').click();
    expect(text()).to.contain('Hello.').and.to.not.contain('Soup');
  });

  it('is the latest, also when an earlier one takes longer to render', async () => {
    const { share, shown, text } = setUp();
    // Markdown waits for the sanitizer and the parser; text does not.
    share({ content: '# First', format: 'markdown' });
    share({ content: 'Second', format: 'text' });
    await shown(1);
    expect(text()).to.contain('Second');
    // Needs the same libraries, so it cannot be rendered before the first one.
    share({ content: '# Third', format: 'markdown' });
    await shown(2);
    expect(text()).to.contain('Third');
    share({ content: 'Fourth', format: 'text' });
    await shown(3);
    expect(text()).to.contain('Fourth').and.to.not.contain('First');
  });

  it('is announced by its title, once; captions and closing are not announced', async () => {
    const { share, says, shown, box, status } = setUp();
    share({ title: 'The menu', content: 'Soup', format: 'text' });
    await shown(1);
    expect(status.textContent).to.equal('Shared with you: The menu');
    status.textContent = 'said later';
    says('agent', 'Hello.');
    says('caller', 'Hi');
    await shown(3);
    buttonNamed(box, 'Close').click();
    expect(status.textContent).to.equal('said later');
    share({ content: 'Bread', format: 'text' });
    await shown(5);
    expect(status.textContent).to.equal('Shared with you');
  });

  it('shows markup in a text as text', async () => {
    const { share, shown, box } = setUp();
    share({ title: '<b>title</b>', content: '<img src=x onerror=alert(1)>', format: 'text' });
    await shown(1);
    expect(box.querySelector('b, img')).to.equal(null);
  });

  it('can be scrolled with the keyboard', async () => {
    const { share, shown, box } = setUp();
    share({ title: 'Long', content: 'line\n'.repeat(100), format: 'text' });
    await shown(1);
    const body = part(box, 'content').querySelector<HTMLElement>('[tabindex="0"]')!;
    body.focus();
    expect(document.activeElement === body).to.equal(true);
  });
});

describe('a failure to display', () => {
  it('is logged and does not throw', async () => {
    let log!: (entry: unknown[]) => void;
    const logged = new Promise<unknown[]>((resolve) => (log = resolve));
    const panel = {
      showExtra() {
        throw new Error('broken');
      },
    };
    const { share, types } = setUp({ panel, log: (...entry) => log(entry) });
    share({ content: 'Soup', format: 'text' });
    expect(types).to.deep.equal(['sw-display-content']);
    expect((await logged)[0]).to.equal('not shown');
  });
});
