// The sentences about a device that was lost, replaced or refused, with or without a name.
import { expect } from 'chai';
import { deviceName, deviceSentence } from '../../../src/ui/texts/device-texts.js';
import type { DeviceNotice } from '../../../src/media/devices.js';
import { en } from '../../../src/locales/en.js';

const said = (notice: Partial<DeviceNotice>) =>
  deviceSentence(en, { kind: 'changed', device: 'microphone', label: 'Headset', place: 2, ...notice });

describe('what is said of a device', () => {
  it('names the kind that was lost and what is used instead', () => {
    expect(said({})).to.equal('Microphone disconnected. Now using Headset');
    expect(said({ device: 'speaker' })).to.equal('Speaker disconnected. Now using Headset');
    expect(said({ device: 'camera' })).to.equal('Camera disconnected. Now using Headset');
  });

  it('names the kind that was lost where there is no other', () => {
    const lost = (device: DeviceNotice['device']) => said({ kind: 'lost', device });
    expect(lost('microphone')).to.equal('The microphone is gone. Connect another one.');
    expect(lost('speaker')).to.equal('The speaker is gone. Connect another one.');
    expect(lost('camera')).to.equal('The camera is gone. The call goes on without it.');
  });

  it('says that a choice was refused', () => {
    expect(said({ kind: 'refused' })).to.equal('That device could not be used.');
  });

  it('counts devices without a name, and calls one by its kind where it cannot be counted', () => {
    expect(said({ label: '' })).to.equal('Microphone disconnected. Now using Microphone 2');
    expect(said({ label: '', place: 0 })).to.equal('Microphone disconnected. Now using Microphone');
    expect(deviceName(en, 'camera', '', 1)).to.equal('Camera 1');
  });
});
