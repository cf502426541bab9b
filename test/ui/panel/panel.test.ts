// The whole panel in a page: what it says in every state, what it announces once and what never, and where the keyboard is
// while it opens, closes and is put away.
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { nameOf } from '../../../src/ui/texts/panel-texts.js';
import { html } from '../../../src/ui/panel/template.js';
import type { CallState } from '../../../src/events.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, buttonNames, isVisible, part } from '../../by-role.js';
import { clearPanels, openPanel as open } from './open-panel.js';
import { later } from '../../later.js';

afterEach(clearPanels);

const LIVE: CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];
const LIVE_BUTTONS = ['Minimise', 'Mute microphone', 'Keypad', 'Sound and devices', 'Hang up'];

describe('the panel of a call', () => {
  it('is a dialog that says who is called', () => {
    const { dialog, isShown, text } = open();
    expect(isShown()).to.equal(true);
    expect(dialog().getAttribute('aria-label')).to.equal('Call to Front desk');
    expect(text()).to.contain('Front desk');
  });

  const NAMES = {
    '/public/front-desk?channel=video': 'Front desk',
    '/private/sales_team/': 'Sales team',
    '+15550100': '+15550100',
    '': '',
    '/': '/',
  };
  for (const [destination, name] of Object.entries(NAMES)) {
    it(`calls "${destination}" "${name}"`, () => expect(nameOf(destination)).to.equal(name));
  }

  it('stands above the page and leaves the page usable', () => {
    const { dialog, opener } = open();
    expect(dialog().matches(':popover-open')).to.equal(true);
    expect(dialog().matches(':modal')).to.equal(false);
    opener.focus();
    expect(document.activeElement === opener).to.equal(true);
  });

  const HEADLINES: Partial<Record<CallState, string>> = {
    preparing: 'Getting ready…',
    connecting: 'Connecting…',
    ringing: 'Ringing…',
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

  it('says what is asked for while the browser asks', () => {
    const { panel, text } = open();
    panel.show({ asking: true });
    expect(text()).to.contain('Please allow the microphone.');
    const other = open({ video: true });
    other.panel.show({ asking: true });
    expect(other.text()).to.contain('Please allow the microphone and the camera.');
  });

  it('counts the time of an answered call, also while it reconnects', () => {
    const { panel, text } = open();
    panel.show({ state: 'ringing' });
    expect(text()).to.not.match(/\d:\d\d/);
    panel.show({ state: 'active' });
    expect(text()).to.match(/\b0:0\d\b/);
    panel.show({ state: 'reconnecting' });
    expect(text()).to.match(/\b0:0\d\b/);
    panel.show({ state: 'ended', durationMs: 75_400 });
    expect(text()).to.contain('Call ended after 1 min');
    expect(text()).to.not.match(/\d:\d\d/);
  });

  it('stops counting when it was closed, whatever comes in later', () => {
    const running = new Set<number>();
    const { setInterval, clearInterval } = window;
    window.setInterval = ((...args: Parameters<typeof setInterval>) => {
      const id = setInterval(...args) as unknown as number;
      running.add(id);
      return id;
    }) as unknown as typeof setInterval;
    window.clearInterval = (id) => {
      running.delete(id as number);
      clearInterval(id);
    };
    try {
      const { panel } = open();
      panel.show({ state: 'active' });
      expect(running.size).to.equal(1);
      panel.close();
      panel.silence();
      panel.show({ state: 'active' });
      expect(running.size).to.equal(0);
    } finally {
      Object.assign(window, { setInterval, clearInterval });
    }
  });

  for (const state of LIVE) {
    it(`can be muted, ended and put away while ${state}`, () => {
      const { panel, root, dialog, asked } = open();
      panel.show({ state });
      expect(buttonNames(dialog())).to.deep.equal(LIVE_BUTTONS);
      buttonNamed(root, 'Hang up').click();
      expect(asked).to.deep.equal(['hangup']);
    });
  }

  it('offers another call after the end', () => {
    const { panel, root, dialog, asked } = open();
    panel.show({ state: 'ended', durationMs: 0 });
    expect(buttonNames(dialog())).to.deep.equal(['Close', 'Call again', 'Close']);
    buttonNamed(root, 'Call again').click();
    expect(asked).to.deep.equal(['redial']);
  });

  it('shows texts as texts', () => {
    const { panel, dialog, text } = open({ destination: '<img src=x>' });
    panel.show({ state: 'failed', sentence: '<b>bold</b>', help: '<i>help</i>' });
    expect(text()).to.contain('<b>bold</b>').and.to.contain('<i>help</i>');
    expect(dialog().querySelector('img, b, i')).to.equal(null);
  });

  it('takes every word from its table, in its language and direction', () => {
    const words = { ...en, hangUp: 'Auflegen', ringing: 'Es klingelt' };
    const { panel, root, said, dialog } = open({ words, language: 'de-AT' });
    panel.show({ state: 'ringing' });
    expect(buttonNames(root)).to.include('Auflegen');
    expect(said).to.include('Es klingelt');
    expect(dialog().lang).to.equal('de-AT');
    expect(dialog().dir).to.equal('ltr');
    expect(open({ language: 'ar-EG' }).dialog().dir).to.equal('rtl');
  });

  it('shows captions and shared content where it is told', () => {
    const { panel, text } = open();
    panel.showExtra(html`<p>The menu</p>`);
    panel.show({ state: 'active' });
    expect(text()).to.contain('The menu');
  });
});

describe('a failure', () => {
  it('is told with its help, and another try only where it may help', () => {
    const { panel, root, dialog, text, asked } = open();
    panel.show({ state: 'failed', sentence: 'The line is busy.', help: 'Wait a moment.', canRetry: true });
    expect(text()).to.contain('The line is busy.').and.to.contain('Wait a moment.');
    expect(buttonNames(dialog())).to.deep.equal(['Close', 'Try again', 'Close']);
    buttonNamed(root, 'Try again').click();
    expect(asked).to.deep.equal(['redial']);
    panel.show({ state: 'failed', sentence: '', help: '', canRetry: false });
    expect(text()).to.not.contain('The line is busy.').and.to.not.contain('Wait a moment.');
    expect(buttonNames(dialog())).to.deep.equal(['Close', 'Close']);
  });

  it('shows the page’s own way out in the panel, and leaves it beside the button', () => {
    const { panel, dialog, number, fallback, container } = open();
    expect(isVisible(number)).to.equal(false);
    panel.show({ state: 'failed', sentence: 'No.' });
    expect(isVisible(number)).to.equal(true);
    expect(dialog().contains(fallback)).to.equal(true);
    panel.close();
    expect(fallback.nextElementSibling === container).to.equal(true);
    expect(isVisible(number)).to.equal(true);
  });
});

describe('the banner', () => {
  it('says that the line is poor, lost or that something changed; the gravest first', () => {
    const { panel, root } = open();
    const banner = () => part(root, 'banner').innerText;
    panel.show({ state: 'active' });
    expect(() => banner()).to.throw();
    panel.show({ quality: 'poor' });
    expect(banner()).to.equal('The connection is weak.');
    panel.show({ quality: 'good', otherTab: true });
    expect(banner()).to.equal('A call is going on in another tab of this site.');
    panel.show({ quality: 'poor' });
    expect(banner()).to.equal('The connection is weak.');
    panel.show({ otherTab: false });
    panel.show({ notice: 'Now using Headset' });
    expect(banner()).to.equal('Now using Headset');
    panel.show({ state: 'reconnecting' });
    expect(banner()).to.equal('Connection lost. Reconnecting…');
    panel.show({ state: 'active', quality: 'good', notice: '' });
    expect(() => banner()).to.throw();
  });

  it('is gone with the call', () => {
    const { panel, text } = open();
    panel.show({ state: 'active', quality: 'poor', notice: 'Now using Headset' });
    panel.show({ state: 'ended' });
    expect(text()).to.not.contain('Headset').and.to.not.contain('weak');
  });
});

describe('announcements', () => {
  it('tell every change once', () => {
    const { panel, said } = open();
    for (const state of ['connecting', 'connecting', 'ringing', 'active', 'active'] as const)
      panel.show({ state });
    expect(said).to.deep.equal(['Getting ready…', 'Connecting…', 'Ringing…', 'Connected']);
  });

  it('tell what the browser asks for, if it still does', () => {
    const { panel, said } = open();
    panel.show({ asking: true });
    expect(said).to.deep.equal(['Getting ready…', 'Please allow the microphone.']);
    const late = open();
    late.panel.show({ state: 'connecting' });
    late.panel.show({ asking: true });
    expect(late.said).to.deep.equal(['Getting ready…', 'Connecting…']);
  });

  it('tell what became of the microphone and of the line', () => {
    const { panel, said } = open();
    panel.show({ state: 'active' });
    panel.show({ muted: true });
    panel.show({ muted: false });
    panel.show({ quality: 'poor' });
    panel.show({ quality: 'good' });
    panel.show({ state: 'reconnecting' });
    panel.show({ state: 'active' });
    panel.show({ notice: 'Now using Headset' });
    panel.show({ notice: '' });
    panel.show({ otherTab: true });
    panel.show({ otherTab: false });
    expect(said.slice(2)).to.deep.equal([
      'Microphone is off',
      'Microphone is on',
      'The connection is weak.',
      'Connection lost. Reconnecting…',
      'Connected again',
      'Now using Headset',
      'A call is going on in another tab of this site.',
    ]);
  });

  it('do not tell how loud the caller is, or what was pressed', () => {
    const { panel, root, said } = open();
    panel.show({ state: 'active' });
    const before = said.length;
    panel.show({ microphoneLevel: 0.5 });
    buttonNamed(root, 'Keypad').click();
    buttonNamed(root, 'Key 5').click();
    expect(said).to.have.lengthOf(before);
  });

  it('tell how long an ended call was, and leave a failure to the element', () => {
    const { panel, said } = open();
    panel.show({ state: 'ended', durationMs: 61_000 });
    expect(said.at(-1)).to.match(/^Call ended after 1 minute,? 1 second$/);
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
    it(`puts the panel away while ${state}, does not hang up, and stands on what is left of it`, async () => {
      const { panel, root, asked } = open();
      panel.show({ state });
      await sendKeys({ press: 'Escape' });
      expect(buttonNames(root)).to.not.include('Hang up');
      expect(part(root, 'pill').innerText).to.contain('Front desk');
      expect(asked).to.deep.equal([]);
      expect(root.activeElement === part(root, 'pill')).to.equal(true);
    });
  }

  for (const sheet of ['Keypad', 'Sound and devices']) {
    it(`closes "${sheet}" first`, async () => {
      const { panel, root, asked } = open();
      panel.show({ state: 'active' });
      const opener = () => buttonNamed(root, sheet);
      opener().click();
      expect(opener().getAttribute('aria-expanded')).to.equal('true');
      await sendKeys({ press: 'Escape' });
      expect(opener().getAttribute('aria-expanded')).to.equal('false');
      expect(asked).to.deep.equal([]);
      await sendKeys({ press: 'Escape' });
      expect(root.activeElement === part(root, 'pill')).to.equal(true);
    });
  }

  it('closes a panel whose call is over', async () => {
    const { panel, isShown, container, asked } = open();
    panel.show({ state: 'ended' });
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(false);
    expect(container.childElementCount).to.equal(0);
    expect(asked).to.deep.equal(['leave', 'closed']);
  });

  it('is left to the page when the keyboard is elsewhere', async () => {
    const { panel, root, opener } = open();
    panel.show({ state: 'active' });
    opener.focus();
    await sendKeys({ press: 'Escape' });
    expect(buttonNames(root)).to.include('Hang up');
  });

  it('is not told to the page when it was meant for the panel', async () => {
    let heard = 0;
    const count = () => void (heard += 1);
    document.addEventListener('keydown', count);
    open();
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', count);
    expect(heard).to.equal(0);
  });
});

describe('the keyboard', () => {
  it('goes into the panel, and to what is left of it when it is put away', () => {
    const { panel, root, dialog } = open();
    expect(dialog().matches(':focus-within')).to.equal(true);
    panel.show({ state: 'active' });
    buttonNamed(root, 'Minimise').focus();
    buttonNamed(root, 'Minimise').click();
    expect(root.activeElement === part(root, 'pill')).to.equal(true);
  });

  it('is not taken from the page when the panel closes by itself', () => {
    const { panel, asked, opener } = open();
    opener.focus();
    panel.close();
    expect(document.activeElement === opener).to.equal(true);
    expect(asked).to.deep.equal(['closed']);
  });

  it('is not taken from the page by news', () => {
    const { panel, opener } = open();
    opener.focus();
    for (const state of [...LIVE, 'ended'] as const) panel.show({ state });
    expect(document.activeElement === opener).to.equal(true);
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
    const reached: (string | null | undefined)[] = [];
    for (let step = 0; step < LIVE_BUTTONS.length; step += 1) {
      await sendKeys({ press: 'Tab' });
      reached.push(root.activeElement?.getAttribute('aria-label'));
    }
    expect(reached).to.deep.equal(LIVE_BUTTONS);
  });

  it('types digits while the keypad is open, and only then', async () => {
    const { panel, root, asked } = open();
    panel.show({ state: 'active' });
    await sendKeys({ press: '1' });
    buttonNamed(root, 'Keypad').click();
    await sendKeys({ press: '4' });
    await sendKeys({ press: '#' });
    await sendKeys({ press: 'a' });
    expect(asked).to.deep.equal(['digit 4', 'digit #']);
    expect(part(root, 'keypad').innerText).to.contain('4#');
  });

  it('keeps the shortcuts of the browser while the keypad is open', () => {
    const { panel, root, asked, dialog } = open();
    panel.show({ state: 'active' });
    buttonNamed(root, 'Keypad').click();
    for (const held of ['ctrlKey', 'metaKey', 'altKey']) {
      const event = new KeyboardEvent('keydown', { key: '1', [held]: true, bubbles: true, cancelable: true });
      expect(dialog().dispatchEvent(event), held).to.equal(true);
    }
    expect(asked).to.deep.equal([]);
  });
});

describe('a panel that was put away', () => {
  it('is a pill that comes back to the front with the call as it is now', async () => {
    const { panel, root, dialog, text } = open();
    await sendKeys({ press: 'Escape' });
    panel.show({ state: 'ringing' });
    expect(buttonNames(root)).to.not.include('Hang up');
    part(root, 'pill').click();
    expect(buttonNames(root)).to.include('Hang up');
    expect(dialog().matches(':focus-within')).to.equal(true);
    expect(text()).to.contain('Ringing…');
  });

  it('leaves Escape to the page', async () => {
    const { root } = open();
    await sendKeys({ press: 'Escape' });
    expect(root.activeElement === part(root, 'pill')).to.equal(true);
    let heard = 0;
    const count = (event: KeyboardEvent) => void (heard += event.defaultPrevented ? 0 : 1);
    document.addEventListener('keydown', count);
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', count);
    expect(heard).to.equal(1);
  });

  it('has the name that is written on it', async () => {
    const { root } = open();
    await sendKeys({ press: 'Escape' });
    expect(buttonNamed(root, 'Front desk Show the call').getAttribute('part')).to.equal('pill');
  });

  it('shows again when the call is over, without taking the keyboard', async () => {
    const { panel, root, text, button } = open();
    panel.show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    button.focus();
    panel.show({ state: 'ended' });
    expect(text()).to.contain('Call ended');
    expect(root.activeElement === button).to.equal(true);
  });

  it('stays away when the element is moved', async () => {
    const { panel, root, host } = open();
    await sendKeys({ press: 'Escape' });
    document.body.prepend(host);
    panel.moved();
    expect(buttonNames(root)).to.not.include('Hang up');
  });
});

describe('an open panel', () => {
  it('shows where the browser refuses to raise an open dialog, and can be used', () => {
    const original = HTMLElement.prototype.showPopover;
    HTMLElement.prototype.showPopover = function (this: HTMLElement) {
      if (this.hasAttribute('open')) throw new DOMException('open', 'InvalidStateError');
      original.call(this);
    };
    try {
      const { panel, dialog, isShown, root } = open();
      panel.show({ state: 'active' });
      expect(isShown()).to.equal(true);
      expect(dialog().inert).to.equal(false);
      buttonNamed(root, 'Keypad').click();
      expect(buttonNames(root)).to.include('Key 5');
    } finally {
      HTMLElement.prototype.showPopover = original;
    }
  });

  it('is above the page again after the element was moved, without taking the keyboard', () => {
    const { panel, host, dialog, opener } = open();
    opener.focus();
    document.body.prepend(host);
    expect(dialog().matches(':popover-open')).to.equal(false);
    panel.moved();
    expect(dialog().matches(':popover-open')).to.equal(true);
    expect(document.activeElement === opener).to.equal(true);
  });

  it('can be closed twice, and takes late news without showing again', () => {
    const { panel, container, asked } = open();
    panel.close();
    expect(() => {
      panel.close();
      panel.show({ state: 'ended' });
      panel.silence();
      panel.moved();
    }).to.not.throw();
    expect(container.childElementCount).to.equal(0);
    expect(asked.filter((one) => one === 'closed')).to.have.lengthOf(1);
  });
});

describe('an inline panel', () => {
  it('stands where the element is, in place of the button', () => {
    const { dialog, isShown, button } = open({ inline: true });
    expect(isShown()).to.equal(true);
    expect(dialog().matches(':popover-open')).to.equal(false);
    expect(isVisible(button)).to.equal(false);
  });

  it('can be put away and brought back like the other', async () => {
    const { panel, root, isShown, button } = open({ inline: true });
    panel.show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    expect(isShown()).to.equal(false);
    expect(root.activeElement === button).to.equal(true);
    panel.front();
    expect(isShown()).to.equal(true);
  });

  it('comes back by itself to say that the call failed, without taking the keyboard', async () => {
    const { panel, isShown, text, number, opener } = open({ inline: true });
    panel.show({ state: 'active' });
    await sendKeys({ press: 'Escape' });
    opener.focus();
    panel.show({ state: 'failed', sentence: 'The connection was lost.' });
    expect(isShown()).to.equal(true);
    expect(text()).to.contain('The connection was lost.');
    expect(isVisible(number)).to.equal(true);
    expect(document.activeElement === opener).to.equal(true);
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

  it('are shown in a video call, until the far end is gone', async () => {
    const { panel, root } = open({ video: true });
    const stream = () => (part(root, 'remote-video') as HTMLVideoElement).srcObject as MediaStream | null;
    panel.play((await capture()).getVideoTracks()[0]!);
    expect(stream()!.getVideoTracks()).to.have.lengthOf(1);
    panel.silence();
    expect(stream()).to.equal(null);
  });

  it('are as loud as the visitor wants', () => {
    const audio = new Audio();
    const { panel } = open({ audio });
    panel.show({ volume: 0.25, speakerMuted: true });
    expect([audio.volume, audio.muted]).to.deep.equal([0.25, true]);
    panel.show({ speakerMuted: false });
    expect([audio.volume, audio.muted]).to.deep.equal([0.25, false]);
  });

  it('wait for a tap where the browser wants one', async () => {
    let refusing = true;
    const audio = Object.assign(new Audio(), {
      play: () => (refusing ? Promise.reject(new DOMException('no', 'NotAllowedError')) : Promise.resolve()),
    });
    const { panel, root, said } = open({ audio });
    panel.show({ state: 'active' });
    panel.hear();
    await later();
    expect(said.at(-1)).to.equal('Tap to hear the call');
    refusing = false;
    buttonNamed(root, 'Tap to hear the call').click();
    await later();
    expect(buttonNames(root)).to.not.include('Tap to hear the call');
  });

  it('do not ask for a tap when the sound broke off for another reason', async () => {
    const audio = Object.assign(new Audio(), {
      play: () => Promise.reject(new DOMException('no', 'AbortError')),
    });
    const { panel, root } = open({ audio });
    panel.show({ state: 'active' });
    panel.hear();
    await later();
    expect(buttonNames(root)).to.not.include('Tap to hear the call');
  });
});
