// The row of buttons: which are there in which state, what each is called then, and what it asks for.
import { expect } from 'chai';
import { controls } from '../../../src/ui/panel/controls.js';
import { FIRST, type PanelModel } from '../../../src/ui/panel/panel-model.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, buttonNames } from '../../by-role.js';
import { writtenDown } from './open-panel.js';
import { clearRendered, rendered } from './rendered.js';

afterEach(clearRendered);

function row(news: Partial<PanelModel>, video = false) {
  const asked: string[] = [];
  const template = (model: Partial<PanelModel>) =>
    controls(
      { ...FIRST, ...model },
      {
        words: en,
        video,
        actions: writtenDown(asked),
        show: (change) => void asked.push(JSON.stringify(change)),
        close: () => void asked.push('close'),
      },
    );
  const box = rendered(template(news));
  return {
    box,
    asked,
    names: () => buttonNames(box),
    button: (name: string) => buttonNamed(box, name),
    press: (name: string) => buttonNamed(box, name).click(),
    now: (model: Partial<PanelModel>) => void rendered(template(model), box),
  };
}

describe('the row of buttons', () => {
  it('has a camera only in a video call', () => {
    const sound = ['Mute microphone', 'Keypad', 'Sound and devices', 'Hang up'];
    expect(row({ state: 'active' }).names()).to.deep.equal(sound);
    expect(row({ state: 'active' }, true).names()).to.deep.equal([
      'Mute microphone',
      'Turn camera off',
      ...sound.slice(1),
    ]);
  });

  it('lets a call that is prepared be hung up, and nothing else', () => {
    const { box, asked, press } = row({ state: 'preparing' }, true);
    const enabled = [...box.querySelectorAll<HTMLButtonElement>('button:enabled')];
    expect(enabled.map((button) => button.getAttribute('aria-label'))).to.deep.equal(['Hang up']);
    press('Hang up');
    expect(asked).to.deep.equal(['hangup']);
  });

  it('asks for the other state of the microphone, and shows the one that is', () => {
    const { asked, press, button, now } = row({ state: 'active', muted: false });
    press('Mute microphone');
    expect(asked).to.deep.equal(['mute true']);
    // It was refused, or is not done yet.
    expect(button('Mute microphone').getAttribute('aria-pressed')).to.equal('false');
    now({ state: 'active', muted: true });
    expect(button('Mute microphone').getAttribute('aria-pressed')).to.equal('true');
    press('Mute microphone');
    expect(asked).to.deep.equal(['mute true', 'mute false']);
  });

  it('asks for the other state of the camera, and shows the one that is', () => {
    const { asked, press, button, now } = row({ state: 'active' }, true);
    press('Turn camera off');
    expect(button('Turn camera off').getAttribute('aria-pressed')).to.equal('false');
    now({ state: 'active', cameraOff: true });
    expect(button('Turn camera off').getAttribute('aria-pressed')).to.equal('true');
    press('Turn camera off');
    expect(asked).to.deep.equal(['camera off true', 'camera off false']);
  });

  it('opens one sheet at a time, and closes the open one', () => {
    const { asked, press, button, now } = row({ state: 'active', sheet: 'none' });
    const expanded = () =>
      ['Keypad', 'Sound and devices'].map((name) => button(name).getAttribute('aria-expanded'));
    expect(expanded()).to.deep.equal(['false', 'false']);
    press('Keypad');
    now({ state: 'active', sheet: 'keypad' });
    expect(expanded()).to.deep.equal(['true', 'false']);
    press('Sound and devices');
    now({ state: 'active', sheet: 'devices' });
    expect(expanded()).to.deep.equal(['false', 'true']);
    press('Sound and devices');
    expect(asked).to.deep.equal(['keypad', 'devices', 'none'].map((sheet) => JSON.stringify({ sheet })));
  });

  it('shows how loud the caller is, and nothing while muted', () => {
    const level = (news: Partial<PanelModel>) =>
      Number(row({ state: 'active', ...news }).button('Mute microphone').dataset.level);
    expect(level({ microphoneLevel: 0 })).to.equal(0);
    expect(level({ microphoneLevel: 0.25 })).to.equal(5);
    expect(level({ microphoneLevel: 1 })).to.equal(10);
    expect(level({ microphoneLevel: 1, muted: true })).to.equal(0);
  });

  it('says in a tip what an icon means', () => {
    const { box } = row({ state: 'active' }, true);
    for (const button of box.querySelectorAll('button'))
      expect(button.title).to.equal(button.getAttribute('aria-label'));
  });

  it('offers another call after the end, and another try where it may help', () => {
    const { names, asked, press } = row({ state: 'ended' });
    expect(names()).to.deep.equal(['Call again', 'Close']);
    press('Call again');
    press('Close');
    expect(asked).to.deep.equal(['redial', 'close']);
    expect(row({ state: 'failed', canRetry: true }).names()).to.deep.equal(['Try again', 'Close']);
    expect(row({ state: 'failed', canRetry: false }).names()).to.deep.equal(['Close']);
  });

  it('takes every name from its table', () => {
    const words = { ...en, mute: '1', keypad: '2', devices: '3', hangUp: '4' };
    const model = { ...FIRST, state: 'active' } as const;
    const options = { words, video: false, actions: writtenDown([]), show: () => {}, close: () => {} };
    expect(buttonNames(rendered(controls(model, options)))).to.deep.equal(['1', '2', '3', '4']);
  });
});
