import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { CallPanel, type PanelOptions } from '../../src/call/panel.js';
import type { CallState } from '../../src/events.js';
import { en } from '../../src/locales/en.js';
import { buttonNamed, buttonNames, isVisible } from '../by-role.js';

const hosts: HTMLElement[] = [];

/** A page with a button of its own, and an open panel. */
function open(options: Partial<PanelOptions> = {}) {
  const opener = document.createElement('button');
  opener.textContent = 'Of the page';
  const host = document.createElement('div');
  document.body.append(opener, host);
  hosts.push(opener, host);
  opener.focus();
  const root = host.attachShadow({ mode: 'open' });
  const container = root.appendChild(document.createElement('div'));
  const said: string[] = [];
  const asked: string[] = [];
  const panel = new CallPanel(container, {
    words: en,
    title: '/public/front-desk?channel=video',
    inline: false,
    theme: 'auto',
    audio: new Audio(),
    announce: (text) => void said.push(text),
    hangup: () => void asked.push('hangup'),
    redial: () => void asked.push('redial'),
    mute: (on) => void asked.push(`mute ${on}`),
    closed: () => {
      asked.push('closed');
      opener.focus();
    },
    ...options,
  });
  panel.open();
  const dialog = () => container.querySelector('dialog')!;
  const isShown = () => container.querySelector('dialog') !== null && isVisible(dialog());
  return { panel, root, container, dialog, isShown, said, asked, opener, text: () => dialog().innerText };
}

afterEach(() => {
  for (const host of hosts.splice(0)) host.remove();
});

const LIVE: CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];

describe('the panel of a call', () => {
  it('is a dialog that says who is called', () => {
    const { dialog, isShown, text } = open();
    expect(isShown()).to.equal(true);
    expect(dialog().getAttribute('aria-label')).to.equal('Call to Front desk');
    expect(text()).to.contain('Front desk');
  });

  it('stands above the page and leaves the page usable', () => {
    const { dialog, opener } = open();
    expect(dialog().matches(':popover-open')).to.equal(true);
    expect(dialog().matches(':modal')).to.equal(false);
    opener.focus();
    expect(document.activeElement === opener).to.equal(true);
  });

  const HEADLINES: Partial<Record<CallState, string>> = {
    preparing: 'Please allow the microphone.',
    connecting: 'Connecting…',
    ringing: 'Ringing…',
    reconnecting: 'Reconnecting…',
    ended: 'Call ended',
    failed: 'The call did not work',
  };
  for (const [state, headline] of Object.entries(HEADLINES) as [CallState, string][]) {
    it(`says "${headline}" while ${state}`, () => {
      const { panel, text } = open();
      panel.show({ state });
      expect(text()).to.contain(headline);
    });
  }

  it('counts the time of an answered call', () => {
    const { panel, text } = open();
    panel.show({ state: 'active' });
    expect(text()).to.match(/\b0:0\d\b/);
    panel.show({ state: 'ended', durationMs: 75_400 });
    expect(text()).to.contain('Call ended after 1:15');
  });

  for (const state of LIVE) {
    it(`can be muted, ended and put away while ${state}`, () => {
      const { panel, root, asked } = open();
      panel.show({ state });
      expect(buttonNames(root)).to.deep.equal(['Mute microphone', 'Hang up', 'Minimise']);
      buttonNamed(root, 'Hang up').click();
      expect(asked).to.deep.equal(['hangup']);
    });
  }

  it('offers another call after the end', () => {
    const { panel, root, asked } = open();
    panel.show({ state: 'ended', durationMs: 0 });
    expect(buttonNames(root)).to.deep.equal(['Call again', 'Close']);
    buttonNamed(root, 'Call again').click();
    expect(asked).to.deep.equal(['redial']);
  });

  it('offers another try after a failure only where it may help', () => {
    const { panel, root, text } = open();
    panel.show({ state: 'failed', sentence: 'The line is busy.', canRetry: true });
    expect(text()).to.contain('The line is busy.');
    expect(buttonNames(root)).to.deep.equal(['Try again', 'Close']);
    panel.show({ state: 'failed', sentence: '', canRetry: false });
    expect(text()).to.not.contain('The line is busy.');
    expect(buttonNames(root)).to.deep.equal(['Close']);
  });

  it('shows texts as texts', () => {
    const { panel, dialog, text } = open({ title: '<img src=x>' });
    panel.show({ state: 'failed', sentence: '<b>bold</b>' });
    expect(text()).to.contain('<b>bold</b>');
    expect(dialog().querySelector('img, b')).to.equal(null);
  });

  it('takes every word from its table', () => {
    const { panel, root, said } = open({ words: { ...en, hangUp: 'Auflegen', ringing: 'Es klingelt' } });
    panel.show({ state: 'ringing' });
    expect(buttonNames(root)).to.include('Auflegen');
    expect(said).to.include('Es klingelt');
  });
});

