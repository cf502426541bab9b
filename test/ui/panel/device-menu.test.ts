// The device menu: the devices it lists, the ones it shows in use, the volume, and what it asks of the media.
import { expect } from 'chai';
import { deviceMenu } from '../../../src/ui/panel/device-menu.js';
import type { PanelModel } from '../../../src/ui/panel/panel-model.js';
import { buttonNamed, fieldNamed } from '../../by-role.js';
import { FIRST } from './fake-call.js';
import { fakeOptions, type Settings } from './open-panel.js';
import { clearRendered, rendered } from './rendered.js';

afterEach(clearRendered);

const CHOICES: NonNullable<PanelModel['choices']> = {
  available: {
    microphone: [
      { id: 'desk', label: 'Desk' },
      { id: 'headset', label: 'Headset' },
    ],
    speaker: [{ id: 'default', label: '' }],
    camera: [{ id: 'front', label: 'Front' }],
  },
  current: { microphone: 'headset', speaker: 'default', camera: 'front' },
};

function menu(news: Partial<PanelModel> = {}, settings: Settings = {}) {
  const { requests, options } = fakeOptions(settings);
  const template = (change: Partial<PanelModel>) =>
    deviceMenu({ ...FIRST, choices: CHOICES, ...change }, options);
  const box = rendered(template(news));
  const select = (name: string) => fieldNamed<HTMLSelectElement>(box, name);
  return {
    box,
    requests,
    select,
    volume: () => fieldNamed<HTMLInputElement>(box, 'Volume'),
    /** Chooses a device as a visitor does. */
    choose(name: string, id: string) {
      select(name).value = id;
      select(name).dispatchEvent(new Event('change', { bubbles: true }));
    },
    now: (change: Partial<PanelModel>) => void rendered(template(change), box),
  };
}

const labels = (select: HTMLSelectElement) => [...select.options].map(({ text }) => text);

describe('the device menu', () => {
  it('lists the devices and shows the one in use', () => {
    const { select } = menu();
    expect(labels(select('Microphone'))).to.deep.equal(['Desk', 'Headset']);
    expect(select('Microphone').value).to.equal('headset');
  });

  it('numbers a device without a label', () => {
    expect(labels(menu().select('Speaker'))).to.deep.equal(['Speaker 1']);
  });

  it('has a camera only in a video call', () => {
    expect(() => menu().select('Camera')).to.throw();
    expect(labels(menu({}, { video: true }).select('Camera'))).to.deep.equal(['Front']);
  });

  it('has no select for a kind without devices, and none before the devices are known', () => {
    const available = { ...CHOICES.available, speaker: [] };
    expect(() => menu({ choices: { ...CHOICES, available } }).select('Speaker')).to.throw();
    const { box, volume } = menu({ choices: undefined });
    expect(box.querySelector('select')).to.equal(null);
    expect(volume().value).to.equal('1');
  });

  it('asks for the chosen device, and shows it once it is in use', () => {
    const { choose, requests, select, now } = menu();
    choose('Microphone', 'desk');
    expect(requests).to.deep.equal(['use microphone desk']);
    expect(select('Microphone').value).to.equal('headset');
    now({ choices: { ...CHOICES, current: { ...CHOICES.current, microphone: 'desk' } } });
    expect(select('Microphone').value).to.equal('desk');
  });

  it('still shows the device in use when the choice was refused', () => {
    const { choose, select, now } = menu();
    choose('Microphone', 'desk');
    // The devices are reported again, unchanged.
    now({ choices: { ...CHOICES } });
    expect(select('Microphone').value).to.equal('headset');
  });

  it('asks for a speaker and a camera as for a microphone', () => {
    const { choose, requests } = menu({}, { video: true });
    choose('Speaker', 'default');
    choose('Camera', 'front');
    expect(requests).to.deep.equal(['use speaker default', 'use camera front']);
  });

  it('changes the volume as the slider moves', () => {
    const { volume, requests } = menu({ volume: 0.5 });
    expect(volume().value).to.equal('0.5');
    volume().value = '0.25';
    volume().dispatchEvent(new Event('input', { bubbles: true }));
    expect(requests).to.deep.equal(['volume 0.25']);
  });

  it('labels the slider; the mute button beside it is outside that label', () => {
    const { volume, box } = menu();
    expect(volume().labels![0]!.innerText.trim()).to.equal('Volume');
    expect(buttonNamed(box, 'Mute speaker').closest('label')).to.equal(null);
  });

  it('asks to mute or unmute the speaker, and shows its present state until that changes', () => {
    const { box, requests, now } = menu();
    const pressed = () => buttonNamed(box, 'Mute speaker').getAttribute('aria-pressed');
    buttonNamed(box, 'Mute speaker').click();
    expect(pressed()).to.equal('false');
    now({ speakerMuted: true });
    expect(pressed()).to.equal('true');
    buttonNamed(box, 'Mute speaker').click();
    expect(requests).to.deep.equal(['mute speaker true', 'mute speaker false']);
  });

  it('shows markup in a label as text', () => {
    const microphone = [{ id: 'x', label: '<b>bold</b>' }];
    const { select } = menu({ choices: { ...CHOICES, available: { ...CHOICES.available, microphone } } });
    expect(labels(select('Microphone'))).to.deep.equal(['<b>bold</b>']);
  });
});
