// The whole panel on a page: what it shows in every state of the call, after a failure, and in its banner.
import { expect } from 'chai';
import type { DeviceNotice } from '../../../src/media/devices.js';
import { html } from '../../../src/ui/panel/template.js';
import type { CallState } from '../../../src/events.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, buttonNames, isVisible, part } from '../../by-role.js';
import { later } from '../../later.js';
import { clearPanels, openPanel } from './open-panel.js';

afterEach(clearPanels);

const LIVE: CallState[] = ['preparing', 'connecting', 'ringing', 'active', 'reconnecting'];
const LIVE_BUTTONS = ['Minimise', 'Mute microphone', 'Keypad', 'Sound and devices', 'Hang up'];

const HEADSET: DeviceNotice = { kind: 'changed', device: 'microphone', label: 'Headset', place: 2 };

describe('the panel of a call', () => {
  it('is a dialog named after the destination', () => {
    const { dialog, isShown, text } = openPanel();
    expect(isShown()).to.equal(true);
    expect(dialog().getAttribute('aria-label')).to.equal('Call to Front desk');
    expect(text()).to.contain('Front desk');
  });

  const HEADLINES: Partial<Record<CallState, string>> = {
    preparing: 'Getting ready…',
    connecting: 'Connecting…',
    ringing: 'Ringing…',
    ended: 'Call ended',
    failed: 'The call did not work',
  };
  for (const [state, headline] of Object.entries(HEADLINES) as [CallState, string][]) {
    it(`shows "${headline}" in the state ${state}`, () => {
      const { show, text } = openPanel();
      show({ state });
      expect(text()).to.contain(headline);
    });
  }

  it('shows which permissions the browser is asking for', () => {
    const { show, text } = openPanel();
    show({ asking: true });
    expect(text()).to.contain('Please allow the microphone.');
    const other = openPanel({ video: true });
    other.show({ asking: true });
    expect(other.text()).to.contain('Please allow the microphone and the camera.');
  });

  it('shows the time since the answer, also while the call reconnects', () => {
    const { show, text } = openPanel();
    show({ state: 'ringing' });
    expect(text()).to.not.match(/\d:\d\d/);
    show({ state: 'active' });
    expect(text()).to.match(/\b0:0\d\b/);
    show({ state: 'reconnecting' });
    expect(text()).to.match(/\b0:0\d\b/);
    show({ state: 'ended', durationMs: 75_400 });
    expect(text()).to.contain('Call ended after 1 min');
    expect(text()).to.not.match(/\d:\d\d/);
  });

  it('counts from the answer, not from the moment that it was drawn', () => {
    const { show, text } = openPanel();
    show({ state: 'active', answeredAtMs: performance.now() - 75_000 });
    expect(text()).to.match(/\b1:1[56]\b/);
  });

  it('stops its clock when it closes, and does not restart it for later changes', () => {
    const running = new Set<number>();
    const { setInterval, clearInterval } = window;
    Object.assign(window, {
      setInterval(tick: () => void, ms: number) {
        const id = setInterval(tick, ms);
        running.add(id);
        return id;
      },
      clearInterval(id: number) {
        running.delete(id);
        clearInterval(id);
      },
    });
    try {
      const { panel, show } = openPanel();
      show({ state: 'active' });
      expect(running.size).to.equal(1);
      panel.close();
      show({ state: 'reconnecting', remoteVideo: undefined });
      show({ state: 'active' });
      expect(running.size).to.equal(0);
      panel.showExtra(html`<p>Late</p>`);
      panel.front();
      expect(running.size).to.equal(0);
    } finally {
      Object.assign(window, { setInterval, clearInterval });
    }
  });

  for (const state of LIVE) {
    it(`has all buttons of a call in the state ${state}, and hangs up`, () => {
      const { show, root, dialog, requests } = openPanel();
      show({ state });
      expect(buttonNames(dialog())).to.deep.equal(LIVE_BUTTONS);
      buttonNamed(root, 'Hang up').click();
      expect(requests).to.deep.equal(['hangup']);
    });
  }

  it('offers another call after the end', () => {
    const { show, root, dialog, requests } = openPanel();
    show({ state: 'ended', durationMs: 0 });
    expect(buttonNames(dialog())).to.deep.equal(['Close', 'Call again', 'Close']);
    buttonNamed(root, 'Call again').click();
    expect(requests).to.deep.equal(['dial']);
  });

  it('closes when the call is called off before anybody was called', () => {
    const { show, container, requests } = openPanel();
    show({ state: 'idle' });
    expect(container.childElementCount).to.equal(0);
    expect(requests).to.deep.equal(['focus', 'closed']);
  });

  it('shows markup in texts as text', () => {
    const { show, dialog, text } = openPanel({ destination: '<img src=x>' });
    show({ state: 'failed', sentence: '<b>bold</b>', help: '<i>help</i>' });
    expect(text()).to.contain('<b>bold</b>').and.to.contain('<i>help</i>');
    expect(dialog().querySelector('img, b, i')).to.equal(null);
  });

  it('takes every text from its options, and their language and direction', () => {
    const words = { ...en, hangUp: 'Auflegen', ringing: 'Es klingelt' };
    const { show, root, announcements, dialog } = openPanel({ words, language: 'de-AT' });
    show({ state: 'ringing' });
    expect(buttonNames(root)).to.include('Auflegen');
    expect(announcements()).to.include('Es klingelt');
    expect(dialog().lang).to.equal('de-AT');
    expect(dialog().dir).to.equal('ltr');
    expect(openPanel({ language: 'ar-EG' }).dialog().dir).to.equal('rtl');
  });

  it('shows captions and shared content, and keeps them when the call changes', () => {
    const { panel, show, text } = openPanel();
    panel.showExtra(html`<p>The menu</p>`);
    show({ state: 'active' });
    expect(text()).to.contain('The menu');
  });

  it('shows the far end in a video call until its picture is gone', () => {
    const { show, root } = openPanel({ video: true });
    const video = () => part(root, 'remote-video') as HTMLVideoElement;
    const remoteVideo = document.createElement('canvas').captureStream();
    show({ remoteVideo });
    expect(video().srcObject === remoteVideo).to.equal(true);
    show({ remoteVideo: undefined });
    expect(video().srcObject).to.equal(null);
  });

  it('shows a digit that could not be sent, without an unhandled rejection', async () => {
    const { call, show, root } = openPanel();
    const unhandled: Event[] = [];
    const record = (event: Event) => {
      event.preventDefault();
      unhandled.push(event);
    };
    window.addEventListener('unhandledrejection', record);
    try {
      call.digitsSent = Promise.reject(new Error('the connection is gone'));
      show({ state: 'active', sheet: 'keypad' });
      buttonNamed(root, 'Key 5').click();
      await later();
      expect(part(root, 'keypad').innerText).to.contain('5');
      expect(unhandled).to.have.lengthOf(0);
    } finally {
      window.removeEventListener('unhandledrejection', record);
    }
  });
});

