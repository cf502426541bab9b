// Every language against the English table: all of its texts, with what they are given, in about its length, in the
// punctuation of their own.
import { expect } from 'chai';
import { ar } from '../../src/locales/ar.js';
import { de } from '../../src/locales/de.js';
import { en, type Strings } from '../../src/locales/en.js';
import { es } from '../../src/locales/es.js';
import { fr } from '../../src/locales/fr.js';
import { it as italian } from '../../src/locales/it.js';
import { ja } from '../../src/locales/ja.js';
import { nl } from '../../src/locales/nl.js';
import { pl } from '../../src/locales/pl.js';
import { pt } from '../../src/locales/pt.js';
import { zh } from '../../src/locales/zh.js';
import { callLabel } from '../../src/locales/button-texts.js';

type Key = keyof Strings;

const TRANSLATIONS: Record<string, Strings> = { de, es, fr, it: italian, pt, nl, pl, ja, zh, ar };
const KEYS = Object.keys(en) as Key[];

/** Buttons that stand side by side. */
const CONTROLS: readonly Key[] = [
  'mute',
  'hangUp',
  'keypad',
  'devices',
  'minimise',
  'close',
  'callAgain',
  'tryAgain',
];
const CONTROL_MAX = 28;

/** Words that a language shares with English. */
const COGNATES: Readonly<Record<string, readonly Key[]>> = {
  fr: ['volume'],
  it: ['volume'],
  pt: ['volume'],
  nl: ['camera', 'volume'],
};

/** What a text is filled in with here: no letters that a language could have itself. */
const GIVEN = '12:34';

function textOf(table: Strings, key: Key): string {
  const entry = table[key];
  return typeof entry === 'function' ? entry(GIVEN) : entry;
}

/** How a text ends: a sentence, something under way, or a label. */
function ending(text: string): string {
  if (text.endsWith('…')) return 'under way';
  return /[.。]$/.test(text) ? 'sentence' : 'label';
}

describe('the English table', () => {
  for (const key of KEYS) {
    it(`keeps "${key}" short`, () => expect(textOf(en, key)).to.have.lengthOf.within(1, 90));
  }

  it('names the button as the button does', () => expect(en.call).to.equal(callLabel('en')));
});

for (const [language, table] of Object.entries(TRANSLATIONS)) {
  describe(`the texts in "${language}"`, () => {
    /** Every key with its text; a failure names the key. */
    const each = (check: (text: string, key: Key) => void): void =>
      KEYS.forEach((key) => check(textOf(table, key), key));

    it('are those of English, in its order and of its kinds', () => {
      expect(Object.keys(table)).to.deep.equal(KEYS);
      for (const key of KEYS) expect(typeof table[key], key).to.equal(typeof en[key]);
    });

    it('are never empty, nor padded', () => {
      each((text, key) => {
        expect(text, key).not.to.equal('');
        expect(text, key).to.equal(text.trim());
      });
    });

    it('say what they are given', () => {
      for (const key of KEYS) {
        if (typeof table[key] === 'function') expect(textOf(table, key), key).to.include(GIVEN);
      }
    });

    it('are translated', () => {
      const same = KEYS.filter((key) => textOf(table, key) === textOf(en, key));
      expect(same).to.have.members(COGNATES[language] ?? []);
    });

    it('use typographic quotes, apostrophes and ellipses', () => {
      each((text, key) => expect(text, key).not.to.match(/["'`]|\.\.|……/));
    });

    it('end as English does', () => {
      each((text, key) => expect(ending(text), key).to.equal(ending(textOf(en, key))));
    });

    it('name the button as the button does', () => {
      expect(table.call).to.equal(callLabel(language));
    });

    it('fit where English fits', () => {
      each((text, key) => {
        expect(text.length, key).to.be.at.most(1.8 * textOf(en, key).length + 20);
      });
      for (const key of CONTROLS) expect(textOf(table, key).length, key).to.be.at.most(CONTROL_MAX);
    });

    it('tell apart the two ends of each switch', () => {
      const pairs = [
        ['muted', 'unmuted'],
        ['hideSelf', 'showSelf'],
        ['mute', 'muteSpeaker'],
        ['speakerAgent', 'speakerCaller'],
      ] as const;
      for (const [one, other] of pairs) expect(table[one]).not.to.equal(table[other]);
    });
  });
}

describe('the punctuation', () => {
  const wrong = (table: Strings, pattern: RegExp): Key[] =>
    KEYS.filter((key) => pattern.test(textOf(table, key).replace(GIVEN, '')));

  it('of French has a space that does not break', () => {
    expect(wrong(fr, /[^\u00a0\u202f][?!:;»]|«[^\u00a0\u202f]/)).to.deep.equal([]);
  });

  it('of German has a space that does not break before an ellipsis', () => {
    expect(wrong(de, /[^\u00a0]…/)).to.deep.equal([]);
  });

  it('of Japanese and Chinese is full-width', () => {
    for (const table of [ja, zh]) expect(wrong(table, /[.,:;?!()]/)).to.deep.equal([]);
  });

  it('of Arabic is Arabic, and a name is isolated from it', () => {
    expect(wrong(ar, /[,;?]/)).to.deep.equal([]);
    for (const key of ['callTo', 'microphoneChanged', 'speakerChanged', 'cameraChanged'] as const) {
      expect(ar[key]('Headset (USB)')).to.include('\u2068Headset (USB)\u2069');
    }
  });
});
