// The row of buttons: which ones a state has, their names, and what each asks of the call.
import { expect } from 'chai';
import { controls } from '../../../src/ui/panel/controls.js';
import type { PanelModel, PanelView } from '../../../src/ui/panel/panel-model.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, buttonNames } from '../../by-role.js';
import { FIRST } from './fake-call.js';
import { fakeOptions, type Settings } from './open-panel.js';
import { clearRendered, rendered } from './rendered.js';

afterEach(clearRendered);

function row(news: Partial<PanelModel>, settings: Settings = {}) {
  const { requests, options } = fakeOptions(settings);
  const view: PanelView = {
    options,
    isInline: false,
    stage: undefined,
    extra: undefined,
    elapsedMs: undefined,
    show: (change) => void requests.push(JSON.stringify(change)),
    close: () => void requests.push('close'),
    front() {},
    minimise() {},
    press() {},
    onKey() {},
  };
  const template = (change: Partial<PanelModel>) => controls({ ...FIRST, ...change }, view);
  const box = rendered(template(news));
  return {
    box,
    requests,
    names: () => buttonNames(box),
    button: (name: string) => buttonNamed(box, name),
    press: (name: string) => buttonNamed(box, name).click(),
    now: (change: Partial<PanelModel>) => void rendered(template(change), box),
  };
}

describe('the row of buttons', () => {
  it('has a camera only in a video call', () => {
    const voice = ['Mute microphone', 'Keypad', 'Sound and devices', 'Hang up'];
    expect(row({ state: 'active' }).names()).to.deep.equal(voice);
    expect(row({ state: 'active' }, { video: true }).names()).to.deep.equal([
      'Mute microphone',
      'Turn camera off',
      ...voice.slice(1),
    ]);
  });

  it('has only the hang-up button enabled while the call is prepared', () => {
    const { box, requests, press } = row({ state: 'preparing' }, { video: true });
    const enabled = [...box.querySelectorAll<HTMLButtonElement>('button:enabled')];
    expect(enabled.map((button) => button.getAttribute('aria-label'))).to.deep.equal(['Hang up']);
    press('Hang up');
    expect(requests).to.deep.equal(['hangup']);
  });

  it('asks to mute or unmute the microphone, and shows its present state until that changes', () => {
    const { requests, press, button, now } = row({ state: 'active', muted: false });
    press('Mute microphone');
    expect(requests).to.deep.equal(['mute true']);
    // The request was refused or is still running.
    expect(button('Mute microphone').getAttribute('aria-pressed')).to.equal('false');
    now({ state: 'active', muted: true });
    expect(button('Mute microphone').getAttribute('aria-pressed')).to.equal('true');
    press('Mute microphone');
    expect(requests).to.deep.equal(['mute true', 'mute false']);
  });

  it('asks to turn the camera off or on, and shows its present state until that changes', () => {
    const { requests, press, button, now } = row({ state: 'active' }, { video: true });
    press('Turn camera off');
    expect(button('Turn camera off').getAttribute('aria-pressed')).to.equal('false');
    now({ state: 'active', cameraOff: true });
    expect(button('Turn camera off').getAttribute('aria-pressed')).to.equal('true');
    press('Turn camera off');
    expect(requests).to.deep.equal(['camera off true', 'camera off false']);
  });

  it('opens one sheet at a time; the button of the open one closes it', () => {
    const { requests, press, button, now } = row({ state: 'active', sheet: 'none' });
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
    expect(requests).to.deep.equal(['keypad', 'devices', 'none'].map((sheet) => JSON.stringify({ sheet })));
  });

  it('shows the microphone level around the button, and none while muted', () => {
    const level = (news: Partial<PanelModel>) =>
      row({ state: 'active', ...news })
        .button('Mute microphone')
        .style.getPropertyValue('--level');
    expect(level({ microphoneLevel: 0 })).to.equal('0');
    expect(level({ microphoneLevel: 0.25 })).to.equal('5');
    expect(level({ microphoneLevel: 1 })).to.equal('10');
    expect(level({ microphoneLevel: 1, muted: true })).to.equal('0');
  });

  it('has the name of each button as a tooltip', () => {
    const { box } = row({ state: 'active' }, { video: true });
    for (const button of box.querySelectorAll('button'))
      expect(button.title).to.equal(button.getAttribute('aria-label'));
  });

  it('offers another call after the end, and another attempt after a failure that is worth one', () => {
    const { names, requests, press } = row({ state: 'ended' });
    expect(names()).to.deep.equal(['Call again', 'Close']);
    press('Call again');
    press('Close');
    expect(requests).to.deep.equal(['dial', 'close']);
    expect(row({ state: 'failed', error: { retryable: true } }).names()).to.deep.equal([
      'Try again',
      'Close',
    ]);
    expect(row({ state: 'failed', error: { retryable: false } }).names()).to.deep.equal(['Close']);
  });

  it('takes its names from the texts', () => {
    const words = { ...en, mute: '1', keypad: '2', devices: '3', hangUp: '4' };
    expect(row({ state: 'active' }, { words }).names()).to.deep.equal(['1', '2', '3', '4']);
  });
});
