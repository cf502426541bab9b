// What an AI agent says and shows, on its way to the visitor: an event first, which the page may prevent, then captions and
// one region, with what came last in it.
import { expect } from 'chai';
import { AgentView, type AgentViewOptions } from '../../../src/ui/agent/agent-view.js';
import type { TemplateResult } from '../../../src/ui/panel/template.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, part } from '../../by-role.js';
import { clearRendered, rendered } from '../panel/rendered.js';

afterEach(clearRendered);

/** An agent whose messages are shown in a box. */
function agent(options: Partial<AgentViewOptions> = {}) {
  const box = document.createElement('div');
  const events: Event[] = [];
  const logged: unknown[] = [];
  const said: string[] = [];
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
    announce: (text) => void said.push(text),
    log: (...entry) => void logged.push(entry),
    ...options,
  });
  return {
    view,
    box,
    events,
    logged,
    said,
    types: () => events.map(({ type }) => type),
    shows: () => shows,
    /** Resolves when so much was shown in all. */
    shown: async (times: number) => {
      while (shows < times) await new Promise<void>((resolve) => (wake = resolve));
    },
    share: (content: object) => view.take('user_event', { type: 'display_content', ...content }),
    text: () => box.innerText,
  };
}

describe('what an AI agent says', () => {
  it('is an event, and a caption where captions are wanted', async () => {
    const { view, types, shown, box } = agent();
    view.take('ai.completion', { text: 'Hello.' });
    view.take('ai.speech_detect', { text: 'Hi {confidence=0.9}' });
    expect(types()).to.deep.equal(['sw-transcript', 'sw-transcript']);
    await shown(2);
    expect(part(box, 'transcript').innerText.replace(/\s+/g, ' ').trim()).to.equal('Agent Hello. You Hi');
    expect(part(box, 'transcript').getAttribute('role')).to.equal('log');
  });

  it('is an event only where they are not', async () => {
    const { view, types, share, shown, box } = agent({ captions: false });
    view.take('ai.completion', { text: 'Hello.' });
    share({ content: 'x', format: 'text' });
    await shown(1);
    expect(types()).to.deep.equal(['sw-transcript', 'sw-display-content']);
    expect(() => part(box, 'transcript')).to.throw();
  });

  it('is nothing when there is nothing in it', () => {
    const { view, types } = agent();
    view.take('ai.completion', { text: '' });
    view.take('ai.completion', null);
    view.take('user_event', 'text');
    expect(types()).to.deep.equal([]);
  });
});

describe('what an AI agent shows', () => {
  it('stands in a region with its title, and can be closed', async () => {
    const { share, shown, box, text } = agent();
    share({ title: 'The menu', content: 'Soup', format: 'text' });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.equal('The menu');
    expect(text()).to.contain('The menu').and.to.contain('Soup');
    buttonNamed(box, 'Close').click();
    expect(text()).to.not.contain('Soup');
  });

  it('has a title of ours when the agent gives none', async () => {
    const { share, shown, box } = agent();
    share({ content: 'Soup', format: 'text' });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.equal('Shared with you');
  });

  it('has a title of one line, however long the agent makes it', async () => {
    const { share, shown, box, said } = agent();
    share({ content: 'Soup', format: 'text', title: 'x'.repeat(100_000) });
    await shown(1);
    expect(part(box, 'content').getAttribute('aria-label')).to.have.length(200);
    expect(said).to.deep.equal([`Shared with you: ${'x'.repeat(200)}`]);
  });

  it('is kept from view by a page that prevents its event', async () => {
    const { share, view, shown, text } = agent({ emit: (event) => event.type !== 'sw-display-content' });
    share({ content: 'Soup', format: 'text' });
    view.take('ai.completion', { text: 'Hello.' });
    await shown(1);
    expect(text()).to.contain('Hello.').and.to.not.contain('Soup');
  });

  it('is not taken away by captions, nor the captions by its closing', async () => {
    const { share, view, shown, box, text } = agent();
    share({ content: 'Soup', format: 'text' });
    await shown(1);
    view.take('ai.completion', { text: 'Hello.' });
    await shown(2);
    expect(text()).to.contain('Soup').and.to.contain('Hello.');
    buttonNamed(box, 'Close').click();
    expect(text()).to.contain('Hello.').and.to.not.contain('Soup');
  });

  it('is what came last, also when that was ready first', async () => {
    const { share, shown, text } = agent();
    // Waits for the sanitizer and the reader of Markdown; the other does not.
    share({ content: '# First', format: 'markdown' });
    share({ content: 'Second', format: 'text' });
    await shown(1);
    expect(text()).to.contain('Second');
    // Later than the first could be: it waits for the same files, and a little longer.
    share({ content: '# Third', format: 'markdown' });
    await shown(2);
    expect(text()).to.contain('Third');
    share({ content: 'Fourth', format: 'text' });
    await shown(3);
    expect(text()).to.contain('Fourth').and.to.not.contain('First');
  });

  it('is told to a screen reader once, by its title, and what is said is not told there', async () => {
    const { share, view, shown, box, said } = agent();
    share({ title: 'The menu', content: 'Soup', format: 'text' });
    await shown(1);
    view.take('ai.completion', { text: 'Hello.' });
    view.take('ai.speech_detect', { text: 'Hi' });
    await shown(3);
    buttonNamed(box, 'Close').click();
    expect(said).to.deep.equal(['Shared with you: The menu']);
    share({ content: 'Bread', format: 'text' });
    await shown(5);
    expect(said).to.deep.equal(['Shared with you: The menu', 'Shared with you']);
  });

  it('stays text where it is text', async () => {
    const { share, shown, box } = agent();
    share({ title: '<b>title</b>', content: '<img src=x onerror=alert(1)>', format: 'text' });
    await shown(1);
    expect(box.querySelector('b, img')).to.equal(null);
  });

  it('can be scrolled by keyboard', async () => {
    const { share, shown, box } = agent();
    share({ title: 'Long', content: 'line\n'.repeat(100), format: 'text' });
    await shown(1);
    const body = part(box, 'content').querySelector<HTMLElement>('[tabindex="0"]')!;
    body.focus();
    expect(document.activeElement === body).to.equal(true);
  });
});

describe('what an interface cannot show', () => {
  it('is logged, and the call goes on', async () => {
    let noted!: (entry: unknown[]) => void;
    const logged = new Promise<unknown[]>((resolve) => (noted = resolve));
    const panel = {
      showExtra() {
        throw new Error('broken');
      },
    };
    const { share, types } = agent({ panel, log: (...entry) => noted(entry) });
    share({ content: 'Soup', format: 'text' });
    expect(types()).to.deep.equal(['sw-display-content']);
    expect((await logged)[0]).to.equal('not shown');
  });
});
