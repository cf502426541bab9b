// What the panel writes into the live region for screen readers: each change once, and nothing that would only be noise.
import { expect } from 'chai';
import type { DeviceNotice } from '../../../src/media/devices.js';
import { buttonNamed } from '../../by-role.js';
import { clearPanels, openPanel } from './open-panel.js';

afterEach(clearPanels);

const HEADSET: DeviceNotice = { kind: 'changed', device: 'microphone', label: 'Headset', place: 2 };

describe('the panel announces', () => {
  it('each state once', () => {
    const { show, announcements } = openPanel();
    for (const state of ['connecting', 'connecting', 'ringing', 'active', 'active'] as const) show({ state });
    expect(announcements()).to.deep.equal(['Getting ready…', 'Connecting…', 'Ringing…', 'Connected']);
  });

  it('which permissions the browser asks for, but not once the call connects', () => {
    const { show, announcements } = openPanel();
    show({ asking: true });
    expect(announcements()).to.deep.equal(['Getting ready…', 'Please allow the microphone.']);
    const late = openPanel();
    late.show({ state: 'connecting' });
    late.show({ asking: true });
    expect(late.announcements()).to.deep.equal(['Getting ready…', 'Connecting…']);
  });

  it('changes of the microphone and the connection, notices, and a call in another tab', () => {
    const { show, announcements } = openPanel();
    show({ state: 'active' });
    show({ muted: true });
    show({ muted: false });
    show({ quality: 'poor' });
    show({ quality: 'good' });
    show({ state: 'reconnecting' });
    show({ state: 'active' });
    show({ notice: HEADSET });
    show({ notice: undefined });
    show({ otherTab: true });
    show({ otherTab: false });
    expect(announcements().slice(2)).to.deep.equal([
      'Microphone is off',
      'Microphone is on',
      'The connection is weak.',
      'Connection lost. Reconnecting…',
      'Connected again',
      'Microphone disconnected. Now using Headset',
      'A call is going on in another tab of this site.',
    ]);
  });

  it('that the browser wants a tap before it plays the far end', () => {
    const { show, announcements } = openPanel();
    show({ state: 'active' });
    show({ soundBlocked: true });
    expect(announcements().at(-1)).to.equal('Tap to hear the call');
  });

  it('how long an ended call lasted, and leaves a failure to the element', () => {
    const { show, announcements } = openPanel();
    show({ state: 'ended', durationMs: 61_000 });
    expect(announcements().at(-1)).to.match(/^Call ended after 1 minute,? 1 second$/);
    const other = openPanel();
    other.show({ state: 'failed', sentence: 'No.' });
    expect(other.announcements()).to.deep.equal(['Getting ready…']);
  });
});

describe('the panel does not announce', () => {
  it('the microphone level, a sheet or a digit', () => {
    const { show, root, announcements } = openPanel();
    show({ state: 'active' });
    const before = [...announcements()];
    show({ microphoneLevel: 0.5 });
    buttonNamed(root, 'Keypad').click();
    buttonNamed(root, 'Key 5').click();
    expect(announcements()).to.deep.equal(before);
  });

  it('the passing seconds', async () => {
    const { show, announcements, dialog } = openPanel();
    show({ state: 'active' });
    const before = [...announcements()];
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(dialog(), { subtree: true, characterData: true, childList: true });
    });
    expect(announcements()).to.deep.equal(before);
  });

  it('changes after it has closed', () => {
    const { panel, show, announcements } = openPanel();
    panel.close();
    show({ state: 'active', quality: 'poor', notice: HEADSET });
    expect(announcements()).to.deep.equal(['Getting ready…']);
  });
});
