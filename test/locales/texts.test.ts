// The texts of a call for any language tag, with the page's overrides, and durations in digits and in words.
import { expect } from 'chai';
import { clockTime, englishWith, loadWords, spokenTime } from '../../src/locales/texts.js';
import { ar } from '../../src/locales/ar.js';
import { de } from '../../src/locales/de.js';
import { en, type Strings } from '../../src/locales/en.js';
import { HandClock } from '../token/hand-clock.js';

describe('the texts of a call', () => {
  it('are those of the primary language and keep the region for number formats', async () => {
    expect(await loadWords('de-AT', {})).to.deep.equal({ words: de, language: 'de-AT' });
    expect((await loadWords('ar', {})).words).to.deep.equal(ar);
  });

  it('are found in any case of the tag, which becomes canonical', async () => {
    expect(await loadWords('AR-eg', {})).to.deep.equal({ words: ar, language: 'ar-EG' });
  });

  for (const language of ['', 'en', 'en-GB', 'tlh', 'constructor', 'de_DE']) {
    it(`are English for "${language}"`, async () => {
      expect(await loadWords(language, {})).to.deep.equal({ words: en, language: 'en' });
    });
  }

  it('have a language that Intl accepts when the tag is invalid', async () => {
    for (const wrong of ['de-', 'de-!', 'de-a']) {
      const { language } = await loadWords(wrong, {});
      expect(() => spokenTime(1_000, language), wrong).to.not.throw();
    }
  });

  it('are overridden one by one; undefined and null change nothing', async () => {
    const overrides = { hangUp: 'Tschüss', mute: undefined as never, keypad: null as never };
    const { words } = await loadWords('de', overrides);
    expect(words.hangUp).to.equal('Tschüss');
    expect([words.mute, words.keypad]).to.deep.equal([de.mute, de.keypad]);
    expect(englishWith(overrides).words).to.deep.equal({ ...en, hangUp: 'Tschüss' });
    for (const none of [null, undefined]) expect(englishWith(none).words).to.deep.equal(en);
  });

  it('are not overridden by a value of another type or by a function that throws', async () => {
    const overrides = {
      mute: () => 'Mute',
      endedAfter: 'Over',
      callTo: () => {
        throw new Error('no');
      },
      keypadKey: (key: string) => `[${key}]`,
    };
    const { words } = await loadWords('de', overrides as never);
    expect(words.mute).to.equal(de.mute);
    expect(words.endedAfter('1 s')).to.equal(de.endedAfter('1 s'));
    expect(words.callTo('Desk')).to.equal(de.callTo('Desk'));
    expect(words.keypadKey('1')).to.equal('[1]');
    expect(englishWith('text' as never).words).to.deep.equal(en);
  });

  it('are English when the language does not load, or not in time', async () => {
    const failing = () => Promise.reject(new TypeError('Failed to fetch'));
    expect((await loadWords('de', { call: 'Hi' }, failing)).words).to.deep.equal({ ...en, call: 'Hi' });
    const timers = new HandClock();
    const loading = loadWords('de', {}, () => new Promise<Strings>(() => {}), timers);
    timers.pass(2_000);
    expect(await loading).to.deep.equal({ words: en, language: 'en' });
  });
});

describe('clockTime', () => {
  const TIMES: [ms: number, text: string][] = [
    [0, '0:00'],
    [999, '0:00'],
    [1_000, '0:01'],
    [59_999, '0:59'],
    [75_400, '1:15'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ];
  for (const [ms, text] of TIMES) it(`${ms} ms is ${text}`, () => expect(clockTime(ms)).to.equal(text));
});

describe('spokenTime', () => {
  const TIMES: [ms: number, text: string][] = [
    [0, '0 seconds'],
    [400, '0 seconds'],
    [1_000, '1 second'],
    [59_400, '59 seconds'],
    [59_600, '1 minute'],
    [75_000, '1 minute, 15 seconds'],
    [120_000, '2 minutes'],
    [3_600_000, '1 hour'],
    [3_661_000, '1 hour, 1 minute, 1 second'],
    [7_200_000, '2 hours'],
  ];
  for (const [ms, text] of TIMES)
    it(`${ms} ms is ${text}`, () => expect(spokenTime(ms, 'en')).to.equal(text));

  it('uses the plural forms of the language', () => {
    expect([1, 2, 5, 22].map((s) => spokenTime(s * 1_000, 'pl'))).to.deep.equal([
      '1 sekunda',
      '2 sekundy',
      '5 sekund',
      '22 sekundy',
    ]);
    expect(spokenTime(61_000, 'de')).to.equal('1 Minute, 1 Sekunde');
  });
});
