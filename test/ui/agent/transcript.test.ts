// The transcript makes lines of pieces that may be repeated, corrected or interrupted. The captions show them as a log that
// announces each line once and keeps its scroll position for a reader.
import { expect } from 'chai';
import { captions, Transcript, type CaptionLine } from '../../../src/ui/agent/transcript.js';
import { render } from '../../../src/ui/panel/template.js';
import { en } from '../../../src/locales/en.js';
import { quickest } from '../../quickest.js';

type Said = readonly [speaker: 'agent' | 'caller', text: string, how?: '…'];

/** A transcript after these pieces; "…" marks one that is not final. */
function after(...said: Said[]): Transcript {
  const transcript = new Transcript();
  for (const [speaker, text, how] of said) transcript.add({ speaker, text, final: !how });
  return transcript;
}

const read = ({ lines }: Transcript) =>
  lines.map(({ speaker, text, final }) => `${speaker}: ${text}${final ? '' : ' …'}`);

describe('a transcript', () => {
  it('replaces the open line of the caller until it is final', () => {
    const transcript = after(['caller', 'Can', '…'], ['caller', 'Can you', '…']);
    expect(read(transcript)).to.deep.equal(['caller: Can you …']);
    const [{ key } = { key: -1 }] = transcript.lines;
    transcript.add({ speaker: 'caller', text: 'Can you help?', final: true });
    expect(transcript.lines).to.deep.equal([{ key, speaker: 'caller', text: 'Can you help?', final: true }]);
  });

  it('appends the sentences of the agent until the final text replaces them', () => {
    const transcript = after(['agent', 'Hello.', '…'], ['agent', 'How are you?', '…']);
    expect(read(transcript)).to.deep.equal(['agent: Hello. How are you? …']);
    transcript.add({ speaker: 'agent', text: 'Hello. How are you today?', final: true });
    expect(read(transcript)).to.deep.equal(['agent: Hello. How are you today?']);
  });

  it('appends without a space in scripts that use none', () => {
    expect(read(after(['agent', '你好！', '…'], ['agent', '请讲。', '…']))).to.deep.equal([
      'agent: 你好！请讲。 …',
    ]);
  });

  it('does not duplicate text when an agent repeats everything said so far', () => {
    expect(read(after(['agent', 'Hello.', '…'], ['agent', 'Hello. Bye.', '…']))).to.deep.equal([
      'agent: Hello. Bye. …',
    ]);
  });

  it('begins a new line after a final one', () => {
    const transcript = after(['agent', 'One.'], ['agent', 'Two.', '…'], ['agent', 'Two.']);
    expect(read(transcript)).to.deep.equal(['agent: One.', 'agent: Two.']);
    expect(new Set(transcript.lines.map(({ key }) => key)).size).to.equal(2);
  });

  it('makes the agent’s line final when the caller interrupts', () => {
    const transcript = after(['agent', 'There is a lot', '…'], ['caller', 'Thank', '…']);
    expect(read(transcript)).to.deep.equal(['agent: There is a lot', 'caller: Thank …']);
    const other = after(['agent', 'There is a lot', '…'], ['caller', 'Stop']);
    expect(read(other)).to.deep.equal(['agent: There is a lot', 'caller: Stop']);
  });

  it('shortens an interrupted line when the agent sends what was spoken', () => {
    const transcript = after(
      ['agent', 'There is a lot to tell, beginning with A.', '…'],
      ['caller', 'Thank you', '…'],
      ['agent', 'There is a lot to tell…'],
      ['caller', 'Thank you, enough.'],
      ['caller', 'Thank you, enough.'],
    );
    expect(read(transcript)).to.deep.equal(['agent: There is a lot to tell…', 'caller: Thank you, enough.']);
  });

  it('distinguishes the correction of an interrupted turn from the next turn', () => {
    const interrupted: Said[] = [
      ['agent', 'There is a lot', '…'],
      ['caller', 'Stop'],
    ];
    expect(read(after(...interrupted, ['agent', 'All right.']))).to.deep.equal([
      'agent: There is a lot',
      'caller: Stop',
      'agent: All right.',
    ]);
    expect(read(after(...interrupted, ['agent', 'There', '…'], ['agent', 'There you are.']))).to.deep.equal([
      'agent: There is a lot',
      'caller: Stop',
      'agent: There you are.',
    ]);
  });

  it('does not treat the final text of an open caller line as an interruption', () => {
    const transcript = after(
      ['caller', 'Help', '…'],
      ['agent', 'Of course.', '…'],
      ['caller', 'Help me.'],
      ['agent', 'At once.', '…'],
    );
    expect(read(transcript)).to.deep.equal(['caller: Help me.', 'agent: Of course. At once. …']);
  });

  it('makes the caller’s line final when the agent has answered', () => {
    const transcript = after(['caller', 'Help', '…'], ['agent', 'Yes?', '…'], ['agent', 'Yes?']);
    expect(read(transcript)).to.deep.equal(['caller: Help', 'agent: Yes?']);
    transcript.add({ speaker: 'caller', text: 'Me', final: false });
    expect(read(transcript)).to.deep.equal(['caller: Help', 'agent: Yes?', 'caller: Me …']);
  });

  it('shows a repeated final text once', () => {
    expect(read(after(['caller', 'Yes.'], ['caller', 'Yes.']))).to.deep.equal(['caller: Yes.']);
    expect(read(after(['caller', 'Yes.'], ['caller', 'Yes', '…'], ['caller', 'Yes.']))).to.deep.equal([
      'caller: Yes.',
    ]);
    const late = after(['caller', 'Yes.'], ['agent', 'So', '…'], ['caller', 'Yes.']);
    expect(read(late), 'is no interruption').to.deep.equal(['caller: Yes.', 'agent: So …']);
    const twice: Said[] = [
      ['caller', 'Yes.'],
      ['agent', 'Sure?'],
      ['caller', 'Yes.'],
    ];
    expect(read(after(...twice))).to.have.length(3);
  });

  it('keeps the latest 200 lines', () => {
    const { lines } = after(...Array.from({ length: 300 }, (_, number): Said => ['agent', `${number}`]));
    expect(lines).to.have.length(200);
    expect(lines[0]!.text).to.equal('100');
    expect(lines.at(-1)!.text).to.equal('299');
  });

  it('keeps the end of a very long turn', () => {
    const pieces = Array.from({ length: 300 }, (_, number): Said => ['agent', `${number}`.repeat(50), '…']);
    const [{ text } = { text: '' }] = after(...pieces).lines;
    expect(text)
      .to.have.length(4001)
      .and.to.match(/^….*299$/);
    for (const speaker of ['agent', 'caller'] as const) {
      const [line] = after([speaker, 'x'.repeat(100_000)]).lines;
      expect(line!.text).to.equal(`…${'x'.repeat(4000)}`);
    }
  });

  it('compares turns in linear time, whatever the text', async () => {
    const dots = `${'.'.repeat(256 * 1024)}x`;
    const run = () => {
      const { lines } = after(['agent', dots, '…'], ['caller', 'Stop', '…'], ['agent', `${dots}y`]);
      expect(lines).to.have.length(2);
    };
    expect(await quickest(run, 1000)).to.be.below(1000);
  });

  it('does not change lines that it has returned', () => {
    const transcript = after(['caller', 'Hel', '…']);
    const before = transcript.lines;
    transcript.add({ speaker: 'caller', text: 'Hello', final: true });
    expect(before.map(({ text }) => text)).to.deep.equal(['Hel']);
    expect(transcript.lines).not.to.equal(before);
  });
});

