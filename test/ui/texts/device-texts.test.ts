// Texts about a device that was lost, replaced or refused, with or without a label.
import { expect } from 'chai';
import { deviceName, deviceSentence } from '../../../src/ui/texts/device-texts.js';
import type { DeviceNotice } from '../../../src/media/devices.js';
import { en } from '../../../src/locales/en.js';

const sentence = (notice: Partial<DeviceNotice>) =>
  deviceSentence(en, { kind: 'changed', device: 'microphone', label: 'Headset', place: 2, ...notice });

describe('device texts', () => {
  it('name the kind that disconnected and the device used instead', () => {
    expect(sentence({})).to.equal('Microphone disconnected. Now using Headset');
    expect(sentence({ device: 'speaker' })).to.equal('Speaker disconnected. Now using Headset');
    expect(sentence({ device: 'camera' })).to.equal('Camera disconnected. Now using Headset');
  });

  it('name the kind that disconnected when there is no other', () => {
    const lost = (device: DeviceNotice['device']) => sentence({ kind: 'lost', device });
    expect(lost('microphone')).to.equal('The microphone is gone. Connect another one.');
    expect(lost('speaker')).to.equal('The speaker is gone. Connect another one.');
    expect(lost('camera')).to.equal('The camera is gone. The call goes on without it.');
  });

  it('say that a choice was refused', () => {
    expect(sentence({ kind: 'refused' })).to.equal('That device could not be used.');
  });

  it('number devices without a label, or name the kind when the position is unknown', () => {
    expect(sentence({ label: '' })).to.equal('Microphone disconnected. Now using Microphone 2');
    expect(sentence({ label: '', place: 0 })).to.equal('Microphone disconnected. Now using Microphone');
    expect(deviceName(en, 'camera', '', 1)).to.equal('Camera 1');
  });
});
