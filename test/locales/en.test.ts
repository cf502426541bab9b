// Checks every language against English: the same keys, inserted values, similar length, and its own punctuation.
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

/** Labels of buttons that are shown side by side. */
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

/** Texts that are the same as in English. */
const COGNATES: Readonly<Record<string, readonly Key[]>> = {
  fr: ['volume'],
  it: ['volume'],
  pt: ['volume'],
  nl: ['camera', 'volume'],
};

/** Inserted into texts with a placeholder. Contains no letters, so it occurs in no text by itself. */
const INSERTED = '12:34';

function textOf(table: Strings, key: Key): string {
  const entry = table[key];
  return typeof entry === 'function' ? entry(INSERTED) : entry;
}

/** The kind of text by its end: a sentence, work in progress, or a label. */
function ending(text: string): string {
  if (text.endsWith('…')) return 'in progress';
  return /[.。]$/.test(text) ? 'sentence' : 'label';
}

describe('the English table', () => {
  for (const key of KEYS) {
    it(`keeps "${key}" short`, () => expect(textOf(en, key)).to.have.lengthOf.within(1, 90));
  }

  it('has the same label as the button', () => expect(en.call).to.equal(callLabel('en')));
});

for (const [language, table] of Object.entries(TRANSLATIONS)) {
  describe(`the texts in "${language}"`, () => {
    /** Runs a check for each text. A failure names the key. */
    const each = (check: (text: string, key: Key) => void): void =>
      KEYS.forEach((key) => check(textOf(table, key), key));

    it('have the keys, order and types of English', () => {
      expect(Object.keys(table)).to.deep.equal(KEYS);
      for (const key of KEYS) expect(typeof table[key], key).to.equal(typeof en[key]);
    });

    it('are not empty and have no surrounding spaces', () => {
      each((text, key) => {
        expect(text, key).not.to.equal('');
        expect(text, key).to.equal(text.trim());
      });
    });

    it('contain the inserted value', () => {
      for (const key of KEYS) {
        if (typeof table[key] === 'function') expect(textOf(table, key), key).to.include(INSERTED);
      }
    });

    it('are translated', () => {
      const same = KEYS.filter((key) => textOf(table, key) === textOf(en, key));
      expect(same).to.have.members(COGNATES[language] ?? []);
    });

    it('use typographic quotes, apostrophes and ellipses', () => {
      each((text, key) => expect(text, key).not.to.match(/["'`]|\.\.|……/));
    });

    it('have the same kind of ending as English', () => {
      each((text, key) => expect(ending(text), key).to.equal(ending(textOf(en, key))));
    });

    it('have the same label as the button', () => {
      expect(table.call).to.equal(callLabel(language));
    });

    it('are not much longer than English', () => {
      each((text, key) => {
        expect(text.length, key).to.be.at.most(1.8 * textOf(en, key).length + 20);
      });
      for (const key of CONTROLS) expect(textOf(table, key).length, key).to.be.at.most(CONTROL_MAX);
    });

    it('differ between the two states of each switch', () => {
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

describe('punctuation', () => {
  const wrong = (table: Strings, pattern: RegExp): Key[] =>
    KEYS.filter((key) => pattern.test(textOf(table, key).replace(INSERTED, '')));

  it('in French follows a no-break space', () => {
    expect(wrong(fr, /[^\u00a0\u202f][?!:;»]|«[^\u00a0\u202f]/)).to.deep.equal([]);
  });

  it('in German has a no-break space before an ellipsis', () => {
    expect(wrong(de, /[^\u00a0]…/)).to.deep.equal([]);
  });

  it('in Japanese and Chinese is full-width', () => {
    for (const table of [ja, zh]) expect(wrong(table, /[.,:;?!()]/)).to.deep.equal([]);
  });

  it('in Arabic is Arabic, and names are isolated from the surrounding text', () => {
    expect(wrong(ar, /[,;?]/)).to.deep.equal([]);
    for (const key of ['callTo', 'microphoneChanged', 'speakerChanged', 'cameraChanged'] as const) {
      expect(ar[key]('Headset (USB)')).to.include('\u2068Headset (USB)\u2069');
    }
  });
});