describe('the mute button', () => {
  it('is pressed when the microphone is off, under the same name', () => {
    const { panel, root, asked } = open();
    panel.show({ state: 'active' });
    const pressed = () => buttonNamed(root, 'Mute microphone').getAttribute('aria-pressed');
    expect(pressed()).to.equal('false');
    buttonNamed(root, 'Mute microphone').click();
    expect(asked).to.deep.equal(['mute true']);
    // Not before its owner says so.
    expect(pressed()).to.equal('false');
    panel.show({ muted: true });
    expect(pressed()).to.equal('true');
    buttonNamed(root, 'Mute microphone').click();
    expect(asked).to.deep.equal(['mute true', 'mute false']);
  });

  it('waits for a microphone', () => {
    const { panel, root } = open();
    expect(buttonNamed(root, 'Mute microphone').disabled).to.equal(true);
    panel.show({ state: 'connecting' });
    expect(buttonNamed(root, 'Mute microphone').disabled).to.equal(false);
  });
});

describe('announcements', () => {
  it('tell every change once', () => {
    const { panel, said } = open();
    for (const state of ['connecting', 'connecting', 'ringing', 'active', 'active'] as const)
      panel.show({ state });
    expect(said).to.deep.equal([
      'Getting ready… Please allow the microphone.',
      'Connecting…',
      'Ringing…',
      'Connected',
    ]);
  });

  it('tell what became of the microphone', () => {
    const { panel, said } = open();
    panel.show({ state: 'active' });
    panel.show({ muted: true });
    panel.show({ muted: false });
    expect(said.slice(-2)).to.deep.equal(['Microphone is off', 'Microphone is on']);
  });

  it('tell how long an ended call was, and leave a failure to the element', () => {
    const { panel, said } = open();
    panel.show({ state: 'ended', durationMs: 61_000 });
    expect(said.at(-1)).to.equal('Call ended after 1:01');
    const other = open();
    other.panel.show({ state: 'failed', sentence: 'No.' });
    expect(other.said).to.have.lengthOf(1);
  });

  it('do not count the seconds aloud', async () => {
    const { panel, said, dialog } = open();
    panel.show({ state: 'active' });
    const before = said.length;
    await new Promise<void>((resolve) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        resolve();
      });
      seen.observe(dialog(), { subtree: true, characterData: true, childList: true });
    });
    expect(said).to.have.lengthOf(before);
  });
});

describe('Escape', () => {
  for (const state of LIVE) {
    it(`puts the panel away while ${state}, and does not hang up`, async () => {
      const { panel, isShown, asked } = open();
      panel.show({ state });
      await sendKeys({ press: 'Escape' });
      expect(isShown()).to.equal(false);
      expect(asked).to.deep.equal(['closed']);
    });
  }

  it('closes a panel whose call is over', async () => {
    const { panel, isShown, container } = open();
    panel.show({ state: 'ended' });
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(false);
    expect(container.childElementCount).to.equal(0);
  });

  it('is left to the page when the keyboard is elsewhere', async () => {
    const { panel, isShown, opener } = open();
    panel.show({ state: 'active' });
    opener.focus();
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(true);
  });
});

