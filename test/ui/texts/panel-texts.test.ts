// The headline of the call panel, the name of a destination, and which change screen readers announce when several happen
// at once.
import { expect } from 'chai';
import type { DeviceNotice } from '../../../src/media/devices.js';
import { en } from '../../../src/locales/en.js';
import type { PanelModel } from '../../../src/ui/panel/panel-model.js';
import { announcement, headline, nameOf } from '../../../src/ui/texts/panel-texts.js';
import { FIRST } from '../panel/fake-call.js';

const DESK: DeviceNotice = { kind: 'changed', device: 'microphone', label: 'Desk', place: 1 };
const USING_DESK = en.microphoneChanged('Desk');

const voice = { words: en, language: 'en', video: false };
const model = (change: Partial<PanelModel>): PanelModel => ({ ...FIRST, ...change });

describe('headline', () => {
  it('is the state of the call', () => {
    expect(headline(model({ state: 'ringing' }), voice)).to.equal(en.ringing);
    expect(headline(model({ state: 'idle' }), voice)).to.equal('');
  });

  it('asks for the permissions that the call needs', () => {
    const asking = model({ state: 'preparing', asking: true });
    expect(headline(asking, voice)).to.equal(en.askMicrophone);
    expect(headline(asking, { ...voice, video: true })).to.equal(en.askCamera);
  });

  it('has the duration of a call that lasted a second or more', () => {
    expect(headline(model({ state: 'ended', durationMs: 75_000 }), voice)).to.equal(
      'Call ended after 1 minute, 15 seconds',
    );
    expect(headline(model({ state: 'ended', durationMs: 999 }), voice)).to.equal(en.ended);
  });
});

describe('announcement', () => {
  const active = { state: 'active' } as const;
  const CASES: [name: string, before: Partial<PanelModel>, now: Partial<PanelModel>, text: string][] = [
    ['muting', active, { ...active, muted: true }, en.muted],
    ['unmuting', { ...active, muted: true }, active, en.unmuted],
    ['blocked sound', active, { ...active, soundBlocked: true }, en.tapToHear],
    ['a notice', active, { ...active, notice: DESK }, USING_DESK],
    ['the end of a notice', { ...active, notice: DESK }, active, ''],
    ['a call in another tab', active, { ...active, otherTab: true }, en.otherTab],
    ['a poor connection', active, { ...active, quality: 'poor' }, en.poorLine],
    ['a good connection again', { ...active, quality: 'poor' }, active, ''],
    ['a prompt', { state: 'preparing' }, { state: 'preparing', asking: true }, en.askMicrophone],
    ['a new state', { state: 'ringing' }, active, en.active],
    ['a reconnected call', { state: 'reconnecting' }, active, en.reconnected],
    ['a failure, which the element announces', active, { state: 'failed' }, ''],
    ['no change', active, active, ''],
    ['muting before a new state', { state: 'ringing' }, { ...active, muted: true }, en.muted],
    ['a notice before a new state', { state: 'ringing' }, { ...active, notice: DESK }, USING_DESK],
  ];
  for (const [name, before, now, text] of CASES) {
    it(`for ${name} is ${text ? `"${text}"` : 'empty'}`, () => {
      expect(announcement(model(before), model(now), voice)).to.equal(text);
    });
  }
});

describe('the name of a destination', () => {
  const NAMES = {
    '/public/front-desk?channel=video': 'Front desk',
    '/private/sales_team/': 'Sales team',
    '+15550100': '+15550100',
    '': '',
    '/': '/',
  };
  for (const [destination, name] of Object.entries(NAMES)) {
    it(`is "${name}" for "${destination}"`, () => expect(nameOf(destination)).to.equal(name));
  }
});