describe('a failure', () => {
  it('is shown with its help, and with another attempt if that may succeed', () => {
    const { show, root, dialog, text, requests } = openPanel();
    show({
      state: 'failed',
      sentence: 'The line is busy.',
      help: 'Wait a moment.',
      error: { retryable: true },
    });
    expect(text()).to.contain('The line is busy.').and.to.contain('Wait a moment.');
    expect(buttonNames(dialog())).to.deep.equal(['Close', 'Try again', 'Close']);
    buttonNamed(root, 'Try again').click();
    expect(requests).to.deep.equal(['dial']);
    const other = openPanel();
    other.show({ state: 'failed', sentence: 'This number cannot be reached.', error: { retryable: false } });
    expect(other.text()).to.not.contain('Wait a moment.');
    expect(buttonNames(other.dialog())).to.deep.equal(['Close', 'Close']);
  });

  it('closes the panel when the page shows the failure itself', () => {
    const { show, container, fallback, requests } = openPanel();
    show({ state: 'failed', error: { retryable: true } });
    show({ sentence: '' });
    expect(container.childElementCount).to.equal(0);
    expect(fallback.nextElementSibling === container).to.equal(true);
    expect(requests).to.deep.equal(['focus', 'closed']);
  });

  it('shows the page’s fallback in the panel, and beside the button after the panel has closed', () => {
    const { panel, show, dialog, number, fallback, container } = openPanel();
    expect(isVisible(number)).to.equal(false);
    show({ state: 'failed', sentence: 'No.' });
    expect(isVisible(number)).to.equal(true);
    expect(dialog().contains(fallback)).to.equal(true);
    panel.close();
    expect(fallback.nextElementSibling === container).to.equal(true);
    expect(isVisible(number)).to.equal(true);
  });
});

describe('the banner', () => {
  it('shows a poor or lost connection, a notice or a call in another tab; the most important first', () => {
    const { show, root } = openPanel();
    const banner = () => part(root, 'banner').innerText;
    show({ state: 'active' });
    expect(() => banner()).to.throw();
    show({ quality: 'poor' });
    expect(banner()).to.equal('The connection is weak.');
    show({ quality: 'good', otherTab: true });
    expect(banner()).to.equal('A call is going on in another tab of this site.');
    show({ quality: 'poor' });
    expect(banner()).to.equal('The connection is weak.');
    show({ otherTab: false });
    show({ notice: HEADSET });
    expect(banner()).to.equal('Microphone disconnected. Now using Headset');
    show({ state: 'reconnecting' });
    expect(banner()).to.equal('Connection lost. Reconnecting…');
    show({ state: 'active', quality: 'good', notice: undefined });
    expect(() => banner()).to.throw();
  });

  it('is a button while the browser wants a tap before it plays the far end', () => {
    const { show, root, requests } = openPanel();
    show({ state: 'active', soundBlocked: true, notice: HEADSET });
    buttonNamed(root, 'Tap to hear the call').click();
    expect(requests).to.deep.equal(['hear']);
    show({ soundBlocked: false });
    expect(buttonNames(root)).to.not.include('Tap to hear the call');
    expect(part(root, 'banner').innerText).to.contain('Headset');
  });

  it('disappears when the call ends', () => {
    const { show, text, root } = openPanel();
    show({ state: 'active', quality: 'poor', notice: HEADSET });
    show({ state: 'ended' });
    expect(text()).to.not.contain('Headset').and.to.not.contain('weak');
    show({ soundBlocked: true });
    expect(() => part(root, 'banner')).to.throw();
  });
});
