// An AI agent's messages: first an event that the page may prevent, then captions and one region with the latest shared
// content.
import { expect } from 'chai';
import { AgentView, type AgentViewOptions } from '../../../src/ui/agent/agent-view.js';
import type { TemplateResult } from '../../../src/ui/panel/template.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, part } from '../../by-role.js';
import { clearRendered, rendered } from '../panel/rendered.js';

afterEach(clearRendered);

/** An agent view that renders into a box. */
function setUp(options: Partial<AgentViewOptions> = {}) {
  const box = document.createElement('div');
  const events: Event[] = [];
  const logged: unknown[] = [];
  const announced: string[] = [];
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
    words: en,
    captions: true,
    emit: (event) => events.push(event) > 0,
    announce: (text) => void announced.push(text),
    log: (...entry) => void logged.push(entry),
    ...options,
  });
  return {
    view,
    box,
    events,
    logged,
    announced,
    types: () => events.map(({ type }) => type),
    shows: () => shows,
    /** Resolves when the panel has been shown that many times in total. */
    shown: async (times: number) => {
      while (shows < times) await new Promise<void>((resolve) => (wake = resolve));
    },
    share: (content: object) => view.take('user_event', { type: 'display_content', ...content }),
    text: () => box.innerText,
  };
}

describe('speech', () => {
  it('is an event and, with captions on, a caption', async () => {
    const { view, types, shown, box } = setUp();
    view.take('ai.completion', { text: 'Hello.' });
    view.take('ai.speech_detect', { text: 'Hi {confidence=0.9}' });
    expect(types()).to.deep.equal(['sw-transcript', 'sw-transcript']);
    await shown(2);
    expect(part(box, 'transcript').innerText.replace(/\s+/g, ' ').trim()).to.equal('Agent Hello. You Hi');
    expect(part(box, 'transcript').getAttribute('role')).to.equal('log');
  });

  it('is only an event with captions off', async () => {
    const { view, types, share, shown, box } = setUp({ captions: false });
    view.take('ai.completion', { text: 'Hello.' });
    share({ content: 'x', format: 'text' });
    await shown(1);
    expect(types()).to.deep.equal(['sw-transcript', 'sw-display-content']);
    expect(() => part(box, 'transcript')).to.throw();
  });

  it('causes no event when the message has no content', () => {
    const { view, types } = setUp();
    view.take('ai.completion', { text: '' });
    view.take('ai.completion', null);
    view.take('user_event', 'text');
    expect(types()).to.deep.equal([]);
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
    const { share, shown, box, announced } = setUp();
    share({ content: 'Soup', format: 'text', title: 'x'.repeat(100_000) });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.have.length(200);
    expect(announced).to.deep.equal([`Shared with you: ${'x'.repeat(200)}`]);
  });

  it('is not shown when the page prevents its event', async () => {
    const { share, view, shown, text } = setUp({ emit: (event) => event.type !== 'sw-display-content' });
    share({ content: 'Soup', format: 'text' });
    view.take('ai.completion', { text: 'Hello.' });
    await shown(1);
    expect(text()).to.contain('Hello.').and.to.not.contain('Soup');
  });

  it('stays when captions arrive, and closing it keeps the captions', async () => {
    const { share, view, shown, box, text } = setUp();
    share({ content: 'Soup', format: 'text' });
    await shown(1);
    view.take('ai.completion', { text: 'Hello.' });
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

  it('is announced once, by its title; captions are not announced that way', async () => {
    const { share, view, shown, box, announced } = setUp();
    share({ title: 'The menu', content: 'Soup', format: 'text' });
    await shown(1);
    view.take('ai.completion', { text: 'Hello.' });
    view.take('ai.speech_detect', { text: 'Hi' });
    await shown(3);
    buttonNamed(box, 'Close').click();
    expect(announced).to.deep.equal(['Shared with you: The menu']);
    share({ content: 'Bread', format: 'text' });
    await shown(5);
    expect(announced).to.deep.equal(['Shared with you: The menu', 'Shared with you']);
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
    expect(types()).to.deep.equal(['sw-display-content']);
    expect((await logged)[0]).to.equal('not shown');
  });
});