describe('the keyboard', () => {
  it('goes into the panel, and back when it is put away', () => {
    const { panel, root, dialog, opener } = open();
    expect(dialog().matches(':focus-within')).to.equal(true);
    panel.show({ state: 'active' });
    buttonNamed(root, 'Minimise').focus();
    buttonNamed(root, 'Minimise').click();
    expect(document.activeElement === opener).to.equal(true);
  });

  it('is not taken from the page when the panel closes by itself', () => {
    const { panel, asked, opener } = open();
    opener.focus();
    panel.close();
    expect(document.activeElement === opener).to.equal(true);
    expect(asked).to.deep.equal([]);
  });

  it('stays in the panel when the button under it goes away', () => {
    const { panel, root, dialog } = open();
    panel.show({ state: 'active' });
    buttonNamed(root, 'Hang up').focus();
    panel.show({ state: 'ended' });
    expect(dialog().matches(':focus-within')).to.equal(true);
  });

  it('reaches every control by Tab', async () => {
    const { panel, root } = open();
    panel.show({ state: 'active' });
    const reached: (string | undefined)[] = [];
    for (let step = 0; step < 3; step += 1) {
      await sendKeys({ press: 'Tab' });
      reached.push(root.activeElement?.textContent?.trim());
    }
    expect(reached).to.deep.equal(['Mute microphone', 'Hang up', 'Minimise']);
  });
});

describe('a panel that was put away', () => {
  it('comes back to the front with the call as it is now', async () => {
    const { panel, isShown, dialog, text } = open();
    await sendKeys({ press: 'Escape' });
    panel.show({ state: 'ringing' });
    expect(isShown()).to.equal(false);
    panel.front();
    expect(isShown()).to.equal(true);
    expect(dialog().matches(':focus-within')).to.equal(true);
    expect(text()).to.contain('Ringing…');
  });

  it('stays away when the element is moved', async () => {
    const { panel, isShown, root } = open();
    await sendKeys({ press: 'Escape' });
    document.body.prepend(root.host);
    panel.moved();
    expect(isShown()).to.equal(false);
  });
});

describe('an open panel', () => {
  it('is above the page again after the element was moved', () => {
    const { panel, root, dialog } = open();
    document.body.prepend(root.host);
    expect(dialog().matches(':popover-open')).to.equal(false);
    panel.moved();
    expect(dialog().matches(':popover-open')).to.equal(true);
  });

  it('can be closed twice, and takes late news without showing again', () => {
    const { panel, container } = open();
    panel.close();
    expect(() => {
      panel.close();
      panel.show({ state: 'ended' });
      panel.silence();
      panel.moved();
    }).to.not.throw();
    expect(container.childElementCount).to.equal(0);
  });
});

describe('an inline panel', () => {
  it('stands where the element is', () => {
    const { dialog, isShown } = open({ inline: true });
    expect(isShown()).to.equal(true);
    expect(dialog().matches(':popover-open')).to.equal(false);
  });

  it('can be put away and brought back like the other', async () => {
    const { panel, isShown } = open({ inline: true });
    panel.show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(false);
    panel.front();
    expect(isShown()).to.equal(true);
  });
});

describe('the sound and the picture of the far end', () => {
  const tracks: MediaStreamTrack[] = [];
  const capture = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    tracks.push(...stream.getTracks());
    return stream;
  };
  afterEach(() => {
    for (const track of tracks.splice(0)) track.stop();
  });

  it('play through the element that was unlocked in the click, until the far end is gone', async () => {
    const audio = new Audio();
    const { panel } = open({ audio });
    const [track] = (await capture()).getAudioTracks();
    panel.play(track!);
    expect((audio.srcObject as MediaStream).getTracks().map(({ id }) => id)).to.deep.equal([track!.id]);
    panel.silence();
    expect(audio.srcObject).to.equal(null);
  });

  it('are shown when there is a picture, until the far end is gone', async () => {
    const { panel, dialog } = open();
    expect(dialog().querySelector('video')).to.equal(null);
    panel.play((await capture()).getVideoTracks()[0]!);
    const video = dialog().querySelector('video');
    expect(video?.getAttribute('part')).to.equal('remote-video');
    expect((video?.srcObject as MediaStream).getVideoTracks()).to.have.lengthOf(1);
    panel.silence();
    expect(dialog().querySelector('video')).to.equal(null);
  });
});
