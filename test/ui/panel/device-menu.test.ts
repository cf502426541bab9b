// Choosing devices and the volume by their labels: what is offered, what is shown as being in use, what is asked for.
import { expect } from 'chai';
import { deviceMenu } from '../../../src/ui/panel/device-menu.js';
import { FIRST, type PanelModel } from '../../../src/ui/panel/panel-model.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, fieldNamed } from '../../by-role.js';
import { writtenDown } from './open-panel.js';
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

function menu(news: Partial<PanelModel> = {}, video = false) {
  const asked: string[] = [];
  const shown: Partial<PanelModel>[] = [];
  const template = (model: Partial<PanelModel>) =>
    deviceMenu(
      { ...FIRST, choices: CHOICES, ...model },
      { words: en, video, actions: writtenDown(asked), show: (change) => void shown.push(change) },
    );
  const box = rendered(template(news));
  const select = (name: string) => fieldNamed<HTMLSelectElement>(box, name);
  return {
    box,
    asked,
    shown,
    select,
    volume: () => fieldNamed<HTMLInputElement>(box, 'Volume'),
    /** As a visitor does. */
    choose(name: string, id: string) {
      select(name).value = id;
      select(name).dispatchEvent(new Event('change', { bubbles: true }));
    },
    now: (model: Partial<PanelModel>) => void rendered(template(model), box),
  };
}

const labels = (select: HTMLSelectElement) => [...select.options].map(({ text }) => text);

describe('the device menu', () => {
  it('lists what there is, and shows what is in use', () => {
    const { select } = menu();
    expect(labels(select('Microphone'))).to.deep.equal(['Desk', 'Headset']);
    expect(select('Microphone').value).to.equal('headset');
  });

  it('gives a number to a device without a name', () => {
    expect(labels(menu().select('Speaker'))).to.deep.equal(['Speaker 1']);
  });

  it('has a camera only in a video call', () => {
    expect(() => menu().select('Camera')).to.throw();
    expect(labels(menu({}, true).select('Camera'))).to.deep.equal(['Front']);
  });

  it('has no line for a kind without a choice, or before anything is known', () => {
    const available = { ...CHOICES.available, speaker: [] };
    expect(() => menu({ choices: { ...CHOICES, available } }).select('Speaker')).to.throw();
    const { box, volume } = menu({ choices: undefined });
    expect(box.querySelector('select')).to.equal(null);
    expect(volume().value).to.equal('1');
  });

  it('asks for the device that is chosen, and shows it once it is in use', () => {
    const { choose, asked, select, now } = menu();
    choose('Microphone', 'desk');
    expect(asked).to.deep.equal(['use microphone desk']);
    expect(select('Microphone').value).to.equal('headset');
    now({ choices: { ...CHOICES, current: { ...CHOICES.current, microphone: 'desk' } } });
    expect(select('Microphone').value).to.equal('desk');
  });

  it('still shows what is in use when the choice was refused', () => {
    const { choose, select, now } = menu();
    choose('Microphone', 'desk');
    // The same choices, told again.
    now({ choices: { ...CHOICES } });
    expect(select('Microphone').value).to.equal('headset');
  });

  it('asks for each kind under its name', () => {
    const { choose, asked } = menu({}, true);
    choose('Speaker', 'default');
    choose('Camera', 'front');
    expect(asked).to.deep.equal(['use speaker default', 'use camera front']);
  });

  it('changes the volume as the slider moves', () => {
    const { volume, shown } = menu({ volume: 0.5 });
    expect(volume().value).to.equal('0.5');
    volume().value = '0.25';
    volume().dispatchEvent(new Event('input', { bubbles: true }));
    expect(shown).to.deep.equal([{ volume: 0.25 }]);
  });

  it('names the slider by what it is, and the button beside it by itself', () => {
    const { volume, box } = menu();
    expect(volume().labels![0]!.innerText.trim()).to.equal('Volume');
    expect(buttonNamed(box, 'Mute speaker').closest('label')).to.equal(null);
  });

  it('mutes the speaker and opens it again', () => {
    const { box, shown, now } = menu();
    const pressed = () => buttonNamed(box, 'Mute speaker').getAttribute('aria-pressed');
    buttonNamed(box, 'Mute speaker').click();
    expect(pressed()).to.equal('false');
    now({ speakerMuted: true });
    expect(pressed()).to.equal('true');
    buttonNamed(box, 'Mute speaker').click();
    expect(shown).to.deep.equal([{ speakerMuted: true }, { speakerMuted: false }]);
  });

  it('shows labels as text', () => {
    const microphone = [{ id: 'x', label: '<b>bold</b>' }];
    const { select } = menu({ choices: { ...CHOICES, available: { ...CHOICES.available, microphone } } });
    expect(labels(select('Microphone'))).to.deep.equal(['<b>bold</b>']);
  });
});