describe('captions', () => {
  const hosts: HTMLElement[] = [];

  function shown(lines: readonly CaptionLine[] = []) {
    const host = document.body.appendChild(document.createElement('div'));
    hosts.push(host);
    const show = (next: readonly CaptionLine[]) => render(captions(next, en), host);
    show(lines);
    return { show, log: host.querySelector('[part="transcript"]') as HTMLElement };
  }

  afterEach(() => {
    for (const host of hosts.splice(0)) host.remove();
  });

  const paragraphs = (log: Element) =>
    [...log.querySelectorAll('p')].map((line) => line.textContent.replace(/\s+/g, ' ').trim());

  it('are a named log that the keyboard can scroll', () => {
    const { log } = shown();
    expect(log.getAttribute('role')).to.equal('log');
    expect(log.getAttribute('aria-label')).to.equal('Captions');
    expect(log.tabIndex).to.equal(0);
  });

  it('name the speaker of each line', () => {
    const { log } = shown(after(['agent', 'Hi.'], ['caller', 'Hey', '…']).lines);
    expect(paragraphs(log)).to.deep.equal(['Agent Hi.', 'You Hey']);
  });

  it('show markup as text, in the direction of its own language', () => {
    const { log } = shown(after(['agent', '<img src=x onerror=alert(1)>'], ['caller', 'שלום, world']).lines);
    expect(log.querySelector('img')).to.equal(null);
    const [, rtl] = log.querySelectorAll('span');
    expect(getComputedStyle(rtl!).direction).to.equal('rtl');
    expect(getComputedStyle(log).direction).to.equal('ltr');
  });

  it('hide open lines from screen readers and add a final one to the log as a new node, once', async () => {
    const transcript = after(['agent', 'Hi.'], ['caller', 'Hey', '…']);
    const { show, log } = shown(transcript.lines);
    expect(log.getAttribute('aria-live')).to.equal('polite');
    expect(log.getAttribute('aria-relevant')).to.equal('additions');
    const audible = () => [...log.querySelectorAll('p:not([aria-hidden="true"])')];
    const [first] = audible();
    const open = log.querySelector('p[aria-hidden]');
    transcript.add({ speaker: 'caller', text: 'Hey you', final: false });
    show(transcript.lines);
    expect(log.querySelector('p[aria-hidden]'), 'the same node').to.equal(open);
    expect(audible()).to.deep.equal([first]);

    const watch = new MutationObserver(() => {});
    watch.observe(log, { childList: true });
    transcript.add({ speaker: 'caller', text: 'Hey you.', final: true });
    show(transcript.lines);
    const added = watch
      .takeRecords()
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter((node) => node instanceof HTMLElement);
    expect(added.map((node) => node.getAttribute('aria-hidden'))).to.deep.equal([null]);
    expect(audible()).to.deep.equal([first, added[0]]);
  });

  it('remove the oldest line', () => {
    const transcript = after(...Array.from({ length: 200 }, (_, number): Said => ['agent', `${number}`]));
    const { show, log } = shown(transcript.lines);
    transcript.add({ speaker: 'agent', text: 'more', final: true });
    show(transcript.lines);
    expect(log.querySelector('p')?.textContent).to.contain('1');
    expect(log.querySelector('p:last-of-type')?.textContent).to.contain('more');
    expect(paragraphs(log)).to.have.length(200);
  });

  describe('that scroll', () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const fromEnd = (log: Element) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop);

    async function long() {
      const transcript = after(...Array.from({ length: 40 }, (_, number): Said => ['agent', `${number}`]));
      const { show, log } = shown(transcript.lines);
      log.style.cssText = 'block-size: 100px; overflow: auto';
      await frame();
      const say = async (text: string) => {
        transcript.add({ speaker: 'agent', text, final: false });
        show(transcript.lines);
        await frame();
      };
      return { log, say };
    }

    it('stay at the newest line', async () => {
      const { log, say } = await long();
      expect(log.scrollTop).to.be.greaterThan(0);
      expect(fromEnd(log)).to.equal(0);
      await say('more');
      await say('and more '.repeat(200));
      expect(fromEnd(log)).to.equal(0);
    });

    it('keep the position of a reader who has scrolled up, until they return to the end', async () => {
      const { log, say } = await long();
      log.scrollTop = 10;
      await frame();
      await say('more');
      expect(log.scrollTop).to.equal(10);
      log.scrollTop = log.scrollHeight;
      await frame();
      await say('and more '.repeat(200));
      expect(fromEnd(log)).to.equal(0);
    });

    it('show the newest line after being hidden or made smaller', async () => {
      const { log, say } = await long();
      log.style.display = 'none';
      await say('more '.repeat(200));
      log.style.display = '';
      await frame();
      expect(fromEnd(log)).to.equal(0);
      log.style.blockSize = '60px';
      await frame();
      expect(fromEnd(log)).to.equal(0);
    });
  });
});
